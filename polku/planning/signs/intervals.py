"""Intervals of shares and differences, made for small numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, sqrt

import numpy as np
from numpy.typing import NDArray

Z95 = 1.959963984540054  # the normal's 97.5 % point


@dataclass(frozen=True)
class Interval:
    """A value with both ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def meets(self, other: Interval) -> bool:
        """Return whether the two intervals have a point in common."""
        return self.low <= other.high and other.low <= self.high


def of_share(share: float, people: float) -> Interval:
    """Return the score interval of a share (Wilson 1927). `people` may be an effective number."""
    if not people > 0:
        return Interval(share, 0.0, 1.0)
    spread = Z95**2 / people
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(share * (1 - share) / people + spread / (4 * people)) / (1 + spread)
    return Interval(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def outward(interval: Interval) -> tuple[int, int]:
    """Return (A, B) of "of 100 people, A to B": whole people, never narrower than the interval."""
    tiny = 1e-9  # 0.3 * 100 is a hair more than 30
    return max(0, floor(100 * interval.low + tiny)), min(100, ceil(100 * interval.high - tiny))


def apart(one: float, other: float, variances: float) -> Interval:
    """Return one minus other, given the sum of their variances. Normal: for tens of people."""
    half = Z95 * sqrt(variances)
    return Interval(one - other, one - other - half, one - other + half)


def difference_of_means(ones: NDArray[np.float64], others: NDArray[np.float64]) -> Interval:
    """Return the mean of some less the mean of others (Neyman's variance). Two or more of each.

    An effect only where chance alone chose who is among whom; elsewhere what was seen.
    """
    if min(len(ones), len(others)) < 2:
        raise ValueError("A mean's interval needs two people at least.")
    variances = ones.var(ddof=1) / len(ones) + others.var(ddof=1) / len(others)
    return apart(float(ones.mean()), float(others.mean()), float(variances))
