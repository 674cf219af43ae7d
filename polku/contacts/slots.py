"""Free times: where a meeting fits between what is booked already. Pure; nothing is asked here.

The day is the office's: from eight to four on working days, in steps of a quarter of an hour, with
a lunch that is left alone as long as something else is free. It is an assumption, said on the
screen; a time outside it can be written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from polku.contacts import times
from polku.foundation import clock
from polku.rules.calendar import is_working_day
from polku.web.forms import LATEST

OPENS, CLOSES = time(8, 0), time(16, 0)
LUNCH = (time(11, 15), time(12, 0))
STEP = timedelta(minutes=15)

Busy = list[tuple[datetime, datetime]]
# Whether what a time needs beside the two who meet (a room, an interpreter) is there then.
Fits = Callable[[datetime, datetime], bool]


def overlaps(starts: datetime, ends: datetime, busy: Iterable[tuple[datetime, datetime]]) -> bool:
    """Return whether a time meets one that is taken; back to back does not."""
    return any(starts < end and begin < ends for begin, end in busy)


def free(
    day: date, *, minutes: int, busy: Busy, after: datetime, fits: Fits | None = None
) -> list[datetime]:
    """Return every start on the day, by quarters, at which so many minutes are free."""
    if not is_working_day(day):
        return []
    opens, closes = times.moment(day, OPENS), times.moment(day, CLOSES)
    taken = _within(opens, closes, busy)
    taken.append((times.moment(day, LUNCH[0]), times.moment(day, LUNCH[1])))
    length, after = timedelta(minutes=minutes), clock.local(after)
    found = []
    start = opens
    while start + length <= closes:
        if start > after and not overlaps(start, start + length, taken):
            found.append(start)
        start += STEP
    return found if fits is None else [one for one in found if fits(*times.span(one, minutes))]


def _within(opens: datetime, closes: datetime, busy: Busy) -> Busy:
    """Return what is taken of an office's day, in its own time.

    A busy calendar is long, and moments of two zones are slow to compare: a page compares
    thousands.
    """
    first, last = opens.astimezone(UTC), closes.astimezone(UTC)
    return [
        (clock.local(begin), clock.local(end))
        for begin, end in busy
        if begin < last and first < end
    ]


def apart(starts: list[datetime], minutes: int) -> list[datetime]:
    """Return starts of which no two overlap: choices, not a ruler."""
    chosen: list[datetime] = []
    for start in starts:
        if not chosen or start >= chosen[-1] + timedelta(minutes=minutes):
            chosen.append(start)
    return chosen


def next_free(
    start: datetime,
    *,
    minutes: int,
    busy: Busy,
    after: datetime,
    count: int = 4,
    days: int = 21,
    fits: Fits | None = None,
) -> list[datetime]:
    """Return the nearest free starts from a wished time on: that day's closest, then later days."""
    wished = clock.local(start).date()
    same_day = free(wished, minutes=minutes, busy=busy, after=after, fits=fits)
    nearest = sorted(same_day, key=lambda found: abs(found - start))[:2]
    found = sorted(nearest)
    for day in _days(wished + timedelta(days=1), days):
        if len(found) >= count:
            break
        there = free(day, minutes=minutes, busy=busy, after=after, fits=fits)
        found += apart(there, minutes)[:1]
    return found[:count]


def propose(
    first: date,
    last: date,
    *,
    minutes: int,
    busy: Busy,
    after: datetime,
    count: int = 4,
    fits: Fits | None = None,
) -> list[datetime]:
    """Return a few free starts spread over the days of the client's window, one a day.

    Mornings and afternoons in turn, so that there is something to choose from.
    """
    open_days = [
        (day, starts)
        for day in _days(first, (last - first).days + 1)
        if (starts := free(day, minutes=minutes, busy=busy, after=after, fits=fits))
    ]
    if not open_days:
        return []
    step = max(1, len(open_days) // count)
    chosen = open_days[::step][:count]
    proposed = []
    for nth, (_, starts) in enumerate(chosen):
        wanted = time(9, 0) if nth % 2 == 0 else time(13, 0)
        later = [start for start in starts if clock.local(start).time() >= wanted]
        proposed.append((later or starts)[0])
    return proposed


def _days(first: date, count: int) -> Iterator[date]:
    for n in range(max(count, 0)):
        day = first + timedelta(days=n)
        if day > LATEST:  # where the calendar ends, nothing is proposed
            return
        yield day
