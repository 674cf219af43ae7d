"""Reads of who works with whom: hand-overs, clients without a coach, the team around one client."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from polku.clients.models import Client
from polku.clients.queries import seen, without_coach
from polku.foundation.access import in_force
from polku.foundation.models import Recusal, Relation, RoleAssignment
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer
from polku.teamwork.models import HandOver


class HandedOver(NamedTuple):
    """A client who has come to the viewer with a note that is not yet marked as read."""

    id: UUID
    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    from_first_name: str | None
    from_last_name: str | None
    note: str
    at: datetime


@prepared
def _unread(viewer: Viewer) -> QuerySet[Any, Any]:
    return (
        HandOver.objects.filter(
            seen(viewer, few=True),
            register_id=viewer.register_id,
            to_user_id=viewer.user_id,
            read_at__isnull=True,
            taken_back_at__isnull=True,
        )
        .order_by("at")
        .values_list(
            "id",
            "client_id",
            "client__first_names",
            "client__call_name",
            "client__last_name",
            "from_user__first_name",
            "from_user__last_name",
            "note",
            "at",
        )[:100]
    )


def unread_hand_overs(viewer: Viewer) -> list[HandedOver]:
    """Return what was handed over to the viewer and is unread, oldest first."""
    return [HandedOver._make(row) for row in _unread(viewer)]


class Unassigned(NamedTuple):
    """A client of the team who has no own coach yet, or (`another`) whose own coach may no longer
    handle them; why, and whose relative the client is, is no matter of this.
    """

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
    interview_due_on: date | None
    another: bool


@prepared
def _unassigned(viewer: Viewer) -> QuerySet[Any, Any]:
    found = _as_unassigned(without_coach(viewer), another=False)
    if not viewer.has_role("lead"):
        return found
    return found.union(_as_unassigned(_shut_out(viewer), another=True), all=True)


def _shut_out(viewer: Viewer) -> QuerySet[Client]:
    """Return the visible clients whose own coach is shut out by a conflict of interest."""
    own = Relation.objects.filter(
        in_force(viewer), kind="own", client=OuterRef("client"), user=OuterRef("user")
    )
    shut_out = Recusal.objects.filter(in_force(viewer), Exists(own), register_id=viewer.register_id)
    return Client.objects.filter(
        seen(viewer, "pk", few=True), pk__in=shut_out.values("client"), closed_on__isnull=True
    )


def _as_unassigned(found: QuerySet[Client], *, another: bool) -> QuerySet[Any, Any]:
    flagged = found.annotate(another=Value(another, BooleanField()))
    return flagged.order_by("registered_on", "sort_key").values_list(
        "id",
        "first_names",
        "call_name",
        "last_name",
        "born",
        "registered_on",
        "opened_on",
        "referral",
        "language",
        "interpreter",
        "rhythm__interview_due_on",
        "another",
    )[:100]


def without_a_coach(viewer: Viewer) -> list[Unassigned]:
    """Return the viewer's visible clients without an own coach, longest registered first.

    To a lead come before them those who need another coach.
    """
    rows = [Unassigned._make(row) for row in _unassigned(viewer)]
    return sorted(rows, key=lambda row: not row.another)


class Tie(NamedTuple):
    """Who has to do with a client, or a hand-over's note (`what` is "hand_over").

    `text` is the team's name or the note; `name` the worker's, for a hand-over the giver's.
    """

    id: UUID
    what: str
    user_id: UUID | None
    first_name: str | None
    last_name: str | None
    text: str | None
    at: datetime
    until: datetime | None

    @property
    def name(self) -> str:
        return f"{self.first_name or ''} {self.last_name or ''}".strip()


@prepared
def _ties(viewer: Viewer, *, client_id: UUID) -> QuerySet[Any, Any]:
    relations = Relation.objects.filter(
        in_force(viewer), client_id=client_id, register_id=viewer.register_id
    ).annotate(what=F("kind"), who=F("user_id"), words=F("team__name"), until=F("ends_at"))
    notes = HandOver.objects.filter(
        client_id=client_id, register_id=viewer.register_id, taken_back_at__isnull=True
    ).annotate(
        what=Value("hand_over", CharField()),
        who=F("from_user_id"),
        words=F("note"),
        until=F("read_at"),
    )
    return relations.values_list(
        "id", "what", "who", "user__first_name", "user__last_name", "words", "starts_at", "until"
    ).union(
        notes.values_list(
            "id",
            "what",
            "who",
            "from_user__first_name",
            "from_user__last_name",
            "words",
            "at",
            "until",
        ),
        all=True,
    )


def ties(viewer: Viewer, *, client_id: UUID) -> list[Tie]:
    """Return the team around a client whom the caller has found to be visible, newest first."""
    rows = [Tie._make(row) for row in _ties(viewer, client_id=client_id)]
    return sorted(rows, key=lambda tie: tie.at, reverse=True)


def own_coach_name(viewer: Viewer) -> Subquery:
    """Return, for rows of clients, the own coach's name."""
    own = Relation.objects.filter(
        in_force(viewer), register_id=viewer.register_id, kind="own", client_id=OuterRef("pk")
    )
    name = Concat("user__first_name", Value(" "), "user__last_name")
    return Subquery(own.annotate(name=name).values("name")[:1])


def has_coach(viewer: Viewer, user_id: UUID | None = None) -> Exists:
    """Return the condition, for rows of clients, of an own coach: this one, or anybody."""
    own = Relation.objects.filter(
        in_force(viewer), register_id=viewer.register_id, kind="own", client_id=OuterRef("pk")
    )
    return Exists(own if user_id is None else own.filter(user_id=user_id))


@prepared
def _coaches(viewer: Viewer) -> QuerySet[Any, Any]:
    return (
        RoleAssignment.objects.filter(
            in_force(viewer),
            register_id=viewer.register_id,
            team_id=viewer.team_id,
            role__in=("coach", "lead"),
            user__is_active=True,
        )
        .order_by("user__last_name", "user__first_name")
        .values_list("user_id", "user__first_name", "user__last_name")
        .distinct()
    )


def coaches_of_team(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Return the workers of the viewer's team who may have clients, by name."""
    return [(row[0], f"{row[1]} {row[2]}") for row in _coaches(viewer)]
