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

    `css` is "all" (every seat free the whole week), "some", "none" or "off" (not open then);
    `part` says that it is open for a part of the week only.
    """

    week: int
    monday: str
    free: int
    css: str
    said: str
    part: bool = False


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
        less = week.promised or week.taken or week.opens or week.closes
        css = "none" if not week.free else "some" if less else "all"
        said = _("%(free)d of %(seats)d free") % {"free": week.free, "seats": week.offered}
        if week.opens:
            said += ", " + _("open from %(day)s") % {"day": dates.weekday(week.opens, today)}
        if week.closes:
            said += ", " + _("open until %(day)s") % {"day": dates.weekday(week.closes, today)}
    number = week.monday.isocalendar().week
    part = bool(week.free and (week.opens or week.closes))
    return Cell(number, dates.short(week.monday, today), week.free, css, said, part)
