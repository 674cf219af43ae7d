"""The dive: slots get prices, meetings choose at them, and the surest choice is settled, in turn.

Each meeting chooses the start that is worth most beyond the price of its slots, or none. A slot
that several choose becomes dearer, one that nobody chooses cheaper (a subgradient of the Lagrangian
dual, with momentum: some hundred looks come near the linear bound). How often a start was chosen of
late stands in for its share in the linear optimum (F. Barahona, R. Anbil, "The
volume algorithm", 2000); the start with the greatest share is booked, what it rules out is closed,
prices follow, and so on until nothing is chosen. Whole numbers throughout.
"""

from typing import Any

import numpy as np

from polku.planning.compiled import inlined, kernel, part

MEMORY, WHOLE = 900, 1024  # what a look leaves of those before it, in 1024ths
FORGOTTEN = 200  # looks after which a choice counts for nothing


@kernel
def settle_prices(
    first: Any, begin: Any, points: Any, span: Any, price: Any, steps: Any, share: Any,
    drift: Any,
) -> None:  # fmt: skip
    """Let prices come to rest, with nothing booked: a look for each of `steps`.

    `points` and `price` are in one fine unit. `share` (by start) and `drift` (by slot) enter as 0
    and are what `dive` goes on from.
    """
    live, left = np.arange(len(begin)), first[1:] - first[:-1]
    sums, asked = np.zeros(len(price) + 1, np.int64), np.zeros(len(price) + 1, np.int64)
    taken, seen = np.full(len(price), -1, np.int32), np.zeros(len(begin), np.int64)
    fading = _fading()
    for look in range(len(steps)):
        _choose(
            first, begin, points, span, live, left, price, sums, asked, share, seen, fading, look
        )
        _reprice(price, asked, drift, taken, steps[look])
    for start in range(len(begin)):
        share[start] = _faded(start, share, seen, fading, len(steps))


@kernel
def dive(
    first: Any, of: Any, begin: Any, points: Any, span: Any, near: Any, near_first: Any,
    slots_per_day: Any, price: Any, share: Any, drift: Any, favour: Any,
    looks: Any, step: Any, at: Any, taken: Any,
) -> int:  # fmt: skip
    """Fill `at` (by meeting: its start or -1) and `taken` (by slot); return the looks.

    Prices follow demand by `step`; so many `looks` come before each booking. `price`, `share` and
    `drift` are used up. `favour` (by meeting) is how many times its shares count.
    """
    live, left = np.arange(len(begin)), first[1:] - first[:-1]
    sums, asked = np.zeros(len(price) + 1, np.int64), np.zeros(len(price) + 1, np.int64)
    seen, fading, look = np.zeros(len(begin), np.int64), _fading(), 0
    while True:
        start = _surest(first, live, left, share, seen, favour, fading, look)
        if start < 0:
            return look
        _settle(
            start, first, of, begin, span, near, near_first, slots_per_day, live, left, at, taken
        )
        price[begin[start] : begin[start] + span[of[start]]] = 0
        for _ in range(looks):
            _choose(
                first, begin, points, span, live, left, price, sums, asked, share, seen, fading,
                look,
            )  # fmt: skip
            _reprice(price, asked, drift, taken, step)
            look += 1


@part
def _fading() -> Any:
    """Return what so many looks leave of a share, in 2 ** 30ths."""
    fading = np.zeros(FORGOTTEN, np.int64)
    fading[0] = np.int64(1) << 30
    for k in range(1, FORGOTTEN):
        fading[k] = fading[k - 1] * MEMORY // WHOLE
    return fading


@part
def _choose(
    first: Any, begin: Any, points: Any, span: Any, live: Any, left: Any, price: Any, sums: Any,
    asked: Any, share: Any, seen: Any, fading: Any, look: Any,
) -> None:  # fmt: skip
    """Let all meetings choose at these prices; `asked` is how much demand rises at each slot."""
    for slot in range(len(price)):
        sums[slot + 1] = sums[slot] + price[slot]
    asked[:] = 0
    for i in range(len(left)):
        most, which, length = np.int64(0), np.int64(-1), span[i]
        for k in range(first[i], first[i] + left[i]):
            start = live[k]
            value = points[start] - sums[begin[start] + length] + sums[begin[start]]
            if value > most:
                most, which = value, start
        if which >= 0:
            asked[begin[which]] += 1
            asked[begin[which] + length] -= 1
            share[which] = _faded(which, share, seen, fading, look) + (WHOLE - MEMORY << 10)
            seen[which] = look


@inlined
def _faded(start: Any, share: Any, seen: Any, fading: Any, look: Any) -> Any:
    """Return what is left of a start's share."""
    since = look - seen[start]
    return share[start] * fading[since] >> 30 if since < FORGOTTEN else np.int64(0)


@part
def _reprice(price: Any, asked: Any, drift: Any, taken: Any, step: Any) -> None:
    """Let the prices of free slots follow the demand."""
    demand = np.int64(0)
    for slot in range(len(price)):
        demand += asked[slot]
        if taken[slot] < 0:
            drift[slot] = (MEMORY * drift[slot] >> 10) + (demand - 1) * (WHOLE - MEMORY)
            price[slot] = max(np.int64(0), price[slot] + (step * drift[slot] >> 10))


@part
def _surest(
    first: Any, live: Any, left: Any, share: Any, seen: Any, favour: Any, fading: Any, look: Any
) -> Any:
    """Return the start with the greatest share, -1 where none has any."""
    most, which = np.int64(0), np.int64(-1)
    for i in range(len(left)):
        for k in range(first[i], first[i] + left[i]):
            if share[live[k]] == 0:
                continue
            value = _faded(live[k], share, seen, fading, look) * favour[i]
            if value > most:
                most, which = value, live[k]
    return which


@part
def _settle(
    chosen: Any, first: Any, of: Any, begin: Any, span: Any, near: Any, near_first: Any,
    slots_per_day: Any, live: Any, left: Any, at: Any, taken: Any,
) -> None:  # fmt: skip
    """Book a start, and close those that it rules out."""
    meeting = of[chosen]
    low, high = begin[chosen], begin[chosen] + span[meeting]
    at[meeting], left[meeting] = chosen, 0
    taken[low:high] = meeting
    for i in range(len(left)):
        gap = np.int64(0)
        for k in range(near_first[meeting], near_first[meeting + 1]):
            if near[k, 0] == i:
                gap = max(gap, np.int64(near[k, 1]))
        kept = first[i]
        for k in range(first[i], first[i] + left[i]):
            start = live[k]
            met = begin[start] < high and begin[start] + span[i] > low
            if not met and abs(begin[start] // slots_per_day - low // slots_per_day) >= gap:
                live[kept] = start
                kept += 1
        left[i] = kept - first[i]
