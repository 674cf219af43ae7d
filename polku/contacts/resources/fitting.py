"""Which rooms and interpreters are free at a time, and why another is not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from polku.contacts.slots import Busy, Fits
from polku.contacts.weeks.hours import OPENS, QUARTER, Stretch, minutes_of
from polku.foundation import clock

ROOM, INTERPRETER = "room", "interpreter"
# Why one can't be had at a time.
CLOSED, HOURS, AWAY, HELD = "closed", "hours", "away", "held"


@dataclass(frozen=True, slots=True)
class Around:
    """A room or an interpreter around some days: when it is open, away and held.

    `used_at` is when the worker who asks has last booked it; None for never.
    """

    id: UUID
    sort: str
    name: str
    place: str
    languages: tuple[str, ...]
    ways: tuple[str, ...]
    buffer: timedelta
    hours: tuple[Stretch, ...]
    valid_from: date
    valid_until: date | None
    away: Busy
    held: Busy
    used_at: datetime | None
    beside: tuple[Any, ...] = ()

    @property
    def where(self) -> str:
        """Return where one meets, as the client is told."""
        return f"{self.name}, {self.place}" if self.place else self.name


def why_not(one: Around, starts: datetime, ends: datetime, *, held: bool = True) -> str:
    """Return why it can't be had from moment to moment; "" when it can.

    Without `held` what is held by others is left to the database, which refuses two at once.
    """
    day = clock.local(starts).date()
    if day < one.valid_from or (one.valid_until is not None and day > one.valid_until):
        return CLOSED
    if not _open(one, starts, ends):
        return HOURS
    if any(begin < ends and starts < end for begin, end in one.away):
        return AWAY
    if held and any(begin < ends + one.buffer and starts < end for begin, end in one.held):
        return HELD
    return ""


def _open(one: Around, starts: datetime, ends: datetime) -> bool:
    """Whether the hours of that weekday hold the whole time, by the wall clock."""
    first, last = clock.local(starts), clock.local(ends)
    if first.date() != last.date():
        return False
    begin, end = minutes_of(first), minutes_of(last)
    return any(
        row.day == first.weekday()
        and OPENS * 60 + row.first * QUARTER <= begin
        and end <= OPENS * 60 + row.last * QUARTER
        for row in one.hours
    )


def rooms(found: Iterable[Around]) -> list[Around]:
    """Return the rooms: those that the worker has used last first, then by name."""
    return _in_order(one for one in found if one.sort == ROOM)


def interpreters(found: Iterable[Around], language: str, way: str = "") -> list[Around]:
    """Return who interprets that language in that way (any, when left out), in the same order."""
    return _in_order(
        one
        for one in found
        if one.sort == INTERPRETER and language in one.languages and (not way or way in one.ways)
    )


def _in_order(found: Iterable[Around]) -> list[Around]:
    by_name = sorted(found, key=lambda one: (one.name, str(one.id)))
    used = [one for one in by_name if one.used_at is not None]
    used.sort(key=lambda one: one.used_at, reverse=True)  # type: ignore[arg-type,return-value]
    return used + [one for one in by_name if one.used_at is None]


def free_of(found: Iterable[Around], starts: datetime, ends: datetime) -> list[Around]:
    """Return those that are free then, in the order given."""
    return [one for one in found if not why_not(one, starts, ends)]


def fits(*needed: Sequence[Around]) -> Fits:
    """Return whether, at a time, one of each of these is free; of an empty one nothing is asked."""
    wanted = [some for some in needed if some]

    def all_there(starts: datetime, ends: datetime) -> bool:
        return all(any(not why_not(one, starts, ends) for one in some) for some in wanted)

    return all_there
