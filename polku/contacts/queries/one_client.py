"""One client's rhythm with what is booked around it, and the contacts, as their page needs them."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, JSONObject

from polku.contacts.models import Appointment, Contact, Draft, Reminder, Rhythm, TimeOffer
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer


class Around(NamedTuple):
    """One client's rhythm, with what is booked and remembered. None and empty where there is none.

    `appointments` run from `since` on, in order; each mapping has id, starts_at, ends_at, kind,
    purpose, place, status, worker, interpreter, version, remind, and what the client has said of it
    (said, said_word, said_read_at). `reminders` are the viewer's own open ones. `offer_id` is that
    of times that wait for the client to choose one.
    """

    low: int
    high: int
    wish: str
    pace: str
    wish_told_at: datetime | None
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
    contact_count: int
    draft_saved_at: datetime | None
    offer_id: UUID | None
    appointments: list[dict[str, Any]]
    reminders: list[dict[str, Any]]


@prepared
def _around(viewer: Viewer, *, client_id: UUID, since: datetime) -> QuerySet[Any, Any]:
    this = OuterRef("client")
    booked = Appointment.objects.filter(client=this, starts_at__gte=since).order_by("starts_at")
    reminders = Reminder.objects.filter(
        client=this, worker_id=viewer.user_id, done_at__isnull=True
    ).order_by("on")
    offered = TimeOffer.objects.filter(client=this, ended_at__isnull=True, expires_at__gt=viewer.at)
    return (
        Rhythm.objects.filter(client_id=client_id, register_id=viewer.register_id)
        .annotate(
            contact_count=Coalesce(
                Subquery(
                    Contact.objects.filter(client=this)
                    .order_by()
                    .values("client")
                    .annotate(n=Count("*"))
                    .values("n")
                ),
                0,
            ),
            draft_saved_at=Subquery(
                Draft.objects.filter(
                    client=this, author_id=viewer.user_id, discarded_at__isnull=True
                )
                .order_by("-saved_at")
                .values("saved_at")[:1]
            ),
            offer_id=Subquery(offered.values("id")[:1]),
            appointments=ArraySubquery(
                booked.annotate(
                    row=JSONObject(
                        id="id",
                        starts_at="starts_at",
                        ends_at="ends_at",
                        kind="kind",
                        purpose="purpose",
                        place="place",
                        status="status",
                        interpreter="interpreter",
                        said="said",
                        said_word="said_word",
                        said_read_at="said_read_at",
                        remind="remind",
                        version="version",
                        worker_id="worker_id",
                        worker=Concat("worker__first_name", Value(" "), "worker__last_name"),
                    )
                ).values("row")[:60]
            ),
            reminders=ArraySubquery(
                reminders.annotate(row=JSONObject(id="id", on="on", text="text")).values("row")[:20]
            ),
        )
        .values_list(
            "window_min_days",
            "window_max_days",
            "wish",
            "wish_pace",
            "wish_told_at",
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
            "contact_count",
            "draft_saved_at",
            "offer_id",
            "appointments",
            "reminders",
        )
    )


def around(viewer: Viewer, *, client_id: UUID, since: datetime) -> Around | None:
    """Return the rhythm of a client whom the caller has found to be visible; None without one."""
    found = _around(viewer, client_id=client_id, since=since)
    if not found:
        return None
    *plain, appointments, reminders = found[0]
    return Around._make(
        [*plain, [json.loads(a) for a in appointments], [json.loads(r) for r in reminders]]
    )


class Logged(NamedTuple):
    """A contact or an attempt. `private_note` only comes to the one who wrote it."""

    id: UUID
    worker_id: UUID | None
    worker_name: str
    at: datetime
    minutes: int | None
    kind: str
    purpose: str
    initiative: str
    reached: bool
    agreed: str
    what_works: str
    scale: int | None
    next_small_step: str
    private_note: str
    next_on: date | None
    copied_at: datetime | None
    created_at: datetime
    changed_at: datetime


@prepared
def _logged(viewer: Viewer, *, client_id: UUID, first: int, last: int) -> QuerySet[Any, Any]:
    own = When(worker_id=viewer.user_id, then=F("private_note"))
    return (
        Contact.objects.filter(client_id=client_id, register_id=viewer.register_id)
        .annotate(own_note=Case(own, default=Value(""), output_field=CharField()))
        .order_by("-at")
        .values_list(
            "id",
            "worker_id",
            "worker_name",
            "at",
            "minutes",
            "kind",
            "purpose",
            "initiative",
            "reached",
            "agreed",
            "what_works",
            "scale",
            "next_small_step",
            "own_note",
            "next_on",
            "copied_at",
            "created_at",
            "changed_at",
        )[first:last]
    )


def logged(viewer: Viewer, *, client_id: UUID, first: int = 0, count: int = 40) -> list[Logged]:
    """Return contacts with a client whom the caller has found to be visible, newest first."""
    rows = _logged(viewer, client_id=client_id, first=first, last=first + count)
    return [Logged._make(row) for row in rows]
