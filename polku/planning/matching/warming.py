"""Kernels are compiled, or loaded from where they are kept, by running them on next to nothing."""

from __future__ import annotations

import numpy as np

from polku.planning.matching import solving
from polku.planning.matching.problem import Problem

FEW, MANY = 3, 40


def warm_solver() -> None:
    """Run every kernel of the solver: with more edges than are worked on at once, and fewer."""
    for each in (MANY, FEW):
        solving.solve(_problem(clients=2 * MANY, places=MANY, each=each))


def _problem(*, clients: int, places: int, each: int) -> Problem:
    start = np.arange(0, clients * each + 1, each)
    place = (np.arange(clients)[:, None] + np.arange(each)) % places
    score = 1 + (place * 7 + np.arange(clients)[:, None] * 13) % 90
    seats = np.arange(places) % 3
    return Problem(
        start, place.ravel().astype(np.int32), score.ravel().astype(np.int32),
        seats.astype(np.int32),
    )  # fmt: skip
