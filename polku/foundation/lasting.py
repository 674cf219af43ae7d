"""Rows that hold for a time: from a day to a day, both included, or from a moment to a moment.

Without an end they hold on.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q


def on(day: date, *, starts: str = "starts_on", ends: str = "ends_on") -> Q:
    """Return the condition that a row holds on a day."""
    return within(day, day, starts=starts, ends=ends)


def within(
    first: date, last: date | None, *, starts: str = "starts_on", ends: str = "ends_on"
) -> Q:
    """Return the condition that a row holds on some day from one to another, or for ever on."""
    begun = Q() if last is None else Q(**{f"{starts}__lte": last})
    return begun & to(first, ends=ends)


def to(day: date, *, ends: str = "ends_on") -> Q:
    """Return the condition that a row's last day is not before this one."""
    return Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": day})


def at(moment: datetime | Any, *, starts: str = "starts_at", ends: str = "ends_at") -> Q:
    """Return the condition that a row is in force at a moment, or at an expression for one."""
    return Q(**{f"{starts}__lte": moment}) & beyond(moment, ends=ends)


def beyond(moment: datetime | Any, *, ends: str = "ends_at") -> Q:
    """Return the condition that a row is not over at a moment; it may be still to begin."""
    return Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": moment})
