"""A worker's own times and own clients, as My day needs them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    OuterRef,
    QuerySet,
    When,
)

from polku.clients.queries import seen
from polku.contacts.models import Appointment, Contact, Rhythm
from polku.contacts.queries.columns import LIVE, NAMES
from polku.contacts.weeks import closed
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer


class Booked(NamedTuple):
    """An appointment of the viewer's own, with what stands on its line in My day."""

    id: UUID
    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    banned: bool
    starts_at: datetime
    ends_at: datetime
    kind: str
    purpose: str
    place: str
    language: str
    interpreter: bool
    note: str
    status: str


COLUMNS = (
    "id",
    "client_id",
    *NAMES,
    "client__safety_ban",
    "starts_at",
    "ends_at",
    "kind",
    "purpose",
    "place",
    "language",
    "interpreter",
    "note",
    "status",
)


def _times(viewer: Viewer, since: datetime, until: datetime) -> QuerySet[Any, Any]:
    return Appointment.objects.filter(
        seen(viewer, few=True),
        worker_id=viewer.user_id,
        register_id=viewer.register_id,
        starts_at__gte=since,
        starts_at__lt=until,
        status__in=(*LIVE, "held", "missed"),
    ).order_by("starts_at")


@prepared
def _booked(viewer: Viewer, *, since: datetime, until: datetime) -> QuerySet[Any, Any]:
    return _times(viewer, since, until).values_list(*COLUMNS)[:200]


@prepared
def _booked_and_shut(
    viewer: Viewer, *, since: datetime, until: datetime, day: date
) -> QuerySet[Any, Any]:
    shut = closed.columns(viewer.register_id, viewer.user_id, day, day)
    return _times(viewer, since, until).values_list(*COLUMNS, *shut)[:200]


def booked(viewer: Viewer, *, since: datetime, until: datetime) -> list[Booked]:
    """Return the viewer's own appointments in the time given, cancelled ones left out."""
    return [Booked._make(row) for row in _booked(viewer, since=since, until=until)]


def booked_and_shut(
    viewer: Viewer, *, since: datetime, until: datetime, day: date
) -> tuple[list[Booked], closed.Times]:
    """Return the same, and when on the day the viewer meets nobody: known if anything is booked."""
    rows = _booked_and_shut(viewer, since=since, until=until, day=day)
    many = len(COLUMNS)
    shut = closed.told(rows[0][many:], day, day) if rows else []
    return [Booked._make(row[:many]) for row in rows], shut


class Standing(NamedTuple):
    """One client of the viewer's own caseload, and where the rhythm and the law's clocks stand."""

    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    born: date | None
    registered_on: date
    opened_on: date
    referral: str
    language: str
    interpreter: bool
    low: int
    high: int
    wish: str
    pace: str
    first_contact_at: datetime | None
    last_reached_at: datetime | None
    last_attempt_at: datetime | None
    attempts: int
    next_on: date | None
    next_kind: str
    initial_interview_on: date | None
    last_discussion_on: date | None
    interview_due_on: date | None
    discussion_due_on: date | None
    tries: list[str] | None


@prepared
def _caseload(viewer: Viewer) -> QuerySet[Any, Any]:
    tried = Contact.objects.filter(client=OuterRef("client"), reached=False).order_by("-at")
    return (
        Rhythm.objects.filter(seen(viewer, own=True, one_each=True), client__closed_on__isnull=True)
        .annotate(
            tries=Case(
                When(
                    attempts__gt=0,
                    first_contact_at__isnull=True,
                    then=ArraySubquery(tried.values("kind")[:5]),
                )
            )
        )
        .values_list(
            "client_id",
            *NAMES,
            "client__born",
            "client__registered_on",
            "client__opened_on",
            "client__referral",
            "client__language",
            "client__interpreter",
            "window_min_days",
            "window_max_days",
            "wish",
            "wish_pace",
            "first_contact_at",
            "last_reached_at",
            "last_attempt_at",
            "attempts",
            "next_on",
            "next_kind",
            "initial_interview_on",
            "last_discussion_on",
            "interview_due_on",
            "discussion_due_on",
            "tries",
        )
    )


def caseload(viewer: Viewer) -> list[Standing]:
    """Return the viewer's own open clients, each with its rhythm, in no order."""
    return [Standing._make(row) for row in _caseload(viewer)]
