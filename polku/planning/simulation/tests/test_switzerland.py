"""Switzerland is predicted, never fitted: what came out stands here beside what was published.

The set-up (`trials.SWITZERLAND`, `trials.SWISS_AWAY`) and the tolerance
(`published.SWISS_TOLERANCE`) were written down before the effects were fitted and before this was
run for the first time.
"""

from dataclasses import replace

from polku.planning.simulation import fitted, published, trials
from polku.planning.simulation.world import Effects

CLIENTS, SEED = 60_000, 7


def predicted(effects: Effects) -> float:
    """Weeks by which a spell is longer."""
    return trials.swiss(fitted.SWITZERLAND, effects, clients=CLIENTS, seed=SEED).difference


def agrees(weeks: float) -> bool:
    return abs(weeks - published.SWISS_LONGER) <= published.SWISS_TOLERANCE


def test_the_absent_caseworker_is_predicted_within_the_tolerance() -> None:
    assert agrees(predicted(fitted.EFFECTS))


def test_control_without_effects_nothing_is_predicted() -> None:
    none = replace(fitted.EFFECTS, jobs=0.0, leaving=0.0)
    assert predicted(none) == 0.0 and not agrees(predicted(none))
