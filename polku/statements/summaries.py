"""A client's open matters in short, for the client page: one statement."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer
from polku.statements import states
from polku.statements.models import Matter

MOST = 5


class Summary(NamedTuple):
    """One open matter."""

    id: UUID
    about: str
    title: str
    happened_on: date
    due_on: date | None
    state: str
    turn: str
    turn_since: datetime | None


@prepared
def _of_client(viewer: Viewer, *, client_id: UUID) -> QuerySet[Any, Any]:
    return (
        Matter.objects.filter(client_id=client_id, register_id=viewer.register_id)
        .exclude(state__in=states.OVER)
        .order_by("opened_at")
        .values_list(*Summary._fields)[:MOST]
    )


def of_client(viewer: Viewer, *, client_id: UUID) -> list[Summary]:
    """Return the open matters of a client whom the caller has found to be visible."""
    return [Summary._make(row) for row in _of_client(viewer, client_id=client_id)]
