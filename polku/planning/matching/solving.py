"""The whole of a matching: fixed and keep pairs, the auction under its budget, the proof.

The auction's steps shrink from a fifth of the highest score until the prices, rounded to whole
points, prove the matching the best; past its budget, counted in looks through all edges, OR-tools
goes on. Rounding up from the same fraction everywhere keeps a bound whole: with the fraction drawn
evenly from [0, 1) the expected bound is the one before rounding, so some fraction does no worse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from polku.planning.matching import auction, reference, working
from polku.planning.matching.problem import (
    FEASIBLE, OPTIMAL, Ints, Longs, Problem, Result,
)  # fmt: skip
from polku.planning.matching.reduced import Reduced, reduced, sum_of_fixed

BUDGET = 40.0  # looks through all edges
FEWER, SHARPER = 6, 16
KEPT_EDGES = 12
FRACTIONS = (0.0, 0.5, 0.25, 0.75, 0.125, 0.375, 0.625, 0.875)
CLOSED = np.int64(1) << 60  # the price of a place without seats: nobody bids
NUMBER = "2"  # of the auction, written into the record of a run

Tell = Callable[[str], None]


def solve(problem: Problem, *, budget: float = BUDGET, tell: Tell = lambda sentence: None) -> Result:
    """Return the best matching, proved; `problem.floor` is for `floor.solve_with_floor`."""
    rest = reduced(problem)
    run = Auction(rest, budget=budget, tell=tell)
    if run.proved():
        solver = f"polku-auction/{NUMBER}"
    else:
        tell("The auction's budget is spent: OR-tools goes on.")
        run.edge_of = reference.best_edges(rest.start, rest.place, rest.score, rest.capacity)
        run.prices = np.zeros(rest.places, np.int64)
        run.raise_prices(patience=1_000)
        solver = f"{reference.name()} after polku-auction/{NUMBER}"
    return answer(problem, rest, run.edge_of, run.prices, solver, run.scans)


def answer(
    problem: Problem, rest: Reduced, edge_of: Longs, prices: Longs, solver: str, scans: float
) -> Result:
    """Put fixed pairs back, and prove what can be proved from prices alone."""
    placed = rest.placed(edge_of)
    fixed = sum_of_fixed(problem)
    chosen = edge_of[edge_of >= 0]
    with_keep = int(rest.score[chosen].sum(dtype=np.int64)) + fixed
    kept = problem.keep
    earned = int((placed[kept[:, 0]] == kept[:, 1]).sum()) * problem.keep_bonus
    best = working.bests(rest.start, rest.place, rest.score, 1, prices)
    bound = int(best.sum()) + int((prices * rest.capacity).sum()) + fixed
    status = OPTIMAL if bound == with_keep else FEASIBLE
    return Result(
        status, placed, with_keep - earned, with_keep, bound, prices, solver, round(scans, 2)
    )


@dataclass
class Edges:
    """The edges that a phase looks at: some of the rows' edges, and the same by place."""

    start: Longs
    place: Ints
    score: Ints
    of: Ints | None = None  # which edges of the whole these are; None for all
    by_place: tuple[Longs, Ints, Ints] | None = None


class Auction:
    """One run: its arrays, its step, and how much it has looked at."""

    def __init__(self, rest: Reduced, *, budget: float, tell: Tell) -> None:
        self.rest, self.tell = rest, tell
        self.whole = Edges(rest.start, rest.place, rest.score)
        self.some = self.whole
        clients, places = len(rest.start) - 1, rest.places
        self.first = np.zeros(places + 1, np.int64)
        np.cumsum(rest.capacity, out=self.first[1:])
        seats, top = int(self.first[-1]), int(rest.score.max(initial=1))
        # Fine enough that steps of 1 leave less than a point in all, if it fits 62 bits.
        self.unit = max(1, min(min(clients, seats) + 1, (1 << 62) // (max(clients, 1) * top)))
        self.top = top
        self.closed = rest.capacity == 0
        self.price = np.where(self.closed, CLOSED, 0).astype(np.int64)
        self.taken = np.zeros(places, np.int32)
        self.keys, self.who = np.empty(seats, np.int64), np.empty(seats, np.int32)
        self.edge_of = np.full(clients, -1, np.int64)
        self.queue = np.empty(clients, np.int32)
        self.looked, self.allowed = 0, int(budget * max(len(rest.place), 1))
        self.prices = np.zeros(places, np.int64)

    @property
    def scans(self) -> float:
        return self.looked / max(len(self.rest.place), 1)

    def proved(self) -> bool:
        """Run until the matching is proved the best; False when the budget is spent first."""
        if not len(self.rest.place) or not len(self.keys):
            self.prices[self.closed] = self.top
            return True
        eps = max(1, self.top * self.unit // 5)
        if not self._phase(eps):
            return False
        self._narrow()
        while True:
            if not self._until_proved_on_some(eps):
                return False
            self.edge_of = self._edges_of_whole()
            if self.raise_prices(patience=2):
                return True
            if self.some is self.whole or not self._widen(2 * self.unit):
                return False
            eps = max(2, self.unit // 2)

    def _phase(self, eps: int) -> bool:
        self.tell(f"Step {eps / self.unit:.2g} points, {self.scans:.1f} looks through all edges.")
        some, left = self.some, self.allowed - self.looked
        looked = auction.bid(
            some.start, some.place, some.score, self.unit, eps, self.first, self.price,
            self.taken, self.keys, self.who, self.edge_of, self.queue, left,
        )  # fmt: skip
        self.looked += left + 1 if looked < 0 else looked
        self.calm = looked <= 1.15 * len(some.place)
        if looked < 0 or not ((self.price > 0) & (self.taken < self.rest.capacity)).any():
            return looked >= 0
        if some.by_place is None:
            some.by_place = working.transposed(some.start, some.place, self.rest.places)
            self.looked += 2 * len(some.place)
        left = self.allowed - self.looked
        looked = auction.call_back(
            *some.by_place, some.place, some.score, self.unit, eps, self.first, self.price,
            self.taken, self.who, self.edge_of, left,
        )  # fmt: skip
        self.looked += left + 1 if looked < 0 else looked
        return looked >= 0

    def _until_proved_on_some(self, eps: int) -> bool:
        """Shrink the step until whole prices prove the matching of these edges the best."""
        gap, wide = 1 << 62, self.some is self.whole
        while True:
            if eps == 1 and gap < 1 << 62:
                return False  # the unit was too coarse for a proof
            # A little lower than they ended, or places would have to call back too often.
            self.price = np.where(self.closed, CLOSED, np.maximum(0, self.price - eps // 2))
            eps = self._next(eps, gap)
            if not self._phase(eps):
                return False
            if not wide and eps <= 2 * self.unit:
                wide = True
                if not self._widen(4 * eps):
                    return False
                continue
            gap = self._gap()
            if gap < 2 * self.unit and self._rounds(gap):
                return True

    def _next(self, eps: int, gap: int) -> int:
        if eps * SHARPER > self.unit or not self.calm:
            return max(1, eps // FEWER)
        # Prices have found their order: go where the gap is likely to be under a point.
        return max(1, min(eps // FEWER, eps * self.unit // max(gap, 1)))

    def _bound(self, edges: Edges, prices: Longs, unit: int) -> int:
        self.looked += len(edges.place)
        best = working.bests(edges.start, edges.place, edges.score, unit, prices)
        return int(best.sum()) + int((prices * self.rest.capacity).sum())

    def _sum(self) -> int:
        chosen = self.edge_of[self.edge_of >= 0]
        return int(self.some.score[chosen].sum(dtype=np.int64))

    def _gap(self) -> int:
        return self._bound(self.some, self.price, self.unit) - self._sum() * self.unit

    def _rounds(self, gap: int) -> bool:
        """Look for whole prices that prove the matching; keep them in `prices`."""
        best, lowest = self._sum(), None
        for fraction in FRACTIONS:
            prices = (self.price + int(fraction * self.unit)) // self.unit
            prices[self.closed] = self.top
            bound = self._bound(self.some, prices, 1)
            if lowest is None or bound < lowest:
                lowest, self.prices = bound, prices
            if bound == best:
                return True
        return False

    def _edges_of_whole(self) -> Longs:
        if self.some.of is None:
            return self.edge_of
        return np.where(self.edge_of < 0, -1, self.some.of[np.maximum(self.edge_of, 0)])

    def raise_prices(self, patience: int) -> bool:
        """Let `prices` prove the matching on all edges; False when they do not."""
        rest = self.rest
        prices = self.prices.copy()
        self.looked += 2 * len(rest.place)
        found = working.raised(
            rest.start, rest.place, rest.score, rest.capacity, prices, self.edge_of,
            patience * max(len(rest.place), 1),
        )  # fmt: skip
        prices[self.closed] = self.top
        if found:
            self.prices = prices
        return bool(found)

    def _narrow(self) -> None:
        rows = self.rest
        if len(rows.place) < 2 * KEPT_EDGES * len(self.edge_of):
            return
        start, of = working.narrowed(
            rows.start, rows.place, rows.score, self.unit, self.price, KEPT_EDGES
        )
        self.looked += len(rows.place)
        self.some = Edges(start, rows.place[of], rows.score[of], of)

    def _widen(self, margin: int) -> bool:
        """Add the edges of all that may be worth as much; False past the budget."""
        rows, some = self.rest, self.some
        best = working.bests(some.start, some.place, some.score, self.unit, self.price)
        start, of = working.widened(
            rows.start, rows.place, rows.score, self.unit, self.price, some.start, some.of,
            best, margin,
        )  # fmt: skip
        self.looked += 2 * len(rows.place) + len(some.place)
        self.some = Edges(start, rows.place[of], rows.score[of], of)
        return self.looked <= self.allowed
