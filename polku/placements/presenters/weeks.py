"""The coming weeks of an opening as a row of cells: a number in each, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from polku.placements.queries import Week
from polku.web import dates


@dataclass(frozen=True, slots=True)
class Cell:
    """One week: its number, its Monday, how many seats are free, and how it is drawn.

    `css` is "all" (every seat free), "some", "none" or "off" (not open then).
    """

    week: int
    monday: str
    free: int
    css: str
    said: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The weeks of one opening, from this one on."""

    cells: list[Cell]


def bar_of(weeks: list[Week], today: date) -> Bar:
    """Return the weeks, ready to show."""
    return Bar([_cell(week, today) for week in weeks])


def _cell(week: Week, today: date) -> Cell:
    if not week.offered:
        css, said = "off", _("not open")
    else:
        used = week.promised + week.taken
        css = "none" if not week.free else "some" if used else "all"
        said = _("%(free)d of %(seats)d free") % {"free": week.free, "seats": week.offered}
    number = week.monday.isocalendar().week
    return Cell(number, dates.short(week.monday, today), week.free, css, said)
