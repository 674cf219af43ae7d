"""Web Mercator, in which the map is drawn: degrees to units (0 to 1) and back."""

from __future__ import annotations

from math import asinh, atan, cos, degrees, pi, radians, sinh, tan

TILE = 512
EARTH_KM = 40_075.017

Box = tuple[float, float, float, float]


def across(lon: float) -> float:
    """Return how far east a longitude lies, from 0 (180° W) to 1 (180° E)."""
    return lon / 360 + 0.5


def down(lat: float) -> float:
    """Return how far south a latitude lies, from 0 (85.05° N) to 1; undefined at the poles."""
    return 0.5 - asinh(tan(radians(lat))) / (2 * pi)


def lon_of(x: float) -> float:
    return (x - 0.5) * 360


def lat_of(y: float) -> float:
    return degrees(atan(sinh((0.5 - y) * 2 * pi)))


def pixels(zoom: float) -> float:
    """Return how many pixels wide the whole world is at a zoom."""
    return float(TILE * 2**zoom)


def pixels_a_km(lat: float, zoom: float) -> float:
    """Return how many pixels a kilometre on the ground takes at a latitude."""
    return pixels(zoom) / (EARTH_KM * cos(radians(lat)))
