"""When a worker meets nobody: days away, outside the own hours, own time; for what is offered.

A worker who has said nothing of their hours is closed on days away alone: the office's day holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Expression, Subquery
from django.db.models.functions import JSONObject

from polku.contacts.models import OwnWeek, TimeAway
from polku.contacts.weeks.hours import SLOTS, Own, start_of, stretches
from polku.foundation import clock
from polku.foundation.models import User

Times = list[tuple[datetime, datetime]]


def closed(register_id: UUID, worker_id: UUID, first: date, last: date) -> Times:
    """Return from when until when the worker meets nobody on these days, by order. One statement.

    Asked inside the register's walls, by a worker or by the system: a client's own session sees
    none of these rows.
    """
    found = User.objects.filter(pk=worker_id).values_list(
        *columns(register_id, worker_id, first, last)
    )
    return told(found.get(), first, last)


def columns(
    register_id: UUID | None, worker_id: UUID | None, first: date, last: date
) -> list[Expression]:
    """Return what any read may carry beside its rows, from which `told` says when nobody is met."""
    week = OwnWeek.objects.filter(register_id=register_id, user_id=worker_id)
    away = TimeAway.objects.filter(
        register_id=register_id,
        user_id=worker_id,
        ended_at__isnull=True,
        first_on__lte=last,
        last_on__gte=first,
    )
    return [
        Subquery(week.values("hours")[:1]),
        Subquery(week.values("focus")[:1]),
        ArraySubquery(away.values(span=JSONObject(first="first_on", last="last_on"))),
    ]


def told(row: Sequence[Any], first: date, last: date) -> Times:
    """Return when nobody is met, of a row's `columns`."""
    open_hours, focus, spans = _read(row[0]), _read(row[1]), map(_read, row[2])
    own = None if open_hours is None else Own(stretches(open_hours), stretches(focus), 0, False)
    days = [(date.fromisoformat(s["first"]), date.fromisoformat(s["last"])) for s in spans]
    return closed_times(own, days, first, last)


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def closed_times(
    own: Own | None, away: Iterable[tuple[date, date]], first: date, last: date
) -> Times:
    """Return the same of what is known of the worker; `own` is None where nothing was said."""
    spans = list(away)
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if any(begins <= day <= ends for begins, ends in spans):
            gaps: Iterable[tuple[int, int]] = [(0, SLOTS)]
        else:
            gaps = _gaps(own, day.weekday()) if own is not None else []
        monday = clock.monday_of(day)
        found += [
            (start_of(monday, day.weekday(), a), start_of(monday, day.weekday(), b))
            for a, b in gaps
        ]
    return found


def _gaps(own: Own, weekday: int) -> Iterator[tuple[int, int]]:
    """Yield the slots of a day of the week, from `first` on and not `last`, that are not open."""
    is_open = [False] * SLOTS
    for rows, value in ((own.hours, True), (own.focus, False)):
        for one in rows:
            if one.day == weekday:
                is_open[one.first : one.last] = [value] * (one.last - one.first)
    begins = None
    for slot, opened in enumerate([*is_open, True]):
        if not opened and begins is None:
            begins = slot
        elif opened and begins is not None:
            yield begins, slot
            begins = None
