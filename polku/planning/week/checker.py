"""An independent look at a plan: some lines that trust no solver. Light: NumPy alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from polku.planning.week.problem import UNBOOKED, Ints, Longs, Problem

Places = dict[int, tuple[int, int]]  # meeting: (day, slot)


def problems_of(problem: Problem, booked: Longs) -> list[str]:
    """Return what is wrong with a plan; [] when it keeps every rule."""
    starts = {i: start for i, start in enumerate(booked.tolist()) if start != UNBOOKED}
    if any(not problem.first[i] <= start < problem.first[i + 1] for i, start in starts.items()):
        return ["a meeting has a start that is not its own"]
    at = {i: (int(problem.day[one]), int(problem.slot[one])) for i, one in starts.items()}
    unserved = [
        "a resource is not free"
        for start in starts.values()
        if problem.unserved.size and problem.unserved[start]
    ]
    return list(dict.fromkeys([*unserved, *_in_the_calendar(problem, at), *_between(problem, at)]))


def _in_the_calendar(problem: Problem, at: Places) -> Iterator[str]:
    taken = _quarters(problem.busy) | _quarters(problem.focus)
    away = {
        number: _quarters(problem.resource_busy[problem.resource_busy[:, 0] == number, 1:])
        for number in set(problem.needs[:, 1].tolist())
    }
    for i, (day, slot) in at.items():
        long, notes = int(problem.slots[i]), int(problem.buffer[i])
        if day >= problem.days or slot + long + notes > problem.slots_per_day:
            yield "a meeting ends after the day"
        if day < problem.not_before[i]:
            yield "a meeting is too soon"
        mine = {(day, slot + k) for k in range(long + notes)}
        if mine & taken:
            yield "the coach is not free"
        taken |= mine
        for number in problem.needs[problem.needs[:, 0] == i, 1].tolist():
            if any((day, slot + k) in away[number] for k in range(long)):
                yield "a resource is not free"


def _quarters(rows: Ints) -> set[tuple[int, int]]:
    return {(day, slot + k) for day, slot, slots in rows.tolist() for k in range(slots)}


def _between(problem: Problem, at: Places) -> Iterator[str]:
    for one, other, days in problem.apart.tolist():
        if one in at and other in at and abs(at[one][0] - at[other][0]) < days:
            yield "a person's meetings are too near each other"
    for i, day, slot in problem.fixed.tolist():
        if at.get(i) != (day, slot):
            yield "a fixed booking was not kept"


def sums(problem: Problem, booked: Longs) -> tuple[int, int, int, int]:
    """Return (musts missed, promised missed, sum of values, the same with keep bonuses)."""
    away = booked == UNBOOKED
    value = int(problem.value[booked[~away]].sum(dtype=np.int64))
    earned = sum(
        booked[i] != UNBOOKED and (problem.day[booked[i]], problem.slot[booked[i]]) == (day, slot)
        for i, day, slot in problem.keep.tolist()
    )
    missed = int((away & problem.must).sum()), int((away & problem.promised).sum())
    return *missed, value, value + int(earned) * problem.keep_bonus


def most(points: Longs, of: Ints, begin: Longs, end: Longs, prices: Longs) -> int:
    """Return a sum of points that no choice of starts exceeds, by weak duality.

    For any prices >= 0 of slots: all of them, and for each meeting what its best start is worth
    beyond its slots. `points`, `of`, `begin` and `end` are by open start.
    """
    sums_of = np.concatenate([[0], np.cumsum(prices)])
    best = np.zeros(int(of.max(initial=-1)) + 1, np.int64)
    np.maximum.at(best, of, points - sums_of[end] + sums_of[begin])
    return int(sums_of[-1]) + int(best.sum())
