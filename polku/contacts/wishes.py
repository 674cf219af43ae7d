"""How often a client wants to be met, as they say it themselves. The window stays the worker's.

A wish is kept beside the window, never instead of it: the worker reads it and they agree.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from polku.contacts.models import Rhythm
from polku.foundation import audit
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer


class Wish(NamedTuple):
    """A client's wish: `pace` is a value of Rhythm.Pace or '', `told_at` None for none told."""

    pace: str
    text: str
    told_at: datetime | None


def wish_of(client_id: UUID) -> Wish:
    """Return what the client has wished, of a client whom the caller has found to be visible."""
    row = Rhythm.objects.filter(client_id=client_id).values_list(
        "wish_pace", "wish", "wish_told_at"
    )
    return Wish._make(row[0]) if row else Wish("", "", None)


@transaction.atomic
def tell(*, client_id: UUID, by: Viewer, at: datetime, pace: str, text: str = "") -> bool:
    """Keep the client's own wish; return whether it is another than before.

    Raises Refused for anybody but the client, ValueError for an unknown pace, and
    Rhythm.DoesNotExist.
    """
    rhythm = Rhythm.objects.select_for_update(of=("self",)).get(client_id=client_id)
    check(by, "contacts.wish", rhythm)
    if pace not in Rhythm.Pace.values:
        raise ValueError(f"no such pace: {pace}")
    # What the worker had written down of it stays until the client says it in words of their own.
    wish = text[:200] or ("" if rhythm.wish_told_at else rhythm.wish)
    changed = (rhythm.wish_pace, rhythm.wish) != (pace, wish)
    if changed:
        rhythm.wish_pace, rhythm.wish, rhythm.wish_told_at = pace, wish, at
        rhythm.save(update_fields=["wish_pace", "wish", "wish_told_at"])
    audit.record(by, "contacts.wish", client=client_id, fields=["wish", "wish_pace"])
    return changed
