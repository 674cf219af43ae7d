"""Denmark and Austria, simulated with the fitted effects, come out as they were published.

The tolerances are the published uncertainty: one standard error in Austria; a week in Denmark,
where "about 5 weeks" is all that we have.
"""

from dataclasses import astuple, replace

import numpy as np
import pytest

from polku.planning.simulation import fitted, fitting, trials
from polku.planning.simulation import published as it
from polku.planning.simulation.trials import Paired
from polku.planning.simulation.world import Effects

NONE = replace(fitted.EFFECTS, jobs=0.0, leaving=0.0)
CLIENTS = 200_000


def denmark(effects: Effects) -> Paired:
    pairs = trials.pair(
        fitted.DENMARK, effects, trials.DENMARK, weeks=it.TWO_YEARS, clients=CLIENTS, seed=5
    )
    return trials.employed(pairs)


def austria(
    effects: Effects, weeks: int, share_new: float = it.AUSTRIA_SHARE_NEW
) -> dict[str, Paired]:
    """New and earlier clients in their proportion; days."""
    found = {"employed": Paired(0.0, 0.0), "spell": Paired(0.0, 0.0)}
    for new, share in ((True, share_new), (False, 1.0 - share_new)):
        pairs = trials.pair(
            fitted.AUSTRIA, effects, trials.AUSTRIA, weeks=weeks, clients=CLIENTS, seed=6, new=new
        )
        part = {"employed": trials.employed(pairs), "spell": trials.spell(pairs, weeks)}
        for name, one in part.items():
            days = share * it.WEEK
            found[name] = Paired(
                found[name].control + days * one.control,
                found[name].difference + days * one.difference,
            )
    return found


def test_denmark() -> None:
    found = denmark(fitted.EFFECTS)
    assert abs(found.difference - it.DENMARK_GAIN) <= it.DENMARK_TOLERANCE
    assert abs(found.control - it.DENMARK_CONTROL) <= 0.5


def test_austria() -> None:
    two, three = austria(fitted.EFFECTS, it.TWO_YEARS), austria(fitted.EFFECTS, it.THREE_YEARS)
    assert abs(two["employed"].difference - it.AUSTRIA_EMPLOYED) <= it.AUSTRIA_EMPLOYED_SE
    assert abs(three["spell"].difference - it.AUSTRIA_SPELL) <= it.AUSTRIA_SPELL_SE
    share = it.TWO_YEARS * it.WEEK / sum(it.AUSTRIA_DAYS.values())
    assert abs(two["employed"].control - it.AUSTRIA_DAYS["employed"] * share) <= 3


def test_what_was_not_fitted_in_austria() -> None:
    """New and earlier clients apart (table 6); the fit has only seen them together."""
    new, earlier = (austria(fitted.EFFECTS, it.TWO_YEARS, share)["employed"] for share in (1, 0))
    assert abs(new.difference - it.AUSTRIA_NEW) <= it.AUSTRIA_NEW_SE
    assert abs(earlier.difference - it.AUSTRIA_EXISTING) <= it.AUSTRIA_EXISTING_SE


def test_control_without_effects_neither_comes_out() -> None:
    assert denmark(NONE).difference == 0
    found = austria(NONE, it.TWO_YEARS)
    assert found["employed"].difference == found["spell"].difference == 0


def test_control_one_effect_for_new_and_earlier_does_not_fit_both() -> None:
    flat = replace(fitted.EFFECTS, fresh=1.0)
    assert abs(denmark(flat).difference - it.DENMARK_GAIN) > it.DENMARK_TOLERANCE


@pytest.mark.parametrize("half_life", [fitting.HALF_LIFE, *fitting.HALF_LIVES])
def test_the_fit_is_found_for_any_half_life(half_life: float) -> None:
    assert fitting.fitted(half_life).misfit < 1e-6


def test_what_is_kept_is_the_fit() -> None:
    fit = fitting.fitted()
    for kept, found in (
        (fitted.EFFECTS, fit.effects), (fitted.AUSTRIA, fit.austria), (fitted.DENMARK, fit.denmark),
        (fitted.SWITZERLAND, fitting.settled(fit.austria, fit.effects)),
    ):  # fmt: skip
        assert np.allclose(astuple(kept), astuple(found), rtol=1e-4)
