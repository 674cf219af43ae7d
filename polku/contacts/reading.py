"""Reads of this room's own pages: the panel, a contact, an appointment and the day around it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from polku.clients import queries
from polku.clients.models import Client
from polku.contacts import slots, times
from polku.contacts.models import Appointment, Contact, Reminder, Rhythm
from polku.foundation.models import OutboxMessage, Team
from polku.foundation.viewer import Viewer

TAKEN = ("proposed", "confirmed", "held")


def rhythm_of(client: Client) -> Rhythm:
    """Return the rhythm of a client whom the caller has found to be visible."""
    return Rhythm.objects.get(client=client)


def contact(viewer: Viewer, client_id: UUID, contact_id: UUID) -> Contact:
    """Return one contact of a visible client. Raises Contact.DoesNotExist."""
    return (
        Contact.objects.filter(queries.seen(viewer, "client", only=client_id), pk=contact_id)
        .select_related("client", "copied_by")
        .get()
    )


def appointment(viewer: Viewer, client_id: UUID, appointment_id: UUID) -> Appointment:
    """Return one appointment of a visible client. Raises Appointment.DoesNotExist."""
    return (
        Appointment.objects.filter(
            queries.seen(viewer, "client", only=client_id), pk=appointment_id
        )
        .select_related("client", "worker")
        .get()
    )


def reminder(viewer: Viewer, client_id: UUID, reminder_id: UUID) -> Reminder:
    """Return one of the viewer's own reminders. Raises Reminder.DoesNotExist."""
    return (
        Reminder.objects.filter(
            queries.seen(viewer, "client", only=client_id),
            pk=reminder_id,
            worker_id=viewer.user_id,
        )
        .select_related("client")
        .get()
    )


def busy(
    worker_id: UUID | None,
    client_id: UUID,
    first: date,
    last: date,
    *,
    but: UUID | None = None,
) -> slots.Busy:
    """Return the times taken for the worker or for the client, by order. One query."""
    rows = Appointment.objects.filter(
        Q(worker_id=worker_id) | Q(client_id=client_id),
        starts_at__lt=times.moment(last + timedelta(days=1), time(0)),
        ends_at__gt=times.moment(first, time(0)),
        status__in=TAKEN,
    )
    if but is not None:
        rows = rows.exclude(pk=but)
    return list(rows.order_by("starts_at").values_list("starts_at", "ends_at"))


def service_point(viewer: Viewer) -> str:
    """Return where the viewer's team meets its clients; empty when it is not known."""
    if viewer.team_id is None:
        return ""
    found = Team.objects.filter(pk=viewer.team_id).values_list("service_point", flat=True)
    return found.first() or ""


def places_used(viewer: Viewer, since: datetime) -> list[str]:
    """Return the places where the viewer has lately met clients, the most used first."""
    rows = (
        Appointment.objects.filter(worker_id=viewer.user_id, starts_at__gt=since)
        .exclude(place="")
        .values_list("place", flat=True)[:200]
    )
    places = list(rows)
    return sorted(set(places), key=lambda place: (-places.count(place), place))[:6]


def was_sent(client_id: UUID, submission: str) -> bool:
    """Return whether the form with this mark has been logged already."""
    try:
        mark = UUID(submission)
    except ValueError:
        return False
    return Contact.objects.filter(submission=mark, client_id=client_id).exists()


def mails(viewer: Viewer, *, count: int = 100) -> list[OutboxMessage]:
    """Return messages to the viewer's clients and to the viewer, newest first."""
    return list(
        OutboxMessage.objects.filter(
            Q(queries.seen(viewer, "client")) | Q(user_id=viewer.user_id),
            register_id=viewer.register_id,
        )
        .select_related("client", "user")
        .order_by("-created_at")[:count]
    )
