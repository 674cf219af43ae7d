"""What is expected of a cohort that registers in one week, exactly: no luck, no queue.

For a fixed rhythm and coaches who have time for everybody. Trials are fitted with it, and the
kernel's runs are held against it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polku.planning.simulation.policy import Rhythm
from polku.planning.simulation.world import Effects, Labour

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Expected:
    """By week, as shares of the cohort: states, and the first exit from service that week."""

    in_service: Floats
    employed: Floats
    left: Floats
    hired: Floats
    gone: Floats

    def spell(self, weeks: int) -> float:
        """Return the mean length of the first spell in weeks, cut off after `weeks`."""
        out = (self.hired + self.gone)[:weeks]
        return float((out * np.arange(len(out))).sum() + (1.0 - out.sum()) * weeks)


def lifts(effects: Effects, rhythm: Rhythm, weeks: int) -> Floats:
    """Return g(support) by weeks since registration, as it is when that week's luck is drawn."""
    found, support, last = np.zeros(weeks), 0.0, 0
    for age in range(weeks):
        support *= effects.kept
        found[age] = support / (1.0 + effects.bend * support)
        early = rhythm.early_every > 0 and age < rhythm.early_weeks
        if age == 0 or age - last >= (rhythm.early_every if early else rhythm.every):
            support, last = support + 1.0 - effects.kept, age
    return found


def cohort(labour: Labour, effects: Effects, rhythm: Rhythm, weeks: int) -> Expected:
    """Return what is expected; nobody has a first contact later than in the week of registering."""
    lift = lifts(effects, rhythm, weeks)
    jobs = labour.jobs * (1.0 + effects.jobs * lift)
    leaving = labour.leaving * (1.0 + effects.leaving * lift)
    served, first = np.zeros(weeks), np.zeros(weeks)  # by weeks since registration
    served[0] = first[0] = 1.0
    employed = left = 0.0
    rows = [(1.0, 0.0, 0.0, 0.0, 0.0)]
    for _ in range(1, weeks):
        served[1:], first[1:] = served[:-1], first[:-1]
        served[0] = first[0] = 0.0
        hired, gone = served * jobs, served * leaving
        new = (float((first * jobs).sum()), float((first * leaving).sum()))
        back = (employed * labour.losing, left * labour.returning)
        served, first = served - hired - gone, first * (1.0 - jobs - leaving)
        served[0] = sum(back)
        employed += float(hired.sum()) - back[0]
        left += float(gone.sum()) - back[1]
        rows.append((float(served.sum()), employed, left, *new))
    return Expected(*np.array(rows).T)
