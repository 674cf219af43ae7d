"""Parts of the kernel: what happens to a client, and how weeks are added up when something ends.

`w` and `f` are the whole and the real columns by (column, client), `n` the run's numbers, `r` the
rules.
"""

from typing import Any

import numpy as np

from polku.planning.compiled import inlined, part
from polku.planning.simulation import chance
from polku.planning.simulation.columns import (
    ALL,
    ASK,
    ASKED,
    ASKED_IN,
    CONTACTS,
    COUNTED,
    DUE,
    EARLY,
    EASE,
    EMPLOYED,
    ENDED,
    ENDLESS,
    ENDS,
    EXIT,
    FOLLOW_ON,
    HEAD,
    HIGH,
    INSIDE,
    LAST,
    LEAVE,
    LEFT,
    LOW,
    MET,
    MISSED,
    NUMBER,
    OURS,
    PLACED,
    RATE,
    REGISTRATIONS,
    SINCE,
    STATE,
    SUPPORT,
    TAIL,
    TAKEN,
    TO_WORK,
    TURN,
    UNEMPLOYED,
    WAITED,
    WAITED_FOR_PLACE,
    WAITED_WEEKS,
)

LOW_HALF = np.uint64(0xFFFFFFFF)
UNIT = chance.UNIT


@inlined
def upper_of(word: Any) -> Any:
    return np.float64(word >> np.uint64(32)) * UNIT


@inlined
def lower_of(word: Any) -> Any:
    return np.float64(word & LOW_HALF) * UNIT


@inlined
def rose(support: Any, age: Any, r: Any) -> Any:
    """Return by what the chance of a job is multiplied."""
    effect = r.job_effect * (r.fresh if age < r.fresh_weeks else 1.0)
    return 1.0 + effect * min(support, r.most)


@inlined
def _move(w: Any, n: Any, i: Any, state: Any) -> None:
    counted, before = w[COUNTED, i], w[STATE, i]
    n[ALL + before] -= 1
    n[ALL + state] += 1
    n[OURS + before] -= counted
    n[OURS + state] += counted
    w[STATE, i] = state


@inlined
def next_due(w: Any, i: Any, r: Any) -> int:
    """Return the week from which the next contact is due."""
    if w[MET, i] == 0:
        return w[SINCE, i]
    soon = w[TURN, i] + r.early_every
    if r.own:
        week = w[TURN, i] + (w[LOW, i] + w[HIGH, i]) // 2
    elif r.early_every > 0 and soon - w[SINCE, i] < r.early_weeks:
        week = soon
    else:
        week = w[TURN, i] + r.every
    if r.discussion_every > 0:
        week = min(week, w[LAST, i] + r.discussion_every - 1)
    return week


@inlined
def serve(w: Any, f: Any, i: Any, r: Any) -> None:
    """Keep ready what an unemployed client's luck is drawn against."""
    f[RATE, i], f[LEAVE, i], f[ASK, i] = r.jobs * f[EASE, i], r.leaving, r.asking
    w[DUE, i] = next_due(w, i, r)


@part
def register(w: Any, f: Any, n: Any, i: Any, week: Any, r: Any) -> None:
    """Let a client come, or come back."""
    _move(w, n, i, UNEMPLOYED)
    w[MET, i] = w[EARLY, i] = 0
    w[SINCE, i] = w[LAST, i] = w[TURN, i] = week
    w[ASKED_IN, i], w[ENDS, i] = -1, ENDLESS
    f[SUPPORT, i] = 0.0
    serve(w, f, i, r)
    n[REGISTRATIONS] += w[COUNTED, i]


@inlined
def weigh(w: Any, n: Any, i: Any, until: Any, r: Any) -> None:
    """Add up the weeks since the last contact or registration, up to and with `until`."""
    weeks, counted = until - w[LAST, i], w[COUNTED, i]
    if w[MET, i] == 0:
        w[WAITED_WEEKS, i] += weeks
        n[WAITED] += weeks * counted
        if r.interview_within > 0 and weeks > r.interview_within:
            n[MISSED] += counted
        return
    passed = w[LAST, i] + r.discussion_every + 1  # dates before the start are nobody's
    if r.discussion_every > 0 and 0 <= passed <= until:
        n[MISSED] += counted
    if w[EARLY, i] == 0:
        inside = min(until, w[LAST, i] + w[HIGH, i]) - max(w[LAST, i], -1)
        n[INSIDE] += max(inside, 0) * counted


@inlined
def stop_waiting(w: Any, n: Any, i: Any, until: Any) -> None:
    """Add up the weeks of waiting for a place."""
    if w[ASKED_IN, i] >= 0 and w[STATE, i] == UNEMPLOYED:
        n[WAITED_FOR_PLACE] += (until - w[ASKED_IN, i]) * w[COUNTED, i]


@inlined
def _exit(w: Any, f: Any, n: Any, i: Any, week: Any, state: Any, r: Any) -> None:
    weigh(w, n, i, week - 1, r)
    stop_waiting(w, n, i, week - 1)
    _move(w, n, i, state)
    w[ASKED_IN, i], w[ENDS, i], w[DUE, i] = -1, ENDLESS, ENDLESS
    f[SUPPORT, i] = f[LEAVE, i] = f[ASK, i] = 0.0
    f[RATE, i] = r.losing if state == EMPLOYED else r.returning
    if w[EXIT, i] < 0:
        w[EXIT, i], w[TO_WORK, i] = week, state == EMPLOYED


@part
def _ask(w: Any, f: Any, n: Any, queue: Any, i: Any, week: Any) -> None:
    w[ASKED_IN, i] = week
    f[ASK, i] = 0.0
    n[ASKED] += w[COUNTED, i]
    if n[TAIL] == len(queue):
        # Those who no longer wait leave the line: at most half of it is then taken.
        kept = 0
        for q in range(n[HEAD], n[TAIL]):
            if w[ASKED_IN, queue[q, 0]] == queue[q, 1]:
                queue[kept, 0], queue[kept, 1] = queue[q, 0], queue[q, 1]
                kept += 1
        n[HEAD], n[TAIL] = 0, kept
    queue[n[TAIL], 0], queue[n[TAIL], 1] = i, week
    n[TAIL] += 1


@part
def _end_place(w: Any, f: Any, n: Any, i: Any, week: Any, found: Any, word: Any, r: Any) -> None:
    n[TAKEN] -= 1
    n[ENDED] += w[COUNTED, i]
    met = w[MET, i] == 1 and week - w[LAST, i] <= r.recent
    goes_on = lower_of(word) < (r.follow_on if met else r.follow_on_unmet)
    if found or (week >= w[ENDS, i] and upper_of(word) < r.job_after):
        goes_on = True
        _exit(w, f, n, i, week, EMPLOYED, r)
    else:
        _move(w, n, i, UNEMPLOYED)
        w[ASKED_IN, i], w[ENDS, i] = -1, ENDLESS
        serve(w, f, i, r)
    if goes_on:
        n[FOLLOW_ON] += w[COUNTED, i]


@part
def happen(w: Any, f: Any, n: Any, queue: Any, i: Any, week: Any, word: Any, r: Any) -> None:
    """Let happen what the week's luck brought a client."""
    upper, support = upper_of(word), f[SUPPORT, i]
    chosen = upper < f[RATE, i] * rose(support, week - w[SINCE, i], r)
    if w[STATE, i] == UNEMPLOYED:
        if chosen:
            _exit(w, f, n, i, week, EMPLOYED, r)
        elif upper >= 1.0 - f[LEAVE, i] * (1.0 + r.leave_effect * min(support, r.most)):
            _exit(w, f, n, i, week, LEFT, r)
        else:
            _ask(w, f, n, queue, i, week)
    elif w[STATE, i] == PLACED:
        _end_place(w, f, n, i, week, chosen, word, r)
    else:
        register(w, f, n, i, week, r)


@part
def fill(w: Any, f: Any, n: Any, queue: Any, week: Any, seats: Any, r: Any) -> None:
    """Give free places to those who asked first and still wait."""
    while n[TAKEN] < seats and n[HEAD] < n[TAIL]:
        i, asked = queue[n[HEAD], 0], queue[n[HEAD], 1]
        n[HEAD] += 1
        if w[ASKED_IN, i] == asked and w[STATE, i] == UNEMPLOYED:
            stop_waiting(w, n, i, week - 1)
            _move(w, n, i, PLACED)
            w[ENDS, i] = week + r.length
            f[RATE, i] = r.jobs_meanwhile * (r.jobs * f[EASE, i])
            f[LEAVE, i] = 0.0
            n[TAKEN] += 1


@part
def line_up(w: Any, n: Any, queue: Any, week: Any) -> None:
    """Put those who asked this week in the order of their numbers, whoever their coach is."""
    begin = n[TAIL]
    while begin > n[HEAD] and queue[begin - 1, 1] == week:
        begin -= 1
    order = np.argsort(w[NUMBER][queue[begin : n[TAIL], 0]])
    queue[begin : n[TAIL]] = queue[begin : n[TAIL]][order]


@inlined
def hold(w: Any, f: Any, n: Any, i: Any, week: Any, r: Any) -> None:
    """Let a contact take place."""
    weigh(w, n, i, week, r)
    early = w[MET, i] == 1 and week - w[LAST, i] < w[LOW, i]
    f[SUPPORT, i] += (1.0 - r.kept) * (r.early_worth if early else 1.0)
    w[EARLY, i], w[MET, i] = early, 1
    w[LAST, i] = w[TURN, i] = week
    w[DUE, i] = next_due(w, i, r)
    n[CONTACTS] += 1
