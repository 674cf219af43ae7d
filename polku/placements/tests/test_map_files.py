"""The base map's files: small, whole, and recognisably Finland."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from polku.placements.map import shapes
from polku.placements.map.mercator import across, down

MUNICIPALITIES = Path(__file__).parents[2] / "foundation" / "data" / "municipalities.csv"
SIZE = 2_000_000


def wet(name: str, lon: float, lat: float) -> bool:
    """Return whether a point lies in a shape of this file (and in none of its holes)."""
    x, y = across(lon), down(lat)
    return any(_crossings(shape, x, y) % 2 for shape in shapes.shapes(name))


def _crossings(shape: shapes.Shape, x: float, y: float) -> int:
    count = 0
    for xs, ys in shape.rings:
        for n in range(len(xs)):
            x0, y0, x1, y1 = xs[n - 1], ys[n - 1], xs[n], ys[n]
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                count += 1
    return count


def test_they_are_under_two_megabytes_in_all() -> None:
    assert sum(path.stat().st_size for path in shapes.FOLDER.glob("*.json")) < SIZE


@pytest.mark.parametrize(
    ("place", "lon", "lat"),
    [("Helsinki", 24.94, 60.19), ("Lahti", 25.66, 60.98), ("Utsjoki", 27.03, 69.91),
     ("Maarianhamina", 19.94, 60.11), ("Stockholm", 17.9, 59.35), ("Tallinn", 24.75, 59.4),
     ("Tromsø's shore", 19.3, 69.4), ("Petrozavodsk", 34.2, 61.9)],
)  # fmt: skip
def test_towns_are_on_land(place: str, lon: float, lat: float) -> None:
    assert wet("land", lon, lat) and not wet("lakes", lon, lat)


@pytest.mark.parametrize(
    ("water", "lon", "lat"),
    [("Päijänne", 25.45, 61.5), ("Vesijärvi", 25.583, 61.031), ("Saimaa", 28.15, 61.25),
     ("Inarijärvi", 27.8, 69.0), ("Oulujärvi", 26.99, 64.418), ("Laatokka", 31.5, 60.9)],
)  # fmt: skip
def test_lakes_are_wet(water: str, lon: float, lat: float) -> None:
    assert wet("lakes", lon, lat)


@pytest.mark.parametrize(("lon", "lat"), [(25.4, 59.8), (19.0, 62.0), (23.5, 64.7), (20, 57.5)])
def test_the_sea_is_no_land(lon: float, lat: float) -> None:
    assert not wet("land", lon, lat)


def test_nothing_reaches_across_the_map() -> None:
    """Rings that wrap around the world would be drawn as bands from edge to edge."""
    west, east = across(-14), across(66)
    for name in ("land", "lakes", "frontiers"):
        for shape in shapes.shapes(name):
            for xs, ys in shape.rings:
                for n in range(1, len(xs)):
                    far = abs(xs[n] - xs[n - 1]) > across(-178) - across(-180)
                    edge = {ys[n], ys[n - 1]} <= {down(52), down(74)} or {xs[n]} <= {west, east}
                    assert not far or edge, (name, shape.box)


def test_almost_every_municipality_is_named_in_both_languages() -> None:
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        wanted = {(row["name_fi"], row["name_sv"]) for row in csv.DictReader(file)}
    named = {(one.fi, one.sv) for one in shapes.names()}
    missing = sorted(fi for fi, _ in wanted - named)
    # The source has no point of their own for these.
    assert len(missing) < 30, missing


def test_the_files_are_plain_geojson() -> None:
    for path in shapes.FOLDER.glob("*.json"):
        whole = json.loads(path.read_text("utf-8"))
        assert whole["type"] == "FeatureCollection" and len(whole["features"]) > 10
