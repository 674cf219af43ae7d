"""Where a place or a municipality lies, offline: for worksites whose sheet gives no coordinates.

The points are those of the base map's names (`map/names.json`, see `data/SOURCES.md`): centres of
places and municipalities, good for "about here" and for nothing finer.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from polku.clients.names import fold
from polku.placements.terms import Precision

NAMES = Path(__file__).parent / "static" / "placements" / "map" / "names.json"


class About(NamedTuple):
    """A point that stands for more than itself: `precision` says for what."""

    lat: float
    lon: float
    precision: str


def point_of(municipality_code: str, town: str = "", postal_code: str = "") -> About | None:
    """Return about where an address lies: its town or village, else its municipality, else None.

    A town of another name than the municipality counts only within 60 km of the municipality's
    centre, since there is more than one Järvenpää. The postal code is not used: no open table of
    them is at hand.
    """
    centres, places = _points()
    centre = centres.get(municipality_code)
    found = places.get(fold(town), ()) if town else ()
    near = [p for p in found if centre is None or _kilometres(p, centre) < 60]
    if near and near[0] != centre:
        return About(*near[0], Precision.PLACE)
    return About(*centre, Precision.MUNICIPALITY) if centre else None


def point_named(name: str, near: str = "") -> About | None:
    """Return where the town or village of this name lies that is nearest to a municipality's
    centre, within 60 km of it; None for a name that is not known there."""
    centres, places = _points()
    centre = centres.get(near)
    found = places.get(fold(name), ())
    if centre is not None:
        found = tuple(p for p in found if _kilometres(p, centre) < 60)
        found = tuple(sorted(found, key=lambda p: _kilometres(p, centre)))
    return About(*found[0], Precision.PLACE) if found else None


@lru_cache(maxsize=400)
def centre_named(municipality_code: str) -> str:
    """Return the Finnish name of a municipality's centre, or '' where it is not on the base map."""
    for feature in json.loads(NAMES.read_text("utf-8"))["features"]:
        if feature["properties"].get("code") == municipality_code:
            return str(feature["properties"]["fi"])
    return ""


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return a rough distance: in Finland a degree of longitude is some 0.47 of one of latitude."""
    return float((((one[0] - other[0]) ** 2 + ((one[1] - other[1]) * 0.47) ** 2) ** 0.5) * 111.2)


@lru_cache(maxsize=1)
def _points() -> tuple[dict[str, tuple[float, float]], dict[str, tuple[tuple[float, float], ...]]]:
    """Return the centres by municipality code, and points (latitude, longitude) by folded name."""
    centres: dict[str, tuple[float, float]] = {}
    places: dict[str, tuple[tuple[float, float], ...]] = {}
    for feature in json.loads(NAMES.read_text("utf-8"))["features"]:
        said = feature["properties"]
        if "rank" not in said:
            continue
        lon, lat = feature["geometry"]["coordinates"]
        if "code" in said:
            centres[said["code"]] = (lat, lon)
        for name in {fold(said["fi"]), fold(said["sv"])}:
            places[name] = (*places.get(name, ()), (lat, lon))
    return centres, places
