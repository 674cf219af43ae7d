"""Every input and every measure of the simulation has its words, and nothing else has."""

import pytest
from django.utils import translation

from polku.insight import assumptions
from polku.insight.measures import MEASURES
from polku.planning.simulation import measures, whatif
from polku.planning.simulation.assumptions import ASSUMED


def test_every_input_of_the_simulation_has_words() -> None:
    assert [one["name"] for one in whatif.inputs()] == list(assumptions.WORDS)


def test_every_measure_has_words() -> None:
    assert {one.name for one in MEASURES} == set(measures.MEASURES)


def test_what_the_simulation_calls_an_assumption_is_called_a_guess_or_says_so() -> None:
    with translation.override("en"):
        for one in whatif.inputs():
            words = assumptions.WORDS[one["name"]]
            if ASSUMED in one["source"]:
                assert words.basis == assumptions.GUESS or "guess" in str(words.source), one
            else:
                assert words.basis != assumptions.GUESS, one


def test_values_are_the_simulations_own() -> None:
    with translation.override("en"):
        told = {row.what: row for row in assumptions.rows(whatif.inputs())}
    assert told["Minutes of a contact with its notes"].value == "45"
    assert told["Minutes of a contact with its notes"].range == "30 to 75"
    assert told["Chance of a job without any contact, a week"].value == "0.74 %"
    assert told["Shares of clients of these kinds"].value == "15 % · 50 % · 25 % · 10 %"


@pytest.mark.parametrize(
    ("value", "per", "said"),
    [(0.0073972, "share", "0.74 %"), (0.92315, "", "0.92"), (1650, "", "1\u00a0650"),
     (0.6, "", "0.6"), (-0.5, "", "−0.5"), (0.0, "share", "0 %"), (2.35497, "", "2.4")],
)  # fmt: skip
def test_two_digits_count(value: float, per: str, said: str) -> None:
    with translation.override("en"):
        assert assumptions.written(value, per) == said
