"""Reads of contacts, appointments and the rhythm, as My day, lists and the client page need them.

Hot reads are `prepared`: their rows come as named tuples of plain values.
"""

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
from django.db.models.functions import Coalesce, Concat, JSONObject, TruncDate

from polku.clients.queries import seen
from polku.contacts.left_behind import left_behind
from polku.contacts.models import Appointment, Contact, Draft, Reminder, Rhythm
from polku.foundation import clock
from polku.foundation.access import in_force
from polku.foundation.models import Relation
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer

LIVE = ("proposed", "confirmed")
NAMES = ("client__first_names", "client__call_name", "client__last_name")


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


@prepared
def _booked(viewer: Viewer, *, since: datetime, until: datetime) -> QuerySet[Any, Any]:
    return (
        Appointment.objects.filter(
            seen(viewer, few=True),
            worker_id=viewer.user_id,
            register_id=viewer.register_id,
            starts_at__gte=since,
            starts_at__lt=until,
            status__in=(*LIVE, "held", "missed"),
        )
        .order_by("starts_at")
        .values_list(
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
        )[:200]
    )


def booked(viewer: Viewer, *, since: datetime, until: datetime) -> list[Booked]:
    """Return the viewer's own appointments in the time given, cancelled ones left out."""
    return [Booked._make(row) for row in _booked(viewer, since=since, until=until)]


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


class ToDo(NamedTuple):
    """Something to do: `what` is "reminder", "draft" (half-written), or what a client has said of a
    time that the viewer booked ("moved", "another" or "cannot", with `id` the appointment's).

    Two tell of a time that a hand-over left behind: "left" that it still stands with the former
    coach, whose name `text` is, and "kept" that it is still the viewer's, of a client whom they
    have handed over; that row names nobody but the present coach.
    """

    what: str
    id: UUID
    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    text: str
    on: date


@prepared
def _to_do(viewer: Viewer, *, until: date, drafts_since: datetime) -> QuerySet[Any, Any]:
    reminders = Reminder.objects.filter(
        seen(viewer, few=True),
        register_id=viewer.register_id,
        worker_id=viewer.user_id,
        done_at__isnull=True,
        on__lte=until,
    ).annotate(what=Value("reminder", CharField()), words=F("text"), day=F("on"))
    drafts = Draft.objects.filter(
        seen(viewer, few=True),
        author_id=viewer.user_id,
        saved_at__gte=drafts_since,
        discarded_at__isnull=True,
    ).annotate(
        what=Value("draft", CharField()),
        words=F("form"),
        day=TruncDate("saved_at", tzinfo=clock.HELSINKI),
    )
    told = Appointment.objects.filter(
        seen(viewer, few=True),
        worker_id=viewer.user_id,
        said__in=("moved", "another", "cannot"),
        said_read_at__isnull=True,
    ).annotate(
        what=F("said"), words=F("said_word"), day=TruncDate("said_at", tzinfo=clock.HELSINKI)
    )
    starts = TruncDate("starts_at", tzinfo=clock.HELSINKI)
    standing = left_behind(viewer.at)
    left = (
        standing.filter(seen(viewer, own=True, one_each=True))
        .exclude(worker_id=viewer.user_id)
        .annotate(
            what=Value("left", CharField()),
            words=Concat("worker__first_name", Value(" "), "worker__last_name"),
            day=starts,
        )
    )
    columns = ("what", "id", "client_id", *NAMES, "words", "day")
    rest = (drafts, told, left)
    return reminders.values_list(*columns).union(
        *(one.values_list(*columns) for one in rest), _kept(viewer, standing), all=True
    )


def _kept(viewer: Viewer, standing: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Return the viewer's own times that stayed behind, as rows of to_do without the client."""
    present = Relation.objects.filter(
        in_force(viewer), client=OuterRef("client"), kind="own"
    ).annotate(name=Concat("user__first_name", Value(" "), "user__last_name"))
    nobody = Value("", CharField())
    return (
        standing.filter(worker_id=viewer.user_id, register_id=viewer.register_id)
        .annotate(
            what=Value("kept", CharField()),
            first=nobody,
            call=nobody,
            last=nobody,
            words=Coalesce(Subquery(present.values("name")[:1]), nobody),
            day=TruncDate("starts_at", tzinfo=clock.HELSINKI),
        )
        .values_list("what", "id", "client_id", "first", "call", "last", "words", "day")
    )


def to_do(viewer: Viewer, *, until: date, drafts_since: datetime) -> list[ToDo]:
    """Return the viewer's open reminders up to a day, what is half-written, what clients have said
    of their times, and times that a hand-over left behind, oldest first.
    """
    rows = _to_do(viewer, until=until, drafts_since=drafts_since)
    return sorted((ToDo._make(row) for row in rows), key=lambda row: (row.on, row.last_name))


class Around(NamedTuple):
    """One client's rhythm, with what is booked and remembered. None and empty where there is none.

    `appointments` run from `since` on, in order; each mapping has id, starts_at, ends_at, kind,
    purpose, place, status, worker, interpreter, version, remind, and what the client has said of it
    (said, said_word, said_read_at). `reminders` are the viewer's own open ones.
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
    appointments: list[dict[str, Any]]
    reminders: list[dict[str, Any]]


@prepared
def _around(viewer: Viewer, *, client_id: UUID, since: datetime) -> QuerySet[Any, Any]:
    this = OuterRef("client")
    booked = Appointment.objects.filter(client=this, starts_at__gte=since).order_by("starts_at")
    reminders = Reminder.objects.filter(
        client=this, worker_id=viewer.user_id, done_at__isnull=True
    ).order_by("on")
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
