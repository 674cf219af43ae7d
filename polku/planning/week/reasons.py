"""Why a meeting is proposed where it is, and why another is not; what would help. NumPy alone.

Codes, never words for people: those come from the room that asks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from polku.planning.week.helping import Help, Room
from polku.planning.week.problem import UNBOOKED, Plan, Problem
from polku.planning.week.rows import urgent
from polku.planning.week.standing import CODES, FIXED, KINDS, SAME_PERSON, Standing

NO_STARTS, NO_FREE_START, NO_BENEFIT, LOST = "no_starts", "no_free_start", "no_benefit", "lost"


@dataclass(frozen=True)
class Why:
    """A booking: what it is (of KINDS), and how far from the best that its own starts offer.

    `instead` says what stands at that best start (of CODES).
    """

    meeting: int
    reason: str
    kept: bool
    below_best: int
    instead: tuple[str, ...]


@dataclass(frozen=True)
class WhyNot:
    """A meeting without a booking: `starts` counts what stands at its starts (of CODES).

    LOST: `to` is the strongest of what it would put out at the start that costs the others least,
    and `short` the points that it lacks there; None where it would cost a must or a promise.
    """

    meeting: int
    reason: str
    starts: dict[str, int]
    to: str
    short: int | None
    would_help: tuple[Help, ...]


def reasons_of(problem: Problem, plan: Plan) -> tuple[list[Why], list[WhyNot]]:
    """Return a reason for every booking, and for every meeting without one."""
    standing = Standing(problem, plan)
    room = Room(standing)
    booked = plan.booked != UNBOOKED
    return (
        [_why(standing, i) for i in np.flatnonzero(booked).tolist()],
        [_why_not(standing, room, i) for i in np.flatnonzero(~booked).tolist()],
    )


def _why(standing: Standing, meeting: int) -> Why:
    problem, start = standing.problem, int(standing.booked[meeting])
    begin, end = problem.first[meeting : meeting + 2].tolist()
    values = problem.value[begin:end]
    below = int(values.max()) - int(problem.value[start])
    place = [meeting, int(problem.day[start]), int(problem.slot[start])]
    reason = KINDS[standing.kind[meeting]]
    instead = standing.at(begin + int(values.argmax())) if below and reason != FIXED else ()
    return Why(meeting, reason, place in problem.keep.tolist(), below, instead)


def _why_not(standing: Standing, room: Room, meeting: int) -> WhyNot:
    counts = standing.counts[:, meeting].tolist()
    starts = {code: many for code, many in zip(CODES, counts, strict=True) if many}
    reason, to, short = _reason(standing, meeting)
    help_ = () if reason == NO_BENEFIT else room.help(meeting)
    return WhyNot(meeting, reason, starts, to, short, help_)


def _reason(standing: Standing, meeting: int) -> tuple[str, str, int | None]:
    problem = standing.problem
    begin, end = problem.first[meeting : meeting + 2].tolist()
    if begin == end:
        return NO_STARTS, "", None
    there = begin + np.flatnonzero(standing.free.open[begin:end])
    if not len(there):
        return NO_FREE_START, "", None
    if not urgent(problem)[meeting]:
        there = there[standing.value[there] > 0]
    if not len(there):
        return NO_BENEFIT, "", None
    musts, promised, points = (cost[there] for cost in standing.cost)
    least = int(np.lexsort((points, promised, musts))[0])
    kinds = {int(standing.kind[other]) for other in standing.met(int(there[least]))}
    to = KINDS[min(kinds)] if kinds else SAME_PERSON
    plain = musts[least] == 0 and promised[least] == 0
    return LOST, to, int(points[least]) if plain else None
