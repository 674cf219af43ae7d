"""Worksites to rings: nothing lost, nothing from elsewhere, the same wherever one stands."""

from __future__ import annotations

import random
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.placements.map import asked
from polku.placements.map.clusters import APART, CELL, clustered, level_of, total
from polku.placements.map.mercator import across, down, lat_of, lon_of, pixels

FINLAND = (19.0, 59.0, 32.0, 71.0)
WORLD = (-180.0, -85.0, 180.0, 85.0)

row = st.tuples(
    st.floats(20, 31), st.floats(60, 70), st.integers(0, 9), st.integers(0, 3), st.integers(0, 9),
    st.sampled_from(["Lahti", "Heinola", "Kärkölä"]), st.text("abcd", max_size=4),
    st.uuids(), st.booleans(),
)  # fmt: skip
rows = st.lists(row, max_size=60)
zooms = st.floats(0, 20)
relaxed = settings(deadline=None)


def town(seed: int, many: int) -> list:
    """Rows as they lie in a real country: crowded in towns, few between."""
    chance = random.Random(seed)
    towns = [(chance.uniform(21, 30), chance.uniform(60, 67), f"T{n}") for n in range(40)]
    found = []
    for n in range(many):
        lon, lat, name = chance.choice(towns)
        at = lon + chance.gauss(0, 0.08), lat + chance.gauss(0, 0.04)
        seats = chance.randrange(3), chance.randrange(2), chance.randrange(4)
        found.append((*at, *seats, name, f"P{n}", n, False))
    return found


@relaxed
@given(rows, zooms)
def test_every_seat_is_in_exactly_one_ring(found, zoom):
    rings = clustered(found, WORLD, zoom)
    sums = total(found)
    assert {name: sum(getattr(ring, name) for ring in rings) for name in sums} == sums
    assert all(ring.seats == ring.free + ring.promised + ring.taken for ring in rings)
    assert len({ring.key for ring in rings}) == len(rings)


@relaxed
@given(rows, zooms, st.floats(20, 29), st.floats(60, 68))
def test_no_ring_lies_further_than_a_cell_from_the_view(found, zoom, west, south):
    box = (west, south, west + 1.5, south + 0.7)
    cell = CELL / pixels(level_of(zoom))
    for ring in clustered(found, box, zoom):
        assert across(box[0]) - cell <= across(ring.lon) + 1e-7
        assert across(ring.lon) - 1e-7 <= across(box[2]) + cell
        assert down(box[3]) - cell <= down(ring.lat) + 1e-7
        assert down(ring.lat) - 1e-7 <= down(box[1]) + cell


@relaxed
@given(rows, zooms, st.randoms())
def test_the_order_of_rows_changes_nothing(found, zoom, chance):
    mixed = list(found)
    chance.shuffle(mixed)
    assert clustered(mixed, FINLAND, zoom) == clustered(found, FINLAND, zoom)


@settings(relaxed, max_examples=40)
@given(st.integers(0, 1000), st.floats(4, 12), st.floats(22, 28), st.floats(61, 66))
def test_panning_changes_no_ring_that_stays_in_view(seed, zoom, lon, lat):
    """The same ring, to the last seat, whether the view's edge is near or far."""
    found = town(seed, 400)
    world = pixels(level_of(zoom))
    x, y, half = across(lon), down(lat), 300 / world
    near = (lon_of(x - half), lat_of(y + half), lon_of(x + half), lat_of(y - half))
    far = (lon_of(x - 3 * half), lat_of(y + 2 * half), lon_of(x + 2 * half), lat_of(y - half))
    inside = {r.key: r for r in clustered(found, far, zoom)}
    for ring in clustered(found, near, zoom):
        if near[0] <= ring.lon <= near[2] and near[1] <= ring.lat <= near[3]:
            assert inside[ring.key] == ring


def test_a_full_ring_takes_in_what_it_would_overlap() -> None:
    """In a crowded country at most a few rings still touch, and the fullest never do."""
    rings = clustered(town(7, 5000), FINLAND, 7)
    world = pixels(7)
    spots = [(across(r.lon) * world, down(r.lat) * world) for r in rings]
    touching = sum(
        hypot(a[0] - b[0], a[1] - b[1]) < APART / 2 for n, a in enumerate(spots) for b in spots[:n]
    )
    assert len(rings) > 40
    assert touching <= len(rings) / 20


def test_one_worksite_is_named_by_itself_and_many_by_their_town() -> None:
    one = (25.66, 60.98, 1, 0, 1, "Lahti", "Koulu", "w1", False)
    two = (25.6601, 60.9801, 2, 1, 0, "Lahti", "Kirjasto", "w2", True)
    far = (26.03, 61.2, 0, 0, 2, "Heinola", "Kahvila", "w3", True)
    lahti, heinola = sorted(clustered([one, two, far], FINLAND, 9), key=lambda r: r.lat)
    assert (lahti.name, lahti.id, lahti.ids, lahti.coarse) == ("Lahti", None, ("w1", "w2"), False)
    assert (lahti.free, lahti.promised, lahti.taken, lahti.worksites) == (3, 1, 1, 2)
    assert lahti.box == (25.66, 60.98, 25.6601, 60.9801)
    assert (heinola.name, heinola.id, heinola.coarse) == ("Kahvila", "w3", True)


def test_rings_come_in_reading_order() -> None:
    corners = {"b": (26.0, 62.0), "a": (24.0, 62.0), "d": (26.0, 61.0), "c": (24.0, 61.0)}
    found = [(*at, 1, 0, 0, name, name, name, False) for name, at in corners.items()]
    assert [ring.name for ring in clustered(found, FINLAND, 8)] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"bbox": "1,2,3", "zoom": "5"},
        {"bbox": "a,b,c,d", "zoom": "5"},
        {"bbox": "nan,60,26,62", "zoom": "5"},
        {"bbox": "26,60,24,62", "zoom": "5"},
        {"bbox": "24,62,26,60", "zoom": "5"},
        {"bbox": "24,60,26,92", "zoom": "5"},
        {"bbox": "24,60,26,62"},
        {"bbox": "24,60,26,62", "zoom": "99"},
        {"bbox": "24,60,26,62", "zoom": "inf"},
        {"bbox": "24," + "0" * 9999 + ",26,62", "zoom": "5"},
    ],
)
def test_a_view_that_is_none_is_refused(said) -> None:
    with pytest.raises(ValueError, match="bbox|zoom"):
        asked.view(said)


def test_a_view_is_read() -> None:
    assert asked.view({"bbox": "24,60.5,26,62", "zoom": "8.5"}) == ((24, 60.5, 26, 62), 8.5)


def test_a_view_wider_than_any_page_gets_coarser_rings() -> None:
    box, zoom = asked.view({"bbox": "-180,-85,180,85", "zoom": "24"})
    assert zoom <= 4 and box == (-180, -85, 180, 85)
