"""The compiled part: for each client the cells in reach, the rules, the score, the best k."""

from typing import Any

import numpy as np

from polku.planning.compiled import inlined, kernel
from polku.planning.matching.heaps import sift_down, sift_up
from polku.planning.matching.rules import KIND_MASK, KIND_SHIFT, NO_POINT
from polku.planning.matching.scores import POSSIBLE

CELL = 5_000


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
    for k in range(first, last):
        if places[k] == place:
            return True
    return False


@kernel
def best_of_each(
    begin: Any, end: Any, whose: Any, wished_start: Any, wished: Any, vetoed_start: Any,
    vetoed: Any, rows: Any, west: Any, south: Any, columns: Any, lines: Any, first: Any,
    order: Any, points: Any, most: Any,
) -> Any:  # fmt: skip
    """Return (how many, places, scores) of the clients `begin` to `end`."""
    x, y, radius, hours, has, rules_out, strengths, learning, tasks, kinds, known_host = whose
    p_x, p_y, p_hours, p_needs, p_traits, p_tasks, p_teaches, p_host = rows
    wished_place, wished_task, wished_kind, strength, strengths_most = points[:5]
    learn, learn_most, travel, travel_unknown, continuity = points[5:]
    room = (end - begin) * most + wished_start[end] - wished_start[begin]
    many = np.zeros(end - begin, np.int64)
    out_place, out_score = np.empty(room, np.int32), np.empty(room, np.int32)
    keys, found = np.empty(most, np.int64), np.empty(most, np.int32)
    at = 0
    # A key holds the score, then the place from behind: the lower number wins a tie.
    places = np.int64(len(order))
    everywhere = columns * lines
    for i in range(begin, end):
        somewhere = x[i] != NO_POINT
        size, begun = 0, at
        low_c, high_c, low_l, high_l = np.int64(0), columns - 1, np.int64(0), lines - 1
        if somewhere:
            low_c = max(low_c, (x[i] - radius[i] - west) // CELL)
            high_c = min(high_c, (x[i] + radius[i] - west) // CELL)
            low_l = max(low_l, (y[i] - radius[i] - south) // CELL)
            high_l = min(high_l, (y[i] + radius[i] - south) // CELL)
        w0, w1, v0, v1 = wished_start[i], wished_start[i + 1], vetoed_start[i], vetoed_start[i + 1]
        # One more line stands for the places that travel never cuts.
        for line in range(low_l, max(high_l, low_l - 1) + 2):
            last_line = line > high_l
            if last_line:
                a, b = first[everywhere], first[everywhere + 1]
            elif high_c < low_c:
                continue
            else:
                a, b = first[line * columns + low_c], first[line * columns + high_c + 1]
            for k in range(a, b):
                if (p_needs[k] & ~has[i]) | (p_traits[k] & rules_out[i]):
                    continue
                if p_hours[k] > hours[i]:
                    continue
                score = travel_unknown
                if somewhere and not last_line:
                    across, along = p_x[k] - x[i], p_y[k] - y[i]
                    squared = across * across + along * along
                    metres = np.int64(np.sqrt(np.float64(squared)))
                    if metres > radius[i]:
                        continue
                    score = travel - travel * metres // radius[i]
                place = order[k]
                if v1 > v0 and _among(vetoed, v0, v1, place):
                    continue
                score += POSSIBLE
                is_wished = w1 > w0 and _among(wished, w0, w1, place)
                if is_wished:
                    score += wished_place
                else:
                    if p_tasks[k] & tasks[i]:
                        score += wished_task
                    kind = (p_traits[k] >> np.uint64(KIND_SHIFT)) & np.uint64(KIND_MASK)
                    if kind & kinds[i]:
                        score += wished_kind
                score += min(_ones(p_tasks[k] & strengths[i]) * strength, strengths_most)
                score += min(_ones(p_teaches[k] & learning[i]) * learn, learn_most)
                if p_host[k] >= 0 and p_host[k] == known_host[i]:
                    score += continuity
                key = score * places + (places - 1 - place)
                left = place
                if size < most:
                    keys[size], found[size] = key, place
                    sift_up(keys, found, 0, size)
                    size += 1
                    continue
                if most == 0 or key > keys[0]:
                    if most:
                        key, keys[0] = keys[0], key
                        left, found[0] = found[0], place
                        sift_down(keys, found, 0, size)
                if w1 > w0 and _among(wished, w0, w1, left):
                    out_place[at], out_score[at] = left, key // places
                    at += 1
        for k in range(size):
            out_place[at], out_score[at] = found[k], keys[k] // places
            at += 1
        by_place = np.argsort(out_place[begun:at])
        out_place[begun:at] = out_place[begun:at][by_place]
        out_score[begun:at] = out_score[begun:at][by_place]
        many[i - begin] = at - begun
    return many, out_place[:at].copy(), out_score[:at].copy()
