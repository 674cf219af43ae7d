"""Reads of one client's placements, for a viewer who was found to see the client."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from polku.clients.queries import seen
from polku.foundation.viewer import Viewer
from polku.placements.models import (
    Absence,
    Assessment,
    OrientationItem,
    OrientationTick,
    Outcome,
    Placement,
    Signature,
    TermsChange,
)


def of_client(viewer: Viewer, client_id: UUID) -> QuerySet[Placement]:
    """Return the client's placements, the newest first; guarded ones only where they are open."""
    return (
        Placement.objects.filter(seen(viewer, only=client_id), client_id=client_id)
        .select_related("suggested_by")
        .order_by("-suggested_at")
    )


def placement(viewer: Viewer, client_id: UUID, placement_id: UUID) -> Placement:
    """Return one placement. Raises Placement.DoesNotExist, foreign and absent alike."""
    return (
        of_client(viewer, client_id)
        .select_related("suggested_by", "host", "worksite", "supervisor", "client")
        .get(pk=placement_id)
    )


@dataclass(frozen=True, slots=True)
class Whole:
    """A placement with everything that goes with it."""

    placement: Placement
    signatures: list[Signature]
    changes: list[TermsChange]
    items: list[str]
    ticks: list[OrientationTick]
    absences: list[Absence]
    assessments: list[Assessment]
    outcomes: list[Outcome]


def whole(found: Placement) -> Whole:
    """Read what goes with a placement: seven statements."""
    items = OrientationItem.objects.filter(
        worksite_id=found.worksite_id, ended_on__isnull=True
    ).values_list("text", flat=True)
    return Whole(
        placement=found,
        signatures=list(Signature.objects.filter(placement=found).order_by("at")),
        changes=list(TermsChange.objects.filter(placement=found).select_related("by")),
        items=list(items),
        ticks=list(OrientationTick.objects.filter(placement=found)),
        absences=list(Absence.objects.filter(placement=found)),
        assessments=list(Assessment.objects.filter(placement=found).order_by("due_on", "party")),
        outcomes=list(Outcome.objects.filter(placement=found).order_by("on")),
    )
