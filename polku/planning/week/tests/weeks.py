"""Invented weeks that look like a coach's: seeded, of any size. What is assumed stands here.

- A day has seven hours for clients and lunch (28 slots). Lunch is half an hour; a team meeting
  takes an hour and a half, other duties of an hour or two come twice, and every third week half a
  day is away. Two stretches of an hour are kept free for work alone.
- Of 150 clients some 8 % have a date of the law in the week and 5 % a promise. A phone call takes
  15 minutes, a meeting 30 or 45, a first interview 60; from 45 minutes on, notes take 15 more.
- A third of the clients can come at any time, others on some mornings or afternoons only. 12 %
  need an interpreter, who is there on every other half day. For 6 % a hard gap closes the first
  days of the week; 4 % have two meetings in it, two days apart at least.
- The benefit grows as a root of the gap inside the client's window (one to eight weeks), is full
  at its end, and below 0 before it begins. A wish for the time of day counts up to 30 points, one
  for a day 20.
- Six bookings are confirmed already.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from polku.planning.week.problem import Ints, Problem

Rows = list[tuple[int, int, int]]
LENGTHS, USUAL = (1, 2, 3, 4), (0.30, 0.42, 0.20, 0.08)
URGENT = (0.0, 0.45, 0.35, 0.20)  # of those with a date of the law
WINDOWS = ((7, 14), (14, 28), (21, 42), (28, 56), (42, 84))
TOO_EARLY, FULL = -150, 300


def week(
    seed: int, clients: int = 150, *, days: int = 5, slots_per_day: int = 28, must: float = 0.08,
    promised: float = 0.05, fixed: int = 6,
) -> Problem:  # fmt: skip
    """Return the week of one coach; the same for the same seed."""
    chance = np.random.default_rng(seed)
    second = np.flatnonzero(chance.random(clients) < 0.04)
    person = np.concatenate([np.arange(clients), second])
    many = len(person)
    drawn = chance.random(many)
    musts, promises = drawn < must, (drawn >= must) & (drawn < must + promised)
    slots = chance.choice(LENGTHS, many, p=USUAL)
    slots = np.where(musts, chance.choice(LENGTHS, many, p=URGENT), slots).astype(np.int32)
    halves = [_halves(chance, 2 * days) for _ in range(clients)]
    rows: Rows = []
    first = [0]
    for i in range(many):
        due = int(chance.integers(1, days + 1)) if musts[i] else days
        rows += _starts(chance, halves[person[i]], int(slots[i]), due, days, slots_per_day)
        first.append(len(rows))
    table = np.array(rows, np.int32).reshape(-1, 3)
    needs = np.flatnonzero(chance.random(clients)[person] < 0.12)
    there = chance.permutation(2 * days)[: 2 * days // 2]
    away = [(0, h // 2, h % 2 * slots_per_day // 2, slots_per_day // 2)
            for h in range(2 * days) if h not in there]  # fmt: skip
    soon = np.where(chance.random(clients)[person] < 0.06, chance.integers(1, days, many), 0)
    busy, focus = _calendar(chance, days, slots_per_day)
    problem = Problem(
        days, slots_per_day, slots, musts, promises, np.array(first, np.int64),
        day=table[:, 0].copy(), slot=table[:, 1].copy(), value=table[:, 2].copy(),
        busy=busy, focus=focus,
        buffer=(slots >= 3).astype(np.int32), not_before=soon.astype(np.int32),
        apart=_triples([(int(i), clients + at, 2) for at, i in enumerate(second)]),
        needs=np.column_stack([needs, np.zeros_like(needs)]).astype(np.int32),
        resource_busy=np.array(away, np.int32).reshape(-1, 4),
    )  # fmt: skip
    return with_fixed(problem, fixed, chance)


def _halves(chance: np.random.Generator, all_halves: int) -> list[int]:
    """Return the half days on which a client can come."""
    kind = chance.random()
    if kind < 0.35:
        return list(range(all_halves))
    if kind < 0.65:
        return list(range(int(kind < 0.5), all_halves, 2))
    return sorted(chance.permutation(all_halves)[: int(chance.integers(2, 5))].tolist())


def _starts(
    chance: np.random.Generator, halves: list[int], slots: int, due: int, days: int, per_day: int
) -> Rows:
    """Return the starts of one meeting with their values."""
    low, high = WINDOWS[int(chance.integers(len(WINDOWS)))]
    since = int(chance.integers(0, int(1.3 * high)))
    at, half = int(chance.integers(per_day)), per_day // 2
    wished_time, wished_day = 30 * (chance.random() < 0.4), int(chance.integers(2 * days))
    rows = []
    for day, part in (divmod(each, 2) for each in halves):
        inside = (since + day - low) / (high - low)
        benefit = TOO_EARLY if inside < 0 else round(FULL * min(inside, 1.0) ** 0.5)
        benefit += 20 * (day == wished_day)
        for slot in range(part * half, part * half + half - slots + 1):
            if day < due:
                near = max(0, half - abs(slot - at)) / half
                rows.append((day, slot, benefit + round(wished_time * near)))
    return rows


def _calendar(chance: np.random.Generator, days: int, per_day: int) -> tuple[Ints, Ints]:
    """Return what keeps the coach busy, and what is kept free for work alone."""
    half = per_day // 2
    busy = [(day, half, 2) for day in range(days)]
    busy.append((int(chance.integers(days)), 0, 6))
    for _ in range(2):
        slots = int(chance.integers(4, 9))
        busy.append((int(chance.integers(days)), int(chance.integers(per_day - slots + 1)), slots))
    if chance.random() < 1 / 3:
        busy.append((int(chance.integers(days)), half * int(chance.integers(2)), half))
    focus = [(int(day), half + 4 * int(chance.integers(2)) + 2, 4)
             for day in chance.permutation(days)[:2]]  # fmt: skip
    return _triples(busy), _triples(focus)


def with_fixed(problem: Problem, many: int, chance: np.random.Generator) -> Problem:
    """Return the problem with some open starts confirmed, none in another's way."""
    from polku.planning.week.openings import openings

    for _ in range(many):
        free = openings(problem)
        worth = np.flatnonzero(free.open & (problem.value > 0))
        if not len(worth):
            break
        start = int(chance.choice(worth))
        one = (int(free.of[start]), int(problem.day[start]), int(problem.slot[start]))
        problem = replace(problem, fixed=_triples([*problem.fixed.tolist(), one]))
    return problem


def _triples(rows: list[tuple[int, int, int]]) -> Ints:
    return np.array(rows, np.int32).reshape(-1, 3)
