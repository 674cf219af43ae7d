"""A client's own matters, as their own session reads them: what is asked, and what was signed.

Nothing that is only being written is here. A question stays in sight until it is answered, or a
statement is signed without the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from polku.foundation import clock
from polku.foundation.permissions import can, check
from polku.foundation.viewer import Viewer
from polku.statements import queries, states
from polku.statements.models import Clarification, Matter, Statement

S = Matter.State
# What was signed stays on the first page this long; its own page stays.
LATELY = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Mine:
    """One line of the client's first page: a question that waits, or a statement to read."""

    matter: Matter
    asked: dict[str, Any] | None
    signed: bool


def mine(viewer: Viewer) -> list[Mine]:
    """Return what waits for the client and what was signed of late: one statement."""
    question = Clarification.objects.filter(matter=OuterRef("pk"), answered_at__isnull=True)
    signed = Statement.objects.filter(matter=OuterRef("pk"), signed_at__isnull=False)
    row = JSONObject(id="id", due_on="due_on")
    found = (
        Matter.objects.filter(client_id=viewer.client_id, register_id=viewer.register_id)
        .exclude(state__in=(S.OPENED, S.WITHDRAWN))
        .filter(Q(changed_at__gte=clock.now() - LATELY) | ~Q(state=S.SENT))
        .annotate(
            asked=ArraySubquery(question.order_by("-asked_at").annotate(row=row).values("row")[:1]),
            signed=ArraySubquery(signed.values("number")[:1]),
        )
        .order_by("-opened_at")[:20]
    )
    rows = [one for one in found if can(viewer, "statements.see", one)]
    lines = [_line(one) for one in rows]
    return [line for line in lines if line.asked or line.signed]


def _line(matter: Any) -> Mine:
    open_to = matter.state in states.TRANSITIONS["answer"]
    asked = matter.asked[0] if matter.asked and open_to else None
    return Mine(matter, asked, bool(matter.signed))


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
