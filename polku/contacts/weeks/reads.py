"""Reads of a worker's week. The page takes five statements, however many clients there are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
)  # fmt: skip
from django.db.models.functions import JSONObject

from polku.clients.queries import seen
from polku.contacts.models import (
    Appointment,
    Contact,
    OwnWeek,
    Rhythm,
    TimeAway,
    WeekPlan,
    WeekProposal,
)
from polku.contacts.queries.columns import LIVE, NAMES
from polku.contacts.reading import TAKEN
from polku.contacts.weeks.hours import Own, own
from polku.foundation import clock
from polku.foundation.viewer import Viewer


class Away(NamedTuple):
    """Days on which a worker meets nobody."""

    user_id: UUID
    first_on: date
    last_on: date


_MINUTE = timedelta(minutes=1)


def own_week(viewer: Viewer) -> Own:
    """Return the viewer's hours."""
    return own(_mine(OwnWeek, viewer).first())


def away(viewer: Viewer, first: date, last: date) -> list[TimeAway]:
    """Return the viewer's days away that touch these days, in order."""
    found = _mine(TimeAway, viewer).filter(
        ended_at__isnull=True, first_on__lte=last, last_on__gte=first
    )
    return list(found.order_by("first_on", "last_on"))


def team_away(viewer: Viewer, users: Collection[UUID], first: date, last: date) -> list[Away]:
    """Return on which of these days workers are away, by day: never why."""
    found = TimeAway.objects.filter(
        register_id=viewer.register_id, user_id__in=list(users), ended_at__isnull=True,
        first_on__lte=last, last_on__gte=first,
    ).order_by("first_on", "last_on", "user_id")  # fmt: skip
    return [Away._make(row) for row in found.values_list("user_id", "first_on", "last_on")]


def away_column(viewer: Viewer, first: date, last: date) -> ArraySubquery:
    """Return, for rows of workers, the days of `team_away`: a statement less on a page."""
    found = TimeAway.objects.filter(
        register_id=viewer.register_id, user_id=OuterRef("pk"), ended_at__isnull=True,
        first_on__lte=last, last_on__gte=first,
    ).order_by("first_on", "last_on")  # fmt: skip
    return ArraySubquery(found.values(span=JSONObject(first="first_on", last="last_on")))


def of_column(user_id: UUID, spans: list[dict[str, str]]) -> list[Away]:
    """Return what `away_column` says of a worker."""
    day = date.fromisoformat
    return [Away(user_id, day(one["first"]), day(one["last"])) for one in spans]


def plan(viewer: Viewer, monday: date) -> WeekPlan | None:
    """Return what is known of the planning of the viewer's week."""
    found: WeekPlan | None = _mine(WeekPlan, viewer).filter(monday=monday).first()
    return found


def _mine(model: Any, viewer: Viewer) -> Any:
    return model.objects.filter(register_id=viewer.register_id, user_id=viewer.user_id)


class Proposed(NamedTuple):
    """A proposal or an omission as the page shows it.

    `mine_then` and `theirs_then` say whose time is taken there by now.
    """

    id: UUID
    client_id: UUID
    monday: date
    first_names: str
    call_name: str
    last_name: str
    banned: bool
    state: str
    need: str
    due_on: date | None
    kind: str
    purpose: str
    minutes: int
    starts_at: datetime | None
    why: dict[str, Any]
    phone: bool
    declined: str
    raised_at: datetime | None
    settled_at: datetime | None
    version: int
    mine_then: bool
    theirs_then: bool
    room: str | None = None
    interpreter: str | None = None


def proposals(viewer: Viewer, monday: date) -> list[Proposed]:
    """Return what is proposed to the viewer for their own open clients that week, by time."""
    ends = ExpressionWrapper(
        OuterRef("starts_at") + OuterRef("minutes") * Value(_MINUTE, DurationField()),
        DateTimeField(),
    )
    then = Appointment.objects.filter(
        starts_at__lt=ends, ends_at__gt=OuterRef("starts_at"), status__in=TAKEN
    )
    rows = (
        _mine(WeekProposal, viewer)
        .filter(
            seen(viewer, own=True, one_each=True), monday=monday, client__closed_on__isnull=True
        )
        .annotate(
            mine_then=Exists(then.filter(worker_id=viewer.user_id)),
            theirs_then=Exists(then.filter(client=OuterRef("client"))),
        )
        .order_by(F("starts_at").asc(nulls_last=True), "due_on", "client__sort_key")
        .values_list(
            "id", "client_id", "monday", *NAMES, "client__safety_ban", "state", "need", "due_on",
            "kind", "purpose", "minutes", "starts_at", "why", "phone", "declined", "raised_at",
            "settled_at", "version", "mine_then", "theirs_then", "room__name", "interpreter__name",
        )
    )  # fmt: skip
    return [Proposed._make(row) for row in rows]


class Busy(NamedTuple):
    """A time that is taken for the viewer (`mine`), or for one of their clients with another."""

    client_id: UUID
    mine: bool
    starts_at: datetime
    ends_at: datetime
    live: bool


def busy(viewer: Viewer, since: datetime, until: datetime) -> list[Busy]:
    """Return every time that is taken for the viewer, and for their own clients with anybody."""
    rows = Appointment.objects.filter(
        Q(worker_id=viewer.user_id) | Q(seen(viewer, own=True)),
        register_id=viewer.register_id, starts_at__lt=until, ends_at__gt=since, status__in=TAKEN,
    ).order_by("starts_at")  # fmt: skip
    found = rows.values_list("client_id", "worker_id", "starts_at", "ends_at", "status")
    return [
        Busy(client, worker == viewer.user_id, starts, ends, status in LIVE)
        for client, worker, starts, ends, status in found
    ]


class Habit(NamedTuple):
    """How the worker has met people for a purpose: mostly so, and for so many minutes."""

    purpose: str
    kind: str
    times: int
    minutes: list[int]


def habits(viewer: Viewer, since: datetime) -> list[Habit]:
    """Return how the viewer has met people since then, by purpose and kind. One statement."""
    rows = (
        Contact.objects.filter(
            register_id=viewer.register_id, worker_id=viewer.user_id, at__gte=since, reached=True,
            kind__in=("call", "visit", "video"),
        )
        .values("purpose", "kind")
        .annotate(times=Count("*"), lengths=ArrayAgg("minutes", filter=Q(minutes__gt=0)))
        .order_by("purpose", "-times", "kind")
    )  # fmt: skip
    return [Habit(r["purpose"], r["kind"], r["times"], r["lengths"] or []) for r in rows]


class Wishes(NamedTuple):
    """What suits a client, where it is not the same to them."""

    day_part: str
    away_until: date | None


def wishes(viewer: Viewer) -> dict[UUID, Wishes]:
    """Return what suits the viewer's own clients who have said so."""
    rows = Rhythm.objects.filter(
        ~Q(day_part="") | Q(away_until__isnull=False), seen(viewer, own=True, one_each=True)
    ).values_list("client_id", "day_part", "away_until")
    return {client: Wishes(part, until) for client, part, until in rows}


class Raised(NamedTuple):
    """A date of the law that no plan of the own coach's week can meet, raised to the lead."""

    id: UUID
    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    due_on: date | None
    purpose: str
    coach_first_name: str
    coach_last_name: str
    monday: date


def raised(viewer: Viewer, now: datetime) -> list[Raised]:
    """Return what waits for the lead, of visible open clients, by date.

    A time that is booked in time with anybody takes it away; of a date gone by, any time does.
    """
    coming = Appointment.objects.filter(
        client=OuterRef("client"), status__in=LIVE, starts_at__gte=now
    )
    ahead = Subquery(coming.order_by("starts_at").values("starts_at")[:1])
    rows = (
        WeekProposal.objects.filter(
            seen(viewer, few=True), register_id=viewer.register_id, raised_at__isnull=False,
            settled_at__isnull=True, client__closed_on__isnull=True, state="omitted",
        )
        .annotate(ahead=ahead)
        .order_by("due_on", "client__sort_key")
        .values_list(
            "id", "client_id", *NAMES, "due_on", "purpose", "user__first_name", "user__last_name",
            "monday",
            "ahead",
        )[:50]
    )  # fmt: skip
    today = clock.local(now).date()
    return [Raised._make(row) for *row, ahead in rows if not _in_time(row[5], ahead, today)]


def _in_time(due: date | None, ahead: datetime | None, today: date) -> bool:
    if ahead is None:
        return False
    return due is None or due < today or clock.local(ahead).date() <= due
