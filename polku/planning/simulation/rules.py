"""A world and a policy as the one row of numbers that kernels read."""

from __future__ import annotations

from typing import NamedTuple

from polku.planning.simulation.policy import OWN, Policy
from polku.planning.simulation.world import World


class Rules(NamedTuple):
    """Weeks and minutes are whole; chances, effects and shares are not."""

    interview_within: int
    discussion_every: int
    interview: int
    contact: int
    length: int
    recent: int
    own: bool
    every: int
    early_every: int
    early_weeks: int
    lost: bool
    fresh_weeks: int
    jobs: float
    leaving: float
    losing: float
    returning: float
    job_effect: float
    leave_effect: float
    fresh: float
    most: float
    kept: float
    early_worth: float
    asking: float
    jobs_meanwhile: float
    job_after: float
    follow_on: float
    follow_on_unmet: float


def rules(world: World, policy: Policy) -> Rules:
    """Return what kernels have to know."""
    labour, effects, placing = world.labour, world.effects, world.placing
    law, work, rhythm = world.law, world.work, policy.rhythm
    return Rules(
        law.interview_within, law.discussion_every, work.interview, work.contact,
        placing.length, placing.recent, rhythm.kind == OWN, rhythm.every, rhythm.early_every,
        rhythm.early_weeks, policy.absence.lost, effects.fresh_weeks,
        *map(float, (
            labour.jobs, labour.leaving, labour.losing, labour.returning, effects.jobs,
            effects.leaving, effects.fresh, effects.most, effects.kept, effects.early_worth,
            placing.asking, placing.jobs_meanwhile, placing.job_after, placing.follow_on,
            placing.follow_on_unmet,
        )),
    )  # fmt: skip


def seats(world: World, policy: Policy, stock: int) -> int:
    """Return how many places there are."""
    return int(round(world.placing.places * policy.places * stock))
