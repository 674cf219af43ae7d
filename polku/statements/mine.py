"""A client's own matters, as their own session reads them: what is asked, and what was signed.

Nothing that is only being written is here. A question stays in sight until it is answered, or a
statement is signed without the answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from polku.foundation.permissions import can, check
from polku.foundation.viewer import Viewer
from polku.statements import queries, states
from polku.statements.models import Clarification, Matter, Statement

S = Matter.State
# What was signed stays on the first page this long; its own page stays.
LATELY = timedelta(days=60)
AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Mine:
    """One line of the client's first page: a question that waits (`due_on`), or what to read."""

    id: UUID
    due_on: date | None


def rows(viewer: Viewer, *, since: datetime) -> QuerySet[Any, Any]:
    """Return what waits for the client, and what was signed of late, as rows for `read`.

    For a statement that is asked anyway: the first page has none to spare. A question that waits
    stays however old it is.
    """
    question = Clarification.objects.filter(
        matter=OuterRef("pk"),
        answered_at__isnull=True,
        matter__state__in=tuple(states.TRANSITIONS["answer"]),
    )
    signed = Statement.objects.filter(matter=OuterRef("pk"), signed_at__isnull=False)
    return (
        Matter.objects.filter(client_id=viewer.client_id, register_id=viewer.register_id)
        .annotate(due=Subquery(question.order_by("-asked_at").values("due_on")[:1]))
        .filter(Q(due__isnull=False) | (Q(changed_at__gte=since) & Exists(signed)))
        .exclude(state=S.WITHDRAWN)
        .order_by("-opened_at")
        .annotate(row=JSONObject(id="id", due_on="due"))
        .values("row")[:AT_MOST]
    )


def read(viewer: Viewer, rows: list[str]) -> list[Mine]:
    """Return what those rows hold, as the database gave them."""
    if not can(viewer, "statements.see"):
        return []
    found = [json.loads(row) for row in rows]
    return [
        Mine(UUID(one["id"]), date.fromisoformat(one["due_on"]) if one["due_on"] else None)
        for one in found
    ]


def one_of_mine(viewer: Viewer, matter_id: UUID) -> queries.Found:
    """Return one of the client's own matters. Raises Matter.DoesNotExist, others' and absent alike.

    Only what the client has been told of: one that was asked or signed.
    """
    rows = Matter.objects.filter(client_id=viewer.client_id, register_id=viewer.register_id)
    found = queries.whole(
        checked(viewer, rows.select_related("client").get(pk=matter_id)), near=True
    )
    if not found.clarifications and not found.signed:
        raise Matter.DoesNotExist
    return found


def checked(viewer: Viewer, matter: Matter) -> Matter:
    """Return the matter, which the viewer may see. Raises Refused."""
    check(viewer, "statements.see", matter)
    return matter


def waits(found: queries.Found) -> Clarification | None:
    """Return the question that can still be answered."""
    last = found.question
    open_to = found.matter.state in states.TRANSITIONS["answer"]
    return last if last and last.answered_at is None and open_to else None
