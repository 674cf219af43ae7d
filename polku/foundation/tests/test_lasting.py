"""Rows that hold for a time: whoever asks, the same days and moments are within it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import DateField, DateTimeField, Value

from polku.foundation import lasting
from polku.foundation.models import Municipality

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
BEGINS, ENDS = datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 31, 8, tzinfo=UTC)
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
NAMES = {"starts": "first", "ends": "last"}


def held(condition: Any, first: Any = FIRST, last: Any = LAST) -> bool:
    """Ask the database of a row from one to another."""
    kind = DateTimeField() if isinstance(first, datetime) else DateField()
    rows = Municipality.objects.annotate(first=Value(first, kind), last=Value(last, kind))
    return rows.filter(condition).exists()


def test_both_days_are_included() -> None:
    asked = [FIRST - DAY, FIRST, LAST, LAST + DAY]
    assert [held(lasting.on(day, **NAMES)) for day in asked] == [False, True, True, False]
    assert [held(lasting.to(day, ends="last")) for day in asked] == [True, True, True, False]
    endless = [held(lasting.on(day, **NAMES), last=None) for day in asked]
    assert endless == [False, True, True, True]


def test_some_day_of_a_period_is_enough() -> None:
    asked = [
        (FIRST - 9 * DAY, FIRST - DAY),
        (FIRST - 9 * DAY, FIRST),
        (LAST, LAST + 9 * DAY),
        (LAST + DAY, LAST + 9 * DAY),
        (FIRST - 9 * DAY, None),
        (LAST + DAY, None),
    ]
    found = [held(lasting.within(first, last, **NAMES)) for first, last in asked]
    assert found == [False, True, True, False, True, False]


def test_the_first_moment_is_in_force_and_the_last_is_not() -> None:
    asked = [BEGINS - TICK, BEGINS, ENDS - TICK, ENDS]
    in_force = [held(lasting.at(moment, **NAMES), BEGINS, ENDS) for moment in asked]
    assert in_force == [False, True, True, False]
    not_over = [held(lasting.beyond(moment, ends="last"), BEGINS, ENDS) for moment in asked]
    assert not_over == [True, True, True, False]
    assert held(lasting.at(ENDS, **NAMES), BEGINS, None)
