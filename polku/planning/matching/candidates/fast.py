"""The candidates by a compiled kernel on a grid of 5 km, in as many threads as there are cores."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import Any

import numpy as np

from polku.planning.matching.candidates.kernel import CELL, best_of_each
from polku.planning.matching.problem import Ints, Longs
from polku.planning.matching.rules import NO_POINT, Clients, Places
from polku.planning.matching.scores import Weights

SHARE = 20_000  # clients that a thread takes at a time

CLIENT = np.dtype(
    [
        *((name, np.int64) for name in ("x", "y", "radius")),
        *((name, np.uint64) for name in ("has", "rules_out", "strengths", "learning")),
        *((name, np.uint64) for name in ("wished_tasks", "wished_kinds")),
        ("hours", np.int32), ("known_host", np.int32),
    ]
)  # fmt: skip
PLACE = np.dtype(
    [
        *((name, np.uint64) for name in ("needs", "traits", "tasks", "teaches")),
        *((name, np.int64) for name in ("x", "y")), ("hours", np.int32), ("host", np.int32),
    ]
)  # fmt: skip
WEIGHTS = np.dtype([(one.name, np.int64) for one in fields(Weights)])


def candidates(
    clients: Clients, places: Places, weights: Weights, most: int = 30
) -> tuple[Longs, Ints, Ints]:
    """Return (start, place, score) by client, places in order; the same whatever the threads.

    `most` (1 or more) is the k beyond which only wishes go.
    """
    grid, first, order = _grid(places)
    ours, theirs = _records(clients, CLIENT), _records(places, PLACE)[order]
    points = np.array([tuple(weights.as_dict().values())], WEIGHTS)
    wished, vetoed = (_by_client(pairs, len(clients)) for pairs in (clients.wished, clients.vetoed))

    def part(begin: int) -> Any:
        end = min(begin + SHARE, len(clients))
        return best_of_each(
            begin, end, ours, *wished, *vetoed, theirs, grid, first, order, points, most
        )

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        parts = list(threads.map(part, range(0, len(clients), SHARE)))
    start = np.zeros(len(clients) + 1, np.int64)
    if parts:
        np.cumsum(np.concatenate([one[0] for one in parts]), out=start[1:])
    empty = [np.empty(0, np.int32)]
    return (
        start,
        np.concatenate([one[1] for one in parts] or empty),
        np.concatenate([one[2] for one in parts] or empty),
    )


def _records(columns: Clients | Places, kind: np.dtype[Any]) -> Any:
    """Return the columns side by side: what belongs to one row lies together."""
    table = np.empty(len(columns), kind)
    for name in table.dtype.names or ():
        table[name] = getattr(columns, name)
    return table


def _grid(places: Places) -> tuple[tuple[int, int, int, int], Longs, Ints]:
    """Return ((west, south, columns, lines), first of each cell, places in the order of cells).

    The last cell holds the places that travel never cuts.
    """
    near = ~places.coarse & (places.x != NO_POINT)
    x, y = places.x[near], places.y[near]
    west, south = int(x.min(initial=1 << 40)), int(y.min(initial=1 << 40))
    columns = int(x.max(initial=west) - west) // CELL + 1
    lines = int(y.max(initial=south) - south) // CELL + 1
    cell = np.full(len(places), columns * lines, np.int64)
    cell[near] = (y - south) // CELL * columns + (x - west) // CELL
    order = np.argsort(cell, kind="stable").astype(np.int32)
    first = np.zeros(columns * lines + 2, np.int64)
    np.cumsum(np.bincount(cell, minlength=columns * lines + 1), out=first[1:])
    return (west, south, columns, lines), first, order


def _by_client(pairs: Ints, clients: int) -> tuple[Longs, Ints]:
    """Return (start, places) of pairs by client, each once and in order."""
    once = np.unique(pairs.reshape(-1, 2), axis=0)
    start = np.zeros(clients + 1, np.int64)
    np.cumsum(np.bincount(once[:, 0], minlength=clients), out=start[1:])
    return start, np.ascontiguousarray(once[:, 1]).astype(np.int32)
