"""Lines and curves: the few shapes of the map, where they run and how long they are."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def moved(self, dx: float, dy: float) -> "Box":
        """The same rectangle elsewhere."""
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)


class Seg(NamedTuple):
    """A cubic curve by its four points; a straight line has its middle points on it."""

    x0: float
    y0: float
    x1: float
    y1: float
    x2: float
    y2: float
    x3: float
    y3: float
    straight: bool = False

    def at(self, t: float) -> tuple[float, float]:
        """The point at `t` from 0 to 1."""
        if self.straight:
            return self.x0 + (self.x3 - self.x0) * t, self.y0 + (self.y3 - self.y0) * t
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        return (
            a * self.x0 + b * self.x1 + c * self.x2 + d * self.x3,
            a * self.y0 + b * self.y1 + c * self.y2 + d * self.y3,
        )

    def length(self) -> float:
        """How long it is; a curve is measured along eight chords."""
        if self.straight:
            return float(((self.x3 - self.x0) ** 2 + (self.y3 - self.y0) ** 2) ** 0.5)
        total, x, y = 0.0, self.x0, self.y0
        for step in range(1, 9):
            nx, ny = self.at(step / 8)
            total += ((nx - x) ** 2 + (ny - y) ** 2) ** 0.5
            x, y = nx, ny
        return total

    def part(self, start: float, end: float) -> "Seg":
        """The piece between two values of `t`."""
        if self.straight:
            return line(*self.at(start), *self.at(end))
        third = (end - start) / 3
        (x0, y0), (x3, y3) = self.at(start), self.at(end)
        (dx0, dy0), (dx3, dy3) = self._slope(start), self._slope(end)
        return Seg(
            x0,
            y0,
            x0 + dx0 * third,
            y0 + dy0 * third,
            x3 - dx3 * third,
            y3 - dy3 * third,
            x3,
            y3,
        )

    def _slope(self, t: float) -> tuple[float, float]:
        u = 1 - t
        a, b, c = 3 * u * u, 6 * u * t, 3 * t * t
        return (
            a * (self.x1 - self.x0) + b * (self.x2 - self.x1) + c * (self.x3 - self.x2),
            a * (self.y1 - self.y0) + b * (self.y2 - self.y1) + c * (self.y3 - self.y2),
        )


def line(x0: float, y0: float, x3: float, y3: float) -> Seg:
    """A straight piece."""
    return Seg(x0, y0, x0, y0, x3, y3, x3, y3, True)


def swing(x0: float, y0: float, x3: float, y3: float, *, upright: bool = False) -> Seg:
    """The map's curve: leaves and arrives along the line's own direction."""
    if upright:
        bend = (y3 - y0) * 0.52
        return Seg(x0, y0, x0, y0 + bend, x3, y3 - bend, x3, y3)
    bend = (x3 - x0) * 0.52
    return Seg(x0, y0, x0 + bend, y0, x3 - bend, y3, x3, y3)


def cover(seg: Seg, pad: float, steps: int = 5) -> Iterator[Box]:
    """Rectangles that together cover a piece, `pad` wider on every side."""
    if seg.straight:
        steps = 1
    x, y = seg.x0, seg.y0
    for step in range(1, steps + 1):
        nx, ny = seg.at(step / steps)
        yield Box(min(x, nx) - pad, min(y, ny) - pad, max(x, nx) + pad, max(y, ny) + pad)
        x, y = nx, ny


@lru_cache(maxsize=512)
def swing_cover(x0: float, y0: float, x3: float, y3: float) -> tuple[Box, ...]:
    """What covers a swing between two points; lanes come in few heights, so this is kept."""
    return tuple(cover(swing(x0, y0, x3, y3), 3))


def trim(segs: list[Seg], start: float, end: float) -> list[Seg]:
    """A run of pieces without its first `start` and last `end` units of length."""
    if start > 0:
        segs = _shorten(segs, start)
    if end <= 0:
        return segs
    backward = [_reverse(seg) for seg in reversed(segs)]
    return [_reverse(seg) for seg in reversed(_shorten(backward, end))]


def _reverse(seg: Seg) -> Seg:
    return Seg(seg.x3, seg.y3, seg.x2, seg.y2, seg.x1, seg.y1, seg.x0, seg.y0, seg.straight)


def _shorten(segs: list[Seg], away: float) -> list[Seg]:
    rest = list(segs)
    while rest and away > 0:
        length = rest[0].length()
        if length > away:
            # Near its ends a swing hardly bends: its length grows evenly enough with t there.
            share = away / length
            rest[0] = rest[0].part(share if rest[0].straight else _time_of(rest[0], away), 1)
            return rest
        away -= length
        rest.pop(0)
    return rest


def _time_of(seg: Seg, away: float) -> float:
    x, y, walked = seg.x0, seg.y0, 0.0
    for step in range(1, 17):
        nx, ny = seg.at(step / 16)
        chord: float = ((nx - x) ** 2 + (ny - y) ** 2) ** 0.5
        if walked + chord >= away:
            return (step - 1 + (away - walked) / chord) / 16
        walked, x, y = walked + chord, nx, ny
    return 1.0
