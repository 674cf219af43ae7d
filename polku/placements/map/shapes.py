"""The base map's files as the server needs them: rings and lines in units, read once a process.

The files are the same that a browser asks for (`static/placements/map/`); data/SOURCES.md says
where they come from.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from polku.placements.map.mercator import Box, across, down

FOLDER = Path(__file__).parents[1] / "static" / "placements" / "map"


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Rings (or lines) of one feature: `xs` and `ys` in units, and the box around the first."""

    rings: tuple[tuple[array[float], array[float]], ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Name:
    """A place or a water. `rank` is 1 (a big city) to 6 (a village), 0 for waters."""

    lon: float
    lat: float
    fi: str
    sv: str
    rank: int


@cache
def shapes(name: str) -> tuple[Shape, ...]:
    """Return the shapes of `land`, `lakes` or `frontiers`."""
    features = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))["features"]
    return tuple(shape for one in features for shape in of_geometry(one["geometry"]))


@cache
def names() -> tuple[Name, ...]:
    """Return Finland's places and its big waters, the most important first."""
    features = json.loads((FOLDER / "names.json").read_text("utf-8"))["features"]
    return tuple(_name(one) for one in features)


def _name(feature: dict[str, Any]) -> Name:
    lon, lat = feature["geometry"]["coordinates"]
    said = feature["properties"]
    return Name(lon, lat, said["fi"], said["sv"], said.get("rank", 0))


def of_geometry(geometry: dict[str, Any]) -> Iterator[Shape]:
    """Give the shapes of a GeoJSON geometry: one a polygon or a line."""
    kind, parts = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        yield _shape([parts])
    elif kind == "Polygon":
        yield _shape(parts)
    elif kind == "MultiPolygon":
        yield from (_shape(part) for part in parts)
    elif kind == "MultiLineString":
        yield from (_shape([part]) for part in parts)


def _shape(rings: Iterable[list[list[float]]]) -> Shape:
    made = tuple(
        (array("d", [across(x) for x, _ in ring]), array("d", [down(y) for _, y in ring]))
        for ring in rings
    )
    xs, ys = made[0]
    return Shape(made, (min(xs), min(ys), max(xs), max(ys)))
