"""Switzerland is predicted, never fitted: what came out stands here beside what was published.

The set-up (`trials.SWITZERLAND`, `trials.SWISS_AWAY`) and the tolerance
(`published.SWISS_TOLERANCE`) were written down before the effects were fitted and before this was
run for the first time. It came out too low, by a little more than the tolerance; nothing was
changed afterwards, and docs/simulation.md says so.
"""

from dataclasses import replace

import pytest

from polku.planning.simulation import fitted, published, trials
from polku.planning.simulation.world import Effects

CLIENTS, SEED = 60_000, 7
MANY = 600_000
CAME_OUT, NOISE = 0.48, 0.04  # weeks, as docs/simulation.md says; luck moves it by 0.014
NONE = replace(fitted.EFFECTS, jobs=0.0, leaving=0.0)


def predicted(effects: Effects, clients: int = CLIENTS) -> float:
    """Weeks by which a spell is longer."""
    return trials.swiss(fitted.SWITZERLAND, effects, clients=clients, seed=SEED).difference


def agrees(weeks: float) -> bool:
    return abs(weeks - published.SWISS_LONGER) <= published.SWISS_TOLERANCE


@pytest.mark.xfail(strict=True, reason="0.48 weeks are predicted, 2.0 published: 1.52 too few")
def test_the_absent_caseworker_is_predicted_within_the_tolerance() -> None:
    assert agrees(predicted(fitted.EFFECTS))


def test_control_without_effects_nothing_is_predicted() -> None:
    assert predicted(NONE) == 0.0 and not agrees(predicted(NONE))


def test_the_tolerance_can_be_met() -> None:
    """Three times the effect would agree: the check above does not fail whatever is tried."""
    thrice = replace(
        fitted.EFFECTS, jobs=3 * fitted.EFFECTS.jobs, leaving=3 * fitted.EFFECTS.leaving
    )
    assert agrees(predicted(thrice))


def said(weeks: float) -> bool:
    return abs(weeks - CAME_OUT) <= NOISE


def test_the_direction_is_right_and_the_size_is_what_the_page_says() -> None:
    assert said(predicted(fitted.EFFECTS, MANY))


def test_control_without_effects_that_fails() -> None:
    assert not said(predicted(NONE))
