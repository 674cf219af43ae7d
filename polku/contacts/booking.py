"""Appointments: booking, moving, cancelling. The database refuses what would overlap."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import formats, translation
from django.utils.translation import gettext as _

from polku.clients import guarded
from polku.clients.models import Client
from polku.contacts.models import Appointment, Reminder
from polku.foundation import audit, clock, outbox
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.teamwork.models import HandOver

LIVE = ("proposed", "confirmed")
CONSTRAINTS = {
    "no_double_booking_of_a_worker": "worker",
    "no_double_booking_of_a_client": "client",
}


class DoubleBooked(Exception):
    """The time is taken. `whose` is "worker" or "client"."""

    def __init__(self, whose: str) -> None:
        super().__init__(f"the {whose} has another appointment then")
        self.whose = whose


def _taken(error: IntegrityError) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    return CONSTRAINTS.get(name, "")


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
    **fields: Any,
) -> Appointment:
    """Book a time and return it; `tell` writes the invitation. `fields`: kind, purpose, language,
    interpreter, note, status. Raises DoubleBooked. The same submission twice is one booking.
    """
    check(by, "contacts.book", client)
    try:
        with transaction.atomic():
            booked = Appointment.objects.create(
                register_id=client.register_id,
                client=client,
                worker_id=worker_id,
                starts_at=starts_at,
                ends_at=ends_at,
                place="" if client.safety_ban else place,
                submission=submission,
                created_at=at,
                created_by_id=by.user_id,
                **fields,
            )
    except IntegrityError as error:
        first = (
            submission and Appointment.objects.filter(submission=submission, client=client).first()
        )
        if first:
            return first
        whose = _taken(error)
        if whose:
            raise DoubleBooked(whose) from error
        raise
    if client.safety_ban and place:
        guarded.keep_text(client=client, about=booked.id, field="place", text=place)
    audit.record(by, "contacts.book", client=client.id, fields=["starts_at", "place", *fields])
    if tell:
        _tell(client, booked, by=by, at=at, what="booked")
    return booked


@transaction.atomic
def move(
    booked: Appointment, *, by: Viewer, at: datetime, starts_at: datetime, ends_at: datetime
) -> Appointment:
    """Move an appointment to another time. Raises DoubleBooked."""
    check(by, "contacts.book", booked.client)
    try:
        with transaction.atomic():
            booked.starts_at, booked.ends_at = starts_at, ends_at
            booked.version += 1
            booked.save(update_fields=["starts_at", "ends_at", "version"])
    except IntegrityError as error:
        whose = _taken(error)
        if whose:
            raise DoubleBooked(whose) from error
        raise
    audit.record(by, "contacts.move", client=booked.client_id, fields=["starts_at", "ends_at"])
    _tell(booked.client, booked, by=by, at=at, what="moved")
    return booked


@transaction.atomic
def set_status(
    booked: Appointment, *, by: Viewer, at: datetime, status: str, tell: bool = True
) -> Appointment:
    """Confirm, cancel, or mark as held or missed. A cancelled time tells the client."""
    check(by, "contacts.book", booked.client)
    booked.status = status
    booked.version += 1
    booked.save(update_fields=["status", "version"])
    audit.record(by, f"contacts.{status}", client=booked.client_id, fields=["status"])
    if tell and status == Appointment.Status.CANCELLED:
        _tell(booked.client, booked, by=by, at=at, what="cancelled")
    return booked


def cancel_coming(client: Client, by: Viewer, at: datetime) -> None:
    """Cancel what lies ahead for a client whose record closes. Nobody is told by itself."""
    Appointment.objects.filter(client=client, starts_at__gt=at, status__in=LIVE).update(
        status=Appointment.Status.CANCELLED
    )


def go_along(handed: list[HandOver], by: Viewer, at: datetime) -> None:
    """Give coming appointments and open reminders to the next coach.

    A time that the next coach has taken already stays with the former one, who held it out.
    """
    for one in handed:
        Reminder.objects.filter(
            client_id=one.client_id, worker_id=one.from_user_id, done_at__isnull=True
        ).update(worker_id=one.to_user_id)
        coming = Appointment.objects.filter(
            client_id=one.client_id,
            worker_id=one.from_user_id,
            starts_at__gt=at,
            status__in=LIVE,
        )
        for booked in coming:
            try:
                with transaction.atomic():
                    booked.worker_id = one.to_user_id
                    booked.save(update_fields=["worker"])
            except IntegrityError as error:
                if not _taken(error):
                    raise


def guard_places(client: Client, by: Viewer, at: datetime) -> None:
    """Move the places of a client's appointments behind the guarded view."""
    for booked in Appointment.objects.filter(client=client).exclude(place=""):
        guarded.keep_text(client=client, about=booked.id, field="place", text=booked.place)
    Appointment.objects.filter(client=client).update(place="")


def _tell(client: Client, booked: Appointment, *, by: Viewer, at: datetime, what: str) -> None:
    """Write the client's message, in their language; under a ban without place or purpose."""
    with translation.override(client.service_language):
        starts = clock.local(booked.starts_at)
        when = _("%(day)s at %(time)s") % {
            "day": formats.date_format(starts, "j.n.Y"),
            "time": formats.date_format(starts, "G.i"),
        }
        subject = {
            "booked": _("A time has been booked for you"),
            "moved": _("Your time has been moved"),
            "cancelled": _("Your time has been cancelled"),
        }[what]
        lines = [_("Hello!"), "", f"{subject}: {when}."]
        if what != "cancelled" and booked.place:
            lines.append(_("Place: %(place)s.") % {"place": booked.place})
        lines += ["", _("If the time does not suit you, call or write to your coach."), by.name]
        outbox.write(
            by=by,
            at=at,
            kind=f"appointment_{what}",
            subject=subject,
            body="\n".join(lines),
            client_id=client.id,
            language=client.service_language,
        )
