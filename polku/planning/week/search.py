"""Greedy booking, and the search that improves a plan by ejection.

A move puts one meeting at one of its starts and takes out those that it overlaps, or that are too
near it for one person. It is kept if that gains, and with a falling chance if it loses a little
(S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, "Optimization by simulated annealing", 1983). Whole
numbers throughout, chance from a counter of its own, an end by count.

Throughout: `of`, `begin` and `worth` are by start, `span` by meeting, `near` and `near_first` say
whom a meeting must keep away from; `at` (by meeting: its start or -1) and `taken` (by slot: whose
it is, or -1) are the plan, changed in place.
"""

from typing import Any

import numpy as np

from polku.planning.compiled import inlined, kernel, part

ENOUGH = 1_000  # times through all starts, at most, until no move gains


@kernel
def greedy(
    order: Any, of: Any, begin: Any, worth: Any, span: Any, near: Any, near_first: Any,
    slots_per_day: Any, at: Any, taken: Any,
) -> None:  # fmt: skip
    """Book starts in the order given wherever nothing is in the way."""
    out = np.empty(len(at) + 1, np.int64)
    for k in range(len(order)):
        start = order[k]
        if at[of[start]] >= 0 or worth[start] <= 0:
            continue
        if not _met(start, of, begin, span, near, near_first, slots_per_day, at, taken, out):
            at[of[start]] = start
            taken[begin[start] : begin[start] + span[of[start]]] = of[start]


@kernel
def search(
    drawn: Any, moves: Any, heat: Any, falls: Any, seed: Any, of: Any, begin: Any, worth: Any,
    span: Any, near: Any, near_first: Any, slots_per_day: Any, at: Any, taken: Any,
) -> None:  # fmt: skip
    """Try so many moves, each to one of the starts `drawn`.

    `heat` (by phase, of equal shares of the moves) is how many points a move may lose, times what a
    draw from `falls` says in 1024ths.
    """
    out = np.empty(len(at) + 1, np.int64)
    state = np.uint64(seed)
    for move in range(moves):
        state += np.uint64(0x9E3779B97F4A7C15)
        chance = _mixed(state)
        which = (chance >> np.uint64(32)) * np.uint64(len(drawn)) >> np.uint64(32)
        loss = heat[move * len(heat) // moves] * falls[chance & np.uint64(1023)] >> 10
        _try(
            drawn[np.int64(which)], loss, of, begin, worth, span, near, near_first, slots_per_day,
            at, taken, out,
        )  # fmt: skip


@kernel
def descend(
    of: Any, begin: Any, worth: Any, span: Any, near: Any, near_first: Any, slots_per_day: Any,
    at: Any, taken: Any,
) -> None:  # fmt: skip
    """Go through all starts until no move gains anything."""
    out = np.empty(len(at) + 1, np.int64)
    for _ in range(ENOUGH):
        gained = False
        for start in range(len(of)):
            gained |= _try(
                start, 0, of, begin, worth, span, near, near_first, slots_per_day, at, taken, out
            )
        if not gained:
            return


@inlined
def _mixed(state: Any) -> Any:
    """Return 64 mixed bits (SplitMix64: G. L. Steele, D. Lea, C. H. Flood, 2014)."""
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


@part
def _try(
    start: Any, loss: Any, of: Any, begin: Any, worth: Any, span: Any, near: Any, near_first: Any,
    slots_per_day: Any, at: Any, taken: Any, out: Any,
) -> bool:  # fmt: skip
    """Make a move if it gains, or loses less than `loss`; return whether it was made."""
    meeting = of[start]
    now = at[meeting]
    gain = worth[start] + loss
    if now >= 0:
        gain -= worth[now]
    if now == start or gain <= 0:
        return False
    many = _met(start, of, begin, span, near, near_first, slots_per_day, at, taken, out)
    for k in range(many):
        gain -= worth[at[out[k]]]
    if gain <= 0:
        return False
    if now >= 0:
        taken[begin[now] : begin[now] + span[meeting]] = -1
    for k in range(many):
        other = out[k]
        taken[begin[at[other]] : begin[at[other]] + span[other]] = -1
        at[other] = -1
    at[meeting] = start
    taken[begin[start] : begin[start] + span[meeting]] = meeting
    return True


@part
def _met(
    start: Any, of: Any, begin: Any, span: Any, near: Any, near_first: Any, slots_per_day: Any,
    at: Any, taken: Any, out: Any,
) -> int:  # fmt: skip
    """Put into `out` who would have to give way, each once; return how many."""
    meeting = of[start]
    many, last = 0, np.int64(meeting)
    for slot in range(begin[start], begin[start] + span[meeting]):
        other = np.int64(taken[slot])
        if other >= 0 and other != last and other != meeting:
            out[many] = last = other
            many += 1
    for k in range(near_first[meeting], near_first[meeting + 1]):
        other = np.int64(near[k, 0])
        if at[other] < 0:
            continue
        days = abs(begin[at[other]] // slots_per_day - begin[start] // slots_per_day)
        known = days >= near[k, 1]
        for m in range(many):
            known |= out[m] == other
        if not known:
            out[many] = other
            many += 1
    return many
