"""The point of a row: in either system, its axes either way round, and always in Finland. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polku.exchange.sheets.problems import quoted
from polku.placements import coordinates
from polku.placements.places_of import point_of
from polku.placements.terms import Precision

if TYPE_CHECKING:
    from polku.exchange.worksites.wanted import Wanted

PAIRS = (("lat", "lon"), ("north", "east"))
# Finland's outermost points, a little beyond (degrees).
LATITUDES, LONGITUDES = (59.4, 70.2), (19.0, 31.7)
# The largest municipality reaches some 130 km from its middle.
FAR_KM = 150
DECIMALS = 6


def take_point(want: Wanted, said: dict[str, Any]) -> None:
    """Read the row's coordinates into `point` and `precision`, or tell what is wrong with them."""
    pair = next((pair for pair in PAIRS if set(pair) <= said.keys()), None)
    if pair is not None:
        _take_two(want, pair, said[pair[0]], said[pair[1]])
    elif "point" in said:
        _take_text(want, said["point"])
    else:
        alone = next((name for pair in PAIRS for name in pair if name in said), None)
        if alone is not None:
            want.doubt("coordinate_alone", alone)
    if want.point is not None:
        _compare(want, said.get("in_municipality"))


def _take_two(want: Wanted, pair: tuple[str, str], one: float, other: float) -> None:
    try:
        _take(want, coordinates.of_two(one, other), pair[0])
    except coordinates.NotAPoint:
        want.refuse("point_outside", pair[0], text=f"{one:.10g}; {other:.10g}")
        return
    if one < other:
        first, second = ("N", "E") if pair[0] == "north" else ("lat", "lon")
        want.doubt("axes_swapped", pair[0], first=first, second=second)
    if _is_rough(one) and _is_rough(other):
        want.precision = str(Precision.PLACE)
        want.doubt("point_rough", pair[0])


def _take_text(want: Wanted, text: str) -> None:
    try:
        _take(want, coordinates.read(text), "point")
    except coordinates.NotAPoint:
        # "Location" heads words in some sheets; numbers that are no point are a slip.
        if sum(sign.isdigit() for sign in text) < 8:
            want.doubt("coordinate_unreadable", "point", text=quoted(text))
        else:
            want.refuse("point_outside", "point", text=quoted(text))


def _take(want: Wanted, point: coordinates.Point, name: str) -> None:
    lat, lon = round(point.lat, DECIMALS), round(point.lon, DECIMALS)
    if not (LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]):
        raise coordinates.NotAPoint("not in Finland")
    want.point, want.precision = (lat, lon), str(Precision.ADDRESS)


def _is_rough(value: float) -> bool:
    """Degrees of two decimals, or whole kilometres: a point that stands for its surroundings."""
    return round(value, 2) == value if abs(value) < 180 else value % 1000 == 0


def _compare(want: Wanted, code: str | None) -> None:
    centre = point_of(code) if code else None
    if centre is None or want.point is None:
        return
    north, east = want.point[0] - centre.lat, (want.point[1] - centre.lon) * 0.47
    away = 111.2 * (north * north + east * east) ** 0.5
    if away > FAR_KM:
        want.doubt("point_far", "in_municipality", kilometres=round(away))
