"""The still picture: the base map as SVG, drawn by the server, with rings that are links.

It is what stands there before the moving map is ready, without script, and where the browser has
no WebGL. Colours come from the page's style sheet, so it follows the theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from polku.placements.map import shapes
from polku.placements.map.clusters import Ring
from polku.placements.map.marks import reach, ring_mark, room_of
from polku.placements.map.mercator import Box, across, down, lat_of, lon_of, pixels
from polku.placements.map.travel import Travel

# From which zoom on a place of a rank is named, as in static/placements/js/map-names.js.
NAMED_FROM = {1: 3.0, 2: 5.0, 3: 6.2, 4: 7.4}
# Points nearer than this (in pixels) to the last one that was drawn are left out, from afar more.
FINEST, COARSE, AFAR = 1.1, 1.9, 6.5
# Shapes smaller than this are left out wholly.
SPECK = 2.5
# How far beyond the frame shapes are cut, as a share of it: their edge must not be seen.
BESIDE = 0.02

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class View:
    """What a picture shows: its middle in degrees, its zoom, its size in pixels."""

    lon: float
    lat: float
    zoom: float
    width: int = 760
    height: int = 560

    def box(self) -> Box:
        """Return west, south, east and north of the frame in degrees."""
        world = pixels(self.zoom)
        x, y = across(self.lon), down(self.lat)
        half, high = self.width / 2 / world, self.height / 2 / world
        return lon_of(x - half), lat_of(y + high), lon_of(x + half), lat_of(y - high)

    def at(self, lon: float, lat: float) -> Point:
        """Return where a place stands in the picture, in pixels from its upper left corner."""
        world = pixels(self.zoom)
        return (
            (across(lon) - across(self.lon)) * world + self.width / 2,
            (down(lat) - down(self.lat)) * world + self.height / 2,
        )


def fitting(box: Box, *, width: int = 760, height: int = 560, closest: float = 13.0) -> View:
    """Return the view that shows a box (w, s, e, n in degrees) with a margin around it."""
    west, south, east, north = box
    wide, high = across(east) - across(west), down(south) - down(north)
    scale = min(width * 0.86 / max(wide, 1e-9), height * 0.82 / max(high, 1e-9))
    zoom = min(_zoom(scale), closest)
    middle = lat_of((down(south) + down(north)) / 2)
    return View(round((west + east) / 2, 4), round(middle, 4), round(zoom, 2), width, height)


def _zoom(world_pixels: float) -> float:
    return max(log2(world_pixels / pixels(0)), 3.0)


def still(
    view: View,
    rings: Sequence[Ring] = (),
    *,
    title: str,
    said: Callable[[Ring], str] | None = None,
    swedish: bool = False,
    borders: Iterable[shapes.Shape] = (),
    own: Iterable[shapes.Shape] = (),
    travel: Travel | None = None,
    leads: Callable[[str], str] = "#worksite-{}".format,
) -> SafeString:
    """Return the picture. `said(ring)` words a ring; one of a single worksite links to where
    `leads` says, its row unless told otherwise."""
    spots = [(view.at(ring.lon, ring.lat), ring) for ring in rings]
    drawn = [ring_mark(at, ring, said, leads) for at, ring in spots]
    return format_html(
        '<svg class="map-still" viewBox="0 0 {} {}" preserveAspectRatio="xMidYMid slice" '
        'role="group" aria-label="{}">{}{}{}{}</svg>',
        view.width,
        view.height,
        title,
        _ground(view, tuple(borders), tuple(own)),
        _reach(view, travel, [room_of(at, ring) for at, ring in spots]) if travel else "",
        _names(view, swedish, frozenset(ring.name for ring in rings)),
        mark_safe("".join(drawn)),
    )


def _reach(view: View, travel: Travel, taken: Sequence[Box]) -> SafeString:
    return reach(view.at(travel.lon, travel.lat), travel, pixels(view.zoom), taken)


@lru_cache(maxsize=64)
def _ground(
    view: View, borders: tuple[shapes.Shape, ...], own: tuple[shapes.Shape, ...]
) -> SafeString:
    layers = [
        ("land", shapes.shapes("land"), True),
        ("own", own, True),
        ("borders", borders, True),
        ("water", shapes.shapes("lakes"), True),
        ("frontier", shapes.shapes("frontiers"), False),
    ]
    parts = [
        f'<path class="{name}" fill-rule="evenodd" d="{path}"/>'
        for name, found, closed in layers
        if (path := "".join(_paths(view, found, closed)))
    ]
    return mark_safe("".join(parts))


def _paths(view: View, found: Iterable[shapes.Shape], closed: bool) -> Iterator[str]:
    world = pixels(view.zoom)
    left = across(view.lon) - (0.5 + BESIDE) * view.width / world
    top = down(view.lat) - (0.5 + BESIDE) * view.height / world
    right, bottom = 2 * across(view.lon) - left, 2 * down(view.lat) - top
    shift = across(view.lon) * world - view.width / 2, down(view.lat) * world - view.height / 2
    least = SPECK / world
    finest = COARSE if view.zoom < AFAR else FINEST
    for shape in found:
        x0, y0, x1, y1 = shape.box
        if x1 < left or x0 > right or y1 < top or y0 > bottom:
            continue
        if closed and x1 - x0 < least and y1 - y0 < least:
            continue
        for xs, ys in shape.rings:
            points: Iterable[Point] = zip(xs, ys, strict=True)
            if closed and (x0 < left or x1 > right or y0 < top or y1 > bottom):
                points = _clipped(list(points), (left, top, right, bottom))
            yield _path(
                [(x * world - shift[0], y * world - shift[1]) for x, y in points], closed, finest
            )


def _path(points: list[Point], closed: bool, finest: float) -> str:
    """Return a path in tenths of a pixel, each point from the one before: half as long."""
    words: list[str] = []
    was_x, was_y = 1 << 30, 1 << 30
    for x, y in points:
        to_x, to_y = round(x * 10), round(y * 10)
        dx, dy = to_x - was_x, to_y - was_y
        if abs(dx) + abs(dy) >= finest * 10:
            words.append(f"{dx / 10:g}{dy / 10:+g}" if words else f"M{to_x / 10:g} {to_y / 10:g}l")
            was_x, was_y = to_x, to_y
    if len(words) < (4 if closed else 2):
        return ""
    return f"{words[0]}{' '.join(words[1:])}{'z' if closed else ''}"


def _clipped(points: list[Point], box: Box) -> list[Point]:
    """Return a ring cut to a box, side by side (Sutherland and Hodgman, 1974)."""
    for axis, edge, keep_above in ((0, box[0], True), (1, box[1], True), (0, box[2], False),
                                   (1, box[3], False)):  # fmt: skip
        if not points:
            break
        points = list(_cut(points, axis, edge, keep_above))
    return points


def _cut(points: list[Point], axis: int, edge: float, keep_above: bool) -> Iterator[Point]:
    before = points[-1]
    was = (before[axis] >= edge) is keep_above
    for point in points:
        inside = (point[axis] >= edge) is keep_above
        if inside is not was:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            yield (edge, other) if axis == 0 else (other, edge)
        if inside:
            yield point
        before, was = point, inside


def _names(view: View, swedish: bool, told: frozenset[str]) -> SafeString:
    """Name places that find room, the biggest first; those that a ring names are left to it."""
    taken: list[Box] = []
    parts: list[str] = []
    for place in shapes.names():
        name = place.sv if swedish else place.fi
        if view.zoom < NAMED_FROM.get(place.rank, 99) or name in told:
            continue
        x, y = view.at(place.lon, place.lat)
        half = len(name) * 3.6
        room = (x - half, y - 10, x + half, y + 10)
        if not (half < x < view.width - half and 10 < y < view.height - 10):
            continue
        if all(_apart(room, other) for other in taken):
            taken.append(room)
            text = '<text class="town" x="{}" y="{}">{}</text>'
            parts.append(format_html(text, round(x), round(y + 4), name))
    return mark_safe("".join(parts))


def _apart(a: Box, b: Box) -> bool:
    return a[0] > b[2] or b[0] > a[2] or a[1] > b[3] or b[1] > a[3]
