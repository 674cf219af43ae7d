"""Looks through all edges: bounds, and the few edges on which most of the work is done."""

from typing import Any

import numpy as np

from polku.planning.compiled import inlined, kernel, part
from polku.planning.matching.heaps import sift_down, sift_up


@kernel
def bests(start: Any, place: Any, score: Any, unit: Any, price: Any) -> Any:
    """Return what the best edge of each client is worth at these prices, 0 at least."""
    best = np.zeros(len(start) - 1, np.int64)
    for i in range(len(best)):
        most = np.int64(0)
        for e in range(start[i], start[i + 1]):
            most = max(most, score[e] * unit - price[place[e]])
        best[i] = most
    return best


@kernel
def narrowed(start: Any, place: Any, score: Any, unit: Any, price: Any, most: Any) -> Any:
    """Return (start, edges): the `most` edges of each client that are worth most now."""
    clients = len(start) - 1
    begins = np.zeros(clients + 1, np.int64)
    for i in range(clients):
        begins[i + 1] = begins[i] + min(most, start[i + 1] - start[i])
    edges, keys = np.empty(begins[clients], np.int32), np.empty(most, np.int64)
    for i in range(clients):
        size, at = 0, begins[i]
        for e in range(start[i], start[i + 1]):
            value = score[e] * unit - price[place[e]]
            if size < most:
                keys[size], edges[at + size] = value, e
                # Keys begin at 0 and edges at `at`: two views of one heap.
                sift_up(keys, edges[at:], 0, size)
                size += 1
            elif value > keys[0]:
                keys[0], edges[at] = value, e
                sift_down(keys, edges[at:], 0, size)
    return begins, edges


@inlined
def _is_among(edges: Any, first: Any, last: Any, edge: Any) -> bool:
    found = False
    for k in range(first, last):
        found |= edges[k] == edge
    return found


@kernel
def widened(
    start: Any, place: Any, score: Any, unit: Any, price: Any, begins: Any, edges: Any,
    best: Any, margin: Any,
) -> Any:  # fmt: skip
    """Return (start, edges): those there, and all worth more than `best` less `margin`."""
    clients = len(start) - 1
    more = 0
    for i in range(clients):
        for e in range(start[i], start[i + 1]):
            if score[e] * unit - price[place[e]] > best[i] - margin:
                more += 1
    out, at = np.empty(len(edges) + more + 1, np.int32), 0
    new = np.zeros(clients + 1, np.int64)
    for i in range(clients):
        for k in range(begins[i], begins[i + 1]):
            out[at] = edges[k]
            at += 1
        known = at
        for e in range(start[i], start[i + 1]):
            if score[e] * unit - price[place[e]] > best[i] - margin:
                out[at] = e
                at += not _is_among(out, new[i], known, e)
        new[i + 1] = at
    return new, out[:at].copy()


@kernel
def transposed(start: Any, place: Any, places: Any) -> Any:
    """Return (by_place, client, edge): the same edges in the order of their places."""
    by_place = np.zeros(places + 2, np.int64)
    for e in range(len(place)):
        by_place[place[e] + 2] += 1
    for j in range(places):
        by_place[j + 2] += by_place[j + 1]
    client, edge = np.empty(len(place), np.int32), np.empty(len(place), np.int32)
    for i in range(len(start) - 1):
        for e in range(start[i], start[i + 1]):
            at = by_place[place[e] + 1]
            client[at], edge[at] = i, e
            by_place[place[e] + 1] += 1
    return by_place[: places + 1].copy(), client, edge


@kernel
def raised(
    start: Any, place: Any, score: Any, capacity: Any, price: Any, edge_of: Any, limit: Any
) -> int:
    """Raise prices (points) until they prove the matching the best of these edges.

    They enter as 0, or as prices that none of those wanted is below.
    Return how many edges were looked at, or less than 0 where there are no such prices (it is not
    the best) or `limit` was passed. A price is raised only as far as some client's present place
    demands it: so these are the least prices that prove it.
    """
    clients = len(start) - 1
    first, who = _seated(place, edge_of, len(capacity))
    queue, waiting = np.arange(clients, dtype=np.int32), np.ones(clients, np.bool_)
    head, tail, left, looked = 0, 0, clients, 1
    while left > 0:
        i = queue[head]
        head, left, waiting[i] = (head + 1) % clients, left - 1, False
        now = np.int64(0)
        if edge_of[i] >= 0:
            now = score[edge_of[i]] - price[place[edge_of[i]]]
        looked += start[i + 1] - start[i]
        if now < 0 or looked > limit:
            return -looked
        for e in range(start[i], start[i + 1]):
            j = place[e]
            if score[e] - price[j] <= now:
                continue
            if first[j + 1] - first[j] < capacity[j]:
                return -looked
            price[j] = score[e] - now
            for k in range(first[j], first[j + 1]):
                if not waiting[who[k]]:
                    queue[tail], waiting[who[k]] = who[k], True
                    tail, left = (tail + 1) % clients, left + 1
    return looked


@part
def _seated(place: Any, edge_of: Any, places: Any) -> Any:
    """Return (first, who): the clients of place j are `who[first[j]:first[j + 1]]`."""
    first, who = np.zeros(places + 2, np.int64), np.empty(len(edge_of), np.int32)
    for i in range(len(edge_of)):
        if edge_of[i] >= 0:
            first[place[edge_of[i]] + 2] += 1
    for j in range(places):
        first[j + 2] += first[j + 1]
    for i in range(len(edge_of)):
        if edge_of[i] >= 0:
            j = place[edge_of[i]]
            who[first[j + 1]] = i
            first[j + 1] += 1
    return first, who
