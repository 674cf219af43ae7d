"""Clients keep arriving while seats fill: what a seat is worth to those who are yet to come.

Each seat is charged a shadow price: the mean, over years drawn from past arrivals, of its dual
price when this batch and all that would follow are matched at once to the seats that are left
(N. Ahani, P. Gölz, A. D. Procaccia, A. Teytelboym, A. C. Trapp, "Dynamic Placement in Refugee
Resettlement", Operations Research 2024). The batch is then matched to scores less those prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from polku.planning.matching import solving
from polku.planning.matching.problem import Ints, Longs, Problem
from polku.planning.matching.reduced import reduced

SAMPLES = 12  # years that each batch is looked at beside


@dataclass(frozen=True)
class Batch:
    """Clients who come at one time, in rows as in `Problem`."""

    start: Longs
    place: Ints
    score: Ints

    def __len__(self) -> int:
        return len(self.start) - 1


NOBODY = Batch(np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.int32))


def joined(batches: Sequence[Batch]) -> Batch:
    """Return all clients of several batches, in their order."""
    if not batches:
        return NOBODY
    lengths = np.concatenate([np.diff(one.start) for one in batches])
    start = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=start[1:])
    return Batch(
        start, np.concatenate([one.place for one in batches]),
        np.concatenate([one.score for one in batches]),
    )  # fmt: skip


class Stream:
    """Seats that fill batch by batch; what was answered is final."""

    def __init__(
        self, capacity: Ints, horizon: int, history: Sequence[Sequence[Batch]], *,
        samples: int = SAMPLES, seed: int = 1,
    ) -> None:  # fmt: skip
        """`horizon` batches in all; `history` holds past years, each with its batches."""
        self.left = capacity.astype(np.int32).copy()
        self.horizon, self.at = horizon, 0
        self.history = [year for year in history if len(year)]
        self.samples = samples if self.history else 0
        self._chance = np.random.default_rng(seed)

    def place(self, batch: Batch) -> Ints:
        """Return the place of each client of the next batch, -1 for none, and take the seats."""
        self.at += 1
        charged, times = self._charges(batch)
        net = batch.score * np.int64(times) - charged[batch.place]
        open_edges = net > 0
        rows = np.repeat(np.arange(len(batch)), np.diff(batch.start))[open_edges]
        start = np.zeros(len(batch) + 1, np.int64)
        np.cumsum(np.bincount(rows, minlength=len(batch)), out=start[1:])
        problem = Problem(
            start, batch.place[open_edges], net[open_edges].astype(np.int32), self.left
        )
        placed = solving.solve(problem).placed
        np.subtract.at(self.left, placed[placed >= 0], 1)
        return placed

    def _charges(self, batch: Batch) -> tuple[Longs, int]:
        """Return (the sum of each seat's price over the years drawn, how many were drawn)."""
        charged = np.zeros(len(self.left), np.int64)
        to_come = max(self.horizon - self.at, 0)
        if not self.samples or not to_come:
            return charged, 1
        for number in range(self.samples):
            whole = joined([batch, *self._year(number, to_come)])
            problem = Problem(whole.start, whole.place, whole.score, self.left)
            rest = reduced(problem)
            charged += solving.best_of(rest)[1]
        return charged, self.samples

    def _year(self, number: int, to_come: int) -> list[Batch]:
        """Return what may follow: the same weeks of past years, one year or several mixed."""
        first = self.at
        if number < len(self.history):
            years = [self.history[number]] * to_come
        else:
            drawn = self._chance.integers(0, len(self.history), to_come)
            years = [self.history[each] for each in drawn]
        return [year[(first + week) % len(year)] for week, year in enumerate(years)]
