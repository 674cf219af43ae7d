"""The only door to time: nothing else asks what day it is.

Tests, the demo and the simulation set the moment with `at()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")

_set_moment: ContextVar[datetime | None] = ContextVar("polku_moment", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC or as set by `at()`."""
    moment = _set_moment.get()
    return moment if moment is not None else datetime.now(tz=ZoneInfo("UTC"))


def today() -> date:
    """Return today's date in Helsinki."""
    return now().astimezone(HELSINKI).date()


def local(moment: datetime) -> datetime:
    """Return the moment in Helsinki's time."""
    return moment.astimezone(HELSINKI)


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
