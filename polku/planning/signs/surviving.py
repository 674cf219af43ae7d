"""The share still here after a horizon, and how the others left, from incomplete histories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polku.planning.signs.intervals import Interval, of_share
from polku.planning.signs.spells import STILL, Followed

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A share with its interval and variance, and what it rests on.

    `people` were here at the landmark, `ends` of them left within the horizon, and for `complete`
    the whole horizon lies before the cut-off: of the others a part is known.
    """

    share: Interval
    variance: float
    people: int
    ends: int
    complete: int


@dataclass(frozen=True)
class _Steps:
    """By distinct day of leaving within the horizon: at risk, left, and share here just before."""

    at_risk: Floats
    left: Floats
    before: Floats
    days: NDArray[np.int64]

    @property
    def here(self) -> float:
        """The share still here after the last step."""
        if not len(self.days):
            return 1.0
        return float(self.before[-1] * (1 - self.left[-1] / self.at_risk[-1]))


def still_here(people: Followed, horizon: int) -> Estimate:
    """Return the share still here `horizon` days after the landmark.

    Kaplan and Meier (1958) with Greenwood's variance. The interval is Rothman's (1978): Wilson's
    score interval for the effective number of people, which is what a complete history of the same
    variance would have had. It stays within 0 and 1 and holds for small numbers, where Greenwood's
    symmetric one does not.
    """
    steps = _steps(people, horizon)
    share = steps.here
    inside = steps.left < steps.at_risk
    terms = steps.left[inside] / (steps.at_risk[inside] * (steps.at_risk - steps.left)[inside])
    return _estimate(people, horizon, share, float(share**2 * terms.sum()), steps.left.sum())


def left_by(people: Followed, horizon: int, end: int) -> Estimate:
    """Return the share that left by one end within the horizon, the other ends competing.

    Aalen and Johansen (1978); variance by the delta method (Marubini and Valsecchi 1995).
    """
    steps = _steps(people, horizon)
    ours = _counts(people.days[people.end == end], steps.days)
    jumps = steps.before * ours / steps.at_risk
    so_far = np.cumsum(jumps)
    share = float(jumps.sum())
    rest = share - so_far
    stayed = np.maximum(steps.at_risk - steps.left, 1)  # where none stays, nothing is left to come
    first = rest**2 * steps.left / (steps.at_risk * stayed)
    second = steps.before**2 * ours * (steps.at_risk - ours) / steps.at_risk**3
    third = rest * steps.before * ours / steps.at_risk**2
    variance = float((first + second - 2 * third).sum())
    return _estimate(people, horizon, share, variance, ours.sum())


def _steps(people: Followed, horizon: int) -> _Steps:
    gone = people.days[(people.end != STILL) & (people.days <= horizon)]
    days, left = np.unique(gone, return_counts=True)
    sorted_days = np.sort(people.days)
    # Whoever is last seen on a day was still here when others left on it.
    at_risk = (len(people) - np.searchsorted(sorted_days, days, side="left")).astype(float)
    before = np.concatenate([[1.0], np.cumprod(1 - left / at_risk)[:-1]]) if len(days) else left
    return _Steps(at_risk, left.astype(float), before.astype(float), days)


def _counts(days: NDArray[np.int64], steps: NDArray[np.int64]) -> Floats:
    found = np.searchsorted(days_sorted := np.sort(days), steps, side="right")
    return (found - np.searchsorted(days_sorted, steps, side="left")).astype(float)


def _estimate(
    people: Followed, horizon: int, share: float, variance: float, ends: float
) -> Estimate:
    complete = int((people.reach >= horizon).sum())
    share = min(1.0, max(0.0, share))
    variance = max(0.0, variance)
    # At 0 and 1 the variance says nothing: only those known over the whole horizon count then.
    known = 1e-12 < share < 1 - 1e-12 and variance > 0
    effective = min(share * (1 - share) / variance, len(people)) if known else complete
    return Estimate(of_share(share, effective), variance, len(people), int(ends), complete)
