"""Small pictures of two series: a band for the interval, a mark of its own shape for the mean.

Drawn on the server, without style attributes, so that the same picture stands on paper. Today is a
circle, what if a diamond; the names stand beside them, so that no colour speaks alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from polku.insight.numbers import shown

Span = tuple[float, float, float]  # low, mean, high
Span2 = tuple[float, float]
Point = tuple[float, float, float, float]  # week, mean, low, high
WIDE, HIGH, LEFT, RIGHT = 320, 104, 66.0, 302.0
COURSE_HIGH, TOP, BOTTOM = 168, 10.0, 140.0
ROWS = (24.0, 56.0)  # where the two series stand
AXIS = 80.0
LEAST_BAND = 4.0


def ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Return round numbers that hold `low` and `high` between the first and the last."""
    if high - low < 1e-9:
        # Nothing is spread: some room about it, and none below a zero.
        room = max(abs(low) * 0.1, 0.5)
        low, high = low - room if low else 0.0, high + room
    rough = (high - low) / most
    size = 10.0 ** floor(log10(rough))
    step = next(size * by for by in (1, 2, 2.5, 5, 10) if size * by >= rough * 0.999)
    first, last = floor(low / step + 1e-9), -floor(-high / step + 1e-9)
    return [round(step * at, 10) for at in range(first, last + 1)]


def _places(marks: Sequence[float]) -> int:
    step = min((b - a for a, b in pairwise(marks)), default=1.0)
    return next((n for n in range(4) if abs(step * 10**n - round(step * 10**n)) < 1e-6), 3)


def _diamond(x: float, y: float) -> SafeString:
    return format_html('<path class="then" d="M{} {}l7 7l-7 7l-7 -7z"/>', f"{x:.1f}", f"{y - 7:g}")


def room(low: float, high: float, least: float, most: float | None = None) -> Span2:
    """Return an axis at least `least` long, so that nothing small looks great; from 0 to `most`."""
    more = max(0.0, least - (high - low)) / 2
    low, high = low - more, high + more
    if low < 0 <= high:
        low, high = 0.0, max(high, least)
    if most is not None and high > most:
        low, high = max(0.0, min(low, most - least)), most
    return low, high


def pair(
    today: Span, other: Span, *, label: str, words: tuple[str, str], least: float = 0.0,
    most: float | None = None,
) -> SafeString:  # fmt: skip
    """Draw two means with their intervals above one axis; `label` says the same in words."""
    ends = [*today, *other]
    marks = ticks(*room(min(ends), max(ends), least, most))
    wide = marks[-1] - marks[0]

    def x(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (value - marks[0]) / wide

    drawn = [_axis(marks, x)]
    for (low, mean, high), y, css, word in zip(
        (today, other), ROWS, ("now", "then"), words, strict=True
    ):
        long = max(x(high) - x(low), LEAST_BAND)
        drawn.append(format_html(
            '<text class="name" x="0" y="{}">{}</text>'
            '<rect class="band {}" x="{}" y="{}" width="{}" height="20" rx="3"/>',
            f"{y + 4:g}", word, css, f"{(x(low) + x(high) - long) / 2:.1f}", f"{y - 10:g}",
            f"{long:.1f}",
        ))  # fmt: skip
        drawn.append(
            format_html('<circle class="now" cx="{}" cy="{}" r="6.5"/>', f"{x(mean):.1f}", f"{y:g}")
            if css == "now" else _diamond(x(mean), y)
        )  # fmt: skip
    return _svg(drawn, HIGH, label)


def _axis(marks: Sequence[float], x: object) -> SafeString:
    places = _places(marks)
    lines = format_html_join(
        "",
        '<line class="grid" x1="{0}" x2="{0}" y1="8" y2="{1}"/>'
        '<text class="tick" x="{0}" y="{2}">{3}</text>',
        (
            (f"{x(one):.1f}", f"{AXIS:g}", f"{AXIS + 17:g}", shown(one, places))  # type: ignore[operator]
            for one in _few(marks)
        ),
    )
    return format_html(
        '{}<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        lines, f"{LEFT:g}", f"{RIGHT:g}", f"{AXIS:g}", f"{AXIS:g}",
    )  # fmt: skip


def _few(marks: Sequence[float]) -> Sequence[float]:
    return marks[::2] if len(marks) > 5 else marks


def course(
    today: Sequence[Point], other: Sequence[Point], *, label: str, words: tuple[str, str]
) -> SafeString:
    """Draw two courses over the weeks, each a line in a band; `label` says the same in words."""
    tops = [one[3] for one in (*today, *other)]
    marks = ticks(0.0, max(tops), 3)
    last = today[-1][0]

    def at(week: float, value: float) -> str:
        x = LEFT - 20 + (RIGHT - LEFT + 12) * (week - 1) / max(last - 1, 1)
        return f"{x:.1f} {BOTTOM - (BOTTOM - TOP) * value / marks[-1]:.1f}"

    places = _places(marks)
    drawn = [format_html_join(
        "",
        '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="side" x="40" y="{}">'
        "{}</text>",
        (
            (f"{LEFT - 20:g}", f"{RIGHT - 8:g}", *[at(1, one).split()[1]] * 2,
             f"{float(at(1, one).split()[1]) + 4:.1f}", shown(one, places))
            for one in marks
        ),
    )]  # fmt: skip
    for points, css in ((today, "now"), (other, "then")):
        over = [at(one[0], one[3]) for one in points]
        under = [at(one[0], one[2]) for one in reversed(points)]
        line = "L".join(at(one[0], one[1]) for one in points)
        drawn.append(format_html(
            '<path class="band {0}" d="M{1}z"/><path class="line {0}" d="M{2}"/>',
            css, "L".join([*over, *under]), line,
        ))  # fmt: skip
        x, y = (float(one) for one in at(points[-1][0], points[-1][1]).split())
        drawn.append(
            format_html('<circle class="now" cx="{}" cy="{}" r="5"/>', x, y)
            if css == "now" else _diamond(x, y)
        )  # fmt: skip
    drawn.append(format_html(
        '<text class="tick" x="{}" y="160">{}</text><text class="side" x="{}" y="160">{}</text>',
        f"{LEFT - 8:g}", words[0], f"{RIGHT - 2:g}", words[1],
    ))  # fmt: skip
    return _svg(drawn, COURSE_HIGH, label)


def _svg(drawn: Sequence[SafeString], high: int, label: str) -> SafeString:
    return format_html(
        '<svg class="what-if" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDE, high, label, mark_safe("".join(drawn)),
    )  # fmt: skip
