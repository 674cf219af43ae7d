"""The wide layout: time runs to the right, labels stand above and below the line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .geometry import Box, Seg, line, swing, swing_cover, trim
from .labels import WIDE, Sizes, set_label
from .labels import Words as Set
from .layout import Layout, Leg, Mark, Way
from .nouns import Theme
from .route import Aside, Block, Item, Single
from .solve import Place, Spread, extent, needs, place_all, spread
from .stops import Stop

EDGE = 6.0
LANE = 44.0
STEP = 68.0
TAIL = 46.0
WIDEST_GAP = 180.0
ASIDE_X, ASIDE_Y = 40.0, 30.0


class Spot(NamedTuple):
    """A point that hangs on a place of the line."""

    place: int
    dx: float = 0.0
    y: float = 0.0


class Run(NamedTuple):
    """A leg before places have coordinates: spots joined by lines, or by swings where y changes."""

    spots: tuple[Spot, ...]
    theme: Theme | None
    way: Way
    trim: tuple[float, float]


class Pin(NamedTuple):
    """A mark before places have coordinates; `box` is its label's, from the place."""

    spot: Spot
    stop: Stop
    words: Set
    box: Box
    anchor: Literal["start", "middle"]


def reach(dy: float) -> float:
    """How far along the line a swing of the given height runs."""
    return min(150.0, 42 + 0.8 * abs(dy))


def clear(stop: Stop) -> float:
    """How much of a dotted leg is left out at a stop."""
    return stop.radius + 8


def parting(lane: int, count: int) -> float:
    """Where the dots of a line begin after a fork, so that no two lines' dots touch."""
    aside = abs(lane - (count - 1) / 2)
    return 0.0 if count == 1 else 13 + 15 * aside


@dataclass(slots=True)
class Draft:
    """A route measured with one label width, before it is spread over the room."""

    items: Sequence[Item]
    label: float
    sizes: Sizes = WIDE
    places: list[Place] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    last: Spot | None = None
    theme: Theme | None = None
    free: float = 0.0

    def __post_init__(self) -> None:
        sides = _sides(self.items)
        for index, item in enumerate(self.items):
            final = index == len(self.items) - 1
            if isinstance(item, Block):
                self._block(item, final)
            elif isinstance(item, Aside):
                self._aside(item.stop, sides[index], final)
            else:
                self._single(item.stop, sides[index], final)

    def _place(self, boxes: list[Box], least: float, share: float) -> int:
        self.places.append(Place(boxes, least, share))
        return len(self.places) - 1

    def _to(self, spot: Spot, theme: Theme | None, way: Way, free: float) -> None:
        """Draw the line on from where it ended, and remember the new end."""
        if self.last is not None:
            self.runs.append(Run((self.last, spot), theme, way, (self.free, free)))
        self.last, self.theme, self.free = spot, theme, free

    def _pin(self, place: int, dx: float, y: float, stop: Stop, words: Set, up: bool) -> list[Box]:
        """Pin a stop with its label; the rectangles it takes, the label's first."""
        first = len(self.items) > 1 and place == 0
        radius = stop.radius
        off = radius + (4 if stop.kind in ("now", "start") else 8)
        top = y - off - words.height if up else y + off
        left = dx - min(radius, 12) if first else dx - words.width / 2
        box = Box(left, top, left + words.width, top + words.height)
        self.pins.append(Pin(Spot(place, dx, y), stop, words, box, "start" if first else "middle"))
        return [box, Box(dx - radius, y - radius, dx + radius, y + radius)]

    def _tail(self, place: int, y: float, stop: Stop) -> None:
        """The line goes on, open, after the last thing that is not behind."""
        if stop.kind not in ("now", "proposed", "planned", "fold", "more", "start", "today"):
            return
        if stop.kind in ("fold", "more") and not stop.ahead:
            return
        far = stop.radius + (TAIL if stop.kind != "start" else 3 * TAIL)
        spots = (Spot(place, 0, y), Spot(place, far, y))
        theme = stop.theme or self.theme
        self.runs.append(Run(spots, theme, "ahead", (clear(stop), 0)))
        old = self.places[place]
        self.places[place] = Place(
            [*old.boxes, Box(stop.radius, y - 4, far + 4, y + 4)], old.least, old.share
        )

    def _single(self, stop: Stop, up: bool, final: bool) -> None:
        words = set_label(stop, self.label, self.sizes)
        index = len(self.places)
        boxes = self._pin(index, 0, 0, stop, words, up)
        self._place(boxes, STEP, 1)
        way: Way = "ahead" if stop.ahead else "done"
        self._to(Spot(index), stop.theme or self.theme, way, clear(stop))
        if final:
            self._tail(index, 0, stop)

    def _aside(self, stop: Stop, up: bool, final: bool) -> None:
        words = set_label(stop, self.label, self.sizes)
        y = -ASIDE_Y if up else ASIDE_Y
        index = len(self.places)
        boxes = self._pin(index, ASIDE_X, y, stop, words, up)
        bar = Box(ASIDE_X, y - 7, ASIDE_X + 17, y + 7)
        self._place([*boxes, bar, *swing_cover(0, 0, ASIDE_X - 6, y)], 34, 0.62)
        spots = (Spot(index), Spot(index, ASIDE_X - 6, y), Spot(index, ASIDE_X + 14, y))
        self.runs.append(Run(spots, stop.theme, "ended", (0, 0)))
        if self.last is None:
            self.last, self.theme = Spot(index), stop.theme
        elif final:
            self._to(Spot(index), self.theme, "done", 0)

    def _block(self, block: Block, final: bool) -> None:
        lines = block.lines
        words = [[set_label(stop, self.label, self.sizes) for stop in ln] for ln in lines]
        ys = lane_ys([max(w.height for w in line) for line in words], lines)
        first = lines[0][0]
        split = self._place([b for y in ys for b in swing_cover(0, 0, reach(y), y)], 10, 0.4)
        way: Way = "ahead" if block.ahead else "done"
        self._to(Spot(split), self.theme or first.theme, way, 0)
        columns = _columns(lines)
        count = max(len(line) for line in lines)
        boxes: list[list[Box]] = [[] for _ in range(count)]
        for line_no, ln in enumerate(lines):
            for stop_no, stop in enumerate(ln):
                column = columns[line_no][stop_no]
                up = ys[line_no] < 0
                place = split + 1 + column
                label = words[line_no][stop_no]
                boxes[column] += self._pin(place, 0, ys[line_no], stop, label, up)
        widest = max(reach(y) for y in ys) + max(stop.radius for ln in lines for stop in ln[:1])
        for column in range(count):
            self._place(boxes[column], widest if column == 0 else STEP, 1)
        self._lanes(block, ys, split, columns)
        if final:
            for line_no, ln in enumerate(lines):
                self._tail(split + 1 + columns[line_no][-1], ys[line_no], ln[-1])
            return
        self._join(block, ys, split + count, [split + 1 + c[-1] for c in columns])

    def _lanes(self, block: Block, ys: list[float], split: int, columns: list[list[int]]) -> None:
        for lane, (ln, y, taken) in enumerate(zip(block.lines, ys, columns, strict=True)):
            spots: tuple[Spot, ...] = (Spot(split), Spot(split, reach(y), y))
            free = parting(lane, len(ys))
            theme = self.theme
            for stop, column in zip(ln, taken, strict=True):
                end = Spot(split + 1 + column, 0, y)
                theme = stop.theme or theme
                way: Way = "ahead" if stop.ahead else "done"
                self.runs.append(Run((*spots, end), theme, way, (free, clear(stop))))
                spots, free = (end,), clear(stop)

    def _join(self, block: Block, ys: list[float], last: int, ends: list[int]) -> None:
        least = 8 + max(line[-1].radius for line in block.lines)
        far = max(reach(y) for y in ys)
        curves = [b for y in ys for b in swing_cover(far - reach(y), y, far, 0)]
        join = self._place(curves, least, 0.4)
        way: Way = "ahead" if block.ahead or block.live else "done"
        for lane, (ln, y, end) in enumerate(zip(block.lines, ys, ends, strict=True)):
            start, free, theme = Spot(end, 0, y), clear(ln[-1]), ln[-1].theme or self.theme
            if block.live and ln[-1].kind == "done" and end < last:
                now = Spot(last, 0, y)
                self.runs.append(Run((start, now), theme, "done", (0, 0)))
                start, free = now, 12
            spots = (start, Spot(join, far - reach(y), y), Spot(join, far, 0))
            self.runs.append(Run(spots, theme, way, (free, parting(lane, len(ys)))))
        self.last, self.free = Spot(join, far, 0), 0
        self.theme = block.lines[0][-1].theme or self.theme

    def fit(self, width: float) -> Spread | None:
        """Coordinates of the places, and the even gap, if the draft has room in the width."""
        return spread(self.places, needs(self.places), EDGE, width - EDGE, WIDEST_GAP)

    def tight(self) -> list[float]:
        """The tightest coordinates, room or no room."""
        return place_all(self.places, needs(self.places), 0, EDGE)

    def excess(self, width: float) -> float:
        """By how much the tightest placing is too wide; 0 or less when it fits."""
        return extent(self.places, self.tight()) - (width - EDGE)

    def finish(self, at: list[float], width: float) -> Layout:
        """The layout, with the places where they were put."""
        top = min(box.top for place in self.places for box in place.boxes) - EDGE
        bottom = max(box.bottom for place in self.places for box in place.boxes) + EDGE
        marks = tuple(
            Mark(
                at[pin.spot.place] + pin.spot.dx,
                pin.spot.y - top,
                pin.stop,
                pin.words,
                pin.box.moved(at[pin.spot.place], -top),
                pin.anchor,
            )
            for pin in self.pins
        )
        legs = (_leg(run, at, top) for run in self.runs)
        return Layout("wide", width, bottom - top, marks, tuple(leg for leg in legs if leg.segs))


def _leg(run: Run, at: list[float], top: float) -> Leg:
    points = [(at[spot.place] + spot.dx, spot.y - top) for spot in run.spots]
    segs: list[Seg] = []
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        if x1 - x0 > 0.05:
            segs.append(line(x0, y0, x1, y1) if abs(y1 - y0) < 0.05 else swing(x0, y0, x1, y1))
    if run.way == "ahead":
        segs = trim(segs, *run.trim)
    return Leg(tuple(segs), run.theme, run.way)


def _sides(items: Sequence[Item]) -> list[bool]:
    """Whether the label stands above, item by item: in turns, and below at what goes on now."""
    single = [i for i, item in enumerate(items) if not isinstance(item, Block)]
    turn = 0
    for order, index in enumerate(single):
        item = items[index]
        if isinstance(item, Single) and item.stop.kind in ("now", "start"):
            turn = order
    up = [False] * len(items)
    for order, index in enumerate(single):
        up[index] = (order - turn) % 2 == 1
    return up


def _columns(lines: Sequence[Sequence[Stop]]) -> list[list[int]]:
    """Which column each stop of each line takes: spread evenly, what goes on now at the end."""
    count = max(len(line) for line in lines)
    columns = []
    for ln in lines:
        taken = [int((place + 0.5) * count / len(ln)) for place in range(len(ln))]
        if ln[-1].kind == "now":
            taken[-1] = count - 1
        columns.append(taken)
    return columns


def lane_ys(heights: Sequence[float], lines: Sequence[Sequence[Stop]]) -> list[float]:
    """Heights of the lines of a block, from the top: room for the labels between them.

    Labels stand above the upper lines and below the middle and lower ones.
    """
    count = len(lines)
    half = count // 2
    radii = [max(stop.radius for stop in line) for line in lines]
    ys = [0.0] * count
    for lane in range(half - 1, -1, -1):
        inner = lane + 1
        if lane == half - 1:
            ys[lane] = -max(LANE if count % 2 == 0 else LANE + 8, radii[lane] + radii[inner] + 18)
        else:
            ys[lane] = ys[inner] - radii[inner] - heights[inner] - radii[lane] - 18
    for lane in range(half + count % 2, count):
        inner = lane - 1
        if lane == half and count % 2 == 0:
            ys[lane] = LANE
        else:
            ys[lane] = ys[inner] + radii[inner] + heights[inner] + radii[lane] + 18
    return ys
