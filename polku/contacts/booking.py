"""Appointments: booking, moving, cancelling. The database refuses what would overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from polku.clients import guarded
from polku.clients.models import Client
from polku.contacts import in_order, invitations, left_behind, states
from polku.contacts.models import Appointment, Contact
from polku.contacts.offers import ending
from polku.contacts.reading import Taken
from polku.contacts.resources import holding
from polku.contacts.states import LIVE
from polku.contacts.time_rows import (
    DoubleBooked,
    NotFromHere,
    RecordClosed,
    locked,
    place_of,
    save,
    wanted,
    whose_time,
)
from polku.foundation import audit, submissions
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.models import Relation
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

__all__ = [
    "TIME_TO_UNDO", "DoubleBooked", "NotFromHere", "RecordClosed", "answer_those_given_back",
    "book", "cancel_coming", "guard_places", "held_with", "in_the_way", "locked", "move", "save",
    "set_status", "whose_time", "write_booking",
]  # fmt: skip
# A cancellation waits this long in the outbox, so that undo can hold it back.
TIME_TO_UNDO = timedelta(minutes=2)


def in_the_way(
    taken: Iterable[Taken],
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: Viewer,
    submission: UUID | None = None,
) -> str:
    """Return whose other appointment stands in the way: "worker", "client", or "" for nobody's.

    A form that has been booked already stands in nobody's way: `book` lands on what it made.
    """
    rows = list(taken)
    if submission is not None and any(row.submission == submission for row in rows):
        return ""
    meets = [row for row in rows if row.starts_at < ends_at and starts_at < row.ends_at]
    if any(row.worker_id == by.user_id for row in meets):
        return "worker"
    return "client" if meets else ""


@transaction.atomic
def book(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    worker_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    submission: UUID | None = None,
    tell: bool = True,
    resources: Sequence[UUID] = (),
    **fields: Any,
) -> Appointment:
    """Book a time and return it; `tell` writes the invitation. `fields`: kind, purpose, language,
    interpreter, note, status. With `resources`, a room and an interpreter, they are held too: all
    of it or nothing. Raises DoubleBooked. The same submission twice is one booking.
    """
    check(by, "contacts.book", client)
    booked, fresh = write_booking(
        client,
        by=by,
        at=at,
        worker_id=worker_id,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        submission=submission,
        tell=tell,
        resources=resources,
        **fields,
    )
    if fresh:
        answer_those_given_back(client, worker_id, at)
        ending.end_open([client.id], at=at)
        more = [*fields, "resources"] if resources else fields
        audit.record(by, "contacts.book", client=client.id, fields=["starts_at", "place", *more])
    return booked


def answer_those_given_back(client: Client, worker_id: UUID, at: datetime) -> None:
    """A new time answers a client who gave one back."""
    Appointment.objects.filter(
        client=client, worker_id=worker_id, said="cannot", said_read_at__isnull=True
    ).update(said_read_at=at)


def write_booking(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    worker_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    submission: UUID | None = None,
    tell: bool = True,
    resources: Sequence[UUID] = (),
    **fields: Any,
) -> tuple[Appointment, bool]:
    """Write a booking, for an action that checks and records. Return it, and whether it is new.

    A room among the `resources` is its place. Raises DoubleBooked, and RecordClosed.
    """
    booked = Appointment(
        register_id=client.register_id,
        client=client,
        worker_id=worker_id,
        starts_at=starts_at,
        ends_at=ends_at,
        submission=submission,
        created_at=at,
        created_by_id=by.user_id,
        **fields,
    )
    try:
        with transaction.atomic():
            found = wanted(booked, resources, by)
            _in_turn(booked, client, by)
            place = place_of(found) or place
            booked.place = "" if client.safety_ban else place
            booked.save(force_insert=True)
            holding.hold(booked, found, (), by)
    except holding.Gone as gone:
        raise DoubleBooked(gone.sort, gone.why) from gone
    except IntegrityError as error:
        first = (
            submission and Appointment.objects.filter(submission=submission, client=client).first()
        )
        if first:
            return first, False
        whose = whose_time(error)
        if whose:
            raise DoubleBooked(whose) from error
        submissions.refuse(error)
        raise
    if client.safety_ban and place:
        guarded.keep_text(client=client, about=booked.id, field="place", text=place)
    if tell:
        invitations.write(client, booked, by=by, at=at, what="booked")
    return booked, True


def _in_turn(booked: Appointment, client: Client, by: Viewer) -> None:
    """Wait for the turn of the worker and the client, whose ban or closing may have begun by now.

    Two who write the same time at the same instant would each find the other's half-written row,
    and wait for each other. Given back where a savepoint is rolled back.
    """
    with in_order.inside(by, booked.register_id):
        in_order.take([booked.worker_id], [client.id])
        in_order.stand(client)
    if client.closed_on is not None:
        raise RecordClosed


@transaction.atomic
def move(
    booked: Appointment,
    *,
    by: Viewer,
    at: datetime,
    starts_at: datetime,
    ends_at: datetime,
    version: int | None = None,
    tell: bool = True,
    resources: Sequence[UUID] | None = None,
    **fields: Any,
) -> Appointment:
    """Move an appointment to another time, and change its `fields` (kind, language, note, …).

    What it holds comes along, or `resources` in its stead. One that stayed with a former coach
    becomes the present one's.
    Raises DoubleBooked, NotFromHere, RecordClosed, and ChangedMeanwhile when `version` is no longer
    the last.
    """
    check(by, "contacts.book", booked.client)
    heir = _heir(booked, at)
    stored = locked(booked, version, by=by, workers=[heir], rooms=bool(resources))
    if stored.status not in LIVE:
        raise NotFromHere(stored.status)
    if stored.client.closed_on is not None:
        raise RecordClosed
    place = fields.pop("place", None)
    stored.worker_id = heir or stored.worker_id
    moved = (starts_at, ends_at) != (stored.starts_at, stored.ends_at)
    stored.starts_at, stored.ends_at = starts_at, ends_at
    if moved:
        _answered(stored, at)
    if place is not None:
        stored.place = "" if stored.client.safety_ban else place
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.version += 1
    place = save(stored, by=by, resources=resources) or place
    if place is not None and stored.client.safety_ban:
        guarded.keep_text(client=stored.client, about=stored.id, field="place", text=place)
    more = ["starts_at", "ends_at", *fields, *(["resources"] if resources else [])]
    audit.record(by, "contacts.move", client=stored.client_id, fields=more)
    if tell and moved:
        invitations.write(stored.client, stored, by=by, at=at, what="moved")
    return stored


@transaction.atomic
def set_status(
    booked: Appointment,
    *,
    by: Viewer,
    at: datetime,
    status: str,
    version: int | None = None,
    tell: bool = True,
    missed_by: str = "",
    missed_reason: str = "",
) -> Appointment:
    """Confirm, cancel, or mark as held or missed; or undo that. A cancelled time tells the client.

    Raises NotFromHere, ChangedMeanwhile when `version` is no longer the last, DoubleBooked when a
    cancelled time has been given to somebody else, and RecordClosed where it should stand again
    for who has none any more.
    """
    check(by, "contacts.book", booked.client)
    stored = locked(booked, by=by)
    if stored.status == status:
        return stored
    if version is not None and stored.version != version:
        raise ChangedMeanwhile(stored)
    if not states.may_become(stored.status, status):
        raise NotFromHere(stored.status)
    if status in LIVE and stored.client.closed_on is not None:
        raise RecordClosed
    before, stored.status = stored.status, status
    stored.missed_by, stored.missed_reason = missed_by, missed_reason
    _read(stored, at)
    stored.version += 1
    save(stored, by=by)
    audit.record(by, f"contacts.{status}", client=stored.client_id, fields=["status"])
    if not tell:
        return stored
    if status == states.CANCELLED:
        later = at + TIME_TO_UNDO
        invitations.write(stored.client, stored, by=by, at=at, what="cancelled", not_before=later)
    if before == states.CANCELLED and not invitations.hold_back(stored):
        invitations.write(stored.client, stored, by=by, at=at, what="stands")
    return stored


def _heir(booked: Appointment, at: datetime) -> UUID | None:
    """Return whose a time becomes that a hand-over left behind; None for one that was not."""
    if not left_behind.left_behind(at).filter(pk=booked.pk).exists():
        return None
    own = Relation.objects.filter(client=booked.client_id, kind="own", ends_at__isnull=True)
    return own.values_list("user_id", flat=True).first()


def _answered(stored: Appointment, at: datetime) -> None:
    """Another time answers a client who asked for one, and wants a reminder of its own."""
    stored.reminded_of = None
    _read(stored, at)


def _read(stored: Appointment, at: datetime) -> None:
    if stored.said and stored.said_read_at is None:
        stored.said_read_at = at


def held_with(booked: Appointment, contact: Contact) -> None:
    """Mark an appointment as held by a contact that was logged on it; for an action that checks."""
    stored = locked(booked)
    if stored.status != states.HELD and not states.may_become(stored.status, states.HELD):
        raise NotFromHere(stored.status)
    stored.status, stored.contact = states.HELD, contact
    stored.version += 1
    save(stored)


def cancel_coming(client: Client, by: Viewer, at: datetime) -> None:
    """Cancel what lies ahead for a client whose record closes. Nobody is told by itself."""
    Appointment.objects.filter(client=client, starts_at__gt=at, status__in=LIVE).update(
        status=Appointment.Status.CANCELLED
    )
    holding.let_go_of_cancelled(client.id)
    ending.end_open([client.id], at=at)


def guard_places(client: Client, by: Viewer, at: datetime) -> None:
    """Move the places of a client's appointments behind the guarded view."""
    for booked in Appointment.objects.filter(client=client).exclude(place=""):
        guarded.keep_text(client=client, about=booked.id, field="place", text=booked.place)
    Appointment.objects.filter(client=client).update(place="")
    ending.end_open([client.id], at=at)
    ending.forget_places(client.id)
