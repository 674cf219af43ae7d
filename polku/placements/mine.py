"""A client's own placements, as their own session reads them: rows of one client only.

What a safety ban hides stays hidden here too: who reads over a shoulder is not known.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from polku.foundation import clock
from polku.foundation.permissions import can, check
from polku.foundation.viewer import Viewer
from polku.placements import changing, states
from polku.placements.models import Assessment, Placement, Signature
from polku.placements.terms import Party

S = Placement.State
SHOWN = (S.SUGGESTED, S.PUT_OFF, S.DECLINED, S.ACCEPTED, S.AGREED, S.RUNNING, *states.OVER)
# What is over or was declined stays in sight this long.
LATELY = timedelta(days=60)


def mine(viewer: Viewer, *, today: date) -> list[Any]:
    """Return the client's placements of now and of late, one statement, newest first.

    Each has `signed` (hashes that the client has signed), `asked` (the client's assessments) and
    `changes` (what has changed since the client signed last).
    """
    signed = Signature.objects.filter(placement=OuterRef("pk"), party=Party.CLIENT)
    asked = Assessment.objects.filter(
        placement=OuterRef("pk"), party=Party.CLIENT, stopped_at__isnull=True
    ).order_by("due_on")
    row = JSONObject(id="id", moment="moment", due_on="due_on", answered_at="answered_at",
                     asked_at="asked_at")  # fmt: skip
    changes = changing.since_signed(Party.CLIENT, OuterRef("pk"))
    said = JSONObject(was="was", becomes="becomes")
    found = (
        Placement.objects.filter(
            client_id=viewer.client_id, register_id=viewer.register_id, state__in=SHOWN
        )
        .annotate(
            signed=ArraySubquery(signed.values("terms")),
            asked=ArraySubquery(asked.annotate(row=row).values("row")),
            changes=ArraySubquery(changes.annotate(row=said).values("row")),
        )
        .order_by("-suggested_at")
    )
    rows = [one for one in found[:20] if can(viewer, "placements.see", one)]
    return [one for one in rows if _lately(one, today)]


def _lately(one: Placement, today: date) -> bool:
    if one.state in states.OVER:
        return one.ended_on is not None and one.ended_on >= today - LATELY
    if one.state in (S.DECLINED, S.PUT_OFF) and one.answered_at:
        return clock.local(one.answered_at).date() >= today - LATELY
    return True


def checked(viewer: Viewer, placement: Placement) -> Placement:
    """Return the placement, which the viewer may see. Raises Refused."""
    check(viewer, "placements.see", placement)
    return placement


def one_of_mine(viewer: Viewer, placement_id: Any) -> Placement:
    """Return one. Raises Placement.DoesNotExist, foreign and absent alike."""
    found = Placement.objects.get(
        pk=placement_id, client_id=viewer.client_id, register_id=viewer.register_id
    )
    return checked(viewer, found)
