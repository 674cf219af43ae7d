"""From when a seat is free for a whole placement: the same days for a list and for the form.

A suggestion begins in three weeks, on a Monday, for three months unless somebody chooses other days
(`AHEAD`, `LONG`). An opening counts as free when one seat of it is free on all of those days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from polku.foundation import clock

AHEAD, LONG = timedelta(days=21), timedelta(days=90)
A_DAY = timedelta(days=1)


class Seated(NamedTuple):
    """What of an opening counts here."""

    id: UUID
    seats: int
    opens: date | None
    shuts: date | None


class _Use(NamedTuple):
    seat: int
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Period:
    """Days in which `free` seats of an opening are free throughout."""

    starts_on: date
    ends_on: date
    free: int


def begins(asked: date | None = None) -> date:
    """Return the day on which a placement would begin: the one asked for, else the usual one."""
    return asked or clock.monday_from(clock.today() + AHEAD)


def ends(starts_on: date, shuts: date | None) -> date:
    """Return its last day, in an opening that is shut after a day."""
    return min(starts_on + LONG, shuts) if shuts else starts_on + LONG


def first(openings: Iterable[Seated], *, on: date, now: datetime) -> dict[UUID, Period | None]:
    """Return the first days, from a day on, in which a seat of each is free; in one statement.

    None where no such days are known, or the opening is shut before.
    """
    rows = list(openings)
    uses = _uses([one.id for one in rows], on, now)
    return {one.id: _first(one, uses[one.id], on) for one in rows}


def _uses(openings: list[UUID], on: date, now: datetime) -> dict[UUID, list[_Use]]:
    found: dict[UUID, list[_Use]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT opening_id, seat, starts_on, ends_on FROM placements_seatuse "
            "WHERE opening_id = ANY(%s) AND over_at IS NULL AND (until IS NULL OR until > %s) "
            "AND (ends_on IS NULL OR ends_on >= %s)",
            [openings, now, on],
        )
        for opening, *use in cursor.fetchall():
            found[opening].append(_Use(*use))
    return found


def _first(one: Seated, uses: list[_Use], on: date) -> Period | None:
    usual = on
    if one.opens and one.opens > on:
        usual = clock.monday_from(one.opens)
    later = sorted({clock.monday_from(use.last + A_DAY) for use in uses if use.last})
    for start in (usual, *(day for day in later if day > usual)):
        if one.shuts and start > one.shuts:
            return None
        last = ends(start, one.shuts)
        used = {
            use.seat
            for use in uses
            if use.first <= last and (use.last is None or use.last >= start)
        }
        if len(used) < one.seats:
            return Period(start, last, one.seats - len(used))
    return None
