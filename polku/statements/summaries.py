"""A client's open matters in short, read together with the placements: one statement for both.

The client page has no statement to spare, and each of the two rows hangs on the client alone.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer
from polku.placements import summaries as placements
from polku.statements import states
from polku.statements.models import Matter

MOST = 5
DAYS = ("happened_on", "due_on")
PLAIN = ("about", "title", "state", "turn")


class Summary(NamedTuple):
    """One open matter."""

    id: UUID
    about: str
    title: str
    happened_on: date
    due_on: date | None
    state: str
    turn: str


@prepared
def _with_placements(viewer: Viewer, *, client_id: UUID) -> QuerySet[Any, Any]:
    row = JSONObject(id="id", **{name: name for name in (*PLAIN, *DAYS)})
    rows = (
        Matter.objects.filter(client=OuterRef("pk"))
        .exclude(state__in=states.OVER)
        .order_by("opened_at")
        .annotate(row=row)
        .values("row")[:MOST]
    )
    found = placements.placed_of(viewer, client_id=client_id)
    return found.annotate(matters=ArraySubquery(rows)).values_list(
        "search__waiting_since", "placed", "matters"
    )


def with_placements(viewer: Viewer, *, client_id: UUID) -> tuple[placements.Placed, list[Summary]]:
    """Return the placements and the open matters of a client whom the caller has found visible."""
    for waiting_since, placed, rows in _with_placements(viewer, client_id=client_id):
        matters = [_summary(json.loads(row)) for row in rows]
        return placements.read(waiting_since, placed), matters
    return placements.Placed(None, []), []


def _summary(row: dict[str, Any]) -> Summary:
    days = {name: row[name] and date.fromisoformat(row[name]) for name in DAYS}
    return Summary(id=UUID(row["id"]), **{name: row[name] for name in PLAIN}, **days)
