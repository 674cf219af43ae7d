"""The coach's week in the loop: each simulated week of each coach, planned by the real solver.

The weeks of `polku.planning.week` have days. A coach's minutes become slots of a quarter of an
hour, laid over five days as evenly as they go; an hour that is cut by an evening is lost, which the
built-in rule does not know. Dates of the law that can't wait any longer are musts; of the rest,
the nearer its deadline the more a contact is worth for each of its slots.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from polku.planning.simulation.planner import WINDOW, Due, Ints
from polku.planning.week import solving
from polku.planning.week.problem import UNBOOKED, Plan, Problem

DAYS, SLOT = 5, 15  # minutes
LEAST, MOST = -32, 31  # weeks from now to a deadline, as far as it is told
OFFERED = 2  # times as many slots as there are: who comes after that has no chance this week
Watch = Callable[[Problem, Plan], None]


class WeekPlanner:
    """Plans every coach's week by the real solver. `watch` is shown each problem and its plan."""

    def __init__(self, *, moves: int = solving.MOVES, watch: Watch | None = None) -> None:
        self.moves, self.watch = moves, watch

    def choose(self, due: Due, minutes: Ints) -> NDArray[np.bool_]:
        """Return which contacts are booked somewhere in their coach's week."""
        held = np.zeros(len(due), np.bool_)
        ends = np.searchsorted(due.coach, np.arange(len(minutes) + 1))
        for coach, many in enumerate(minutes.tolist()):
            rows = np.arange(ends[coach], ends[coach + 1])
            if len(rows) and many >= SLOT:
                rows = offered(due, rows, many // SLOT)
                held[rows[self._booked(week_of(due, rows, many // SLOT))]] = True
        return held

    def _booked(self, problem: Problem) -> NDArray[np.bool_]:
        plan = solving.solve(problem, moves=self.moves)
        if self.watch:
            self.watch(problem, plan)
        return np.asarray(plan.booked != UNBOOKED)


def musts(due: Due, rows: Ints) -> NDArray[np.bool_]:
    """Return which rows are dates of the law that can't wait for another week."""
    return np.asarray((due.kind[rows] != WINDOW) & (due.deadline[rows] <= due.week))


def spans(due: Due, rows: Ints) -> Ints:
    """Return how many slots each takes."""
    return np.asarray(-(-due.minutes[rows] // SLOT))


def offered(due: Due, rows: Ints, slots: int) -> Ints:
    """Return the rows that have a chance: musts first, then the earliest deadline, in their order.

    In a week with room for all, and in one not overbooked by far, that is everybody.
    """
    long = spans(due, rows)
    if long.sum() <= OFFERED * slots:
        return rows
    order = np.lexsort((due.kind[rows], due.deadline[rows], ~musts(due, rows)))
    ahead = np.cumsum(long[order]) - long[order]
    return np.sort(rows[order[ahead < OFFERED * slots]])


def week_of(due: Due, rows: Ints, slots: int) -> Problem:
    """Return one coach's week: `slots` over five days, and each contact at any hour of it."""
    per_day = -(-slots // DAYS)
    short = DAYS * per_day - slots  # so many days, the last ones, are a slot shorter
    long = spans(due, rows).astype(np.int32)
    lasts = per_day - (np.arange(DAYS) >= DAYS - short)
    day, slot, first = _starts(long, lasts)
    slack = np.clip(due.deadline[rows] - due.week, LEAST, MOST)
    worth = (long * (1 + MOST - slack)).astype(np.int32)
    busy = [(one, per_day - 1, 1) for one in range(DAYS - short, DAYS)]
    return Problem(
        days=DAYS, slots_per_day=per_day, slots=long, must=musts(due, rows),
        promised=np.zeros(len(rows), np.bool_), first=first, day=day, slot=slot,
        value=np.repeat(worth, np.diff(first)),
        busy=np.array(busy, np.int32).reshape(-1, 3),
    )  # fmt: skip


def _starts(
    long: NDArray[np.int32], lasts: Ints
) -> tuple[NDArray[np.int32], NDArray[np.int32], Ints]:
    """Return (day, slot, first) of every start at which a contact ends within its day."""
    days, slots = np.divmod(np.arange(len(lasts) * lasts[0]), lasts[0])
    fits = slots + long[:, None] <= lasts[days]
    of, at = np.nonzero(fits)
    first = np.zeros(len(long) + 1, np.int64)
    np.cumsum(np.bincount(of, minlength=len(long)), out=first[1:])
    return days[at].astype(np.int32), slots[at].astype(np.int32), first
