"""What a client's own session reads beside the rooms' own queries. Rows of one client only."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat, JSONObject

from polku.clients.models import Client
from polku.foundation.access import in_force
from polku.foundation.models import AuditEntry, Relation, RoleAssignment, User
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer
from polku.insight.early.models import OutlookChoice
from polku.statements import mine

LOOKS_A_PAGE = 400


class Helper(NamedTuple):
    """The own coach or the one who covers (`kind` is "own" or "cover"), with a work phone."""

    kind: str
    user_id: UUID
    name: str
    phone: str


class AroundMe(NamedTuple):
    """Who helps (the coach first), what they have hidden, and their matters: one statement.

    `hidden`: the client has chosen not to see how it went for others.
    """

    helpers: list[Helper]
    hidden: bool
    matters: list[mine.Mine]


@prepared
def _around_me(viewer: Viewer, *, since: datetime) -> QuerySet[Any, Any]:
    helping = (
        Relation.objects.filter(
            in_force(viewer),
            register_id=viewer.register_id,
            client_id=viewer.client_id,
            kind__in=("own", "cover"),
        )
        .annotate(name=Concat("user__first_name", Value(" "), "user__last_name"))
        .order_by("-kind", "-starts_at")
        .annotate(row=JSONObject(kind="kind", user="user_id", name="name", phone="user__phone"))
    )
    return (
        Client.objects.filter(pk=viewer.client_id, register_id=viewer.register_id)
        .annotate(
            helping=ArraySubquery(helping.values("row")),
            hidden=Exists(OutlookChoice.objects.filter(client=viewer.client_id)),
            own_matters=ArraySubquery(mine.rows(viewer, since=since)),
        )
        .values_list("helping", "hidden", "own_matters")
    )


def around_me(viewer: Viewer) -> AroundMe:
    """Return who helps the client, and what waits of their unemployment security."""
    for helping, hidden, matters in _around_me(viewer, since=viewer.at - mine.LATELY):
        rows = [json.loads(row) for row in helping]
        helpers = [Helper(r["kind"], UUID(r["user"]), r["name"], r["phone"]) for r in rows]
        return AroundMe(helpers, hidden, mine.read(viewer, matters))
    return AroundMe([], False, [])


class Look(NamedTuple):
    """One look or change: by whom (role as its code, '' where unknown), what, when and why."""

    at: datetime
    kind: str
    name: str | None
    role: str | None
    action: str
    reason: str


@prepared
def _looks(viewer: Viewer, *, before: datetime, count: int) -> QuerySet[Any, Any]:
    name = User.objects.filter(pk=OuterRef("actor_user")).annotate(
        full=Concat("first_name", Value(" "), "last_name")
    )
    # What a worker wrote as a reason stays inside, but for the guarded view's purpose.
    told = When(action="clients.guarded_view", then=F("reason"))
    return (
        AuditEntry.objects.filter(
            register_id=viewer.register_id,
            client=viewer.client_id,
            at__lt=before,
            actor_kind__in=("staff", "system"),
        )
        .exclude(action__startswith="refused.")
        .annotate(
            who=Subquery(name.values("full")[:1]),
            as_what=Subquery(RoleAssignment.objects.filter(pk=OuterRef("role")).values("role")[:1]),
            why=Case(told, default=Value(""), output_field=CharField()),
        )
        .order_by("-at")
        .values_list("at", "actor_kind", "who", "as_what", "action", "why")[:count]
    )


def looks(viewer: Viewer, *, before: datetime, count: int) -> list[Look]:
    """Return who has opened or changed the client's own data, newest first; lists aside."""
    return [Look._make(row) for row in _looks(viewer, before=before, count=count)]
