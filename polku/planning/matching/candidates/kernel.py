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
def _points(i: Any, k: Any, is_wished: Any, whose: Any, rows: Any, points: Any) -> Any:
    """Return the points of client i at place k, but for the way there."""
    strengths, learning, tasks, kinds, known_host = whose[6:]
    traits, offered, teaches, host = rows[4:]
    score = np.int64(POSSIBLE)
    if is_wished:
        score += points[0]
    else:
        kind = (traits[k] >> np.uint64(KIND_SHIFT)) & np.uint64(KIND_MASK)
        score += points[1] * ((offered[k] & tasks[i]) != 0) + points[2] * ((kind & kinds[i]) != 0)
    score += min(_ones(offered[k] & strengths[i]) * points[3], points[4])
    score += min(_ones(teaches[k] & learning[i]) * points[5], points[6])
    return score + points[9] * (host[k] >= 0 and host[k] == known_host[i])


@inlined
def _way(i: Any, k: Any, travels: Any, whose: Any, rows: Any, points: Any) -> Any:
    """Return the points of the way there, -1 where it is too far."""
    if not travels:
        return points[8]
    across, along = rows[0][k] - whose[0][i], rows[1][k] - whose[1][i]
    metres = np.int64(np.sqrt(np.float64(across * across + along * along)))
    if metres > whose[2][i]:
        return np.int64(-1)
    return points[7] - points[7] * metres // whose[2][i]


@inlined
def _stretch(i: Any, line: Any, end: Any, whose: Any, grid: Any, first: Any) -> Any:
    """Return which places of a line of cells may be in reach of client i; at `end` of the rest."""
    west, columns, x, radius = grid[0], grid[2], whose[0][i], whose[2][i]
    if line >= end:
        return first[columns * grid[3]], first[columns * grid[3] + 1]
    low, high = np.int64(0), columns - 1
    if x != NO_POINT:
        low = max(low, (x - radius - west) // CELL)
        high = min(high, (x + radius - west) // CELL)
    if high < low:
        return np.int64(0), np.int64(0)
    return first[line * columns + low], first[line * columns + high + 1]


@inlined
def _lines(i: Any, whose: Any, grid: Any) -> Any:
    """Return the first line of cells in reach of client i, and the one after the last."""
    west, south, columns, lines = grid
    if whose[0][i] == NO_POINT:
        return np.int64(0), lines
    low = max(np.int64(0), (whose[1][i] - whose[2][i] - south) // CELL)
    return low, max(low, min(lines, (whose[1][i] + whose[2][i] - south) // CELL + 1))


@kernel
def best_of_each(
    begin: Any, end: Any, whose: Any, wished_start: Any, wished: Any, vetoed_start: Any,
    vetoed: Any, rows: Any, grid: Any, first: Any, order: Any, points: Any, most: Any,
) -> Any:  # fmt: skip
    """Return (how many, places, scores) of the clients `begin` to `end`; `most` is 1 or more.

    `whose` are the clients' columns, `rows` the places' in the order of their cells; the cell after
    the last holds those that travel never cuts.
    """
    hours, has, rules_out = whose[3:6]
    p_hours, p_needs, p_traits = rows[2:5]
    room = (end - begin) * most + wished_start[end] - wished_start[begin]
    many = np.zeros(end - begin, np.int64)
    out_place, out_score = np.empty(room, np.int32), np.empty(room, np.int32)
    keys, found = np.empty(most, np.int64), np.empty(most, np.int32)
    at, places = 0, np.int64(len(order))
    for i in range(begin, end):
        size, begun = 0, at
        w0, w1, v0, v1 = wished_start[i], wished_start[i + 1], vetoed_start[i], vetoed_start[i + 1]
        low, high = _lines(i, whose, grid)
        for line in range(low, high + 1):
            travels = line < high and whose[0][i] != NO_POINT
            a, b = _stretch(i, line, high, whose, grid, first)
            for k in range(a, b):
                barred = (p_needs[k] & ~has[i]) | (p_traits[k] & rules_out[i])
                if barred or p_hours[k] > hours[i]:
                    continue
                way, place = _way(i, k, travels, whose, rows, points), order[k]
                if way < 0 or _among(vetoed, v0, v1, place):
                    continue
                score = way + _points(i, k, _among(wished, w0, w1, place), whose, rows, points)
                # A key holds the score, then the place from behind: the lower number wins a tie.
                key, out = score * places + (places - 1 - place), place
                if size < most:
                    keys[size], found[size] = key, place
                    sift_up(keys, found, 0, size)
                    size += 1
                    continue
                if key > keys[0]:
                    key, keys[0], out, found[0] = keys[0], key, found[0], place
                    sift_down(keys, found, 0, size)
                if _among(wished, w0, w1, out):
                    out_place[at], out_score[at] = out, key // places
                    at += 1
        out_place[at : at + size] = found[:size]
        out_score[at : at + size] = keys[:size] // places
        at += size
        by_place = np.argsort(out_place[begun:at])
        out_place[begun:at] = out_place[begun:at][by_place]
        out_score[begun:at] = out_score[begun:at][by_place]
        many[i - begin] = at - begun
    return many, out_place[:at].copy(), out_score[:at].copy()
