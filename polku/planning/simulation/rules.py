"""A world and a policy as the one row of numbers that kernels read."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from polku.planning.simulation.policy import OWN, Policy
from polku.planning.simulation.world import World

WHOLE = (
    "interview_within", "discussion_every", "interview", "contact", "length", "recent", "own",
    "every", "early_every", "early_weeks", "lost", "fresh_weeks",
)  # fmt: skip
SHARE = (
    "jobs", "leaving", "losing", "returning", "job_effect", "leave_effect", "fresh", "most", "kept",
    "early_worth", "asking", "jobs_meanwhile", "job_after", "follow_on", "follow_on_unmet",
)  # fmt: skip
RULES = np.dtype([*((name, np.int64) for name in WHOLE), *((name, np.float64) for name in SHARE)])


def rules(world: World, policy: Policy) -> NDArray[np.void]:
    """Return the numbers in one row of RULES."""
    effects, rhythm = world.effects, policy.rhythm
    given = {
        **asdict(world.labour), **asdict(world.law), **asdict(world.work), **asdict(world.placing),
        "job_effect": effects.jobs, "leave_effect": effects.leaving, "fresh": effects.fresh,
        "fresh_weeks": effects.fresh_weeks, "most": effects.most,
        "kept": effects.kept, "early_worth": effects.early_worth,
        "own": rhythm.kind == OWN, "every": rhythm.every, "early_every": rhythm.early_every,
        "early_weeks": rhythm.early_weeks, "lost": policy.absence.lost,
    }  # fmt: skip
    return np.array([tuple(given[name] for name in (*WHOLE, *SHARE))], RULES)


def seats(world: World, policy: Policy, stock: int) -> int:
    """Return how many places there are."""
    return int(round(world.placing.places * policy.places * stock))
