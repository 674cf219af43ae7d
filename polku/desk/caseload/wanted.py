"""What the address of the list asks for. Whatever it can't mean is left aside, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

SORTS = ("name", "last", "next", "due", "turn")
STATES = {
    "open": _("Open records"),
    "new": _("New, not yet reached"),
    "active": _("Inside the window"),
    "quiet": _("Silent too long"),
    "outside": _("Outside the window"),
    "due": _("Date by law is near"),
    "closed": _("Closed records"),
}
TURNS = {
    "client": _("the client's turn"),
    "coach": _("the coach's turn"),
    "counterpart": _("the counterpart's turn"),
    "host": _("the workplace's turn"),
}
COACHES = {"me": _("My own clients"), "none": _("Without an own coach"), "all": _("All I may see")}
LAST_PAGE = 20_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """The list's choices, each one of a known few. `coach` is me, none, all, or a worker's id."""

    sort: str
    down: bool
    state: str
    turn: str
    language: str
    town: str
    coach: str
    page: int

    @property
    def coach_id(self) -> UUID | None:
        return None if self.coach in COACHES else UUID(self.coach)

    @property
    def filtered(self) -> bool:
        return bool(self.state != "open" or self.turn or self.language or self.town)


def wanted(asked: Mapping[str, Any], *, lead: bool) -> Wanted:
    """Return what the address asks for; a lead sees the whole team unless they choose."""
    sort = str(asked.get("sort") or "name")
    return Wanted(
        sort=sort.lstrip("-") if sort.lstrip("-") in SORTS else "name",
        down=sort.startswith("-"),
        state=_one_of(asked.get("state"), STATES, "open"),
        turn=_one_of(asked.get("turn"), TURNS, ""),
        language=_short(asked.get("language")),
        town=_short(asked.get("town")),
        coach=_coach(asked.get("coach"), "all" if lead else "me", lead),
        page=_page(asked.get("page")),
    )


def _one_of(value: Any, known: Mapping[str, Any], otherwise: str) -> str:
    return value if isinstance(value, str) and value in known else otherwise


def _short(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= 3 and value.isalnum() else ""


def _coach(value: Any, otherwise: str, lead: bool) -> str:
    if value in COACHES:
        return str(value)
    try:
        return str(UUID(str(value))) if lead and value else otherwise
    except ValueError:
        return otherwise


def _page(value: Any) -> int:
    text = str(value or "1")
    return max(1, min(int(text), LAST_PAGE)) if text.isascii() and text.isdigit() else 1
