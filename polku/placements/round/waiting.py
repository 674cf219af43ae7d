"""Who is in a round: those of its municipalities who wait for a place and have none under way."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from polku.foundation.viewer import Viewer
from polku.placements.models import Placement, Round, RoundPair
from polku.placements.round import rights

S = Placement.State
# Who has been suggested a place waits for their own answer, not for another place.
HAS_ONE = (S.SUGGESTED, S.ACCEPTED, S.AGREED, S.RUNNING)


def ids(viewer: Viewer, found: Round) -> list[UUID]:
    """Return the clients who wait on the round's first day and were not left out, by id."""
    under_way = Placement.objects.filter(client=OuterRef("pk"), state__in=HAS_ONE)
    left_out = RoundPair.objects.filter(
        round=found, client=OuterRef("pk"), state=RoundPair.State.LEFT_OUT
    )
    waits = rights.people(viewer, found).filter(
        Q(search__from_on__isnull=True) | Q(search__from_on__lte=found.ends_on),
        ~Exists(under_way),
        ~Exists(left_out),
        search__waiting_since__isnull=False,
    )
    return sorted(waits.values_list("pk", flat=True))
