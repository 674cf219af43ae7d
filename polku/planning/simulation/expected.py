"""What is expected of a cohort, exactly: no luck, no queue.

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
    """By week, as shares of the cohort: states, and the first exits from service that week."""

    in_service: Floats
    employed: Floats
    left: Floats
    hired: Floats
    gone: Floats

    def spell(self, weeks: int) -> float:
        """Return the mean length of the first spell in weeks, cut off after `weeks`."""
        out = (self.hired + self.gone)[:weeks]
        return float((out * np.arange(len(out))).sum() + (1.0 - out.sum()) * weeks)

    def mixed(self, other: Expected, share: float) -> Expected:
        """Return `share` of these with the rest of others."""
        return Expected(**{
            name: share * mine + (1.0 - share) * getattr(other, name)
            for name, mine in vars(self).items()
        })  # fmt: skip


def chances(
    labour: Labour, effects: Effects, rhythm: Rhythm, weeks: int, *, new: bool
) -> tuple[Floats, Floats]:
    """Return the chances of a job and of leaving by week, for who is met in week 0.

    New: week 0 is that of registering; otherwise that was long ago.
    """
    lift, support, last = np.zeros(weeks), 0.0, 0
    for age in range(weeks):
        support *= effects.kept
        lift[age] = min(support, effects.most)
        soon = last + rhythm.early_every
        early = new and rhythm.early_every > 0 and soon < rhythm.early_weeks
        if age == 0 or age >= (soon if early else last + rhythm.every):
            support, last = support + 1.0 - effects.kept, age
    fresh = np.where(new & (np.arange(weeks) < effects.fresh_weeks), effects.fresh, 1.0)
    jobs = labour.jobs * (1.0 + effects.jobs * fresh * lift)
    return jobs, labour.leaving * (1.0 + effects.leaving * lift)


def cohort(
    labour: Labour, effects: Effects, rhythm: Rhythm, weeks: int, *, new: bool = True
) -> Expected:
    """Return what is expected of clients who all register in week 0, or have long been there."""
    again = chances(labour, effects, rhythm, weeks, new=True)
    first = again if new else chances(labour, effects, rhythm, weeks, new=False)
    here, back_again = 1.0, np.zeros(weeks)  # in the first spell; in later ones, by its weeks
    employed = left = 0.0
    rows = []
    for week in range(weeks):
        # In the week of registering nobody's luck is drawn.
        drawn = 0.0 if new and week == 0 else 1.0
        hired, gone = (here * one[week] * drawn for one in first)
        back_again[1:] = back_again[:-1]
        back_again[0] = 0.0
        more = [float((back_again * one).sum()) for one in again]
        back_again *= 1.0 - again[0] - again[1]
        back = employed * labour.losing, left * labour.returning
        back_again[0] = sum(back)
        here -= hired + gone
        employed += hired + more[0] - back[0]
        left += gone + more[1] - back[1]
        rows.append((here + float(back_again.sum()), employed, left, hired, gone))
    return Expected(*np.array(rows).T)
