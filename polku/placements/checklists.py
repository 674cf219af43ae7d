"""Writes of a worksite's checklist for newcomers (perehdytys)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements.arranging import about
from polku.placements.keeping import locked, mark
from polku.placements.models import OrientationItem, Worksite

MOST_LINES = 40


@transaction.atomic
def set_orientation(
    worksite: Worksite, *, by: Viewer, at: datetime, lines: list[str], stood: str
) -> list[OrientationItem]:
    """Set the checklist for newcomers, a line an item, in order. A line that goes is kept as ended.

    `stood` is the `mark` of the lines that were read before. Raises ChangedMeanwhile when others
    stand, and ValueError for more than MOST_LINES lines.
    """
    check(by, "placements.write")
    wanted = list(dict.fromkeys(text for text in (line.strip()[:160] for line in lines) if text))
    if len(wanted) > MOST_LINES:
        raise ValueError(f"a checklist has at most {MOST_LINES} lines")
    # Of two who write the first lines at once there is no line yet to wait for.
    locked(worksite)
    rows = OrientationItem.objects.select_for_update().filter(
        worksite=worksite, ended_on__isnull=True
    )
    there = {row.text: row for row in rows.order_by("position")}
    if list(there) != wanted and mark(list(there)) != stood:
        raise ChangedMeanwhile(list(there))
    for text, row in there.items():
        if text not in wanted:
            row.ended_on = clock.local(at).date()
            row.save(update_fields=["ended_on"])
    found = []
    for position, text in enumerate(wanted, 1):
        row = there.get(text) or OrientationItem(
            register_id=worksite.register_id, worksite=worksite, text=text
        )
        if row.position != position or row._state.adding:
            row.position = position
            row.save()
        found.append(row)
    audit.record(by, "placements.set_orientation", fields=["text"], reason=about(worksite))
    return found
