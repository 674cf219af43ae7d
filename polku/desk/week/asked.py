"""A worker's week as the kernel's arrays. Loaded by the planning worker alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from polku.contacts.models import Appointment, WeekProposal
from polku.contacts.queries import Standing, caseload
from polku.contacts.reading import TAKEN
from polku.contacts.weeks import hours, reads
from polku.contacts.weeks.hours import DAYS, QUARTER, SLOTS, Stretch
from polku.desk.week import needing
from polku.desk.week.needing import Needs
from polku.desk.week.wants import Want, Week, learned, want
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.planning.week.problem import Problem

State = WeekProposal.State
PAST = timedelta(days=180)
AHEAD = timedelta(days=28)
NOT_SOONER = timedelta(hours=1)
SUITS, DOES_NOT = 40, -200
NOON = (12 - hours.OPENS) * 60 // QUARTER


@dataclass
class Asked:
    """The week of one worker: what is asked for, the arrays, and who is left out before that.

    `wants` are in the order of the problem's meetings; `out` holds (standing, {"why": …}).
    """

    viewer: Viewer
    monday: date
    wants: list[Want]
    problem: Problem
    out: list[tuple[Standing, dict[str, Any]]] = field(default_factory=list)
    settled: set[UUID] = field(default_factory=set)
    needs: Needs | None = None
    lacks: dict[int, str] = field(
        default_factory=dict
    )  # by want: what is free at none of its hours


@dataclass(frozen=True)
class _Calendar:
    """The week without meetings: which slots are for clients, and what closes them."""

    open: dict[int, list[Stretch]]
    busy: list[Stretch]
    focus: list[Stretch]
    notes: int


def ask(viewer: Viewer, monday: date, now: datetime) -> Asked:
    """Return the week of a worker as it stands. Ten statements, however many clients."""
    since = hours.start_of(monday, 0, 0) - timedelta(hours=6)
    own = reads.own_week(viewer)
    away = reads.away(viewer, monday, monday + AHEAD)
    busy = reads.busy(viewer, min(now, since), since + AHEAD)
    rows = {row.client_id: row for row in _rows(viewer, monday)}
    wishes = reads.wishes(viewer)
    calendar = _calendar(monday, own, away, busy, now)
    week = Week(
        monday,
        tuple(sorted(calendar.open)),
        _after(monday, own, away),
        learned(reads.habits(viewer, now - PAST)),
    )
    ahead, before = _ahead(busy, now), _proposed_before(viewer, monday, now)
    wants, out, settled = [], [], set()
    for one in sorted(caseload(viewer), key=lambda one: str(one.client_id)):
        row = rows.get(one.client_id)
        if row is not None and is_settled(row):
            settled.add(one.client_id)
            continue
        if one.client_id in before and one.client_id not in ahead:
            out.append((one, {"why": "before", "on": before[one.client_id].isoformat()}))
            continue
        found = want(
            one, week, ahead=ahead.get(one.client_id), wishes=wishes.get(one.client_id),
            phone=row is not None and row.phone,
        )  # fmt: skip
        if isinstance(found, Want):
            wants.append(found)
        else:
            out.append((one, found))
    theirs: dict[UUID, list[Stretch]] = {}
    for one_time in busy:
        if not one_time.mine:
            theirs.setdefault(one_time.client_id, []).extend(
                hours.slots_of(monday, one_time.starts_at, one_time.ends_at)
            )
    there = needing.needs(viewer, monday)
    problem, lacks = _problem(monday, wants, calendar, theirs, rows, there)
    return Asked(viewer, monday, wants, problem, out, settled, there, lacks)


def _rows(viewer: Viewer, monday: date) -> list[WeekProposal]:
    return list(
        WeekProposal.objects.filter(
            register_id=viewer.register_id, user_id=viewer.user_id, monday=monday
        ).select_related("appointment")
    )


def _proposed_before(viewer: Viewer, monday: date, now: datetime) -> dict[UUID, date]:
    """Return by client the day of what an earlier week of the viewer's proposes and lies ahead."""
    rows = WeekProposal.objects.filter(
        register_id=viewer.register_id, user_id=viewer.user_id, monday__lt=monday,
        state=State.PROPOSED, starts_at__gt=now,
    ).values_list("client_id", "starts_at")  # fmt: skip
    return {client: clock.local(starts).date() for client, starts in rows}


def is_settled(row: WeekProposal) -> bool:
    """Return whether a worker has decided: declined, or taken and still standing."""
    if row.state == State.TAKEN:
        booked: Appointment | None = row.appointment
        return booked is not None and booked.status in TAKEN
    return bool(row.state == State.DECLINED)


def _calendar(
    monday: date, own: hours.Own, away: list[Any], busy: list[reads.Busy], now: datetime
) -> _Calendar:
    closed = hours.closed_days(monday, [(one.first_on, one.last_on) for one in away])
    today = clock.local(now).date()
    closed |= {day for day in range(DAYS) if monday + timedelta(days=day) < today}
    open_: dict[int, list[Stretch]] = {}
    for one in own.hours:
        if one.day not in closed:
            open_.setdefault(one.day, []).append(one)
    taken = [
        s for one in busy if one.mine for s in hours.slots_of(monday, one.starts_at, one.ends_at)
    ]
    gone = hours.slots_of(monday, hours.start_of(monday, 0, 0), now + NOT_SOONER)
    for day in range(DAYS):
        taken += _closed(day, open_.get(day, []))
    return _Calendar(open_, taken + gone, list(own.focus), -(-own.notes_minutes // QUARTER))


def _closed(day: int, open_: list[Stretch]) -> list[Stretch]:
    """Return what of a day is for no client."""
    free = np.zeros(SLOTS + 2, np.int8)
    for one in open_:
        free[1 + one.first : 1 + one.last] = 1
    edges = np.diff(np.concatenate([[1], free[1:-1], [1]]).astype(np.int8))
    begins, ends = np.flatnonzero(edges == -1), np.flatnonzero(edges == 1)
    return [Stretch(day, int(a), int(b)) for a, b in zip(begins, ends, strict=True)]


def _after(monday: date, own: hours.Own, away: list[Any]) -> tuple[date, ...]:
    """Return the worker's days with hours in the three weeks after this one."""
    weekdays = {one.day for one in own.hours}
    spans = [(one.first_on, one.last_on) for one in away]
    found = []
    for week in (1, 2, 3):
        first = monday + timedelta(weeks=week)
        closed = hours.closed_days(first, spans)
        found += [first + timedelta(days=day) for day in sorted(weekdays - closed)]
    return tuple(found)


def _ahead(busy: Iterable[reads.Busy], now: datetime) -> dict[UUID, date]:
    """Return by client the day of the next live time with anybody."""
    found: dict[UUID, date] = {}
    for one in busy:
        if one.live and one.ends_at > now:
            found.setdefault(one.client_id, clock.local(one.starts_at).date())
    return found


def _problem(
    monday: date,
    wants: list[Want],
    calendar: _Calendar,
    theirs: dict[UUID, list[Stretch]],
    rows: dict[UUID, WeekProposal],
    there: Needs,
) -> tuple[Problem, dict[int, str]]:
    starts = [_starts(one, calendar, theirs.get(one.client_id, ())) for one in wants]
    counts = [len(one) for one in starts]
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    every = np.concatenate(starts) if starts else np.empty((0, 3), np.int32)
    unserved = [there.unserved(one, mine) for one, mine in zip(wants, starts, strict=True)]
    closed = calendar.busy + calendar.focus
    lacks = {
        at: lacking
        for at, (one, mine) in enumerate(zip(wants, starts, strict=True))
        if unserved[at].any() and (lacking := there.lacks(one, mine, closed))
    }
    problem = Problem(
        days=DAYS,
        slots_per_day=SLOTS,
        slots=_column(one.minutes // QUARTER for one in wants),
        must=np.array([one.must for one in wants], np.bool_),
        promised=np.array([one.promised for one in wants], np.bool_),
        first=first,
        day=np.ascontiguousarray(every[:, 0]),
        slot=np.ascontiguousarray(every[:, 1]),
        value=np.ascontiguousarray(every[:, 2]),
        busy=_laid(calendar.busy),
        focus=_laid(calendar.focus),
        keep=_keep(monday, wants, rows),
        buffer=_column(calendar.notes for _one in wants),
        not_before=_column(one.not_before for one in wants),
        unserved=np.concatenate(unserved) if unserved else np.empty(0, np.bool_),
    )
    return problem, lacks


def _starts(one: Want, calendar: _Calendar, theirs: Iterable[Stretch]) -> np.ndarray:
    """Return (day, slot, value) at every quarter at which both might meet."""
    long = one.minutes // QUARTER
    found = []
    for day, value in one.values.items():
        for stretch in calendar.open.get(day, ()):
            slots = np.arange(stretch.first, stretch.last - long + 1)
            for other in theirs:
                if other.day == day:
                    slots = slots[(slots + long <= other.first) | (slots >= other.last)]
            found.append(np.stack([np.full(len(slots), day), slots, value + _suits(one, slots)], 1))
    return np.concatenate(found).astype(np.int32) if found else np.empty((0, 3), np.int32)


def _suits(one: Want, slots: np.ndarray) -> np.ndarray:
    if not one.day_part:
        return np.zeros(len(slots), np.int32)
    inside = (slots < NOON) == (one.day_part == "morning")
    return np.where(inside, SUITS, DOES_NOT)


def _keep(monday: date, wants: list[Want], rows: dict[UUID, WeekProposal]) -> np.ndarray:
    found = []
    for number, one in enumerate(wants):
        row = rows.get(one.client_id)
        if row is None or row.state != State.PROPOSED or row.starts_at is None:
            continue
        for at in hours.slots_of(monday, row.starts_at, row.starts_at + timedelta(minutes=1)):
            found.append((number, at.day, at.first))
    return np.array(found, np.int32).reshape(-1, 3)


def _laid(stretches: Iterable[Stretch]) -> np.ndarray:
    rows = [(one.day, one.first, one.last - one.first) for one in stretches]
    return np.array(rows, np.int32).reshape(-1, 3)


def _column(numbers: Iterable[int]) -> np.ndarray:
    return np.array(list(numbers), np.int32)
