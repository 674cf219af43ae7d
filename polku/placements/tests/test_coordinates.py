"""Coordinates: the recommendation's own example, known places, round trips, what sheets write."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polku.placements.coordinates import NotAPoint, Point, from_plane, of_two, read, to_plane

# The example of JHS 197, annex 3: the same point in degrees and in metres.
DEGREES = Point(60.3851068722, 19.84813676944)
METRES = (6_715_706.37708, 106_256.35961)


def test_the_recommendations_example_comes_out_to_the_millimetre() -> None:
    assert to_plane(DEGREES) == pytest.approx(METRES, abs=0.001)
    back = from_plane(*METRES)
    assert (back.lat, back.lon) == pytest.approx(DEGREES, abs=1e-8)


def test_on_the_central_meridian_the_easting_is_the_false_one() -> None:
    north, east = to_plane(Point(62.0, 27.0))
    assert east == pytest.approx(500_000, abs=1e-6)
    # The arc of the meridian on GRS80 from the equator, by Helmert's series, times the scale.
    assert north == pytest.approx(0.9996 * arc(math.radians(62)), abs=0.001)


def arc(lat: float) -> float:
    """Return the length of the meridian from the equator in metres (Helmert 1880)."""
    a, f = 6_378_137.0, 1 / 298.257222101
    n = f / (2 - f)
    parts = (
        (1 + n**2 / 4 + n**4 / 64) * lat,
        -(3 / 2) * (n - n**3 / 8) * math.sin(2 * lat),
        (15 / 16) * (n**2 - n**4 / 4) * math.sin(4 * lat),
        -(35 / 48) * n**3 * math.sin(6 * lat),
        (315 / 512) * n**4 * math.sin(8 * lat),
    )
    return a / (1 + n) * sum(parts)


@given(st.floats(59.3, 70.2), st.floats(19.0, 31.7))
def test_there_and_back_is_the_same_place(lat: float, lon: float) -> None:
    back = from_plane(*to_plane(Point(lat, lon)))
    assert (back.lat, back.lon) == pytest.approx((lat, lon), abs=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "60.98, 25.66",
        "60.98,25.66",
        "60,98 25,66",
        "60,98, 25,66",
        "60,98; 25,66",
        "25.66 60.98",
        "60.98 N 25.66 E",
        "N60.98° E25.66°",
        "60.98\t25.66",
        "P 60,98 I 25,66",
    ],
)
def test_degrees_are_read_as_people_write_them(text: str) -> None:
    assert read(text) == Point(60.98, 25.66)


@pytest.mark.parametrize(
    "text",
    [
        "6765370 427930",
        "N 6765370 E 427930",
        "6765370,427930",
        "427930;6765370",
        "6 765 370, 427 930",
        "6765370 3427930",
    ],
)
def test_metres_are_read_as_people_write_them(text: str) -> None:
    north, east = to_plane(read(text))
    assert (north, east) == pytest.approx((6_765_370, 427_930), abs=0.001)


@pytest.mark.parametrize(
    "text",
    ["", "60.98", "Koulutie 1", "60 25 30", "0, 0", "48.85, 2.35", "1e9, 5", "nan nan",
     "60.98, inf", "6765370 6765370", "-60.98, 25.66", "9" * 400],
)  # fmt: skip
def test_what_is_no_point_in_finland_is_refused(text: str) -> None:
    with pytest.raises(NotAPoint):
        read(text)


@given(st.text(max_size=60))
def test_any_text_gives_a_point_or_the_one_error(text: str) -> None:
    try:
        point = read(text)
    except NotAPoint:
        return
    assert 53 <= point.lat <= 72 and 4 <= point.lon <= 42


def test_an_easting_with_the_zones_number_before_it_means_the_same() -> None:
    assert of_two(6_765_370, 3_427_930) == of_two(427_930, 6_765_370)
