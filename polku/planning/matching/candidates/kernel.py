"""The compiled part: for each client the cells in reach, the rules, the score, the best k."""

from typing import Any

import numpy as np

from polku.planning.compiled import inlined, kernel
from polku.planning.matching.heaps import sift_down, sift_up
from polku.planning.matching.rules import KIND_MASK, KIND_SHIFT, NO_POINT
from polku.planning.matching.scores import POSSIBLE

CELL = 5_000  # metres


@inlined
def _ones(word: Any) -> Any:
    """Count the bits of a word (the way of H. S. Warren, Hacker's Delight)."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + (
        (word >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inlined
def _among(places: Any, first: Any, last: Any, place: Any) -> bool:
    found = False
    for k in range(first, last):
        found |= places[k] == place
    return found


@inlined
def _points(client: Any, place: Any, is_wished: Any, weights: Any) -> Any:
    """Return the points of a pair, but for the way there."""
    score = np.int64(POSSIBLE)
    if is_wished:
        score += weights.wished_place
    else:
        kind = (place.traits >> np.uint64(KIND_SHIFT)) & np.uint64(KIND_MASK)
        score += weights.wished_task * ((place.tasks & client.wished_tasks) != 0)
        score += weights.wished_kind * ((kind & client.wished_kinds) != 0)
    good, new = _ones(place.tasks & client.strengths), _ones(place.teaches & client.learning)
    score += min(good * weights.strength, weights.strengths_at_most)
    score += min(new * weights.learning, weights.learning_at_most)
    same = place.host >= 0 and place.host == client.known_host
    return score + weights.continuity * same


@inlined
def _way(client: Any, place: Any, travels: Any, weights: Any) -> Any:
    """Return the points of the way there, -1 where it is too far."""
    if not travels:
        return weights.travel_unknown
    across, along = place.x - client.x, place.y - client.y
    metres = np.int64(np.sqrt(np.float64(across * across + along * along)))
    if metres > client.radius:
        return np.int64(-1)
    return weights.travel - weights.travel * metres // client.radius


@inlined
def _stretch(client: Any, line: Any, end: Any, grid: Any, first: Any) -> Any:
    """Return which places of a line of cells may be in reach; at `end` those of no cell."""
    columns = grid[2]
    if line >= end:
        return first[columns * grid[3]], first[columns * grid[3] + 1]
    low, high = np.int64(0), columns - 1
    if client.x != NO_POINT:
        low = max(low, (client.x - client.radius - grid[0]) // CELL)
        high = min(high, (client.x + client.radius - grid[0]) // CELL)
    if high < low:
        return np.int64(0), np.int64(0)
    return first[line * columns + low], first[line * columns + high + 1]


@inlined
def _lines(client: Any, grid: Any) -> Any:
    """Return the first line of cells in reach, and the one after the last."""
    south, lines = grid[1], grid[3]
    if client.x == NO_POINT:
        return np.int64(0), lines
    low = max(np.int64(0), (client.y - client.radius - south) // CELL)
    return low, max(low, min(lines, (client.y + client.radius - south) // CELL + 1))


@kernel
def best_of_each(
    begin: Any, end: Any, clients: Any, wished_start: Any, wished: Any, vetoed_start: Any,
    vetoed: Any, places: Any, grid: Any, first: Any, order: Any, weights: Any, most: Any,
) -> Any:  # fmt: skip
    """Return (how many, places, scores) of the clients `begin` to `end`; `most` is 1 or more.

    Clients, places and weights (one) are records; places stand in the order of their cells, and
    the cell after the last holds those that travel never cuts.
    """
    room = (end - begin) * most + wished_start[end] - wished_start[begin]
    many = np.zeros(end - begin, np.int64)
    out_place, out_score = np.empty(room, np.int32), np.empty(room, np.int32)
    keys, found = np.empty(most, np.int64), np.empty(most, np.int32)
    at, all_places, points = 0, np.int64(len(order)), weights[0]
    for i in range(begin, end):
        size, begun, client = 0, at, clients[i]
        w0, w1, v0, v1 = wished_start[i], wished_start[i + 1], vetoed_start[i], vetoed_start[i + 1]
        low, high = _lines(client, grid)
        for line in range(low, high + 1):
            travels = line < high and client.x != NO_POINT
            a, b = _stretch(client, line, high, grid, first)
            for k in range(a, b):
                place = places[k]
                barred = (place.needs & ~client.has) | (place.traits & client.rules_out)
                if barred or place.hours > client.hours:
                    continue
                way, number = _way(client, place, travels, points), order[k]
                if way < 0 or _among(vetoed, v0, v1, number):
                    continue
                score = way + _points(client, place, _among(wished, w0, w1, number), points)
                # A key holds the score, then the place from behind: the lower number wins a tie.
                key, out = score * all_places + (all_places - 1 - number), number
                if size < most:
                    keys[size], found[size] = key, number
                    sift_up(keys, found, 0, size)
                    size += 1
                    continue
                if key > keys[0]:
                    key, keys[0], out, found[0] = keys[0], key, found[0], number
                    sift_down(keys, found, 0, size)
                if _among(wished, w0, w1, out):
                    out_place[at], out_score[at] = out, key // all_places
                    at += 1
        out_place[at : at + size] = found[:size]
        out_score[at : at + size] = keys[:size] // all_places
        at += size
        by_place = np.argsort(out_place[begun:at])
        out_place[begun:at] = out_place[begun:at][by_place]
        out_score[begun:at] = out_score[begun:at][by_place]
        many[i - begin] = at - begun
    return many, out_place[:at].copy(), out_score[:at].copy()
