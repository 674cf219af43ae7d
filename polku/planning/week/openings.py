"""Which starts are open at all, and what stands in the way of the others. Light: NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from polku.planning.week.problem import UNBOOKED, Flags, Ints, Longs, Problem

# What may stand in the way of a start, whatever is planned: a bit each.
OBSTACLES = ("outside", "too_soon", "busy", "focus", "resource", "fixed")
OUTSIDE, TOO_SOON, BUSY, FOCUS, RESOURCE, FIXED = (1 << at for at in range(len(OBSTACLES)))


@dataclass(frozen=True)
class Openings:
    """By start: `obstacles` in bits, 0 where it is open; and where it begins, counted in slots."""

    obstacles: Ints
    at: Longs  # day * slots_per_day + slot
    of: Ints  # the meeting
    fixed_start: Longs  # by meeting: the row of its fixed start, UNBOOKED for none

    @property
    def open(self) -> Flags:
        return self.obstacles == 0


def openings(problem: Problem) -> Openings:
    """Return what is open before anything is planned; fixed meetings have no open start."""
    many, lengths = problem.meetings, np.diff(problem.first)
    of = np.repeat(np.arange(many, dtype=np.int32), lengths)
    span, slots = problem.span[of].astype(np.int64), problem.slots[of].astype(np.int64)
    day, slot = problem.day.astype(np.int64), problem.slot.astype(np.int64)
    at = day * problem.slots_per_day + slot
    fits = (day < problem.days) & (slot + span <= problem.slots_per_day)
    obstacles = np.where(fits, 0, OUTSIDE)
    obstacles |= np.where(day < problem.not_before[of], TOO_SOON, 0)
    begin = np.where(fits, at, 0)
    end, meeting_end = begin + np.where(fits, span, 0), begin + np.where(fits, slots, 0)
    for bit, taken in ((BUSY, problem.busy), (FOCUS, problem.focus)):
        obstacles |= np.where(_met(problem, taken, begin, end), bit, 0)
    if problem.unserved.size:
        obstacles |= np.where(problem.unserved, RESOURCE, 0)
    for resource in np.unique(problem.needs[:, 1]).tolist():
        needed = np.zeros(many, np.bool_)
        needed[problem.needs[problem.needs[:, 1] == resource, 0]] = True
        mine = problem.resource_busy[problem.resource_busy[:, 0] == resource, 1:]
        obstacles |= np.where(needed[of] & _met(problem, mine, begin, meeting_end), RESOURCE, 0)
    fixed_start = starts_at(problem, problem.fixed)
    if len(problem.fixed):
        whose = problem.fixed[:, 0]
        taken = np.column_stack([problem.fixed[:, 1:], problem.span[whose]])
        obstacles |= np.where(_met(problem, taken, begin, end), FIXED, 0)
        obstacles |= np.where(_near_fixed(problem, of), FIXED, 0)
        obstacles[fixed_start[of] != UNBOOKED] |= FIXED
    return Openings(obstacles.astype(np.int32), at, of, fixed_start)


def starts_at(problem: Problem, triples: Ints) -> Longs:
    """Return by meeting the row of the start that (meeting, day, slot) name, or UNBOOKED."""
    found = np.full(problem.meetings, UNBOOKED, np.int64)
    for meeting, day, slot in triples.tolist():
        begin, end = int(problem.first[meeting]), int(problem.first[meeting + 1])
        there = (problem.day[begin:end] == day) & (problem.slot[begin:end] == slot)
        if there.any():
            found[meeting] = begin + int(there.argmax())
    return found


def _met(problem: Problem, taken: Ints, begin: Longs, end: Longs) -> Flags:
    """Return which of the stretches from `begin` to `end` meet one that is taken."""
    sums = np.zeros(problem.days * problem.slots_per_day + 1, np.int64)
    for day, slot, slots in taken.tolist():
        start = day * problem.slots_per_day + slot
        sums[start + 1 : min(start + slots, (day + 1) * problem.slots_per_day) + 1] = 1
    np.cumsum(sums, out=sums)
    return sums[end] > sums[begin]


def _near_fixed(problem: Problem, of: Ints) -> Flags:
    """Return which starts are too near a fixed meeting of the same person."""
    near = np.zeros(len(of), np.bool_)
    on = {meeting: day for meeting, day, _ in problem.fixed.tolist()}
    for one, other, days in problem.apart.tolist():
        for mine, theirs in ((one, other), (other, one)):
            if theirs in on:
                near |= (of == mine) & (np.abs(problem.day - on[theirs]) < days)
    return near
