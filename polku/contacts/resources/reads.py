"""Reads of rooms and interpreters. What is known of all of them around some days: one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Expression, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from polku.contacts.models import Appointment, Resource, ResourceAway, ResourceBooking
from polku.contacts.resources.fitting import Around
from polku.contacts.slots import Busy
from polku.contacts.weeks.hours import stretches
from polku.foundation import clock, lasting
from polku.foundation.viewer import Viewer

LOOKED_BACK = timedelta(days=90)
CARRIED = "carried_"


def around(
    viewer: Viewer,
    first: date,
    last: date,
    *,
    but: UUID | None = None,
    only: Iterable[UUID] | None = None,
    whose: UUID | None = None,
    beside: Iterable[Expression] = (),
) -> list[Around]:
    """Return the rooms and interpreters that may be booked on these days, of the viewer's own
    organisation and of everybody's; those of `only`, whosever they are. One statement.

    `but` leaves out what an appointment holds itself; `whose` is the worker by whose habits they
    are ordered, the viewer when left out; `beside` is what the read carries along, told in each
    one's `beside`. For a worker or the software itself.
    """
    since, until = clock.day_begins(first), clock.day_ends(last)
    held = ResourceBooking.objects.filter(
        resource=OuterRef("pk"), freed_at__isnull=True, starts_at__lt=until, ends_at__gt=since
    ).exclude(appointment=but)
    away = ResourceAway.objects.filter(
        resource=OuterRef("pk"), ended_at__isnull=True, starts_at__lt=until, ends_at__gt=since
    )
    used = ResourceBooking.objects.filter(
        resource=OuterRef("pk"), appointment__worker=whose or viewer.user_id,
        appointment__created_at__gt=viewer.at - LOOKED_BACK,
    ).order_by()  # fmt: skip
    last_used = used.values("resource").annotate(at=Max("appointment__created_at")).values("at")
    span = JSONObject(a="starts_at", b="ends_at")
    rows = (
        _standing(viewer, first, last, only)
        .annotate(
            away_then=ArraySubquery(away.values(span=span)),
            held_then=ArraySubquery(held.values(span=span)),
            used_at=Subquery(last_used),
            **{f"{CARRIED}{n}": one for n, one in enumerate(beside)},
        )
        .order_by("name", "id")
    )
    return [_around(row) for row in rows]


def _standing(
    viewer: Viewer, first: date, last: date, only: Iterable[UUID] | None
) -> QuerySet[Resource]:
    rows = Resource.objects.filter(register_id=viewer.register_id)
    if only is not None:
        return rows.filter(pk__in=list(only))
    ours = Q(organisation__isnull=True) | Q(organisation=viewer.organisation_id)
    return rows.filter(
        ours if viewer.organisation_id else Q(),
        lasting.within(first, last, starts="valid_from", ends="valid_until"),
    )


def _around(row: Any) -> Around:
    return Around(
        id=row.id,
        sort=row.sort,
        name=row.name,
        place=row.place,
        languages=tuple(row.languages),
        ways=tuple(row.ways),
        buffer=timedelta(minutes=row.buffer_minutes),
        hours=stretches(row.hours),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        away=_spans(row.away_then),
        held=_spans(row.held_then),
        used_at=row.used_at,
        beside=tuple(value for name, value in vars(row).items() if name.startswith(CARRIED)),
    )


def _spans(found: Iterable[Any]) -> Busy:
    told = (json.loads(one) if isinstance(one, str) else one for one in found)
    return sorted((_moment(one["a"]), _moment(one["b"])) for one in told)


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)


def kept(viewer: Viewer) -> list[Resource]:
    """Return every room and interpreter of the register, rooms first, by name. One statement."""
    rows = Resource.objects.filter(register_id=viewer.register_id).select_related("organisation")
    return sorted(rows, key=lambda one: (one.sort != Resource.Sort.ROOM, one.name, str(one.id)))


def one(viewer: Viewer, resource_id: UUID) -> Resource | None:
    """Return one of the register's; None for none."""
    rows = Resource.objects.filter(register_id=viewer.register_id, pk=resource_id)
    return rows.select_related("organisation").first()


def held_in(resource: Resource, since: datetime, until: datetime) -> list[ResourceBooking]:
    """Return what holds it between two moments, by time, each with its appointment and worker."""
    rows = ResourceBooking.objects.filter(
        resource=resource, freed_at__isnull=True, starts_at__lt=until, ends_at__gt=since
    )
    return list(rows.select_related("appointment__worker").order_by("starts_at"))


def away_in(resource: Resource, since: datetime, until: datetime) -> list[ResourceAway]:
    """Return when it is closed between two moments, by time."""
    rows = ResourceAway.objects.filter(
        resource=resource, ended_at__isnull=True, starts_at__lt=until, ends_at__gt=since
    )
    return list(rows.order_by("starts_at", "ends_at"))


def held_by(booked: Appointment) -> dict[str, UUID]:
    """Return what an appointment holds, by sort. One statement."""
    rows = ResourceBooking.objects.filter(appointment=booked, freed_at__isnull=True)
    return dict(rows.values_list("sort", "resource_id"))


def of_appointment(appointment_id: UUID) -> list[ResourceBooking]:
    """Return what an appointment holds or held, rooms last. One statement."""
    rows = ResourceBooking.objects.filter(appointment=appointment_id)
    return list(rows.select_related("resource").order_by("sort"))
