"""Days, times and turns in words, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Protocol

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polku.foundation import clock

_DAY = {"fi": "d.M.", "sv": "d.M.", "en": "d MMM"}
_DAY_YEAR = {"fi": "d.M.y", "sv": "d.M.y", "en": "d MMM y"}
_WHOLE = {"fi": "cccc d.M.y", "sv": "cccc d.M.y", "en": "cccc d MMMM y"}
_WEEKDAY = {"fi": "cccc d.M.", "sv": "cccc d.M.", "en": "cccc d MMMM"}
ENDED = ("done", "dropped", "declined")


class Timed(Protocol):
    """A step as far as its time goes."""

    @property
    def state(self) -> str: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def when_text(self) -> str: ...


def language() -> str:
    """Return the page's language as one that there are patterns for."""
    now = (get_language() or "fi")[:2]
    return now if now in _DAY else "en"


@lru_cache(maxsize=20_000)
def _shown(day: date, pattern: str, tongue: str) -> str:
    return str(format_date(day, pattern, locale="en_GB" if tongue == "en" else tongue))


def short(day: date, today: date) -> str:
    """Return `24.11.`, with the year when it is not this one."""
    tongue = language()
    return _shown(day, (_DAY if day.year == today.year else _DAY_YEAR)[tongue], tongue)


def full(day: date) -> str:
    """Return `24.11.2026`."""
    tongue = language()
    return _shown(day, _DAY_YEAR[tongue], tongue)


def weekday(day: date, today: date) -> str:
    """Return `keskiviikko 2.12.`, with the year when it is not this one."""
    tongue = language()
    return _shown(day, (_WEEKDAY if day.year == today.year else _WHOLE)[tongue], tongue)


def clock_time(moment: datetime) -> str:
    """Return `9.00` as Finnish and Swedish write it, `9:00` in English."""
    local = clock.local(moment)
    return f"{local.hour}{':' if language() == 'en' else '.'}{local.minute:02d}"


def day_of(moment: datetime) -> date:
    """Return the moment's day in Helsinki."""
    return clock.local(moment).date()


def months(first: date, last: date) -> str:
    """Return the months of a time that has passed: `4/2024`, `9–11/2024`, `9/2024–1/2025`."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.month}/{first.year}"
    if first.year == last.year:
        return f"{first.month}–{last.month}/{first.year}"
    return f"{first.month}/{first.year}–{last.month}/{last.year}"


def when(step: Timed, today: date) -> str:
    """Return when a step is: the words that were agreed, else its days; '' for no time."""
    if step.when_text:
        return step.when_text
    first, last = step.starts_on, step.ends_on
    if step.state in ENDED:
        begun, ended = first or last, last or first
        return months(begun, ended) if begun and ended else ""
    if first and last and first != last:
        return f"{short(first, today)}–{short(last, today)}"
    if step.state == "now" and last:
        return _("until %(day)s") % {"day": short(last, today)}
    if first:
        pattern = _("since %(day)s") if first <= today else _("from %(day)s")
        return pattern % {"day": short(first, today)}
    if step.due_on:
        return _("by %(day)s") % {"day": short(step.due_on, today)}
    return ""


@lru_cache(maxsize=10_000)
def possessive(first_name: str, tongue: str) -> str:
    """Return whose: `Mirja's`, `Mirjan`, `Mirjas`; '' where Finnish has no sure form (Tuomas)."""
    last = first_name[-1:].lower()
    if tongue == "en":
        return f"{first_name}'" if last == "s" else f"{first_name}'s"
    if tongue == "sv":
        return first_name if last in "sxz" else f"{first_name}s"
    if last not in "aeiouyäöå":
        return "" if last in "sz" or not last.isalpha() else f"{first_name}in"
    stop = first_name[-3:-1].lower()
    if stop in ("kk", "pp", "tt"):
        return f"{first_name[:-2]}{last}n"
    return "" if stop == "ht" else f"{first_name}n"


def turn_of(first_name: str) -> str:
    """Return whose turn it is, by name: `Mirjan vuoro`; `Vuorossa Pekka` where no form is sure."""
    whose = possessive(first_name, language())
    if not whose:
        return _("Turn: %(name)s") % {"name": first_name}
    return _("%(whose)s turn") % {"whose": whose}
