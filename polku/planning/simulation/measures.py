"""Measures of a scenario: the mean of its runs with a 95 % interval, and paired differences.

Batch means: each run is a whole area with its own luck, the runs are independent of each other,
and the interval is Student's t of their mean. A difference is taken run by run between policies
that share people and luck, so what they have in common falls away. The interval tells how exactly
the simulation knows its own mean; it says nothing of how far its assumptions are off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polku.planning.simulation.columns import Outcome

# Student's t, 97.5 %, by degrees of freedom from 1.
STUDENT = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093,
)  # fmt: skip
HALF_A_WEEK = 3.5  # days: a contact in the week of registering is in the middle of it


@dataclass(frozen=True)
class Interval:
    """A mean with both ends of its interval; None where nothing was there to measure."""

    mean: float | None
    low: float | None
    high: float | None


def _of(numerator: str, denominator: str) -> Callable[[Outcome], float]:
    def share(run: Outcome) -> float:
        return run[numerator] / run[denominator] if run[denominator] else float("nan")

    return share


MEASURES: dict[str, tuple[str, Callable[[Outcome], float]]] = {
    "weeks_employed": ("weeks in work for each client", _of("employed", "people")),
    "weeks_unemployed": (
        "weeks in service for each client, in a place or not", _of("in_service", "people")),
    "share_inside_window": (
        "share of the weeks in service in which the last contact was not too early and is not too "
        "long ago, by the client's own window", _of("inside", "in_service")),
    "days_to_first_contact": (
        "days from registering to the first contact, or for as long as it did not come",
        lambda run: 7.0 * _of("waited", "registrations")(run) + HALF_A_WEEK),
    "statutory_dates_missed": (
        "dates of the law that passed without a contact, for each client", _of("missed", "people")),
    "weeks_waiting_for_place": (
        "weeks of waiting for each client who asked for a place", _of("waited_for_place", "asked")),
    "share_with_follow_on": (
        "share of ended places with a job or a plan for what follows", _of("follow_on", "ended")),
}  # fmt: skip


def values(runs: Sequence[Outcome]) -> dict[str, NDArray[np.float64]]:
    """Return each measure by run."""
    return {name: np.array([of(run) for run in runs]) for name, (_, of) in MEASURES.items()}


def interval(found: NDArray[np.float64]) -> Interval:
    """Return mean and interval over runs; runs without anything to measure are left out."""
    found = found[~np.isnan(found)]
    if not len(found):
        return Interval(None, None, None)
    mean = float(found.mean())
    if len(found) == 1:
        return Interval(_short(mean), None, None)
    half = STUDENT[min(len(found) - 1, len(STUDENT)) - 1] * found.std(ddof=1) / len(found) ** 0.5
    return Interval(_short(mean), _short(mean - float(half)), _short(mean + float(half)))


def intervals(runs: Sequence[Outcome]) -> dict[str, Interval]:
    """Return every measure of a scenario."""
    return {name: interval(found) for name, found in values(runs).items()}


def differences(runs: Sequence[Outcome], against: Sequence[Outcome]) -> dict[str, Interval]:
    """Return every measure of the one less that of the other, paired by run."""
    ours, theirs = values(runs), values(against)
    return {name: interval(ours[name] - theirs[name]) for name in MEASURES}


def _short(number: float) -> float:
    # + 0.0 makes one zero of two.
    return round(number, 6) + 0.0
