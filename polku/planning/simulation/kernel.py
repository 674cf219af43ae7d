"""Weeks as machine code: luck, places, who is due, whom there is time for.

The order within a week: free places are filled in the order of asking; then, coach by coach,
everybody's luck is drawn, those due are listed, and as many are met as fit: first the dates of the
law that can't wait any longer, then the earliest deadline.

Most weeks of most clients pass without anything happening. So one plain loop draws everybody's
luck against chances that are kept ready, and only those to whom something happens are looked at;
weeks are added up when something ends, not one by one. `reference` does it one by one, in NumPy,
and tests hold the two equal, number for number.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from polku.planning.compiled import inlined, kernel, part
from polku.planning.simulation import chance
from polku.planning.simulation.columns import (
    ALL,
    ARRIVES,
    ASK,
    CAME,
    COUNTED,
    DUE,
    EMPLOYED,
    EMPLOYED_WEEKS,
    ENDS,
    HIGH,
    LAST,
    LEAVE,
    LEFT,
    LEFT_WEEKS,
    MET,
    NUMBERS,
    OURS,
    PLACED,
    RATE,
    SERVICE_WEEKS,
    SINCE,
    STATE,
    STATES,
    STEPPED,
    SUPPORT,
    TURN,
    UNEMPLOYED,
    People,
)
from polku.planning.simulation.happening import (
    fill,
    happen,
    hold,
    line_up,
    lower_of,
    next_due,
    register,
    rose,
    serve,
    stop_waiting,
    upper_of,
    weigh,
)

STEP, FIRST, SECOND = (np.uint64(it) for it in (chance.STEP, chance.FIRST, chance.SECOND))
INTERVIEW, DISCUSSION, WINDOW = range(3)  # what is due
KINDS = 3
DEADLINES, MIDDLE = 64, 32  # weeks that are told apart, from this many overdue
PILES = 2 * DEADLINES * KINDS  # what can't wait, then the rest; by deadline, then kind


class Desk(NamedTuple):
    """What a run writes beside the people."""

    numbers: NDArray[np.int64]  # by `columns`: sums, line for places, clients by state
    queue: NDArray[np.int64]  # (client, week of asking)
    here: NDArray[np.int64]  # by coach: up to where clients have come
    who: NDArray[np.int64]  # scratch, by client
    pile: NDArray[np.int64]  # scratch: on which of PILES what is due lies
    high: NDArray[np.int64]  # scratch: how many lie on each


def desk(people: People, first: NDArray[np.int64]) -> Desk:
    """Return an empty desk for these people."""
    many = len(people)
    return Desk(
        np.zeros(NUMBERS, np.int64), np.zeros((2 * many + 1, 2), np.int64), first[:-1].copy(),
        np.zeros(many + 1, np.int64), np.zeros(many + 1, np.int64),
        np.zeros(PILES, np.int64),
    )  # fmt: skip


@inlined
def _drawn(key: Any, ahead: Any) -> Any:
    word = key + ahead
    word = (word ^ (word >> np.uint64(30))) * FIRST
    word = (word ^ (word >> np.uint64(27))) * SECOND
    return word ^ (word >> np.uint64(31))


@part
def _luck(
    w: Any, f: Any, key: Any, n: Any, queue: Any, who: Any, begin: Any, end: Any, week: Any, r: Any
) -> None:
    """Draw everybody's luck, then let happen what happens, in the order of clients."""
    ahead, happened = np.uint64(week + 1) * STEP, 0
    for i in range(begin, end):
        word = _drawn(key[i], ahead)
        upper = upper_of(word)
        support = f[SUPPORT, i] * r.kept
        f[SUPPORT, i] = support
        falls = 1.0 + r.leave_effect * min(support, r.most)
        who[happened] = i
        happened += (
            (upper < f[RATE, i] * rose(support, week - w[SINCE, i], r))
            | (upper >= 1.0 - f[LEAVE, i] * falls)
            | (lower_of(word) < f[ASK, i])
            | (week >= w[ENDS, i])
        )
    for h in range(happened):
        happen(w, f, n, queue, who[h], week, _drawn(key[who[h]], ahead), r)


@inlined
def _pile(w: Any, i: Any, week: Any, r: Any) -> int:
    """Return on which pile lies what is due: they are met in the order of piles."""
    if w[MET, i] == 0:
        kind, until = INTERVIEW, w[SINCE, i] + r.interview_within
    elif r.discussion_every > 0 and week >= w[LAST, i] + r.discussion_every - 1:
        kind, until = DISCUSSION, w[LAST, i] + r.discussion_every
    elif r.own:
        kind, until = WINDOW, w[LAST, i] + w[HIGH, i]
    else:
        kind, soon = WINDOW, w[TURN, i] + r.early_every
        early = r.early_every > 0 and soon - w[SINCE, i] < r.early_weeks
        until = soon if early else w[TURN, i] + r.every
    waits = kind == WINDOW or until > week
    left = min(max(until - week + MIDDLE, 0), DEADLINES - 1)
    return (waits * DEADLINES + left) * KINDS + kind


@part
def _due(w: Any, begin: Any, end: Any, week: Any, minutes: Any, r: Any, who: Any, pile: Any) -> int:
    """List who is due in `who`, in the order in which they came, and on which pile."""
    found, kept = 0, 0
    for i in range(begin, end):
        who[found] = i
        found += w[DUE, i] <= week
    for k in range(found):
        i = who[k]
        if minutes == 0 and r.lost and w[MET, i] == 1:
            w[TURN, i] = week
            w[DUE, i] = max(next_due(w, i, r), week + 1)
        else:
            who[kept], pile[kept] = i, _pile(w, i, week, r)
            kept += 1
    return kept


@inlined
def _begin(
    w: Any, f: Any, key: Any, n: Any, queue: Any, here: Any, coach: Any, first: Any, week: Any,
    minutes: Any, r: Any, who: Any, pile: Any,
) -> int:  # fmt: skip
    """Let a coach's clients live a week up to the contacts; return how many are due."""
    begin, end = first[coach], here[coach]
    _luck(w, f, key, n, queue, who, begin, end, week, r)
    while end < first[coach + 1] and w[ARRIVES, end] <= week:
        n[ALL] += 1  # `register` takes them from there
        n[OURS] += w[COUNTED, end]
        n[CAME] += w[COUNTED, end]
        register(w, f, n, end, week, r)
        end += 1
    here[coach] = end
    return _due(w, begin, end, week, minutes, r, who, pile)


@part
def _choose(
    w: Any, f: Any, n: Any, week: Any, due: Any, minutes: Any, r: Any, who: Any, pile: Any,
    high: Any,
) -> None:  # fmt: skip
    """Hold, pile by pile, what still fits; within a pile whoever came first."""
    high[:] = 0
    for k in range(due):
        high[pile[k]] += 1
    for each in range(PILES):
        if high[each] > 0:
            takes = r.interview if each % KINDS == INTERVIEW else r.contact
            high[each] = min(high[each], minutes // takes)
            minutes -= high[each] * takes
    for k in range(due):
        if high[pile[k]] > 0:
            high[pile[k]] -= 1
            hold(w, f, n, who[k], week, r)


@part
def _open(w: Any, f: Any, n: Any, here: Any, first: Any, r: Any) -> None:
    """Begin with those who are there from the start."""
    for coach in range(len(first) - 1):
        for i in range(first[coach], first[coach + 1]):
            if w[ARRIVES, i] >= 0:
                break
            here[coach] = i + 1
            n[ALL + UNEMPLOYED] += 1
            n[OURS + UNEMPLOYED] += w[COUNTED, i]
            n[CAME] += w[COUNTED, i]
            serve(w, f, i, r)


@part
def _close_week(n: Any, people: Any, census: Any) -> None:
    n[SERVICE_WEEKS] += n[OURS + UNEMPLOYED] + n[OURS + PLACED]
    n[EMPLOYED_WEEKS] += n[OURS + EMPLOYED]
    n[LEFT_WEEKS] += n[OURS + LEFT]
    census[0] = people
    for state in range(1, STATES):
        census[state] = n[ALL + state]
        census[0] -= n[ALL + state]
        n[STEPPED] += n[ALL + state]


@part
def _close(w: Any, n: Any, here: Any, first: Any, weeks: Any, r: Any) -> None:
    """Add up what is still open when the weeks are over."""
    for coach in range(len(first) - 1):
        for i in range(first[coach], here[coach]):
            if w[STATE, i] == UNEMPLOYED or w[STATE, i] == PLACED:
                weigh(w, n, i, weeks - 1, r)
                stop_waiting(w, n, i, weeks - 1)


@kernel
def run(
    w: Any, f: Any, key: Any, d: Any, first: Any, minutes: Any, seats: Any, r: Any, census: Any
) -> None:
    """Live all weeks (columns of `minutes`). People, desk and census are written."""
    n, queue, here, who, pile, high = d
    coaches, weeks = minutes.shape
    _open(w, f, n, here, first, r)
    for week in range(weeks):
        fill(w, f, n, queue, week, seats, r)
        for coach in range(coaches):
            now = minutes[coach, week]
            due = _begin(w, f, key, n, queue, here, coach, first, week, now, r, who, pile)
            _choose(w, f, n, week, due, now, r, who, pile, high)
        line_up(w, n, queue, week)
        _close_week(n, len(key), census[week])
    _close(w, n, here, first, weeks, r)


@kernel
def begin_week(
    w: Any, f: Any, key: Any, d: Any, first: Any, week: Any, minutes: Any, seats: Any, r: Any,
    coach_of: Any,
) -> int:  # fmt: skip
    """Live a week up to the contacts, for a planner outside; return how many are due in all.

    `minutes` are this week's, by coach; `coach_of` is written beside the desk's `who` and `pile`.
    """
    n, queue, here, who, pile, _ = d
    if week == 0:
        _open(w, f, n, here, first, r)
    fill(w, f, n, queue, week, seats, r)
    due = 0
    for coach in range(len(first) - 1):
        more = _begin(
            w, f, key, n, queue, here, coach, first, week, minutes[coach], r, who[due:], pile[due:]
        )
        coach_of[due : due + more] = coach
        due += more
    line_up(w, n, queue, week)
    return due


@kernel
def end_week(w: Any, f: Any, d: Any, chosen: Any, week: Any, r: Any, census: Any) -> None:
    """Let the contacts take place that a planner chose, and close the week."""
    for i in chosen:
        hold(w, f, d.numbers, i, week, r)
    _close_week(d.numbers, w.shape[1], census)


@kernel
def close(w: Any, d: Any, first: Any, weeks: Any, r: Any) -> None:
    """Add up what is still open."""
    _close(w, d.numbers, d.here, first, weeks, r)
