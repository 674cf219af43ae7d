"""Labels: the words of a stop as measured rows."""

from functools import lru_cache
from typing import NamedTuple

from .metrics import text_width
from .stops import Stop
from .wrap import clean, shorten, wrap


class Row(NamedTuple):
    """One line of text: its kind, and its baseline and middle from the top of the label."""

    text: str
    kind: str  # eyebrow, title, when, turn
    base: float
    width: float


class Words(NamedTuple):
    """A label set in rows, with its size; `cut` when something had to be left out."""

    rows: tuple[Row, ...]
    width: float
    height: float
    cut: bool


class Sizes(NamedTuple):
    """Type sizes and line heights of one layout."""

    title: float
    title_line: float
    small: float
    small_line: float


WIDE = Sizes(14.5, 18, 12.5, 16.5)
TALL = Sizes(16, 21, 13.5, 18)
PILL_PAD = 9.0
PILL_HEIGHT = 22.0


@lru_cache(maxsize=512)
def set_label(stop: Stop, width: float, sizes: Sizes) -> Words:
    """The label of a stop: title in three rows at most, the rest in two, none above `width`.

    Only the pill that names whose turn it is may be a third wider: a name cut short names nobody.
    """
    if stop.kind == "start":
        width = max(width, 200.0)
    rows: list[Row] = []
    y, cut = 0.0, False
    if stop.eyebrow:
        y += sizes.small_line
        text = shorten(clean(stop.eyebrow), width, sizes.small)
        rows.append(Row(text, "eyebrow", y - 4, text_width(text, sizes.small)))
    lines, cut = wrap(stop.title, width, sizes.title)
    for text in lines:
        y += sizes.title_line
        rows.append(Row(text, "title", y - 4, text_width(text, sizes.title)))
    lines, short = wrap(stop.sub, width, sizes.small, most=3 if stop.kind == "start" else 2)
    for text in lines:
        y += sizes.small_line
        rows.append(Row(text, "when", y - 4, text_width(text, sizes.small)))
    if stop.turn:
        text = shorten(clean(stop.turn), 1.35 * width - 2 * PILL_PAD, sizes.small)
        rows.append(Row(text, "turn", y + 18, text_width(text, sizes.small) + 2 * PILL_PAD))
        y += PILL_HEIGHT + 3
        short = short or text != clean(stop.turn)
    return Words(tuple(rows), max((r.width for r in rows), default=0), y, cut or short)
