"""Who has looked at one client and who has changed something: by day and person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.desk.record.words import role_word, said, who
from polku.foundation import access_log
from polku.foundation.access_log import Look
from polku.web import dates

LAST = 400


@dataclass(frozen=True, slots=True)
class DidLine:
    """One kind of thing that somebody did on a day."""

    what: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class DayPerson:
    """One person's doings on one day."""

    who: str
    role: str
    lines: tuple[DidLine, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day, newest first."""

    day: str
    people: tuple[DayPerson, ...]


def days(found: list[Look], today: date) -> list[Day]:
    """Return the looks by day and person; the same thing on a day is one line."""
    return [
        Day(
            _day(day, today),
            tuple(
                DayPerson(
                    who(one.by.kind, one.by.name),
                    role_word(one.by.role),
                    tuple(
                        DidLine(said(look.action, listed=look.listed), times(at), look.reason)
                        for look, at in one.did
                    ),
                )
                for one in people
            ),
        )
        for day, people in access_log.by_day(found, same=_same)
    ]


def _same(look: Look) -> str:
    return said(look.action, listed=look.listed)


def _day(day: date, today: date) -> str:
    text = dates.whole_weekday(day, today)
    return text[:1].upper() + text[1:]


def times(at: tuple[datetime, ...]) -> str:
    """Return when, latest first: a time, or how often and the last time."""
    last = dates.clock_time(at[0])
    if len(at) == 1:
        return _("at %(time)s") % {"time": last}
    words = ngettext("%(n)d time", "%(n)d times", len(at)) % {"n": len(at)}
    return _("%(times)s, last at %(time)s") % {"times": words, "time": last}
