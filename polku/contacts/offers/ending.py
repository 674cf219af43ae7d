"""Offers of times that end without an answer: withdrawn, or overtaken by what happened.

What waits to be sent of them is stopped; a link that went out already opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from polku.contacts.models import TimeOffer
from polku.foundation import outbox


def end_open(client_ids: Iterable[UUID], *, at: datetime) -> int:
    """Withdraw what these clients have open; return how much. For an action that records.

    What had ended and was not read yet is answered by it.
    """
    of_these = TimeOffer.objects.filter(client__in=list(client_ids), read_at__isnull=True)
    ids = list(of_these.select_for_update().values_list("id", flat=True))
    outbox.stop_about(about=ids, why="the offered times were withdrawn")
    mine = TimeOffer.objects.filter(pk__in=ids)
    mine.filter(end="", expires_at__lte=at).update(ended_at=at, end=TimeOffer.End.LAPSED)
    ended = mine.filter(end="").update(ended_at=at, end=TimeOffer.End.WITHDRAWN)
    mine.update(read_at=at)
    return ended


def forget_places(client_id: UUID) -> None:
    """Take the places out of every offer to a client who has come under a ban."""
    TimeOffer.objects.filter(client=client_id).update(place="", room=None)
