"""The minutes that each coach has in each week: working hours, absences, cover."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from polku.planning.simulation import chance
from polku.planning.simulation.policy import Absence, Policy
from polku.planning.simulation.world import Work

Minutes = NDArray[np.int32]
COACHES = 1 << 40  # the sequences of coaches begin where no client's number reaches


def coaches_of(policy: Policy, stock: int) -> int:
    """Return how many coaches share `stock` clients, 1 at least."""
    return policy.coaches or max(1, round(stock / policy.caseload))


def minutes(policy: Policy, work: Work, *, stock: int, weeks: int, seed: int, run: int) -> Minutes:
    """Return minutes for clients by (coach, week).

    All together have what the caseload promises: where it does not divide the clients, everybody
    works a little more or less than a full week.
    """
    coaches = coaches_of(policy, stock)
    hours = 1.0 if policy.coaches else stock / policy.caseload / coaches
    each = work.week * work.present * hours
    away = absences(policy.absence, coaches=coaches, weeks=weeks, seed=seed, run=run)
    present = coaches - away.sum(axis=0)
    asked = away.sum(axis=0) * policy.absence.covered * each
    # Colleagues cover from their own time, which is less by as much as they give.
    given = np.minimum(np.where(present > 0, asked / np.maximum(present, 1), 0.0), each)
    got = np.where(away.sum(axis=0) > 0, given * present / np.maximum(away.sum(axis=0), 1), 0.0)
    return np.floor(np.where(away, got, each - given)).astype(np.int32)


def absences(
    absence: Absence, *, coaches: int, weeks: int, seed: int, run: int
) -> NDArray[np.bool_]:
    """Return by (coach, week) who is away. One coach alone is the one who is away."""
    if not absence.one_in:
        return np.zeros((coaches, weeks), np.bool_)
    number = np.arange(coaches)
    luck = chance.likeness(chance.keys(seed, run, number + COACHES), 0)
    begins = absence.begins + np.floor(luck * absence.within).astype(np.int64)
    week = np.arange(weeks)
    then = (week >= begins[:, None]) & (week < begins[:, None] + absence.weeks)
    return np.asarray(then & (number % absence.one_in == 0)[:, None])
