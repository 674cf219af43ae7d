"""A booked time's row: found as it stands, held to the end, written with what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from polku.contacts import in_order
from polku.contacts.models import Appointment, ResourceBooking
from polku.contacts.resources import fitting, holding
from polku.contacts.resources.fitting import Around
from polku.foundation import constraints
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.viewer import Viewer

CONSTRAINTS = {
    "no_double_booking_of_a_worker": "worker",
    "no_double_booking_of_a_client": "client",
}


class DoubleBooked(Exception):
    """The time is taken. `whose` is "worker" or "client"; "room" or "interpreter", with a code of
    `resources.fitting` that says why, where that can't be had.
    """

    def __init__(self, whose: str, why: str = "") -> None:
        super().__init__(f"the {whose} has another appointment then")
        self.whose, self.why = whose, why


class NotFromHere(ValueError):
    """An appointment in this state can't become that (`contacts.states`)."""


class RecordClosed(ValueError):
    """The client's record is closed, or the client has died: no time is booked."""


def whose_time(error: IntegrityError) -> str:
    """Return whose time the database has found taken: "worker", "client", or '' for neither."""
    return CONSTRAINTS.get(constraints.broken_by(error), "")


def wanted(booked: Appointment, ids: Sequence[UUID], by: Viewer | None) -> list[Around]:
    """Wait for the turn and return what is to be held; what comes second finds the first's."""
    if ids:
        holding.in_turn(booked.register_id)
    found = holding.wanted(booked, ids, by)
    if any(one.sort == fitting.INTERPRETER for one in found):
        booked.interpreter = True
    return found


def place_of(found: Iterable[Around]) -> str:
    """Return the place of a meeting for which these are held; "" where no room is."""
    return next((one.where for one in found if one.sort == fitting.ROOM), "")


def locked(
    booked: Appointment,
    version: int | None = None,
    *,
    by: Viewer | None = None,
    workers: Iterable[UUID | None] = (),
    rooms: bool = False,
) -> Appointment:
    """Return the row as it stands, held to the end. Raises ChangedMeanwhile for another version.

    All turns are taken before it: its worker's and those of `workers`, whose it may become; its
    client's; the rooms' where it holds one or, with `rooms`, is to.
    """
    with in_order.inside(by, booked.register_id):
        if rooms:
            in_order.of_rooms(booked.register_id)
        in_order.take([booked.worker_id, *workers], [booked.client_id], held=[booked.id])
        in_order.hold([booked.client_id])
    stored = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("client")
        .get(pk=booked.pk)
    )
    if version is not None and stored.version != version:
        raise ChangedMeanwhile(stored)
    return stored


def save(
    stored: Appointment, *, by: Viewer | None = None, resources: Sequence[UUID] | None = None
) -> str:
    """Write a `locked` and changed appointment, and what it holds: that comes along or is freed
    with it.

    `resources` are held in its stead; the same at the same time stay held, also where they could
    not be had anew. Return the place of the room among them. Raises DoubleBooked when its time, or
    what it needs, is taken.
    """
    rows = holding.of(stored, by)
    standing = {row.resource_id: row for row in rows if row.freed_at is None}
    ids = [row.resource_id for row in rows] if resources is None else resources
    anew = holding.changes(stored, rows) or set(ids) != set(standing) and resources is not None
    place = ""
    try:
        with transaction.atomic():
            found = wanted(stored, ids, by) if anew else []
            if resources:
                place = place_of(found) if anew else _place_of_rows(standing.values())
            if place:
                stored.place = "" if stored.client.safety_ban else place
            stored.save()
            if anew:
                holding.hold(stored, found, rows, by)
            elif stored.status not in holding.HOLDS:
                holding.let_go(stored, rows, by)
    except holding.Gone as gone:
        raise DoubleBooked(gone.sort, gone.why) from gone
    except IntegrityError as error:
        whose = whose_time(error)
        if whose:
            raise DoubleBooked(whose) from error
        raise
    return place


def _place_of_rows(rows: Iterable[ResourceBooking]) -> str:
    return next((row.resource.where for row in rows if row.sort == fitting.ROOM), "")
