"""Reminds clients of their times, the day before, once: by a job, from what holds then.

A time is reminded of from ten in the morning of the day before; a time that was booked or moved
within the last day is not, as its own message has just gone out. Whether a message goes by mail or
as a text, and that a text waits for the day, is the outbox's matter.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from polku.contacts import in_order, invitations, states
from polku.contacts.models import Appointment
from polku.foundation import audit, clock, walls
from polku.foundation.models import OutboxMessage
from polku.foundation.viewer import system

FROM = time(10)
# On the day itself, after a night in which nothing ran: not in the last hours.
LEAST = timedelta(hours=3)
FRESH = timedelta(hours=20)
AT_ONCE = 500


def remind(register_id: UUID, *, at: datetime) -> int:
    """Write the reminders that are due in a register; return how many."""
    written = 0
    with walls.inside(register_id, by=system(register_id)):
        due = list(_due(at).values_list("id", "client_id")[:AT_ONCE])
    for one, client in due:
        with walls.inside(register_id, by=system(register_id)):
            # The client's row first: a closing that waits for the time would be waited for.
            in_order.hold([client])
            written += _remind(one, at)
    return written


def _due(at: datetime):  # type: ignore[no-untyped-def]
    today = clock.local(at).date()
    until = clock.day_ends(today + timedelta(days=1 if _begun(at) else 0))
    return (
        Appointment.objects.filter(
            Q(reminded_of__isnull=True) | ~Q(reminded_of=F("starts_at")),
            remind=True,
            status__in=states.LIVE,
            starts_at__gte=at + LEAST,
            starts_at__lt=until,
            client__closed_on__isnull=True,
        )
        .exclude(created_at__gt=at - FRESH)
        .order_by("starts_at")
    )


def _begun(at: datetime) -> bool:
    return clock.local(at).time() >= FROM


@transaction.atomic
def _remind(appointment_id: UUID, at: datetime) -> bool:
    """Write one reminder, unless it has become needless; the row's lock keeps two workers apart."""
    stored = (
        _due(at)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("client", "worker")
        .filter(pk=appointment_id)
        .first()
    )
    if stored is None:
        return False
    stored.reminded_of = stored.starts_at
    stored.save(update_fields=["reminded_of"])
    if _told_lately(stored, at):
        return False
    writer = system(stored.register_id, name=str(stored.worker))
    invitations.write(stored.client, stored, by=writer, at=at, what="reminder")
    audit.record(writer, "contacts.reminder", client=stored.client_id, fields=["reminded_of"])
    return True


def _told_lately(stored: Appointment, at: datetime) -> bool:
    """Return whether another message about this time was written within the last day."""
    return OutboxMessage.objects.filter(
        client_id=stored.client_id, about=stored.id, created_at__gt=at - FRESH
    ).exists()
