"""Days and clock times as people write them, made into moments; nothing here asks the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils.dateparse import parse_datetime

from polku.foundation import clock

LONGEST = 8 * 60


class NoSuchTime(ValueError):
    """The clock skips this time on that day, when summer time begins."""


def moment(day: date, at: time) -> datetime:
    """Return the moment of a Helsinki day and time. Raises NoSuchTime for one that is skipped."""
    found = datetime.combine(day, at, tzinfo=clock.HELSINKI)
    # Through UTC a skipped time comes back as another one.
    if clock.local(found.astimezone(UTC)).time() != at:
        raise NoSuchTime
    return found


def read(text: str) -> datetime | None:
    """Return the moment that a form sends back as it was given out; None for anything else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def span(starts: datetime, minutes: int) -> tuple[datetime, datetime]:
    """Return start and end of so many minutes, true minutes even where the clock is turned."""
    begins = starts.astimezone(UTC)
    return begins, begins + timedelta(minutes=minutes)


def minutes_between(starts: datetime, ends: datetime) -> int:
    """Return whole minutes from one moment to another."""
    return int((ends - starts).total_seconds() // 60)


def length_of(text: object) -> int | None:
    """Return the minutes that a form or an address gives; None for none that a time can take."""
    told = str(text or "")
    # More digits than that say no length, and `isdecimal` takes no ²; `int` takes both as it likes.
    if not (told.isdecimal() and len(told) < 5):
        return None
    return int(told) if 0 < int(told) <= LONGEST else None
