"""Earliest deadline first: how a week is filled by hand, and what the search is held against."""

from __future__ import annotations

import numpy as np

from polku.planning.week.openings import openings
from polku.planning.week.problem import UNBOOKED, Plan, Problem
from polku.planning.week.rows import open_rows
from polku.planning.week.telling import told


def solve(problem: Problem) -> Plan:
    """Return a plan: musts, then promises, then the rest, each at the best start still free.

    Within these, whoever's last possible day is first comes first; then whose best start is best.
    """
    free = openings(problem)
    rows = open_rows(problem, free)
    booked = free.fixed_start.copy()
    day = rows.begin // max(problem.slots_per_day, 1)
    last, best = (np.full(problem.meetings, -1, np.int64) for _ in range(2))
    np.maximum.at(last, rows.of, day)
    np.maximum.at(best, rows.of, rows.value)
    order = np.lexsort((-best, last, ~problem.promised, ~problem.must)).tolist()
    near = _near(problem)
    taken: set[int] = set()
    for i in order:
        mine = np.arange(rows.first[i], rows.first[i + 1])
        for at in mine[np.argsort(-rows.value[mine], kind="stable")].tolist():
            slots = range(int(rows.begin[at]), int(rows.begin[at] + rows.span[i]))
            if taken.isdisjoint(slots) and all(
                booked[other] == UNBOOKED or abs(problem.day[booked[other]] - day[at]) >= days
                for other, days in near.get(i, ())
            ):
                booked[i] = rows.row[at]
                taken.update(slots)
                break
    return told(problem, booked)


def _near(problem: Problem) -> dict[int, list[tuple[int, int]]]:
    near: dict[int, list[tuple[int, int]]] = {}
    for one, other, days in problem.apart.tolist():
        near.setdefault(one, []).append((other, days))
        near.setdefault(other, []).append((one, days))
    return near
