"""Rooms and interpreters held for an appointment: with it, moved with it, freed with it.

Always within the transaction that writes the appointment. The database refuses two at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from polku.contacts import in_order
from polku.contacts.models import Appointment, ResourceBooking
from polku.contacts.resources import fitting, reads
from polku.contacts.resources.fitting import Around
from polku.foundation import clock, constraints
from polku.foundation.viewer import Viewer, system

CONSTRAINT = "no_double_booking_of_a_resource"
HOLDS = ("proposed", "confirmed", "held")


class Gone(Exception):
    """What was wanted can't be had then. `sort` says which, `why` is a code of `fitting`."""

    def __init__(self, sort: str, why: str) -> None:
        super().__init__(f"the {sort} can't be had: {why}")
        self.sort, self.why = sort, why


def in_turn(register_id: Any) -> None:
    """Wait for the turn to hold anything in this register, before the turns of worker and client:
    who takes a week's proposals holds many, and two who hold each other's next would wait for ever.
    """
    in_order.of_rooms(register_id)


def wanted(booked: Appointment, ids: Sequence[UUID], by: Viewer | None) -> list[Around]:
    """Return what is to be held for an appointment as it will stand. Raises Gone.

    What others hold is not asked for: the database says so when it is written.
    """
    if not ids:
        return []
    day = clock.local(booked.starts_at).date()
    viewer = by or system(booked.register_id)
    with in_order.inside(by, booked.register_id):
        found = reads.around(viewer, day, day, only=ids, but=booked.id, whose=booked.worker_id)
    for one in found:
        if why := fitting.why_not(one, booked.starts_at, booked.ends_at, held=False):
            raise Gone(one.sort, why)
    if len(found) != len(set(ids)) or len({one.sort for one in found}) != len(found):
        raise ValueError("not one room and one interpreter of this register")
    return found


def of(booked: Appointment, by: Viewer | None) -> list[ResourceBooking]:
    """Return what an appointment holds or held."""
    with in_order.inside(by, booked.register_id):
        return list(ResourceBooking.objects.filter(appointment=booked).select_related("resource"))


def changes(booked: Appointment, rows: Iterable[ResourceBooking]) -> bool:
    """Return whether what is held must be held anew, for the appointment as it will stand."""
    if booked.status not in HOLDS:
        return False
    return any(row.freed_at is not None or _moved(row, booked) for row in rows)


def _moved(row: ResourceBooking, booked: Appointment) -> bool:
    buffer = timedelta(minutes=row.resource.buffer_minutes)
    fits = booked.ends_at <= row.ends_at <= booked.ends_at + buffer
    return row.starts_at != booked.starts_at or not fits


def hold(
    booked: Appointment,
    found: Sequence[Around],
    rows: Sequence[ResourceBooking],
    by: Viewer | None,
) -> None:
    """Hold these for the appointment and let go of what it held besides. Raises Gone."""
    known = {row.sort: row for row in rows}
    with in_order.inside(by, booked.register_id):
        for one in sorted(found, key=lambda one: one.id):
            row = known.pop(one.sort, None)
            _write(row or ResourceBooking(sort=one.sort, appointment=booked), one, booked)
        gone = [row.pk for row in known.values()]
        if gone:
            ResourceBooking.objects.filter(pk__in=gone).delete()


def _write(row: ResourceBooking, one: Around, booked: Appointment) -> None:
    row.register_id, row.resource_id = booked.register_id, one.id
    row.starts_at, row.ends_at = booked.starts_at, booked.ends_at + one.buffer
    row.freed_at = None
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if constraints.broken_by(error) != CONSTRAINT:
            raise
        raise Gone(one.sort, fitting.HELD) from error


def let_go(booked: Appointment, rows: Iterable[ResourceBooking], by: Viewer | None) -> None:
    """Free what an appointment held that takes place no more; an undo may take it back."""
    ids = [row.pk for row in rows if row.freed_at is None]
    if ids:
        with in_order.inside(by, booked.register_id):
            ResourceBooking.objects.filter(pk__in=ids).update(freed_at=clock.now())


def let_go_of_cancelled(client_id: UUID) -> None:
    """Free what a client's cancelled times held, for who cancels many at once."""
    ResourceBooking.objects.filter(
        appointment__client=client_id, appointment__status="cancelled", freed_at__isnull=True
    ).update(freed_at=clock.now())
