"""The best places for one client, fast enough for a page: NumPy alone.

The same rules and scores as `candidates.fast`, and held equal to it by a test.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polku.planning.matching.rules import (
    KIND_MASK,
    KIND_SHIFT,
    NO_POINT,
    Clients,
    Failed,
    Places,
    named_bits,
)  # fmt: skip
from polku.planning.matching.scores import COMPONENTS, POSSIBLE, Weights

Longs = NDArray[np.int64]


@dataclass(frozen=True)
class Suggestion:
    """A place for a client: `score` is the sum of `parts` (by component) and POSSIBLE."""

    place: int
    score: int
    parts: dict[str, int]


@dataclass(frozen=True)
class Look:
    """One client beside every place."""

    missing: NDArray[np.uint64]
    met: NDArray[np.uint64]
    hours: NDArray[np.bool_]
    travel: NDArray[np.bool_]
    vetoed: NDArray[np.bool_]
    parts: Longs  # (components, places)

    @property
    def passed(self) -> NDArray[np.bool_]:
        return (self.missing | self.met == 0) & ~(self.hours | self.travel | self.vetoed)

    @property
    def scores(self) -> Longs:
        return self.parts.sum(axis=0) + POSSIBLE

    def failed(self, place: int) -> Failed:
        """Return which hard rules this place fails."""
        return Failed(
            named_bits(int(self.missing[place]), int(self.met[place])),
            bool(self.hours[place]), bool(self.travel[place]), bool(self.vetoed[place]),
        )  # fmt: skip

    def suggestion(self, place: int) -> Suggestion:
        """Return a place with its score in parts, whether it passed or not."""
        mine = self.parts[:, place].tolist()
        parts = dict(zip(COMPONENTS, mine, strict=True))
        return Suggestion(int(place), sum(mine) + POSSIBLE, parts)


def ten_best(
    clients: Clients, client: int, places: Places, weights: Weights | None = None, *,
    open_seats: NDArray[np.bool_] | None = None, many: int = 10,
) -> list[Suggestion]:  # fmt: skip
    """Return the best places that pass every hard rule, best first; ties by number.

    `open_seats` says where there is room; None for everywhere.
    """
    seen = look(clients, client, places, weights)
    passed = seen.passed if open_seats is None else seen.passed & open_seats
    there = np.flatnonzero(passed)
    order = np.lexsort((there, -seen.scores[there]))[:many]
    return [seen.suggestion(place) for place in there[order].tolist()]


def look(clients: Clients, client: int, places: Places, weights: Weights | None = None) -> Look:
    """Hold one client beside every place: rules and scores."""
    weights = weights or Weights()
    i = client
    distance, known = _distance(clients, i, places)
    radius = clients.radius[i]
    travel = np.where(
        known, weights.travel - weights.travel * distance // radius, weights.travel_unknown
    )
    wished, vetoed = (
        np.isin(np.arange(len(places)), pairs[pairs[:, 0] == i, 1])
        for pairs in (clients.wished, clients.vetoed)
    )
    tasks, kinds = places.tasks, places.traits >> np.uint64(KIND_SHIFT) & np.uint64(KIND_MASK)
    in_parts = np.where(tasks & clients.wished_tasks[i] != 0, weights.wished_task, 0)
    in_parts = in_parts + np.where(kinds & clients.wished_kinds[i] != 0, weights.wished_kind, 0)
    good = np.bitwise_count(tasks & clients.strengths[i]).astype(np.int64)
    new = np.bitwise_count(places.teaches & clients.learning[i]).astype(np.int64)
    same_host = (places.host == clients.known_host[i]) & (places.host >= 0)
    parts = np.stack(
        [
            np.where(wished, weights.wished_place, in_parts),
            np.minimum(good * weights.strength, weights.strengths_at_most),
            np.minimum(new * weights.learning, weights.learning_at_most),
            np.maximum(travel, 0),
            np.where(same_host, weights.continuity, 0),
        ]
    )
    return Look(
        missing=places.needs & ~clients.has[i], met=places.traits & clients.rules_out[i],
        hours=places.hours > clients.hours[i], travel=known & (distance > radius),
        vetoed=vetoed, parts=parts,
    )  # fmt: skip


def _distance(clients: Clients, i: int, places: Places) -> tuple[Longs, NDArray[np.bool_]]:
    """Return whole metres, and whether both ends are known well enough to travel by."""
    x, y = int(clients.x[i]), int(clients.y[i])
    known = ~places.coarse & (places.x != NO_POINT) & (x != NO_POINT)
    across, along = places.x - x, places.y - y
    # Squares of metres in Finland fit a float exactly, so every way of asking agrees.
    metres = np.sqrt((across * across + along * along).astype(np.float64)).astype(np.int64)
    return metres, known
