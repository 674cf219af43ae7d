"""Random paths as odd as real ones get, and what must hold for every layout of them."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import strategies as st

from polku.paths.picture import Layout, Station
from polku.paths.picture.geometry import Box
from polku.paths.picture.nouns import STATES, THEMES

WORDS = (
    "työllistymissuunnitelmaneuvottelu",
    "ammatinvalinnanohjauskeskustelu",
    "Kuntouttavan työtoiminnan ryhmä",
    "Hygieniapassi",
    "CV",
    "Åland & <Öarna>",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "10.–12.11.2026",
    "työkokeilu-palkkatukityö-oppisopimusyhdistelmä",
    "Урок русского языка",
    "漢字の教室",
    "",
)
DAY = date(2026, 11, 20)


def labels() -> st.SearchStrategy[str]:
    """Field words one to six at a time, now and then any text at all."""
    known = st.lists(st.sampled_from(WORDS), min_size=0, max_size=6).map(" ".join)
    return st.one_of(known, known, st.text(max_size=80))


@st.composite
def stations(draw: st.DrawFn, key: str) -> Station:
    """One step; its dates may be missing, inverted or on the same day."""
    days = st.none() | st.integers(-900, 700).map(lambda n: DAY + timedelta(days=n))
    return Station(
        key=key,
        label=draw(labels()),
        theme=draw(st.sampled_from(THEMES)),
        state=draw(st.sampled_from(STATES)),
        starts=draw(days),
        ends=draw(days),
        when=draw(st.sampled_from(("", "9–11/2024", "joka toinen viikko", WORDS[0]))),
        branch=draw(st.sampled_from((None, None, "a", "b", "c"))),
        arm=draw(st.sampled_from((None, None, "x", "y"))),
        turn=draw(st.sampled_from((None, None, "Mirjan vuoro", WORDS[0]))),
        href=draw(st.sampled_from((None, "/askel/1?a=1&b=2"))),
    )


@st.composite
def paths(draw: st.DrawFn, most: int = 60) -> tuple[Station, ...]:
    """A path of up to `most` steps."""
    count = draw(st.one_of(st.integers(0, 12), st.integers(0, most)))
    return tuple(draw(stations(f"k{number}")) for number in range(count))


def faults(layout: Layout) -> list[str]:
    """Everything that lies where it must not, in words; empty for a sound layout."""
    found = [*_outside(layout), *_labels_meet(layout), *_label_on_stop(layout)]
    return [*found, *_label_on_line(layout), *_stops_meet(layout)]


def _meet(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def _outside(layout: Layout) -> list[str]:
    room = Box(0, 0, layout.width + 0.01, layout.height + 0.01)
    boxes = [("label", m.box) for m in layout.marks]
    boxes += [("stop", _disc(m.x, m.y, m.stop.radius)) for m in layout.marks]
    for leg in layout.legs:
        points = [seg.at(step / 8) for seg in leg.segs for step in range(9)]
        boxes += [("line", Box(x - 3, y - 3, x + 3, y + 3)) for x, y in points]
    return [
        f"{what} outside: {box}"
        for what, box in boxes
        if box.left < -0.01 or box.top < -0.01 or box.right > room.right or box.bottom > room.bottom
    ]


def _disc(x: float, y: float, r: float) -> Box:
    return Box(x - r, y - r, x + r, y + r)


def _labels_meet(layout: Layout) -> list[str]:
    return [
        f"labels meet: {one.stop.key} {one.box}, {other.stop.key} {other.box}"
        for one, other in combinations(layout.marks, 2)
        if _meet(one.box, other.box)
    ]


def _label_on_stop(layout: Layout) -> list[str]:
    return [
        f"label of {one.stop.key} {one.box} on stop {other.stop.key} at {other.x}, {other.y}"
        for one in layout.marks
        for other in layout.marks
        if _meet(one.box, _disc(other.x, other.y, min(other.stop.radius, 20)))
    ]


def _label_on_line(layout: Layout) -> list[str]:
    found = []
    for leg in layout.legs:
        for seg in leg.segs:
            steps = max(2, int(seg.length() / 2))
            for step in range(steps + 1):
                x, y = seg.at(step / steps)
                for mark in layout.marks:
                    box = mark.box
                    if box.left < x + 3 and x - 3 < box.right and box.top < y + 3 < box.bottom + 6:
                        found.append(f"line at {x:.0f}, {y:.0f} on label {mark.stop.key} {box}")
    return found


def _stops_meet(layout: Layout) -> list[str]:
    return [
        f"stops meet: {one.stop.key} and {other.stop.key}"
        for one, other in combinations(layout.marks, 2)
        if _meet(
            _disc(one.x, one.y, min(one.stop.radius, 20)),
            _disc(other.x, other.y, min(other.stop.radius, 20)),
        )
    ]
