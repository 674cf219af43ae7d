"""What is asked of the placement map. Whatever an address can't mean is left aside, never an error.

Pure: it reads a mapping of names to lists of words, and gives choices that are each one of a few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from polku.placements.terms import Card, Demand, Kind, Support

SORTS = ("free", "fit", "title", "place", "town", "confirmed")
FREE = ("", "now", "4", "13", "by")
FRESH = ("", "fresh", "stale", "due")
STATES = ("open", "paused", "closed")
NO_CARD = "none"
LONGEST = 80
LAST_PAGE = 20_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """The choices above the map and its list.

    `free` is "now", a number of weeks, or "by" a day; `without` are demands that the work must not
    make, `cards` those at hand (`none`: no card is asked for), `supports` what must be given.
    `site` is one worksite, whose ring was pressed.
    """

    q: str = ""
    kind: str = ""
    town: str = ""
    free: str = ""
    by: date | None = None
    work: str = ""
    without: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    language: str = ""
    fresh: str = ""
    state: str = "open"
    unplaced: bool = False
    site: UUID | None = None
    sort: str = "free"
    down: bool = False
    page: int = 1

    @property
    def filtered(self) -> bool:
        """Return whether something is left out of the list."""
        plain = Wanted()
        ways = ("sort", "down", "page", "by")
        return any(
            getattr(self, one.name) != getattr(plain, one.name)
            for one in fields(self)
            if one.name not in ways
        )

    @property
    def more(self) -> int:
        """Return how many of the choices that stand behind "more" are made."""
        return sum(map(bool, (self.work, self.without, self.cards, self.supports, self.language,
                              self.fresh, self.state != "open", self.unplaced)))  # fmt: skip


def wanted(asked: Any) -> Wanted:
    """Return what an address asks for (a QueryDict, or a mapping of names to lists)."""
    get, lists = _reader(asked)
    sort = get("sort")
    free, by = _one_of(get("free"), FREE), _day(get("by"))
    if by and not free:
        free = "by"
    return Wanted(
        q=" ".join(get("q").replace("\x00", " ").split())[:LONGEST],
        kind=_one_of(get("kind"), Kind.values),
        town=_code(get("town"), 3),
        free=free if free != "by" or by else "",
        by=by if free == "by" else None,
        work=_code(get("work"), 4),
        without=_some_of(lists("without"), Demand.values),
        cards=_some_of(lists("card"), (*Card.values, NO_CARD)),
        supports=_some_of(lists("support"), Support.values),
        language=_letters(get("language")),
        fresh=_one_of(get("fresh"), FRESH),
        state=_one_of(get("state"), STATES) or "open",
        unplaced=get("unplaced") == "1",
        site=_id(get("site")),
        sort=_one_of(sort.removeprefix("-"), SORTS) or "free",
        down=sort.startswith("-"),
        page=_page(get("page")),
    )


def _reader(asked: Any) -> tuple[Any, Any]:
    if hasattr(asked, "getlist"):
        return (lambda name: str(asked.get(name) or "")), asked.getlist
    plain: Mapping[str, Sequence[str]] = asked
    return (
        lambda name: str((plain.get(name) or [""])[-1]),
        lambda name: list(plain.get(name) or ()),
    )


def _one_of(value: str, known: Sequence[str]) -> str:
    return value if value in known else ""


def _some_of(values: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in known if one in values)


def _code(value: str, most: int) -> str:
    return value if value.isascii() and value.isdigit() and len(value) <= most else ""


def _letters(value: str) -> str:
    return value if value.isascii() and value.isalpha() and len(value) <= 3 else ""


def _day(value: str) -> date | None:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _page(value: str) -> int:
    return max(1, min(int(value), LAST_PAGE)) if value.isascii() and value.isdigit() else 1
