"""Appointments: booking, moving, cancelling. The database refuses what would overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from polku.clients import guarded
from polku.clients.models import Client
from polku.contacts import invitations, left_behind, states
from polku.contacts.models import Appointment, Contact
from polku.contacts.offers import ending
from polku.contacts.reading import Taken
from polku.contacts.resources import fitting, holding
from polku.contacts.resources.fitting import Around
from polku.contacts.states import LIVE
from polku.foundation import audit, constraints, submissions, turns
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.models import Relation
from polku.foundation.permissions import check
from polku.foundation.turns import Turn
from polku.foundation.viewer import Viewer

CONSTRAINTS = {
    "no_double_booking_of_a_worker": "worker",
    "no_double_booking_of_a_client": "client",
}
# A cancellation waits this long in the outbox, so that undo can hold it back.
TIME_TO_UNDO = timedelta(minutes=2)


class DoubleBooked(Exception):
    """The time is taken. `whose` is "worker" or "client"; "room" or "interpreter", with a code of
    `resources.fitting` that says why, where that can't be had.
    """

    def __init__(self, whose: str, why: str = "") -> None:
        super().__init__(f"the {whose} has another appointment then")
        self.whose, self.why = whose, why


class NotFromHere(ValueError):
    """An appointment in this state can't become that (`contacts.states`)."""


def whose_time(error: IntegrityError) -> str:
    """Return whose time the database has found taken: "worker", "client", or '' for neither."""
    name = constraints.broken_by(error)
    return CONSTRAINTS.get(name, "")


def _in_turn(worker_id: UUID, client_id: UUID) -> None:
    # Two who write the same time at the same instant would each find the other's half-written row,
    # wait for each other, and one would fail by a deadlock.
    turns.take(Turn.WORKER_TIMES, worker_id)
    turns.take(Turn.CLIENT_TIMES, client_id)


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

    A room among the `resources` is its place.
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
            found = _wanted(booked, resources, by)
            place = _place_of(found) or place
            booked.place = "" if client.safety_ban else place
            _in_turn(worker_id, client.id)
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


def _wanted(booked: Appointment, ids: Sequence[UUID], by: Viewer | None) -> list[Around]:
    """Wait for the turn and return what is to be held; what comes second finds the first's."""
    if ids:
        holding.in_turn(booked.register_id)
    found = holding.wanted(booked, ids, by)
    if any(one.sort == fitting.INTERPRETER for one in found):
        booked.interpreter = True
    return found


def _place_of(found: Iterable[Around]) -> str:
    return next((one.where for one in found if one.sort == fitting.ROOM), "")


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
    Raises DoubleBooked, NotFromHere, and ChangedMeanwhile when `version` is no longer the last.
    """
    check(by, "contacts.book", booked.client)
    stored = locked(booked, version)
    if stored.status not in LIVE:
        raise NotFromHere(stored.status)
    place = fields.pop("place", None)
    _take_over(stored, at)
    moved = (starts_at, ends_at) != (stored.starts_at, stored.ends_at)
    stored.starts_at, stored.ends_at = starts_at, ends_at
    if moved:
        _answered(stored, at)
    if place is not None:
        stored.place = "" if stored.client.safety_ban else place
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.version += 1
    held = save(stored, by=by, resources=resources)
    place = _place_of(held) if resources and _place_of(held) else place
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
    tell: bool = True,
    missed_by: str = "",
    missed_reason: str = "",
) -> Appointment:
    """Confirm, cancel, or mark as held or missed; or undo that. A cancelled time tells the client.

    Raises NotFromHere, and DoubleBooked when a cancelled time has been given to somebody else.
    """
    check(by, "contacts.book", booked.client)
    stored = locked(booked)
    if stored.status == status:
        return stored
    if not states.may_become(stored.status, status):
        raise NotFromHere(stored.status)
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


def _take_over(stored: Appointment, at: datetime) -> None:
    """Make a time that a hand-over left behind the present coach's, in the row only."""
    if not left_behind.left_behind(at).filter(pk=stored.pk).exists():
        return
    own = Relation.objects.filter(client=stored.client_id, kind="own", ends_at__isnull=True)
    present = own.values_list("user_id", flat=True).first()
    stored.worker_id = present or stored.worker_id


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


def locked(booked: Appointment, version: int | None = None) -> Appointment:
    """Return the row as it stands, held to the end. Raises ChangedMeanwhile for another version."""
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
) -> list[Around]:
    """Write a changed appointment, and what it holds: that comes along or is freed with it.

    `resources` are held in its stead. Return what is held anew. Raises DoubleBooked when its time,
    or what it needs, is taken.
    """
    rows = holding.of(stored, by)
    anew = resources is not None or holding.changes(stored, rows)
    ids = [row.resource_id for row in rows] if resources is None else resources
    try:
        with transaction.atomic():
            found = _wanted(stored, ids, by) if anew else []
            if resources and _place_of(found):
                stored.place = "" if stored.client.safety_ban else _place_of(found)
            _in_turn(stored.worker_id, stored.client_id)
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
    return found


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
