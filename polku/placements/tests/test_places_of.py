"""Where a place lies when nobody has given coordinates: about, and in the right region."""

from __future__ import annotations

import pytest

from polku.foundation.finland import read_municipalities
from polku.placements.places_of import point_of

# The least and greatest latitude and longitude of each place's own region, roughly.
KNOWN = {
    "316": (60.9, 25.3),  # Kärkölä in Päijät-Häme; there is another by Karkkila
    "626": (63.7, 26.0),  # Pyhäjärvi in Pohjois-Pohjanmaa; another by Pelkosenniemi
    "834": (60.8, 23.8),  # Tammela in Kanta-Häme; another in Tampere
    "478": (60.1, 19.9),  # Mariehamn
    "508": (62.0, 24.6),  # Mänttä-Vilppula, whose seat is called Mänttä
    "398": (61.0, 25.7),
    "790": (61.3, 22.9),
}


@pytest.mark.parametrize(("code", "expected"), KNOWN.items())
def test_a_municipality_lies_where_it_does(code: str, expected: tuple[float, float]) -> None:
    found = point_of(code)
    assert found is not None
    assert (found.lat, found.lon) == pytest.approx(expected, abs=0.1)
    assert found.precision == "municipality"


def test_every_municipality_has_a_point() -> None:
    assert [row.code for row in read_municipalities() if point_of(row.code) is None] == []


def test_a_village_is_closer_than_its_municipality() -> None:
    nastola = point_of("398", "Nastola")
    assert nastola is not None
    assert (nastola.lat, nastola.lon) == pytest.approx((60.95, 25.93), abs=0.05)
    assert nastola.precision == "place"
    assert point_of("398", "NASTOLA") == nastola


def test_a_village_of_that_name_far_away_is_not_taken() -> None:
    assert point_of("316", "Utsjoki") == point_of("316")


def test_the_municipalitys_own_name_is_no_closer_than_the_municipality() -> None:
    assert point_of("398", "Lahti") == point_of("398")


def test_what_is_no_municipality_has_no_point() -> None:
    assert point_of("000", "Nowhere") is None
