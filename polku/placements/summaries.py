"""Placements as other pages tell of them: one client's on the client page, and what waits for me.

What a safety ban hides is not in these: the database shows it only inside the guarded view.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from polku.clients.models import Client
from polku.clients.queries import seen
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer
from polku.placements import states
from polku.placements.models import Assessment, Outcome, Placement
from polku.placements.terms import Party
from polku.placements.wording import FOLLOW_ON_BEFORE

S = Placement.State
# Outcomes are asked for three and six months after the last day, and no longer than a year.
THREE, SIX, NO_LONGER = timedelta(days=91), timedelta(days=182), timedelta(days=365)
PATIENCE = timedelta(days=3)
MOST = 60


class Summary(NamedTuple):
    """One placement in short. `outcomes` are those told; `asked` the first unanswered due day."""

    id: UUID
    kind: str
    state: str
    title: str
    place: str
    starts_on: date | None
    ends_on: date | None
    ended_on: date | None
    turn: str
    turn_since: datetime | None
    answer_by: date | None
    follow_on: str
    asked: date | None
    outcomes: list[str]


def _unanswered() -> QuerySet[Assessment]:
    return Assessment.objects.filter(
        placement=OuterRef("pk"), answered_at__isnull=True, stopped_at__isnull=True
    ).order_by("due_on")


def _told() -> QuerySet[Outcome]:
    return Outcome.objects.filter(placement=OuterRef("pk"))


class Placed(NamedTuple):
    """A client's placements, newest first, and since when they wait for a place, if they do."""

    waiting_since: date | None
    rows: list[Summary]


PLAIN = ("id", "kind", "state", "title", "place", "turn", "follow_on")
DAYS = ("starts_on", "ends_on", "ended_on", "answer_by", "asked")


def placed_of(viewer: Viewer, *, client_id: UUID) -> QuerySet[Any, Any]:
    """Return the row that `read` reads; a room above may add to it what is its own."""
    rows = (
        Placement.objects.filter(client=OuterRef("pk"))
        .annotate(
            asked=Subquery(_unanswered().values("due_on")[:1]),
            told=ArraySubquery(_told().values("when")),
        )
        .order_by("-suggested_at")
        .annotate(
            row=JSONObject(
                **{name: name for name in (*PLAIN, *DAYS)}, turn_since="turn_since", told="told"
            )
        )
        .values("row")[:MOST]
    )
    return (
        Client.objects.filter(pk=client_id, register_id=viewer.register_id)
        .annotate(placed=ArraySubquery(rows))
        .values_list("search__waiting_since", "placed")
    )


def read(waiting_since: date | None, rows: list[str]) -> Placed:
    """Return what a row of `placed_of` holds, as the database gave it."""
    return Placed(waiting_since, [_summary(json.loads(row)) for row in rows])


def _summary(row: dict[str, Any]) -> Summary:
    days = {name: row[name] and date.fromisoformat(row[name]) for name in DAYS}
    since = row["turn_since"] and datetime.fromisoformat(row["turn_since"])
    plain = {name: row[name] for name in PLAIN if name != "id"}
    return Summary(id=UUID(row["id"]), **plain, **days, turn_since=since, outcomes=row["told"])


class Waiting(NamedTuple):
    """A placement in which something waits for the coach."""

    id: UUID
    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    kind: str
    state: str
    title: str
    word: str
    turn: str
    turn_since: datetime | None
    starts_on: date | None
    ends_on: date | None
    ended_on: date | None
    answer_by: date | None
    follow_on: str
    asked: date | None
    outcomes: list[str]


@prepared
def _waiting(
    viewer: Viewer, *, ends_before: date, due_before: date, three: date, six: date, no_longer: date
) -> QuerySet[Any, Any]:
    def untold(when: str, on: date) -> Q:
        return Q(state__in=states.OVER, ended_on__lte=on, ended_on__gte=no_longer) & ~Q(
            Exists(_told().filter(when=when))
        )

    late = _unanswered().filter(due_on__lte=due_before)
    return (
        Placement.objects.filter(
            Q(turn=Party.ORGANISER)
            | Q(state=S.RUNNING, follow_on="", ends_on__lte=ends_before)
            | Q(state=S.RUNNING, follow_on="", ended_on__lte=ends_before)
            | Q(Exists(late), state__in=states.BEGAN)
            | untold("three", three)
            | untold("six", six),
            seen(viewer, own=True),
            client__closed_on__isnull=True,
        )
        .annotate(
            asked=Subquery(late.values("due_on")[:1]), told=ArraySubquery(_told().values("when"))
        )
        .order_by("turn_since", "ends_on")
        .values_list(
            "id",
            "client_id",
            "client__first_names",
            "client__call_name",
            "client__last_name",
            "kind",
            "state",
            "title",
            "word",
            "turn",
            "turn_since",
            "starts_on",
            "ends_on",
            "ended_on",
            "answer_by",
            "follow_on",
            "asked",
            "told",
        )[:100]
    )


def waiting_for_coach(viewer: Viewer, *, today: date) -> list[Waiting]:
    """Return the placements of the viewer's own clients in which something waits, one statement.

    Their turn, an end that is near without a follow-on plan, an assessment that is late, and
    outcomes to be asked for after three and six months.
    """
    rows = _waiting(
        viewer,
        ends_before=today + FOLLOW_ON_BEFORE,
        due_before=today - PATIENCE,
        three=today - THREE,
        six=today - SIX,
        no_longer=today - NO_LONGER,
    )
    return [Waiting._make(row) for row in rows]


def outcome_wanted(row: Any, today: date) -> str:
    """Return which outcome is to be asked for now: "six", "three" or ''."""
    if row.state not in states.OVER or row.ended_on is None:
        return ""
    over = today - row.ended_on
    if not THREE <= over <= NO_LONGER:
        return ""
    when = "six" if over >= SIX else "three"
    return "" if when in row.outcomes else when
