"""What a row of My day is made of: ready strings. Templates ask nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from polku.desk.reasons import Why

NOTHING = mark_safe("")


@dataclass(frozen=True, slots=True)
class Act:
    """The one main action of a row. `post` makes it a button that posts; `panel` opens beside."""

    word: str
    url: str
    main: bool = False
    panel: bool = False
    post: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line about a client. `mark` is drawn at its end (a clock, a band); `more` can be opened."""

    name: str
    url: str
    meta: str = ""
    time: str = ""
    tag: SafeString = NOTHING
    mark: SafeString = NOTHING
    act: Act | None = None
    next: bool = False
    past: bool = False
    hint: str = ""
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Rows with their heading's figures; `rest` counts what did not fit, at `rest_url`."""

    rows: tuple[Row, ...]
    count: int
    rest: int = 0
    rest_url: str = ""
    meta: str = ""


def capped(rows: list[Row], at_most: int, url: str, meta: str = "") -> Section:
    """Return a section of the first rows, which tells how many more there are."""
    return Section(tuple(rows[:at_most]), len(rows), max(0, len(rows) - at_most), url, meta)
