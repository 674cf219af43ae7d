"""The whole of a week: prices, two dives, each polished by the search; the best plan is told.

Prices (`dive`) say what a slot is worth to all, so that a long meeting is laid where it costs the
others least; the search then sees what prices can't. Where a date of the law or a promise is still
missed, those alone are packed first, at prices, and the rest around them. Work is counted in looks
and moves, never timed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from polku.planning.week import dive, search
from polku.planning.week.openings import openings
from polku.planning.week.problem import UNBOOKED, Longs, Plan, Problem
from polku.planning.week.rows import Rows, open_rows, urgent
from polku.planning.week.telling import told

NUMBER = "1"  # of the search, written into the record of a plan
MOVES = 5_000  # of the search after each dive
LOOKS, BETWEEN = 150, 10  # before anything is settled, and before each booking
FAVOURS = (1, 4)  # by dive: how many times the shares of urgent meetings count
SMALL = 1_000  # open starts
FULL = 1 << 15  # the greatest value in the fine unit of prices, if it is no greater itself
MUST, PROMISED = 12, 6  # what they count in prices, in greatest values
# What a draw lets through, in 1024ths of the heat: -ln of even steps from 0 to 1.
FALLS = np.round(-1024 * np.log((np.arange(1024) + 0.5) / 1024)).astype(np.int64)
HOT, COLD, PHASES = 10, 400, 24  # heat, as parts of the mean value: from, to, in so many steps
SEED = 0x9E3779B97F4A7C15


def solve(problem: Problem, *, moves: int = MOVES) -> Plan:
    """Return a good plan, the same each time; `moves` are tried after each dive."""
    free = openings(problem)
    rows = open_rows(problem, free)
    if not len(rows):
        return told(problem, free.fixed_start)
    at, made = Search(problem, rows, moves).best()
    return told(problem, np.where(at >= 0, rows.row[at], free.fixed_start), made)


class Search:
    """One run: the arrays that its kernels share, and what it has done."""

    def __init__(self, problem: Problem, rows: Rows, moves: int) -> None:
        self.problem, self.rows, self.moves, self.made = problem, rows, moves, 0
        self.urgent = urgent(problem)
        self.every = np.arange(len(rows))
        self.order = np.argsort(-rows.worth, kind="stable")
        top = int(np.abs(rows.value).max(initial=1))
        self.one = max(1, FULL // top)
        self.full = self.one * top
        weight = MUST * problem.must + PROMISED * problem.promised
        self.worth = self.one * rows.worth
        self.points = self.one * rows.value + self.full * weight[rows.of]
        slots = problem.days * problem.slots_per_day
        self.price = np.full(slots, self.full // 4, np.int64)
        self.share, self.drift = np.zeros(len(rows), np.int64), np.zeros(slots, np.int64)

    def best(self) -> tuple[Longs, int]:
        """Return (by meeting its start among the rows, -1 for none; how many moves were tried)."""
        steps = np.geomspace(self.full / 11, self.full / 2_150, LOOKS).astype(np.int64)
        dive.settle_prices(
            self.rows.first, self.rows.begin, self.points, self.rows.span, self.price, steps,
            self.share, self.drift,
        )  # fmt: skip
        best = max(self._dives(), key=self._worth)
        if len(self.rows) <= SMALL:
            best = max(best, *self._from_nothing(), key=self._worth)
        missed = self.urgent & (best < 0) & (np.diff(self.rows.first) > 0)
        if missed.any():
            best = max(best, self._urgent_first(), key=self._worth)
        return best, self.made

    def _worth(self, at: Longs) -> int:
        return int(self.rows.worth[at[at >= 0]].sum())

    def _dives(self) -> Iterator[Longs]:
        rows = self.rows
        for favour in FAVOURS:
            at, taken = self._nothing()
            dive.dive(
                rows.first, rows.of, rows.begin, self.points, rows.span, rows.near,
                rows.near_first, self.problem.slots_per_day, self.price.copy(), self.share.copy(),
                self.drift.copy(), np.where(self.urgent, favour, 1), BETWEEN, self.full // 43,
                at, taken,
            )  # fmt: skip
            yield from self._polished(at, taken)

    def _from_nothing(self) -> Iterator[Longs]:
        """Anneal a small week as a whole: there a few choices weigh more than prices can say."""
        rows = self.rows
        weight = 8 * self.problem.must + 2 * self.problem.promised
        loose = self.one * rows.value + self.full * weight[rows.of]
        at, taken = self._nothing()
        self._search(
            at, taken, loose, self.every, 4 * self.moves, (self.full, self.full / 1_000)
        )  # fmt: skip
        yield from self._polished(at, taken)

    def _urgent_first(self) -> Longs:
        """Pack the urgent meetings alone, at what their slots would cost the others."""
        rows, most = self.rows, np.concatenate([[0], np.cumsum(self.price)])
        net = self.one * rows.value - (most[rows.begin + rows.span[rows.of]] - most[rows.begin])
        scale = int(np.abs(net).max(initial=1))
        net += 4 * scale  # so that each is worth booking
        mine = np.flatnonzero(self.urgent[rows.of])
        weight = 8 * self.problem.must + 2 * self.problem.promised
        loose = net + scale * weight[rows.of]
        strict = net + self.worth - self.one * rows.value
        at, taken = self._nothing()
        self._search(at, taken, loose, mine, 3 * self.moves, (scale, scale / 200))
        self._search(at, taken, strict, mine, self.moves, (scale / 200, scale / 1_000))
        return max(self._polished(at, taken), key=self._worth)

    def _nothing(self) -> tuple[Longs, Any]:
        return (
            np.full(self.problem.meetings, UNBOOKED, np.int64),
            np.full(self.problem.days * self.problem.slots_per_day, UNBOOKED, np.int32),
        )

    def _polished(self, at: Longs, taken: Any) -> Iterator[Longs]:
        """Fill what is free and search on; yield the plan before that and after it."""
        mean = self.one * float(np.abs(self.rows.value).mean())
        search.greedy(self.order, *self._plan(self.worth, at, taken))
        search.descend(*self._plan(self.worth, at, taken))
        yield at.copy()
        self._search(at, taken, self.worth, self.every, self.moves, (mean / HOT, mean / COLD))
        search.descend(*self._plan(self.worth, at, taken))
        yield at

    def _search(
        self, at: Longs, taken: Any, worth: Longs, drawn: Longs, moves: int,
        heat: tuple[float, float],
    ) -> None:  # fmt: skip
        hot, cold = (max(one, 0.5) for one in heat)
        heats = np.geomspace(hot, cold, PHASES).astype(np.int64)
        plan = self._plan(worth, at, taken)
        search.search(drawn, moves, heats, FALLS, SEED, *plan)
        self.made += moves

    def _plan(self, worth: Longs, at: Longs, taken: Any) -> tuple[Any, ...]:
        """Return what every kernel of the search is given last."""
        rows = self.rows
        return (
            rows.of, rows.begin, worth, rows.span, rows.near, rows.near_first,
            self.problem.slots_per_day, at, taken,
        )  # fmt: skip
