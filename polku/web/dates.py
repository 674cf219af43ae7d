"""Days and times in words, in the language of the page. Cached: lists repeat them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date
from django.utils.translation import get_language, gettext, ngettext

from polku.foundation import clock

_DAY = {"fi": "d.M.", "sv": "d.M.", "en": "d MMM"}
_DAY_YEAR = {"fi": "d.M.y", "sv": "d.M.y", "en": "d MMM y"}
_WEEKDAY = {"fi": "ccc d.M.", "sv": "ccc d.M.", "en": "ccc d MMM"}
_WEEKDAY_YEAR = {"fi": "ccc d.M.y", "sv": "ccc d.M.y", "en": "ccc d MMM y"}
_WHOLE = {"fi": "cccc d.M.", "sv": "cccc d.M.", "en": "cccc d MMMM"}
_WHOLE_YEAR = {"fi": "cccc d.M.y", "sv": "cccc d.M.y", "en": "cccc d MMMM y"}
_HEADING = {"fi": "cccc d. MMMM", "sv": "cccc d MMMM", "en": "cccc d MMMM"}
_MONTH = {"fi": "M/y", "sv": "M/y", "en": "MMM y"}
WEEK = 7
TWO_MONTHS = 60
MONTH = 30


def language() -> str:
    """Return the page's language as one that there are patterns for."""
    now = (get_language() or "fi")[:2]
    return now if now in _DAY else "en"


@lru_cache(maxsize=20_000)
def _shown(day: date, pattern: str, tongue: str) -> str:
    return str(format_date(day, pattern, locale="en_GB" if tongue == "en" else tongue))


def heading(day: date) -> str:
    """Return the day as a page's heading: `Tiistai 24. marraskuuta`."""
    tongue = language()
    text = _shown(day, _HEADING[tongue], tongue)
    return text[:1].upper() + text[1:]


def short(day: date, today: date | None = None) -> str:
    """Return `24.11.`, with the year when it is not this one."""
    tongue = language()
    this_year = (today or clock.today()).year
    return _shown(day, (_DAY if day.year == this_year else _DAY_YEAR)[tongue], tongue)


def full(day: date) -> str:
    """Return `24.11.2026`."""
    tongue = language()
    return _shown(day, _DAY_YEAR[tongue], tongue)


def weekday(day: date, today: date | None = None) -> str:
    """Return `ti 24.11.`; today and tomorrow by their names."""
    today = today or clock.today()
    away = (day - today).days
    if away == 0:
        return gettext("today")
    if away == 1:
        return gettext("tomorrow")
    if day.year != today.year:
        return short(day, today)
    tongue = language()
    return _shown(day, _WEEKDAY[tongue], tongue)


def short_weekday(day: date) -> str:
    """Return `ti 24.11.`, today and tomorrow like any other day: the head of a column."""
    tongue = language()
    return _shown(day, _WEEKDAY[tongue], tongue)


def day_name(monday: date, number: int) -> str:
    """Return the name of a day of the week, Monday 0: `maanantai`."""
    tongue = language()
    return _shown(monday + timedelta(days=number), "cccc", tongue)


def weekday_and_year(day: date) -> str:
    """Return `ti 24.11.2026`: where days of two years stand below each other."""
    tongue = language()
    return _shown(day, _WEEKDAY_YEAR[tongue], tongue)


def whole_weekday(day: date, today: date) -> str:
    """Return `keskiviikko 2.12.`, with the year when it is not this one."""
    tongue = language()
    return _shown(day, (_WHOLE if day.year == today.year else _WHOLE_YEAR)[tongue], tongue)


def month(day: date) -> str:
    """Return `11/2026`."""
    tongue = language()
    return _shown(day, _MONTH[tongue], tongue)


def months(first: date, last: date) -> str:
    """Return the months of a time that has passed: `4/2024`, `9–11/2024`, `9/2024–1/2025`."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.month}/{first.year}"
    if first.year == last.year:
        return f"{first.month}–{last.month}/{first.year}"
    return f"{first.month}/{first.year}–{last.month}/{last.year}"


def clock_time(moment: datetime) -> str:
    """Return `9.00` as Finnish and Swedish write it, `9:00` in English."""
    local = clock.local(moment)
    return f"{local.hour}{':' if language() == 'en' else '.'}{local.minute:02d}"


def day_of(moment: datetime) -> date:
    """Return the moment's day in Helsinki."""
    return clock.local(moment).date()


def ago(day: date, today: date) -> str:
    """Return how long ago a day was: today, yesterday, 12 days ago, 3 months ago."""
    return _ago((today - day).days, get_language())


@lru_cache(maxsize=20_000)
def _ago(days: int, _tongue: str | None) -> str:
    if days <= 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    if days < TWO_MONTHS:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    count = days // MONTH
    return ngettext("%(n)d month ago", "%(n)d months ago", count) % {"n": count}


def every(days: int) -> str:
    """Return a length of days as people say it: `2 viikkoa`, else days."""
    if days >= WEEK and days % WEEK == 0:
        weeks = days // WEEK
        return ngettext("%(n)d week", "%(n)d weeks", weeks) % {"n": weeks}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
