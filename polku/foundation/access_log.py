"""Reads of the audit record about one client: who looked, who changed something, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from polku.foundation.models import AuditEntry, User
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer


class Look(NamedTuple):
    """One entry about a client; `who` is None for the client and for the software itself."""

    at: datetime
    kind: str
    who: str | None
    action: str
    reason: str


@prepared
def _looks(viewer: Viewer, *, client_id: UUID, at_most: int) -> QuerySet[Any, Any]:
    name = Concat("first_name", Value(" "), "last_name")
    who = User.objects.filter(pk=OuterRef("actor_user")).annotate(name=name).values("name")
    return (
        AuditEntry.objects.filter(register_id=viewer.register_id, client=client_id)
        .annotate(who=Subquery(who[:1]), kind=F("actor_kind"))
        .order_by("-at")
        .values_list("at", "kind", "who", "action", "reason")[:at_most]
    )


def looks_at(viewer: Viewer, client_id: UUID, *, at_most: int) -> list[Look]:
    """Return the entries about a client whom the caller has found to be visible, latest first.

    Lists that showed the name among others keep one entry for all and are not among these.
    """
    return [Look._make(row) for row in _looks(viewer, client_id=client_id, at_most=at_most)]
