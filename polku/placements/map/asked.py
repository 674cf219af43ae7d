"""What a page asks of the map: a box and a zoom, as text from outside."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, log2

from polku.placements.map.mercator import Box, across, down, pixels

LOWEST, HIGHEST = 0.0, 24.0
WIDEST = 8192


def view(asked: Mapping[str, str]) -> tuple[Box, float]:
    """Return the box (w, s, e, n in degrees) and the zoom of `bbox=w,s,e,n&zoom=z`.

    A box that would be wider than `WIDEST` pixels gets a zoom at which it is not: no page is that
    wide, and the answer stays small. Raises ValueError with a sentence when box or zoom are
    missing, no numbers, or no place on Earth.
    """
    numbers = [_number(word) for word in asked.get("bbox", "").split(",")]
    if len(numbers) != 4:
        raise ValueError("bbox is four numbers: west, south, east, north.")
    west, south, east, north = numbers
    if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):
        raise ValueError("bbox is no box on the map: west, south, east, north in degrees.")
    zoom = _number(asked.get("zoom", ""))
    if not LOWEST <= zoom <= HIGHEST:
        raise ValueError(f"zoom is a number from {LOWEST:g} to {HIGHEST:g}.")
    box = west, south, east, north
    largest = max(across(east) - across(west), down(south) - down(north))
    return box, max(min(zoom, log2(WIDEST / pixels(0) / largest)), LOWEST)


def _number(text: str) -> float:
    try:
        number = float(text) if len(text) < 30 else float("nan")
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise ValueError("bbox and zoom are plain numbers.")
    return number
