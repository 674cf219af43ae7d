"""A week that was proposed, and what becomes of it when an hour or a day falls away."""

from dataclasses import dataclass, replace

import numpy as np

from polku.planning.week import solving
from polku.planning.week.openings import openings
from polku.planning.week.problem import UNBOOKED, Ints, Plan, Problem


@dataclass(frozen=True)
class Change:
    """What happened to proposals that the blocked time itself did not touch."""

    unaffected: int
    moved: int
    confirmed_moved: int


def blocked_again(problem: Problem, before: Plan, busy: Ints, *, bonus: int) -> Change:
    """Plan again with more busy time and what was proposed kept at a bonus; compare.

    A confirmed booking in the blocked time is no longer one: people see to it, so it is set free.
    """
    booked = np.flatnonzero(before.booked != UNBOOKED)
    starts = before.booked[booked]
    places = np.column_stack([booked, problem.day[starts], problem.slot[starts]]).astype(np.int32)
    wider = replace(problem, busy=np.concatenate([problem.busy, busy]))
    hit = openings(replace(wider, fixed=wider.fixed[:0])).obstacles[before.booked] != 0
    hit &= before.booked != UNBOOKED
    fixed = problem.fixed[~hit[problem.fixed[:, 0]]]
    after = solving.solve(replace(wider, fixed=fixed, keep=places, keep_bonus=bonus))
    proposed = (before.booked != UNBOOKED) & ~hit
    proposed[problem.fixed[:, 0]] = False
    moved = after.booked != before.booked
    return Change(int(proposed.sum()), int((moved & proposed).sum()), int(moved[fixed[:, 0]].sum()))


def an_hour(problem: Problem, chance: np.random.Generator) -> Ints:
    """Return one hour somewhere in the week."""
    day, slot = chance.integers(problem.days), chance.integers(problem.slots_per_day - 3)
    return np.array([[day, slot, 4]], np.int32)


def a_day(problem: Problem, day: int) -> Ints:
    return np.array([[day, 0, problem.slots_per_day]], np.int32)
