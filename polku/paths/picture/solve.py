"""Placing along the line: places as far apart as their things need, evenly where there is room."""

from dataclasses import dataclass, field
from typing import NamedTuple

from .geometry import Box

PAD = 9.0


@dataclass(slots=True)
class Place:
    """A point on the line and what hangs on it, as rectangles from that point.

    `least` is the distance from the place before that is always kept; `share` says how much of
    the even gap is added to it.
    """

    boxes: list[Box]
    least: float
    share: float = 1.0
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = min(box.left for box in self.boxes)
        self.right = max(box.right for box in self.boxes)


# For each place: the earlier places it must keep away from, and how far.
Needs = list[list[tuple[int, float]]]


def needs(places: list[Place]) -> Needs:
    """Distances that keep the things of all places apart."""
    reach = max((place.right for place in places), default=0.0)
    found: Needs = []
    for later, place in enumerate(places):
        walked = 0.0
        wanted: list[tuple[int, float]] = []
        for earlier in range(later - 1, -1, -1):
            walked += places[earlier + 1].least
            if walked > reach - place.left + PAD:
                break
            apart = _apart(places[earlier].boxes, place.boxes)
            if apart > walked:
                wanted.append((earlier, apart))
        found.append(wanted)
    return found


def _apart(before: list[Box], after: list[Box]) -> float:
    most = 0.0
    for one in before:
        _, top, right, bottom = one
        for other in after:
            if top < other[3] + 5 and other[1] < bottom + 5 and right - other[0] + PAD > most:
                most = right - other[0] + PAD
    return most


def place_all(places: list[Place], wants: Needs, gap: float, edge: float) -> list[float]:
    """Coordinates with the given even gap; nothing lies before `edge`."""
    found: list[float] = []
    for place, before in zip(places, wants, strict=True):
        at = edge - place.left
        if found:
            even = place.share * gap
            near = found[-1] + (place.least if place.least > even else even)
            if near > at:
                at = near
        for earlier, apart in before:
            if found[earlier] + apart > at:
                at = found[earlier] + apart
        found.append(at)
    return found


def extent(places: list[Place], at: list[float]) -> float:
    """The far end of everything placed."""
    return max(x + place.right for x, place in zip(at, places, strict=True))


class Spread(NamedTuple):
    """Coordinates of all places, and the even gap that they allow."""

    at: list[float]
    gap: float


def spread(
    places: list[Place], wants: Needs, edge: float, room: float, widest: float
) -> Spread | None:
    """The most even placing that ends before `room`, with no gap above `widest`; None if none."""
    tight = place_all(places, wants, 0, edge)
    if extent(places, tight) > room:
        return None
    wide = place_all(places, wants, widest, edge)
    if extent(places, wide) <= room:
        return Spread(wide, widest)
    low, high, best = 0.0, widest, tight
    for _ in range(6):
        gap = (low + high) / 2
        tried = place_all(places, wants, gap, edge)
        if extent(places, tried) <= room:
            low, best = gap, tried
        else:
            high = gap
    return Spread(best, low)
