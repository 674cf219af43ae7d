"""Days and clock times as people write them, made into moments; nothing here asks the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils.dateparse import parse_datetime

from polku.foundation import clock

LONGEST = 8 * 60


class NoSuchTime(ValueError):
    """The clock skips this time on that day, when summer time begins. `next` is the first after."""

    def __init__(self, next_valid: datetime) -> None:
        super().__init__("the clock skips this time")
        self.next = next_valid


def moment(day: date, at: time, *, later: bool = False) -> datetime:
    """Return the moment of a Helsinki day and time; the `later` one where the clock shows it twice.

    Raises NoSuchTime for one that is skipped.
    """
    found = datetime.combine(day, at.replace(fold=int(later)), tzinfo=clock.HELSINKI)
    if not _is_shown(found):
        raise NoSuchTime(_next_shown(found))
    return found


def comes_twice(day: date, at: time) -> bool:
    """Return whether the clock shows this time twice on that day, when summer time ends."""
    first, second = (
        datetime.combine(day, at.replace(fold=fold), tzinfo=clock.HELSINKI) for fold in (0, 1)
    )
    return first.utcoffset() != second.utcoffset() and _is_shown(first)


def _is_shown(found: datetime) -> bool:
    # Through UTC a skipped time comes back as another one.
    return clock.local(found.astimezone(UTC)).time() == found.time()


def _next_shown(skipped: datetime) -> datetime:
    found = skipped.replace(second=0, microsecond=0, fold=0)
    while not _is_shown(found):
        found += timedelta(minutes=1)
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
