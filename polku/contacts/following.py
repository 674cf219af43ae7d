"""Logging a contact together with what follows from it: a booked time, a reminder, a held time.

All of it or nothing, with one entry in the record: a coach presses Save once after a call.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from polku.clients.models import Client
from polku.contacts import actions, booking, in_order
from polku.contacts.models import Appointment, Contact, Reminder
from polku.foundation import audit
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

_FOLLOWS = UUID("6f0f6f4e-3f0c-4d0e-9a8e-0d5a2c1b7e11")


@dataclass(frozen=True)
class Booking:
    """A time to book in the same go. `fields` as of `booking.book`."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Remembering:
    """A reminder to make in the same go."""

    on: date
    text: str


@dataclass(frozen=True)
class Logged:
    """What was written; `fresh` is False for a submission that had been sent before."""

    contact: Contact
    appointment: Appointment | None
    reminder: Reminder | None
    fresh: bool


@transaction.atomic
def log_with(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    submission: UUID,
    booking_asked: Booking | None = None,
    reminder_asked: Remembering | None = None,
    held: Appointment | None = None,
    **contact: Any,
) -> Logged:
    """Log a contact (`contact` as of `actions.log`), with a booking, a reminder, a time held.

    Raises DoubleBooked when the time is taken, RecordClosed for who is met no more: then nothing
    at all is written.
    """
    check(by, "contacts.log", client)
    if held is not None:
        # Before the first row: the next time is booked in the worker's turn, the held one may be
        # another worker's.
        in_order.take([by.user_id, held.worker_id], [client.id], held=[held.id])
    written, fresh = actions.write_contact(client, by=by, at=at, submission=submission, **contact)
    if not fresh:
        return Logged(written, None, None, False)
    booked = reminder = None
    if booking_asked is not None:
        check(by, "contacts.book", client)
        booked, _ = booking.write_booking(
            client,
            by=by,
            at=at,
            worker_id=by.user_id,  # type: ignore[arg-type]
            starts_at=booking_asked.starts_at,
            ends_at=booking_asked.ends_at,
            place=booking_asked.place,
            submission=uuid5(_FOLLOWS, str(submission)),
            **booking_asked.fields,
        )
    if reminder_asked is not None:
        reminder = actions.write_reminder(
            client, by=by, at=at, on=reminder_asked.on, text=reminder_asked.text
        )
    if held is not None:
        booking.held_with(held, written)
    more = {"appointment": booked or held, "reminder": reminder}
    fields = ["kind", "purpose", "reached", *(name for name, thing in more.items() if thing)]
    audit.record(by, "contacts.log", client=client.id, fields=fields)
    return Logged(written, booked, reminder, True)
