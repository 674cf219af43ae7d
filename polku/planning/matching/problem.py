"""What is asked and what is answered, as arrays. Light: NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

# With 300 000 clients every sum still fits 63 bits in the fine unit of the auction.
HIGHEST_SCORE = 1_000_000
OPTIMAL, FEASIBLE, STOPPED = "optimal", "feasible", "stopped"
NOWHERE = -1


@dataclass(frozen=True)
class Floor:
    """The mean score per client of a group, unplaced as 0, is to be `share` of the mean of all."""

    group: NDArray[np.bool_]  # by client
    share: float


@dataclass(frozen=True)
class Heads:
    """At least so many clients of a group are to get a place."""

    group: NDArray[np.bool_]  # by client
    at_least: int


@dataclass(frozen=True)
class Problem:
    """Clients' edges in rows: those of client i are `start[i]:start[i + 1]`."""

    start: Longs  # clients + 1
    place: Ints  # by edge
    score: Ints  # by edge, 1 to HIGHEST_SCORE
    capacity: Ints  # by place, 0 or more
    fixed: Ints = field(default_factory=lambda: np.empty((0, 2), np.int32))  # (client, place)
    keep: Ints = field(default_factory=lambda: np.empty((0, 2), np.int32))  # (client, place)
    keep_bonus: int = 0
    floor: Floor | None = None
    heads: Heads | None = None

    @property
    def clients(self) -> int:
        return len(self.start) - 1

    @property
    def places(self) -> int:
        return len(self.capacity)

    @property
    def edges(self) -> int:
        return len(self.place)


@dataclass(frozen=True)
class Result:
    """Who goes where: `placed[i]` is the place of client i, or NOWHERE.

    `bound` is proved: no matching has a greater `objective_with_keep`. `prices` (points, by place)
    prove it where no floor was asked for: see `checker.bound_of`. `scans` counts how often the
    edges were looked through, the measure by which the work is limited.
    """

    status: str
    placed: Ints
    objective: int
    objective_with_keep: int
    bound: int
    prices: Longs
    solver: str
    scans: float = 0.0
    multiplier: float = 0.0  # the price of the floor; 0 where none is needed
