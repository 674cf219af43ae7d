"""What a client's own session reads beside the rooms' own queries. Rows of one client only."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat

from polku.foundation.access import in_force
from polku.foundation.models import AuditEntry, Relation, RoleAssignment, User
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer
from polku.insight.early.models import OutlookChoice

LOOKS_A_PAGE = 400


class Helper(NamedTuple):
    """The own coach or the one who covers (`kind` is "own" or "cover"), with a work phone."""

    kind: str
    user_id: UUID
    name: str
    phone: str


@prepared
def _helpers(viewer: Viewer) -> QuerySet[Any, Any]:
    return (
        Relation.objects.filter(
            in_force(viewer),
            register_id=viewer.register_id,
            client_id=viewer.client_id,
            kind__in=("own", "cover"),
        )
        .annotate(
            name=Concat("user__first_name", Value(" "), "user__last_name"),
            hidden=Exists(OutlookChoice.objects.filter(client=viewer.client_id)),
        )
        .order_by("-kind", "-starts_at")
        .values_list("kind", "user_id", "name", "user__phone", "hidden")
    )


def helpers(viewer: Viewer) -> tuple[list[Helper], bool]:
    """Return the client's own coach and the cover in force, the coach first.

    And whether the client has chosen not to see how it went for others; not told without a coach.
    """
    rows = list(_helpers(viewer))
    return [Helper._make(row[:-1]) for row in rows], any(row[-1] for row in rows)


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
