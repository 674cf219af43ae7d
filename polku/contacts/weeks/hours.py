"""When a worker meets clients: pure first, then what changes it.

Everything is reckoned in quarters of an hour of the wall clock, from OPENS to CLOSES: the hour that
the clock skips or repeats on two Sundays of the year lies in the night, outside of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction

from polku.contacts import times
from polku.contacts.models import OwnWeek, TimeAway
from polku.foundation import audit, clock
from polku.foundation.models import User
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.rules.calendar import is_working_day

OPENS, CLOSES = 6, 21
QUARTER = 15
SLOTS = (CLOSES - OPENS) * 60 // QUARTER
DAYS = 7
# Until the worker says otherwise: an assumption, and shown as one.
USUAL = tuple((day, a, b) for day in range(5) for a, b in (("09:00", "11:15"), ("12:00", "15:00")))
LONGEST_AWAY = timedelta(days=400)


class Stretch(NamedTuple):
    """Some slots of a day of the week: Monday 0, from `first` on, not `last` itself."""

    day: int
    first: int
    last: int


@dataclass(frozen=True)
class Own:
    """A worker's hours and own time by day of the week; `usual` while nothing has been said."""

    hours: tuple[Stretch, ...]
    focus: tuple[Stretch, ...]
    notes_minutes: int
    usual: bool


class NotAWeek(ValueError):
    """Hours that end before they begin, or lie outside OPENS to CLOSES."""


def slot_of(text: str) -> int:
    """Return the slot at which a clock time begins. Raises NotAWeek for none within the day."""
    try:
        at = time.fromisoformat(text)
    except ValueError as error:
        raise NotAWeek(text) from error
    slot = ((at.hour - OPENS) * 60 + at.minute) // QUARTER
    if not 0 <= slot <= SLOTS:
        raise NotAWeek(text)
    return slot


def time_of(slot: int) -> time:
    """Return the clock time at which a slot begins."""
    return time(*divmod(OPENS * 60 + slot * QUARTER, 60))


def is_quarter(at: time) -> bool:
    """Return whether a clock time lies in the hours that a week is drawn in, on a quarter."""
    inside = OPENS <= at.hour < CLOSES or at == time(CLOSES)
    return inside and at.minute % QUARTER == 0 and not at.second


def stretches(rows: Iterable[Iterable[object]]) -> tuple[Stretch, ...]:
    """Return what was kept as [[weekday, from, to], …]. Raises NotAWeek."""
    found = []
    for day, begins, ends in rows:
        one = Stretch(int(str(day)), slot_of(str(begins)), slot_of(str(ends)))
        if not (0 <= one.day < DAYS and one.first < one.last):
            raise NotAWeek(str(one))
        found.append(one)
    return tuple(sorted(found))


def own(row: OwnWeek | None) -> Own:
    """Return a worker's week as it was kept, or the usual one."""
    if row is None:
        return Own(stretches(USUAL), (), QUARTER, True)
    return Own(stretches(row.hours), stretches(row.focus), row.notes_minutes, False)


def start_of(monday: date, day: int, slot: int) -> datetime:
    """Return the moment of a slot."""
    return times.moment(monday + timedelta(days=day), time_of(slot))


def slots_of(monday: date, starts: datetime, ends: datetime) -> list[Stretch]:
    """Return the slots of a week that a time from moment to moment takes, cut off at each day.

    By the wall clock: of an hour that the clock repeats the first and the second are the same slot.
    """
    first, last = clock.local(starts), clock.local(ends)
    found = []
    for day in range(DAYS):
        on = monday + timedelta(days=day)
        if not first.date() <= on <= last.date():
            continue
        begin = minutes_of(first) if first.date() == on else 0
        end = minutes_of(last) if last.date() == on else 24 * 60
        if first.date() == last.date():
            end = max(end, begin + 1)
        a = max(0, (begin - OPENS * 60) // QUARTER)
        b = min(SLOTS, -(-(end - OPENS * 60) // QUARTER))
        if a < b:
            found.append(Stretch(day, a, b))
    return found


def minutes_of(at: datetime) -> int:
    """Return the minutes since midnight by the wall clock."""
    return at.hour * 60 + at.minute


def closed_days(monday: date, away: Iterable[tuple[date, date]]) -> set[int]:
    """Return the days of the week on which nobody is met: away (they may overlap), or holidays."""
    spans = list(away)
    found = set()
    for day in range(DAYS):
        on = monday + timedelta(days=day)
        holiday = on.isoweekday() < 6 and not is_working_day(on)
        if holiday or any(first <= on <= last for first, last in spans):
            found.add(day)
    return found


@transaction.atomic
def keep(
    *, by: Viewer, at: datetime, hours: list[list[object]], focus: list[list[object]], notes: int
) -> OwnWeek:
    """Keep the worker's own hours, own time and minutes for notes. Raises NotAWeek, Refused."""
    check(by, "contacts.week")
    stretches(hours), stretches(focus)
    if not 0 <= notes <= 60:
        raise NotAWeek("notes")
    row, _made = OwnWeek.objects.update_or_create(
        register_id=by.register_id,
        user_id=by.user_id,
        defaults={"hours": hours, "focus": focus, "notes_minutes": notes, "changed_at": at},
    )
    audit.record(by, "contacts.own_week", fields=["hours", "focus", "notes_minutes"])
    return row


@transaction.atomic
def go_away(*, by: Viewer, at: datetime, first_on: date, last_on: date, kind: str) -> TimeAway:
    """Write down days on which the worker meets nobody. The same days again are the same row.

    Raises ValueError for days the wrong way round or a span of more than 400, and Refused.
    """
    check(by, "contacts.week")
    if not first_on <= last_on <= first_on + LONGEST_AWAY or kind not in TimeAway.Kind.values:
        raise ValueError("no such days")
    # Two presses at once: the second waits, and finds what the first has written.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.user_id)
    given = {"register_id": by.register_id, "user_id": by.user_id, "first_on": first_on,
             "last_on": last_on, "kind": kind, "ended_at": None}  # fmt: skip
    row = TimeAway.objects.filter(**given).first()
    row = row or TimeAway.objects.create(**given, told_at=at)
    # Which kind it is stands in the row alone.
    audit.record(by, "contacts.go_away", fields=["first_on", "last_on", "kind"])
    return row


@transaction.atomic
def come_back(away: TimeAway, *, by: Viewer, at: datetime) -> TimeAway:
    """Take days away back: the worker is there after all. Raises Refused for another's."""
    check(by, "contacts.week", away)
    if away.ended_at is None:
        away.ended_at = at
        away.save(update_fields=["ended_at"])
        audit.record(by, "contacts.come_back", fields=["ended_at"])
    return away
