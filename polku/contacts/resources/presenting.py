"""Rooms and interpreters in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.clients import languages
from polku.contacts.models import Kind, Resource, ResourceAway, ResourceBooking
from polku.contacts.resources import fitting
from polku.contacts.resources.fitting import Around
from polku.contacts.weeks.hours import OPENS, QUARTER, stretches
from polku.foundation import clock
from polku.web import dates

MONDAY = date(2024, 1, 1)


def facts(one: Resource) -> list[tuple[str, str]]:
    """Return what is known of it, as pairs of a term and its words."""
    found = [(_("Address"), one.place)] if one.place else []
    if one.sort == Resource.Sort.INTERPRETER:
        found += [(_("Languages"), spoken(one.languages)), (_("How"), ways(one.ways))]
    if one.seats:
        found.append((_("How many fit in"), str(one.seats)))
    if one.sort == Resource.Sort.ROOM:
        word = _("yes") if one.accessible else _("not known, or no")
        found.append((_("Accessible"), word))
    found.append((_("Available"), open_words(one)))
    if one.buffer_minutes:
        found.append((_("Kept free after each meeting"), f"{one.buffer_minutes} min"))
    whose = str(one.organisation) if one.organisation else _("everybody's in this register")
    found += [(_("Whose"), whose), (_("In use"), in_use(one))]
    return found + ([(_("Note"), one.note)] if one.note else [])


def in_short(one: Resource) -> str:
    """Return the line under its name in the list."""
    if one.sort == Resource.Sort.INTERPRETER:
        return f"{capfirst(spoken(one.languages))} · {ways(one.ways)}"
    parts = [one.place]
    if one.seats:
        parts.append(ngettext("for %(n)d", "for %(n)d", one.seats) % {"n": one.seats})
    if one.accessible:
        parts.append(_("accessible"))
    return " · ".join(part for part in parts if part)


def spoken(codes: Iterable[str]) -> str:
    """Return languages in words."""
    return ", ".join(languages.name_of(code) for code in codes)


def ways(codes: Iterable[str]) -> str:
    """Return how an interpreter comes, in words."""
    return ", ".join(str(Kind(code).label) for code in codes)


def open_words(one: Resource) -> str:
    """Return the hours: the same days together, such as `ma–pe 8–16`."""
    runs: list[list[int]] = []
    by_day: dict[int, str] = {}
    for row in stretches(one.hours):
        words = f"{_clock(row.first)}–{_clock(row.last)}"
        by_day[row.day] = f"{by_day[row.day]}, {words}" if row.day in by_day else words
    for day in sorted(by_day):
        if runs and runs[-1][1] == day - 1 and by_day[runs[-1][1]] == by_day[day]:
            runs[-1][1] = day
        else:
            runs.append([day, day])
    told = [f"{_days(first, last)} {by_day[first]}" for first, last in runs]
    return "; ".join(told) or _("never: no hours are given")


def _days(first: int, last: int) -> str:
    words = [dates.day_name(MONDAY, day) for day in (first, last)]
    return words[0] if first == last else f"{words[0]}–{words[1]}"


def _clock(slot: int) -> str:
    hour, minute = divmod(OPENS * 60 + slot * QUARTER, 60)
    return f"{hour}.{minute:02d}" if minute else str(hour)


def in_use(one: Resource) -> str:
    """Return from when until when it is in use."""
    first = _("from %(day)s") % {"day": dates.full(one.valid_from)}
    if one.valid_until is None:
        return first
    return f"{first} {_('until %(day)s') % {'day': dates.full(one.valid_until)}}"


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a day that is taken: by whom, and with whom where the viewer may know it."""

    time: str
    words: str
    who: str = ""
    client: str = ""
    url: str = ""
    away_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Day:
    word: str
    lines: tuple[Line, ...]


def week(
    monday: date, held: Iterable[ResourceBooking], away: Iterable[ResourceAway],
    names: dict[UUID, str],
) -> list[Day]:  # fmt: skip
    """Return the days of a week with what takes it; a day without anything is not left out."""
    rows: list[tuple[datetime, datetime, Line]] = []
    for one in held:
        booked = one.appointment
        name = names.get(booked.client_id, "")
        url = reverse("appointment_page", args=[booked.client_id, booked.id]) if name else ""
        waits = booked.status == "proposed"
        words = _("booked, waits for an answer") if waits else _("booked")
        line = Line(_span(booked.starts_at, booked.ends_at), words, str(booked.worker), name, url)
        rows.append((booked.starts_at, booked.ends_at, line))
    for gone in away:
        words = f"{_('closed')}: {gone.reason}" if gone.reason else _("closed")
        line = Line(_span(gone.starts_at, gone.ends_at), words, away_id=gone.id)
        rows.append((gone.starts_at, gone.ends_at, line))
    days = [monday + timedelta(days=n) for n in range(7)]
    told = [Day(dates.short_weekday(day), tuple(_of_day(day, rows))) for day in days]
    while len(told) > 5 and not told[-1].lines:
        told.pop()
    return told


def _of_day(day: date, rows: list[tuple[datetime, datetime, Line]]) -> list[Line]:
    found = [
        (starts, line)
        for starts, ends, line in rows
        if clock.local(starts).date() <= day <= clock.local(ends - timedelta(seconds=1)).date()
    ]
    return [line for _starts, line in sorted(found, key=lambda pair: pair[0])]


def _span(starts: datetime, ends: datetime) -> str:
    first, last = clock.local(starts), clock.local(ends)
    if first.date() == last.date():
        return f"{dates.clock_time(starts)}–{dates.clock_time(ends)}"
    return f"{moment(starts)}–{moment(ends)}"


def moment(at: datetime) -> str:
    """Return `ti 1.12. klo 9.15`."""
    day = dates.short_weekday(dates.day_of(at))
    return _("%(day)s at %(time)s") % {"day": day, "time": dates.clock_time(at)}


def why_not(one: Around, starts: datetime, ends: datetime) -> str:
    """Return why it can't be had then, such as `varattu klo 9.00–10.00`; "" when it can."""
    code = fitting.why_not(one, starts, ends)
    if code == fitting.HELD:
        there = [s for s in one.held if s[0] < ends + one.buffer and starts < s[1]]
        return _("booked %(time)s") % {"time": _span(*there[0])}
    if code == fitting.AWAY:
        there = [s for s in one.away if s[0] < ends and starts < s[1]]
        return _("closed %(time)s") % {"time": _span(*there[0])}
    return {
        "": "",
        fitting.HOURS: _("not open then"),
        fitting.CLOSED: _("not in use that day"),
    }[code]
