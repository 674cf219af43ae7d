"""What a row of My day is made of: ready strings. Templates ask nothing."""

from __future__ import annotations

from collections.abc import Callable
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
    """A line about a client; without `url` the name is no link.

    `mark` is drawn at its end (a clock, a band); `why` can be opened.
    """

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
    why_url: str = ""


# A row that is worded only when it is shown: of a hundred that wait, eight are.
Maker = Callable[[], Row]
