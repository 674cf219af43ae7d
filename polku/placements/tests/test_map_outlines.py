"""Borders with fewer points still fit each other, and a file's mistakes are told one by one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polku.placements.map import geojson, outlines

# Two squares that share a ragged side, and one municipality wholly inside the first.
RAGGED = [(25.0, 61.0), (25.0008, 61.1), (24.9991, 61.2), (25.0005, 61.3), (25.0, 61.4)]
HOLE = [(24.4, 61.1), (24.6, 61.1), (24.6, 61.3), (24.4, 61.3), (24.4, 61.1)]
WEST = [(24.0, 61.0), *RAGGED, (24.0, 61.4), (24.0, 61.0)]
EAST = [*reversed(RAGGED), (26.0, 61.0), (26.0, 61.4), (25.0, 61.4)]
KNOWN = frozenset({"398", "111", "316"})


def feature(code="398", ring=WEST, **more):
    geometry = {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}
    properties = {"NATCODE": code, "NAMEFIN": "X"}
    return {"type": "Feature", "properties": properties, "geometry": geometry} | more


def file(*features, **more):
    whole = {"type": "FeatureCollection", "features": list(features)} | more
    return json.dumps(whole).encode()


def sides(ring):
    return {frozenset(pair) for pair in zip(ring, ring[1:], strict=False)}


def test_neighbours_share_the_same_simplified_border() -> None:
    areas = {"a": [[tuple(WEST), tuple(reversed(HOLE))]], "b": [[tuple(EAST)]],
             "c": [[tuple(HOLE)]]}  # fmt: skip
    found = outlines.simplified(areas, tolerance=0.01)
    west, hole = found["a"][0]
    shared = sides(west) & sides(found["b"][0][0])
    assert shared == {frozenset({(25.0, 61.0), (25.0, 61.4)})}
    assert sides(hole) == sides(found["c"][0][0])
    assert len(west) < len(WEST)


def test_a_fine_tolerance_keeps_the_bends() -> None:
    found = outlines.simplified({"a": [[tuple(WEST)]], "b": [[tuple(EAST)]]}, tolerance=0.0001)
    assert len(sides(found["a"][0][0]) & sides(found["b"][0][0])) == 4


point = st.tuples(st.floats(24, 26).map(lambda x: round(x, 3)), st.floats(61, 62))


@given(st.lists(point, min_size=3, max_size=40), st.floats(0.0001, 0.1))
def test_any_ring_comes_out_closed_or_not_at_all(points, tolerance):
    found = outlines.simplified({"a": [[(*points, points[0])]]}, tolerance=tolerance)
    for polygon in found.get("a", []):
        for ring in polygon:
            assert ring[0] == ring[-1] and len(ring) > 3


def test_small_islands_are_left_out_unless_they_are_all_there_is() -> None:
    islet = tuple((24.0 + x / 1000, 60.0 + y / 1000) for x, y in [(0, 0), (1, 0), (1, 1), (0, 0)])
    assert len(outlines.simplified({"a": [[tuple(WEST)], [islet]]})["a"]) == 1
    assert len(outlines.simplified({"b": [[islet]]}, tolerance=0.00001)["b"]) == 1


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("text", "no_code"),
        (feature(code=""), "no_code"),
        (feature(code="588"), "no_municipality"),
        (feature(geometry=None), "no_area"),
        (feature(geometry={"type": "Point", "coordinates": [25, 61]}), "no_area"),
        (feature(ring=WEST[:2]), "no_ring"),
        (feature(ring=[("x", 61)] * 5), "no_point"),
        (feature(ring=[(389000.0, 6700000.0)] * 5), "outside"),
        (feature(code="111"), "twice"),
    ],
)
def test_a_wrong_feature_is_told_and_the_rest_is_read(bad, code) -> None:
    found = geojson.read(file(feature("111"), bad, feature("316", EAST)), KNOWN)
    assert set(found.areas) == {"111", "316"}
    assert [(one.number, one.code) for one in found.refused] == [(2, code)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_json"),
        (b"\xff\xfe", "no_json"),
        (b"[" * 100_000, "no_json"),
        (b"[]", "no_features"),
        (b'{"features": []}', "no_features"),
        (b'{"features": {"a": 1}}', "no_features"),
        (
            file(feature(), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::3067"}}),
            "other_system",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(content, code) -> None:
    with pytest.raises(geojson.Unusable) as told:
        geojson.read(content, KNOWN)
    assert told.value.code == code


def test_codes_are_read_with_and_without_their_zeros() -> None:
    assert set(geojson.read(file(feature(code=16)), frozenset({"016"})).areas) == {"016"}
