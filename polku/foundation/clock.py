"""The only door to time: nothing else asks what day it is.

The time is the database's. Each process is told it with every request and job (`walls.enter`) and
counts on from there by the machine's steady clock, so that two machines whose clocks differ write
the same time, and one whose clock is set back goes on (decision 0081). Before a process has been
told, it goes by its machine's own clock.

Tests, the demo and the simulation set the moment with `at()`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import NamedTuple
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
UTC = ZoneInfo("UTC")

# The machine's own clock and its steady one may part by so many seconds before the database is
# asked anew: one was set, or the machine stood still.
PARTED = 1.0
# What it takes to be told the time differs from asking to asking; nobody sees time go back for it.
JITTER = timedelta(seconds=1)
# Counts on while a machine sleeps, where the system has such a clock.
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class _Told(NamedTuple):
    """What the database said, and what the machine's two clocks showed then, in seconds."""

    moment: datetime
    steady: float
    own: float


_set_moment: ContextVar[datetime | None] = ContextVar("polku_moment", default=None)
_told: _Told | None = None
_latest = datetime(1, 1, 2, tzinfo=UTC)


def now() -> datetime:
    """Return the present moment, aware, in UTC or as set by `at()`."""
    moment = _set_moment.get()
    return moment if moment is not None else _counted_on()


def _counted_on() -> datetime:
    global _latest
    told = _told
    if told is None:
        return datetime.now(tz=UTC)
    moment = told.moment + timedelta(seconds=_steady() - told.steady)
    if moment < _latest < moment + JITTER:
        return _latest
    _latest = moment
    return moment


def tell(moment: datetime) -> None:
    """Take over the database's time, as it has just said it. Aware."""
    global _told
    _told = _Told(moment.astimezone(UTC), _steady(), time.time())


def is_doubtful() -> bool:
    """Return whether the database should be asked before this process goes on by its own count."""
    told = _told
    if told is None:
        return True
    return abs((time.time() - told.own) - (_steady() - told.steady)) > PARTED


def stands() -> bool:
    """Return whether the moment is set by `at()`."""
    return _set_moment.get() is not None


def _steady() -> float:
    return time.clock_gettime(_STEADY)


def today() -> date:
    """Return today's date in Helsinki."""
    return now().astimezone(HELSINKI).date()


def local(moment: datetime) -> datetime:
    """Return the moment in Helsinki's time."""
    return moment.astimezone(HELSINKI)


def day_begins(day: date) -> datetime:
    """Return the moment at which a day begins in Helsinki."""
    return datetime.combine(day, clock_time(), tzinfo=HELSINKI)


def day_ends(day: date) -> datetime:
    """Return the moment at which a day is over in Helsinki: the next one begins."""
    return day_begins(day + timedelta(days=1))


def monday_of(day: date) -> date:
    """Return the Monday of the week in which a day lies."""
    return day - timedelta(days=day.weekday())


def monday_from(day: date) -> date:
    """Return the first Monday from a day on: the day itself where it is one."""
    return day + timedelta(days=-day.weekday() % 7)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Set the present moment inside the block. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("clock.at() needs a datetime with a time zone")
    token = _set_moment.set(moment)
    try:
        yield
    finally:
        _set_moment.reset(token)
