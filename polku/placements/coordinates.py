"""Coordinates as Finnish sheets have them: ETRS-TM35FIN to and from degrees. Pure.

Formulas: Krüger's series to the fourth power of n, as in the Finnish recommendation JHS 197
(EUREF-FIN coordinate systems, their transformations and map sheets, annex 2), on the ellipsoid
GRS80, central meridian 27° E, scale 0.9996, false easting 500 000 m. WGS 84 and ETRS89 differ by
less than a metre in Finland and are taken for one here, which is far finer than any address.
"""

from __future__ import annotations

import re
from math import asin, asinh, atan, atanh, cos, cosh, degrees, radians, sin, sinh, sqrt, tan, tanh
from typing import NamedTuple

A = 6_378_137.0
F = 1 / 298.257_222_101
SCALE, MERIDIAN, EAST_0 = 0.9996, radians(27), 500_000.0
N = F / (2 - F)
RADIUS = A / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
E = sqrt(2 * F - F**2)
# To the plane, and back from it.
H = (
    N / 2 - 2 / 3 * N**2 + 5 / 16 * N**3 + 41 / 180 * N**4,
    13 / 48 * N**2 - 3 / 5 * N**3 + 557 / 1440 * N**4,
    61 / 240 * N**3 - 103 / 140 * N**4,
    49561 / 161280 * N**4,
)
BACK = (
    N / 2 - 2 / 3 * N**2 + 37 / 96 * N**3 - 1 / 360 * N**4,
    1 / 48 * N**2 + 1 / 15 * N**3 - 437 / 1440 * N**4,
    17 / 480 * N**3 - 37 / 840 * N**4,
    4397 / 161280 * N**4,
)
# The box that a worksite's point has to lie in (degrees), as the database checks it.
LATITUDES, LONGITUDES = (53.0, 72.0), (4.0, 42.0)
# What ETRS-TM35FIN is used for: Finland and the waters around it, in metres.
NORTHINGS, EASTINGS = (6_500_000, 7_850_000), (20_000, 800_000)
_NUMBER = re.compile(r"-?\d{1,8}(\.\d{1,15})?")
_BESIDE = re.compile(r"[\s°NEPI:=]+", re.IGNORECASE)


class NotAPoint(ValueError):
    """The text or the numbers are no point in Finland or near it."""


class Point(NamedTuple):
    """A place in degrees of WGS 84."""

    lat: float
    lon: float


def to_plane(point: Point) -> tuple[float, float]:
    """Return (northing, easting) in metres of ETRS-TM35FIN."""
    lat, lon = radians(point.lat), radians(point.lon)
    q = asinh(tan(lat)) - E * atanh(E * sin(lat))
    beta = atan(sinh(q))
    eta = atanh(cos(beta) * sin(lon - MERIDIAN))
    xi = asin(sin(beta) * cosh(eta))
    north, east = xi, eta
    for k, h in enumerate(H, 1):
        north += h * sin(2 * k * xi) * cosh(2 * k * eta)
        east += h * cos(2 * k * xi) * sinh(2 * k * eta)
    return RADIUS * SCALE * north, RADIUS * SCALE * east + EAST_0


def from_plane(north: float, east: float) -> Point:
    """Return the point of a northing and an easting in metres of ETRS-TM35FIN."""
    xi, eta = north / (RADIUS * SCALE), (east - EAST_0) / (RADIUS * SCALE)
    x, y = xi, eta
    for k, h in enumerate(BACK, 1):
        x -= h * sin(2 * k * xi) * cosh(2 * k * eta)
        y -= h * cos(2 * k * xi) * sinh(2 * k * eta)
    beta = asin(sin(x) / cosh(y))
    lon = MERIDIAN + asin(tanh(y) / cos(beta))
    q = asinh(tan(beta))
    inside = q + E * atanh(E * tanh(q))
    for _ in range(4):
        inside = q + E * atanh(E * tanh(inside))
    return Point(degrees(atan(sinh(inside))), degrees(lon))


def of_two(one: float, other: float) -> Point:
    """Return the point that two numbers of a sheet mean, whichever way round they stand.

    Degrees are latitude and longitude of WGS 84, metres northing and easting of ETRS-TM35FIN (an
    easting with the zone's 3 before it too). In Finland a latitude is always the greater number.
    Raises NotAPoint.
    """
    small, great = sorted((one, other))
    if _within(great, LATITUDES) and _within(small, LONGITUDES):
        return Point(great, small)
    if 3_000_000 <= small < 4_000_000:
        small -= 3_000_000
    if _within(great, NORTHINGS) and _within(small, EASTINGS):
        return from_plane(great, small)
    raise NotAPoint(f"{one:g} and {other:g} are no point in Finland")


def read(text: str) -> Point:
    """Return the point of a text such as `60.98, 25.66`, `60,98 25,66` or `N 6765370 E 427930`.

    Raises NotAPoint.
    """
    parts = _parts(text.replace("\u00a0", " ").strip())
    if len(parts) != 2:
        raise NotAPoint("two numbers are needed")
    return of_two(_number(parts[0]), _number(parts[1]))


def _parts(text: str) -> list[str]:
    """Return the text's numbers, each with what stands around it; a comma may be in or between."""
    for mark in (";", ", ", "\n", "\t"):
        if text.count(mark) == 1:
            return text.split(mark)
    if text.count(",") == 1 and ("." in text or " " not in text):
        return text.split(",")
    return [word for word in text.split() if any(c.isdigit() for c in word)]


def _number(text: str) -> float:
    plain = _BESIDE.sub("", text).replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise NotAPoint(f"{text[:40]!r} is no number")
    return float(plain)


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
