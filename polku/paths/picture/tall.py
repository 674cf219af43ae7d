"""The tall layout: time runs downwards, one row for each stop, labels to the right of all lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .geometry import Box, Seg, line, swing, trim
from .labels import TALL, Sizes, set_label
from .labels import Words as Set
from .layout import Layout, Leg, Mark, Way
from .nouns import Theme
from .route import Aside, Block, Item
from .stops import Stop

TRUNK = 27.0
LANE = 27.0
TO_LABEL = 31.0
ROW_GAP = 14.0
SWING = 40.0
TAIL = 34.0
EDGE = 6.0
WIDEST_LABEL = 380.0


def parting(x: float) -> float:
    """Where the dots of a line begin after a fork, so that no two lines' dots touch."""
    return 13.0 if x == TRUNK else 17 + 5 * (x - TRUNK) / LANE


@dataclass(slots=True)
class Column:
    """A route set downwards in the given width."""

    items: Sequence[Item]
    width: float
    sizes: Sizes = TALL
    marks: list[Mark] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    at: float | None = None
    theme: Theme | None = None
    free: float = 0.0
    line_floor: float = EDGE
    label_floor: float = EDGE

    def __post_init__(self) -> None:
        for index, item in enumerate(self.items):
            final = index == len(self.items) - 1
            if isinstance(item, Block):
                self._block(item, final)
            elif isinstance(item, Aside):
                self._aside(item.stop, final)
            else:
                self._single(item.stop, final)

    def _leg(
        self, segs: list[Seg], theme: Theme | None, way: Way, start: float, end: float
    ) -> None:
        kept = [seg for seg in segs if seg.y3 - seg.y0 > 0.05]
        if way == "ahead":
            kept = trim(kept, start, end)
        if kept:
            self.legs.append(Leg(tuple(kept), theme, way))

    def _to(self, y: float, theme: Theme | None, way: Way, free: float) -> None:
        """Draw the trunk on to a height, and remember the new end."""
        if self.at is not None:
            self._leg([line(TRUNK, self.at, TRUNK, y)], theme, way, self.free, free)
        self.at, self.theme, self.free = y, theme, free

    def _row(self, stop: Stop, x: float, label_x: float, least: float) -> float:
        """Set a stop and its label in the next row; its height on the page."""
        room = min(WIDEST_LABEL, self.width - label_x - EDGE)
        words = set_label(stop, room if not stop.turn else room / 1.35, self.sizes)
        middle = _middle(words)
        y = max(least, self.label_floor + middle, self.line_floor + stop.radius + 6)
        top = y - middle
        box = Box(label_x, top, label_x + words.width, top + words.height)
        self.marks.append(Mark(x, y, stop, words, box, "start"))
        self.label_floor = max(self.label_floor, box.bottom + ROW_GAP)
        self.line_floor = max(self.line_floor, y + stop.radius + 8)
        return y

    def _tail(self, x: float, y: float, stop: Stop) -> None:
        if stop.kind in ("done", "ended") or (stop.kind in ("fold", "more") and not stop.ahead):
            return
        start, far = stop.radius + 8, stop.radius + (TAIL if stop.kind != "start" else 2 * TAIL)
        theme = stop.theme or self.theme
        self._leg([line(x, y, x, y + far)], theme, "ahead", start, 0)
        self.line_floor = max(self.line_floor, y + far + 4)

    def _single(self, stop: Stop, final: bool) -> None:
        least = 0.0 if self.at is None else self.at + (46 if self.free else stop.radius + 10)
        y = self._row(stop, TRUNK, TRUNK + TO_LABEL, least)
        way: Way = "ahead" if stop.ahead else "done"
        self._to(y, stop.theme or self.theme, way, stop.radius + 8)
        if final:
            self._tail(TRUNK, y, stop)

    def _aside(self, stop: Stop, final: bool) -> None:
        x = TRUNK + LANE - 3
        least = self.line_floor + 40
        y = self._row(stop, x, x + TO_LABEL - 7, least)
        leave = y - 38
        self._leg(
            [swing(TRUNK, leave, x, y - 5, upright=True), line(x, y - 5, x, y + 14)],
            stop.theme,
            "ended",
            0,
            0,
        )
        self.line_floor = max(self.line_floor, y + 18)
        if self.at is None:
            self.at, self.theme = leave, stop.theme
        elif final:
            self._to(leave, self.theme, "done", 0)

    def _block(self, block: Block, final: bool) -> None:
        lines = block.lines
        split = max(self.line_floor, self.label_floor - ROW_GAP - 8)
        if self.at is None:
            split = EDGE + 4
        way: Way = "ahead" if block.ahead else "done"
        self._to(split, self.theme or lines[0][0].theme, way, 0)
        xs = [TRUNK + LANE * lane for lane in range(len(lines))]
        if block.fork:
            xs.reverse()
        ends: list[tuple[float, float]] = [(split, 0.0)] * len(lines)
        themes = [self.theme] * len(lines)
        swung = SWING if len(lines) > 1 else 0.0
        self.line_floor = max(self.line_floor, split + swung - 8)
        label_x = TRUNK + LANE * (len(lines) - 1) + TO_LABEL
        for lane, stop in _rows(block):
            start, free = ends[lane]
            y = self._row(stop, xs[lane], label_x, start + swung)
            segs = _down(start, xs[lane], y, split)
            themes[lane] = stop.theme or themes[lane]
            kind: Way = "ahead" if stop.ahead else "done"
            self._leg(segs, themes[lane], kind, free or parting(xs[lane]), stop.radius + 8)
            ends[lane] = (y, stop.radius + 8)
            if final and stop is lines[lane][-1]:
                self._tail(xs[lane], y, stop)
        if not final:
            self._join(block, xs, ends, themes)

    def _join(
        self,
        block: Block,
        xs: list[float],
        ends: list[tuple[float, float]],
        themes: list[Theme | None],
    ) -> None:
        low = max(self.line_floor, max(y for y, _ in ends))
        today = max((m.y for m in self.marks if m.stop.kind == "now"), default=0.0)
        way: Way = "ahead" if block.ahead or block.live else "done"
        for ln, x, (y, free), theme in zip(block.lines, xs, ends, themes, strict=True):
            if block.live and ln[-1].kind == "done" and y < today:
                self._leg([line(x, y, x, today)], theme, "done", 0, 0)
                y, free = today, 12
            segs = [line(x, y, x, low)]
            if x > TRUNK:
                segs.append(swing(x, low, TRUNK, low + SWING, upright=True))
            else:
                segs.append(line(x, low, x, low + SWING))
            self._leg(segs, theme, way, free, parting(x))
        self.at, self.theme, self.free = low + SWING, themes[0], 0
        self.line_floor = low + SWING - 6
        self.label_floor = max(self.label_floor, low + SWING - 4)

    def finish(self) -> Layout:
        """The layout; its height is what the rows needed."""
        low = max([m.box.bottom for m in self.marks] + [self.line_floor - 4])
        return Layout("tall", self.width, low + EDGE, tuple(self.marks), tuple(self.legs))


def _middle(words: Set) -> float:
    """From the top of a label to the middle of its first title row (or its first row)."""
    rows = words.rows
    first = next((row for row in rows if row.kind == "title"), rows[0] if rows else None)
    return first.base - 5.5 if first else 0.0


def _down(start: float, x: float, y: float, split: float) -> list[Seg]:
    """From the split (or the stop before) down to a stop on its line."""
    if start > split or x == TRUNK:
        return [line(x, start, x, y)]
    return [
        swing(TRUNK, split, x, split + SWING, upright=True),
        line(x, split + SWING, x, y),
    ]


def _rows(block: Block) -> Iterator[tuple[int, Stop]]:
    """A block row by row: a fork arm after arm, other lines by time with what goes on last."""
    if block.fork:
        for lane, ln in enumerate(block.lines):
            for stop in ln:
                yield lane, stop
        return
    rows: list[tuple[bool, int, int, int, Stop]] = []
    for lane, ln in enumerate(block.lines):
        latest = 0
        for place, stop in enumerate(ln):
            latest = max(latest, stop.since)
            rows.append((stop.kind == "now", latest, lane, place, stop))
    rows.sort(key=lambda row: row[:4])
    for _, _, lane, _, stop in rows:
        yield lane, stop
