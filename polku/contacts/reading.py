"""Reads of this room's own pages: the panel, a contact, an appointment and the day around it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from polku.clients import queries
from polku.clients.models import Client
from polku.contacts import ports, slots
from polku.contacts.models import Appointment, Contact, Reminder, Rhythm
from polku.contacts.weeks.closed import closed
from polku.foundation import clock, submissions
from polku.foundation.models import OutboxMessage, Team
from polku.foundation.permissions import can
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer

TAKEN = ("proposed", "confirmed", "held")
NONE = UUID(int=0)


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


class Taken(NamedTuple):
    """A time that is taken for the worker or for the client; `submission` is its form's mark."""

    starts_at: datetime
    ends_at: datetime
    worker_id: UUID
    submission: UUID | None


@prepared
def _taken(
    viewer: Viewer, *, client_id: UUID, since: datetime, until: datetime, but: UUID
) -> QuerySet[Any, Any]:
    rows = Appointment.objects.filter(
        Q(worker_id=viewer.user_id) | Q(client_id=client_id),
        starts_at__lt=until,
        ends_at__gt=since,
        status__in=TAKEN,
    )
    return rows.exclude(pk=but).order_by("starts_at").values_list(*Taken._fields)


def taken(
    viewer: Viewer, client_id: UUID, first: date, last: date, *, but: UUID | None = None
) -> list[Taken]:
    """Return the times taken for the viewer or for the client, by order. One statement."""
    rows = _taken(
        viewer,
        client_id=client_id,
        since=clock.day_begins(first),
        until=clock.day_ends(last),
        but=but or NONE,
    )
    return [Taken._make(row) for row in rows]


def busy(
    viewer: Viewer,
    client_id: UUID,
    first: date,
    last: date,
    *,
    but: UUID | None = None,
    shut: slots.Busy | None = None,
) -> slots.Busy:
    """Return from when until when the viewer or the client has something, or the viewer is away,
    outside the own hours or in own time; by order. Two statements; one where another read has told
    what is `shut`.
    """
    found = [one[:2] for one in taken(viewer, client_id, first, last, but=but)]
    if shut is not None:
        found += shut
    elif viewer.register_id is not None and viewer.user_id is not None:
        found += closed(viewer.register_id, viewer.user_id, first, last)
    return sorted(found)


class Beside(NamedTuple):
    """What a booking is made by: the client's rhythm, where the viewer's team meets its clients
    (empty when it is not known), and where the viewer has lately met some, most used first.
    """

    rhythm: Rhythm
    service_point: str
    places: list[str]


_RHYTHM = [field.attname for field in Rhythm._meta.concrete_fields]


@prepared
def _beside(viewer: Viewer, *, client_id: UUID, since: datetime) -> QuerySet[Any, Any]:
    point: Any = Value("")
    if viewer.team_id is not None:
        own = Team.objects.filter(pk=viewer.team_id).order_by()
        point = Coalesce(Subquery(own.values("service_point")), Value(""))
    used = Appointment.objects.filter(worker_id=viewer.user_id, starts_at__gt=since)
    return (
        Rhythm.objects.filter(client_id=client_id)
        .annotate(point=point, used=ArraySubquery(used.exclude(place="").values("place")[:200]))
        .values_list(*_RHYTHM, "point", "used")
    )


def beside(viewer: Viewer, client: Client, since: datetime) -> Beside:
    """Return what stands beside a booking for a client whom the caller has found to be visible."""
    *row, point, used = _beside(viewer, client_id=client.id, since=since)[0]
    places = sorted(set(used), key=lambda place: (-used.count(place), place))[:6]
    return Beside(Rhythm.from_db(connection.alias, _RHYTHM, row), point, places)


def service_point(viewer: Viewer) -> str:
    """Return where the viewer's team meets its clients; empty when it is not known."""
    if viewer.team_id is None:
        return ""
    found = Team.objects.filter(pk=viewer.team_id).values_list("service_point", flat=True)
    return found.first() or ""


def last_tries(client: Client, row: Rhythm) -> list[str]:
    """Return the kinds of the tries since the client was last reached, newest first."""
    tries = Contact.objects.filter(client=client, reached=False)
    if row.last_reached_at is not None:
        tries = tries.filter(at__gt=row.last_reached_at)
    return list(tries.order_by("-at").values_list("kind", flat=True)[:5])


def was_sent(client_id: UUID, submission: str) -> bool:
    """Return whether the form with this mark has been logged already."""
    mark = submissions.read(submission)
    return Contact.objects.filter(submission=mark, client_id=client_id).exists() if mark else False


def mails(viewer: Viewer, *, count: int = 100) -> list[OutboxMessage]:
    """Return messages to the viewer's clients, to their workplaces and to the viewer, newest first.

    A worker whose role sees no clients is shown those to workplaces and to themselves.
    """
    mine = Q(user_id=viewer.user_id)
    if can(viewer, "clients.list"):
        mine |= Q(queries.seen(viewer, "client"))
    for port in ports.to_hosts:
        mine |= port.of(viewer)
    return list(
        OutboxMessage.objects.filter(
            mine,
            register_id=viewer.register_id,
        )
        .select_related("client", "user")
        .order_by("-created_at")[:count]
    )
