"""Reads municipalities' borders from GeoJSON as the National Land Survey gives them. Pure.

A feature is a municipality: its code in `NATCODE` (or `natcode`, `kunta`, `nationalCode`, `code`),
its area a Polygon or a MultiPolygon in WGS 84. What is wrong with one feature refuses that one; a
file that is no such collection is refused as a whole (`Unusable`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from polku.placements.map.outlines import Point, Ring

CODES = ("NATCODE", "natcode", "nationalCode", "kunta", "code")
# Finland and its waters, and some room around.
LON, LAT = (10.0, 40.0), (55.0, 75.0)
LARGEST = 200 * 1024 * 1024


class Unusable(ValueError):
    """The file is no GeoJSON of municipalities. `code` says what is wrong, `params` where."""

    def __init__(self, code: str, /, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Refusal:
    """A feature that was not taken in: its number from 1, and what is wrong."""

    number: int
    column: str
    code: str
    params: dict[str, Any]


@dataclass(slots=True)
class Borders:
    """What a file holds: polygons by code, the number each stood at, and what was refused."""

    areas: dict[str, list[list[Ring]]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)


class _Wrong(ValueError):
    def __init__(self, column: str, code: str, /, **params: Any) -> None:
        super().__init__(code)
        self.column, self.code, self.params = column, code, params


def read(content: bytes, known: Collection[str]) -> Borders:
    """Return the borders of a file. `known` are the codes of today's municipalities.

    Raises Unusable.
    """
    found = Borders()
    for number, feature in enumerate(_features(content), start=1):
        try:
            code = _code(feature, known)
            if code in found.areas:
                raise _Wrong("NATCODE", "twice", municipality=code, other=found.numbers[code])
            found.areas[code] = list(_polygons(feature))
            found.numbers[code] = number
        except _Wrong as wrong:
            found.refused.append(Refusal(number, wrong.column, wrong.code, wrong.params))
    return found


def _features(content: bytes) -> list[Any]:
    if len(content) > LARGEST:
        raise Unusable("too_big", mib=LARGEST >> 20)
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        raise Unusable("no_json") from None
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or not features:
        raise Unusable("no_features")
    _refuse_other_systems(whole)
    return features


def _refuse_other_systems(whole: dict[str, Any]) -> None:
    """ETRS-TM35FIN is told at once, instead of once for each municipality."""
    crs = whole.get("crs")
    said = json.dumps(crs) if crs else ""
    if any(code in said for code in ("3067", "3047", "2393")):
        raise Unusable("other_system")


def _code(feature: Any, known: Collection[str]) -> str:
    said = feature.get("properties") if isinstance(feature, dict) else None
    said = said if isinstance(said, dict) else {}
    column = next((name for name in CODES if said.get(name) not in (None, "")), None)
    if column is None:
        raise _Wrong("NATCODE", "no_code")
    code = str(said[column]).strip()[:40]
    code = code.zfill(3) if code.isascii() and code.isdigit() else code
    if code not in known:
        name = str(said.get("NAMEFIN") or said.get("namefin") or said.get("nimi") or "")[:60]
        raise _Wrong(column, "no_municipality", code=code, name=name)
    return code


def _polygons(feature: dict[str, Any]) -> Iterator[list[Ring]]:
    geometry = feature.get("geometry")
    geometry = geometry if isinstance(geometry, dict) else {}
    kind, parts = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(parts, list) or not parts:
        raise _Wrong("geometry", "no_area")
    for polygon in parts if kind == "MultiPolygon" else [parts]:
        if not isinstance(polygon, list) or not polygon:
            raise _Wrong("geometry", "no_area")
        yield [_ring(ring) for ring in polygon]


def _ring(ring: Any) -> Ring:
    if not isinstance(ring, list) or len(ring) < 4:
        raise _Wrong("geometry", "no_ring")
    points = tuple(_point(point) for point in ring)
    return points if points[0] == points[-1] else (*points, points[0])


def _point(point: Any) -> Point:
    if not isinstance(point, list) or len(point) < 2 or not all(_number(n) for n in point[:2]):
        raise _Wrong("geometry", "no_point")
    lon, lat = float(point[0]), float(point[1])
    if not (LON[0] <= lon <= LON[1] and LAT[0] <= lat <= LAT[1]):
        raise _Wrong("geometry", "outside", lon=f"{lon:g}", lat=f"{lat:g}")
    return lon, lat


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
