"""Which messages to workplaces the demo's mail page shows to whom: a port of `contacts`."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from polku.clients.queries import seen
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.placements.models import Placement, Supervisor


def of(viewer: Viewer) -> Q:
    """Return the condition: questions about openings for whoever writes those, and what tells of a

    placement for whoever sees its client. Under a safety ban nothing is sent and nothing found.
    """
    found = Q(pk__isnull=True)
    if can(viewer, "placements.write"):
        found |= Q(host__isnull=False, about__isnull=True)
    if can(viewer, "placements.see"):
        mine = Placement.objects.filter(seen(viewer), register_id=viewer.register_id, guarded=False)
        found |= Q(host__isnull=False, about__in=mine.values("id"))
    return found


def names(people: Iterable[UUID]) -> dict[UUID, str]:
    """Return who they are, by id: name and workplace."""
    rows = Supervisor.objects.filter(pk__in=list(people)).values_list(
        "id", "name", "worksite__name"
    )
    return {found: f"{name}, {worksite}" for found, name, worksite in rows}
