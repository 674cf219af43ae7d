"""Runs come out as exact expectations say: another way to the same world, without luck."""

from dataclasses import replace

import numpy as np
import pytest

from polku.planning.simulation import fitted, trials
from polku.planning.simulation.columns import Outcome
from polku.planning.simulation.expected import Expected, chances, cohort
from polku.planning.simulation.policy import FIXED, Rhythm
from polku.planning.simulation.world import Effects, Labour

WEEKS, CLIENTS = 104, 60_000
ENOUGH = 4.0  # standard errors; over some 30 comparisons one in a thousand is beyond


def beyond(runs: list[Outcome], told: Expected) -> list[str]:
    """Name what is further from expectation than luck explains, by the scatter of runs."""
    found = {
        "employed": [run["employed"] / run["people"] for run in runs],
        "left": [run["left"] / run["people"] for run in runs],
        "in_service": [run["in_service"] / run["people"] for run in runs],
        "spell": [trials.lengths(run, WEEKS).mean() for run in runs],
        "hired": [(run.clients.to_work == 1).mean() for run in runs],
    }
    exact = {
        **{name: getattr(told, name).sum() for name in ("employed", "left", "in_service", "hired")},
        "spell": told.spell(WEEKS),
    }
    return [
        name for name, each in found.items()
        if abs(np.mean(each) - exact[name]) > ENOUGH * np.std(each, ddof=1) / len(each) ** 0.5
    ]  # fmt: skip


@pytest.mark.parametrize("new", [True, False])
@pytest.mark.parametrize(
    ("labour", "rhythms"),
    [(fitted.DENMARK, trials.DENMARK), (fitted.AUSTRIA, trials.AUSTRIA)],
    ids=["Denmark", "Austria"],
)
def test_runs_are_as_expected(labour: Labour, rhythms: tuple[Rhythm, Rhythm], new: bool) -> None:
    pairs = trials.pair(
        labour, fitted.EFFECTS, rhythms, weeks=WEEKS, clients=CLIENTS, seed=11, new=new
    )
    for runs, rhythm in zip(pairs, rhythms, strict=True):
        assert beyond(runs, cohort(labour, fitted.EFFECTS, rhythm, WEEKS, new=new)) == []


def test_control_a_tenth_more_effect_is_seen() -> None:
    runs, _ = trials.pair(
        fitted.DENMARK, fitted.EFFECTS, trials.DENMARK[::-1], weeks=WEEKS, clients=CLIENTS, seed=11
    )
    more = replace(fitted.EFFECTS, jobs=1.1 * fitted.EFFECTS.jobs)
    assert "employed" in beyond(runs, cohort(fitted.DENMARK, more, trials.DENMARK[1], WEEKS))


def test_without_contacts_effects_it_is_a_chain_of_markov() -> None:
    labour = Labour(0.02, 0.01, 0.005, 0.004)
    none = Effects(0.0, 0.0, 1.0, 4.0)
    told = cohort(labour, none, Rhythm(FIXED, 5), 60)
    step = np.array([[0.97, 0.02, 0.01], [0.005, 0.995, 0.0], [0.004, 0.0, 0.996]])
    shares = np.array([1.0, 0.0, 0.0])
    for week in range(60):
        assert np.allclose(shares, [told.in_service[week], told.employed[week], told.left[week]])
        shares = shares @ step


def test_support_is_in_contacts_a_week() -> None:
    effects = Effects(1.0, 1.0, 1.0, 4.0, most=9.0)
    jobs, _ = chances(Labour(1.0, 0.0, 0.0, 0.0), effects, Rhythm(FIXED, 5), 400, new=True)
    # On average over a rhythm of five weeks: a fifth, less the week that passes before it acts.
    assert np.isclose(jobs[300:400].mean() - 1.0, effects.kept / 5)
