"""The auction: clients bid for seats, then places that stayed half empty bid for clients.

Everything is an integer in a fine unit, `unit` to the point. After a phase with step `eps` each
client's place is at most `eps` worse than the best for that client at these prices, and a place
with a price is full; so the sum is at most `eps` a client below the best (D. P. Bertsekas,
D. A. Castañon, "A forward/reverse auction algorithm for asymmetric assignment problems", 1992;
many seats of one kind: "The auction algorithm for the transportation problem", 1989).
Fixed order throughout: the same input gives the same matching.
"""

from typing import Any

import numpy as np

from polku.planning.compiled import inlined, kernel, part
from polku.planning.matching.heaps import sift_down, sift_up


@kernel
def bid(
    start: Any, place: Any, score: Any, unit: Any, eps: Any, first: Any, price: Any, taken: Any,
    keys: Any, who: Any, edge_of: Any, queue: Any, limit: Any,
) -> int:  # fmt: skip
    """Let every client bid, from nobody placed; return the edges looked at, or -1 past `limit`.

    `first` (places + 1) says where each place's seats begin in `keys` and `who`, the bids that
    stand and their clients. `price` enters as the least each seat costs, and rises. `queue` is
    room for all clients. `edge_of` is each client's edge, -1 for none.
    """
    clients, looked, head, tail = len(edge_of), 0, 0, 0
    taken[:] = 0
    for i in range(clients):
        queue[i] = i
    left = clients
    while left > 0:
        i = queue[head]
        head, left = (head + 1) % clients, left - 1
        best, second, edge = np.int64(0), np.int64(0), np.int64(-1)
        for e in range(start[i], start[i + 1]):
            value = score[e] * unit - price[place[e]]
            if value > second:
                if value > best:
                    second, best, edge = best, value, np.int64(e)
                else:
                    second = value
        looked += start[i + 1] - start[i]
        edge_of[i] = edge
        if edge < 0:
            continue
        out = _seat(place[edge], i, best - second + eps, first, price, taken, keys, who)
        if out >= 0:
            edge_of[out] = -1
            queue[tail] = out
            tail, left = (tail + 1) % clients, left + 1
            if looked > limit:
                return -1
    return looked


@inlined
def _seat(
    j: Any, i: Any, rise: Any, first: Any, price: Any, taken: Any, keys: Any, who: Any
) -> Any:
    """Seat client i at place j for `rise` over its price; return whom that puts out, or -1."""
    at, size = first[j], first[j + 1] - first[j]
    out = -1
    if taken[j] < size:
        keys[at + taken[j]], who[at + taken[j]] = price[j] + rise, i
        sift_up(keys, who, at, taken[j])
        taken[j] += 1
    else:
        out = who[at]
        keys[at], who[at] = price[j] + rise, i
        sift_down(keys, who, at, size)
    if taken[j] == size:
        price[j] = keys[at]
    return out


@kernel
def call_back(
    by_place: Any, of_client: Any, of_edge: Any, place: Any, score: Any, unit: Any, eps: Any,
    first: Any, price: Any, taken: Any, who: Any, edge_of: Any, limit: Any,
) -> int:  # fmt: skip
    """Let each place that has a price and an empty seat lower it until it is full or free.

    The first three arrays are the edges by place (`transposed`). Return the edges looked at, or
    -1 past `limit`. Each move makes a client better off by `eps` at least, so it ends.
    """
    places, looked = len(price), 0
    worth, seat = _worth_now(score, unit, first, price, taken, who, edge_of)
    queue, waiting, left = _to_call(first, price, taken)
    head, tail = 0, left % places
    most = np.max(first[1:] - first[:-1]) + 1
    keys, found = np.empty(most, np.int64), np.empty(most, np.int64)
    while left > 0:
        j = queue[head]
        head, left, waiting[j] = (head + 1) % places, left - 1, False
        wanted = first[j + 1] - first[j] - taken[j] + 1
        if wanted <= 1 or price[j] <= 0:
            continue
        begin, end = by_place[j], by_place[j + 1]
        size = _offers(
            of_client[begin:end], of_edge[begin:end], score, unit, eps, worth, edge_of,
            wanted, keys, found,
        )  # fmt: skip
        looked += end - begin
        if looked > limit:
            return -1
        # One more was found than there are seats: the least of them sets the price.
        spare = 1 if size == wanted else 0
        price[j] = max(np.int64(0), keys[0] - eps) if spare else np.int64(0)
        for k in range(first[j], first[j] + taken[j]):
            worth[who[k]] = score[edge_of[who[k]]] * unit - price[j]
        for k in range(spare, size):
            i, e = of_client[begin + found[k]], of_edge[begin + found[k]]
            if edge_of[i] >= 0:
                old = place[edge_of[i]]
                _leave(old, i, first, taken, who, seat)
                if price[old] > 0 and not waiting[old]:
                    queue[tail], waiting[old] = old, True
                    tail, left = (tail + 1) % places, left + 1
            edge_of[i], worth[i] = e, score[e] * unit - price[j]
            seat[i] = first[j] + taken[j]
            who[seat[i]] = i
            taken[j] += 1
    return looked


@part
def _to_call(first: Any, price: Any, taken: Any) -> Any:
    """Return the queue of places with a price and an empty seat, who is in it, and how many."""
    queue, waiting = np.empty(len(price), np.int32), np.zeros(len(price), np.bool_)
    many = 0
    for j in range(len(price)):
        if price[j] > 0 and taken[j] < first[j + 1] - first[j]:
            queue[many], waiting[j] = j, True
            many += 1
    return queue, waiting, many


@part
def _offers(
    clients: Any, edges: Any, score: Any, unit: Any, eps: Any, worth: Any, edge_of: Any,
    wanted: Any, keys: Any, found: Any,
) -> int:  # fmt: skip
    """Put the `wanted` highest prices that clients would come for into a heap; return how many."""
    size = 0
    for k in range(len(clients)):
        i, e = clients[k], edges[k]
        offer = score[e] * unit - worth[i]
        if offer < eps or edge_of[i] == e:
            continue
        if size < wanted:
            keys[size], found[size] = offer, k
            sift_up(keys, found, 0, size)
            size += 1
        elif offer > keys[0]:
            keys[0], found[0] = offer, k
            sift_down(keys, found, 0, size)
    return size


@part
def _worth_now(
    score: Any, unit: Any, first: Any, price: Any, taken: Any, who: Any, edge_of: Any
) -> Any:
    """Return what each client's place is worth to them now, and in which seat they sit."""
    worth, seat = np.zeros(len(edge_of), np.int64), np.zeros(len(edge_of), np.int64)
    for j in range(len(price)):
        for k in range(first[j], first[j] + taken[j]):
            i = who[k]
            seat[i], worth[i] = k, score[edge_of[i]] * unit - price[j]
    return worth, seat


@inlined
def _leave(j: Any, i: Any, first: Any, taken: Any, who: Any, seat: Any) -> None:
    """Empty the seat of client i at place j; the last one there moves into it."""
    taken[j] -= 1
    last = who[first[j] + taken[j]]
    who[seat[i]], seat[last] = last, seat[i]
