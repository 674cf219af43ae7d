"""A host says whether its openings still stand. Nothing else of a worksite is changed by link."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements.models import Opening

STILL, PAUSE, CLOSE = "still", "pause", "close"
ANSWERS = {STILL: Opening.State.OPEN, PAUSE: Opening.State.PAUSED, CLOSE: Opening.State.CLOSED}


def openings(viewer: Viewer) -> QuerySet[Opening]:
    """Return the openings that the host may confirm: its worksite's own, but for closed ones."""
    mine = Opening.objects.filter(worksite_id=viewer.host_id, register_id=viewer.register_id)
    return mine.exclude(state=Opening.State.CLOSED).order_by("title", "id")


@transaction.atomic
def confirm(
    opening: Opening,
    *,
    by: Viewer,
    at: datetime,
    answer: str,
    seats: int,
    version: int,
) -> Opening:
    """Let an opening stand, pause or close as the host says, with its number of seats (1 to 200).

    Raises ChangedMeanwhile when `version` is no longer the last. Fewer seats than are in use are
    no mistake: who has begun goes on, and no seat is free until enough have ended.
    """
    check(by, "placements.confirm")
    stored = Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    if stored.version != version:
        raise ChangedMeanwhile(stored)
    changes: dict[str, Any] = {
        "state": ANSWERS[answer],
        "seats": seats,
        "confirmed_on": clock.local(at).date(),
        "confirmed_by_host": by.kind == "host",
    }
    changed = [name for name, value in changes.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, changes[name])
    stored.version += 1
    stored.changed_at = at
    stored.save(update_fields=[*changes, "version", "changed_at"])
    audit.record(by, "placements.confirm", fields=changed)
    return stored
