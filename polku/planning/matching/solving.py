"""The whole of a matching: fixed and keep pairs, the auction under its budget, the proof.

The auction's steps shrink from a fifth of the highest score. Most of the work is done on the dozen
edges of each client that are worth most; once the step is small, whole prices are raised from 0
only as far as the matching demands: if they prove it against all edges, it is the best, and they
are the least prices that do, whichever way it was found. If not, edges are added or the step
shrinks on. Past its budget, counted in looks through all edges, OR-tools takes over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from polku.planning.matching import auction, working
from polku.planning.matching.problem import (
    FEASIBLE,
    OPTIMAL,
    Ints,
    Longs,
    Problem,
    Result,
)  # fmt: skip
from polku.planning.matching.reduced import Reduced, reduced, sum_of_fixed

BUDGET = 40.0  # looks through all edges
FEWER, COARSEST = 6, 64
KEPT_EDGES = 12
PATIENCE = 8  # looks through all edges that a proof may take
CLOSED = np.int64(1) << 60  # the price of a place without seats: nobody bids
WRITABLE: Any = ("C", "W")
NUMBER = "2"  # of the auction, written into the record of a run

Tell = Callable[[str], None]


def solve(
    problem: Problem, *, budget: float = BUDGET, tell: Tell = lambda sentence: None
) -> Result:
    """Return the best matching, proved; `problem.floor` is for `floor.solve_with_floor`."""
    rest = reduced(problem)
    edge_of, prices, solver, scans = best_of(rest, budget=budget, tell=tell)
    return answer(problem, rest, edge_of, prices, solver, scans)


def best_of(
    rest: Reduced, *, budget: float = BUDGET, tell: Tell = lambda sentence: None
) -> tuple[Longs, Longs, str, float]:
    """Return (each client's edge or -1, the least prices that prove it, solver, looks)."""
    run = Auction(rest, budget=budget, tell=tell)
    solver = f"polku-auction/{NUMBER}"
    if run.proved():
        return run.edge_of_whole, run.prices, solver, run.scans
    tell("The auction's budget is spent: OR-tools goes on.")
    # Loaded only where it is needed: it is large.
    from polku.planning.matching import reference

    edge_of = reference.best_edges(rest.start, rest.place, rest.score, rest.capacity)
    run.proves(run.whole, edge_of, patience=1_000)
    return edge_of, run.prices, f"{reference.name()} after {solver}", run.scans


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
    rows = (rest.start, rest.place, rest.score)
    start, place, score = (np.require(one, None, WRITABLE) for one in rows)
    best = working.bests(start, place, score, 1, prices)
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
        # Kernels are compiled for plain arrays; others (read-only, mapped) are copied.
        self.whole = Edges(
            np.require(rest.start, np.int64, WRITABLE), np.require(rest.place, np.int32, WRITABLE),
            np.require(rest.score, np.int32, WRITABLE),
        )  # fmt: skip
        self.some = self.whole
        clients, places = len(rest.start) - 1, rest.places
        self.first = np.zeros(places + 1, np.int64)
        np.cumsum(rest.capacity, out=self.first[1:])
        seats, top = int(self.first[-1]), int(rest.score.max(initial=1))
        # Fine enough that steps of 1 leave less than a point in all, if it fits 62 bits.
        finest = (1 << 62) // (max(clients, 1) * top)
        self.unit = max(1, min(max(min(clients, seats) + 1, COARSEST), finest))
        self.top = top
        self.closed = rest.capacity == 0
        self.price = np.where(self.closed, CLOSED, 0).astype(np.int64)
        self.taken = np.zeros(places, np.int32)
        self.keys, self.who = np.empty(seats, np.int64), np.empty(seats, np.int32)
        self.edge_of = np.full(clients, -1, np.int64)
        self.edge_of_whole = self.edge_of
        self.queue = np.empty(clients, np.int32)
        self.looked, self.allowed = 0, int(budget * max(len(rest.place), 1))
        self.prices = np.zeros(places, np.int64)

    @property
    def scans(self) -> float:
        return self.looked / max(len(self.rest.place), 1)

    def proved(self) -> bool:
        """Run until the matching is proved the best; False when the budget is spent first."""
        if not len(self.rest.place):
            # Nobody wants a seat: each is worth nothing.
            return True
        if not len(self.keys):
            self.prices[self.closed] = self.top
            return True
        eps, wide = max(1, self.top * self.unit // 5), False
        if not self._phase(eps):
            return False
        self._narrow()
        while eps > 1:
            # A little lower than they ended, or places would have to call back too often.
            self.price = np.where(self.closed, CLOSED, np.maximum(0, self.price - eps // 2))
            eps = max(1, eps // FEWER)
            if not self._phase(eps):
                return False
            if eps * 16 <= self.unit or eps == 1:
                if not self.proves(self.some, self.edge_of, PATIENCE):
                    continue
                self.edge_of_whole = self._edges_of_whole()
                if self.some is self.whole or self.proves(
                    self.whole, self.edge_of_whole, PATIENCE, self.prices
                ):
                    return True
                # The best of too few edges.
                eps, wide = max(2, self.unit // 2), False
            if not wide and eps <= 2 * self.unit:
                wide = True
                self._widen(4 * eps)
        return False

    def _phase(self, eps: int) -> bool:
        self.tell(f"Step {eps / self.unit:.2g} points, {self.scans:.1f} looks through all edges.")
        some, left = self.some, self.allowed - self.looked
        looked = auction.bid(
            some.start, some.place, some.score, self.unit, eps, self.first, self.price,
            self.taken, self.keys, self.who, self.edge_of, self.queue, left,
        )  # fmt: skip
        self.looked += left + 1 if looked < 0 else looked
        if looked < 0 or not ((self.price > 0) & (self.taken < self.rest.capacity)).any():
            return looked >= 0
        if some.by_place is None:
            some.by_place = working.transposed(some.start, some.place, self.rest.places)
            self.looked += 2 * len(some.place)
        by_place, of_client, of_edge = some.by_place
        left = self.allowed - self.looked
        looked = auction.call_back(
            by_place, of_client, of_edge, some.place, some.score, self.unit, eps, self.first,
            self.price, self.taken, self.who, self.edge_of, left,
        )  # fmt: skip
        self.looked += left + 1 if looked < 0 else looked
        return looked >= 0

    def _edges_of_whole(self) -> Longs:
        if self.some.of is None:
            return self.edge_of
        return np.where(self.edge_of < 0, -1, self.some.of[np.maximum(self.edge_of, 0)])

    def proves(
        self, edges: Edges, edge_of: Longs, patience: int, least: Longs | None = None
    ) -> bool:
        """Look for the least whole prices that prove a matching; keep them in `prices`.

        `least` are prices that none of them is below: those that prove it on some of the edges.
        """
        capacity = self.rest.capacity
        prices = np.zeros(self.rest.places, np.int64) if least is None else least.copy()
        prices[self.closed] = CLOSED
        most = patience * max(len(edges.place), 1)
        looked = working.raised(
            edges.start, edges.place, edges.score, capacity, prices, edge_of, most
        )
        self.looked += abs(looked)
        prices[self.closed] = self.top
        if looked > 0:
            self.prices = prices
        return looked > 0

    def _narrow(self) -> None:
        rows = self.whole
        if len(rows.place) < 2 * KEPT_EDGES * len(self.edge_of):
            return
        start, of = working.narrowed(
            rows.start, rows.place, rows.score, self.unit, self.price, KEPT_EDGES
        )
        self.looked += len(rows.place)
        self.some = Edges(start, rows.place[of], rows.score[of], of)

    def _widen(self, margin: int) -> None:
        """Add the edges of all that may be worth as much."""
        rows, some = self.whole, self.some
        if some.of is None:
            return
        best = working.bests(some.start, some.place, some.score, self.unit, self.price)
        start, of = working.widened(
            rows.start, rows.place, rows.score, self.unit, self.price, some.start, some.of,
            best, margin,
        )  # fmt: skip
        self.looked += 2 * len(rows.place) + len(some.place)
        self.some = Edges(start, rows.place[of], rows.score[of], of)
