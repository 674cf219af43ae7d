"""Whose round it is: the municipalities that the coordinator's organisation finds places for."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from polku.clients import queries as clients
from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.placements.models import Round, RoundPair
from polku.teamwork import agreements
from polku.teamwork.models import Agreement


def towns(viewer: Viewer) -> frozenset[str]:
    """Return the codes of the municipalities for which the viewer finds places today."""
    return agreements.serves(viewer, task=Agreement.Task.PLACEMENTS, on=clock.today())


def rounds(viewer: Viewer, served: Collection[str]) -> QuerySet[Round]:
    """Return the rounds of these municipalities, the latest first."""
    return Round.objects.filter(
        register_id=viewer.register_id, municipalities__contained_by=sorted(served)
    )


def one(viewer: Viewer, round_id: UUID) -> Round:
    """Return a round of the viewer's municipalities. Raises Round.DoesNotExist."""
    return rounds(viewer, towns(viewer)).get(pk=round_id)


def people(viewer: Viewer, found: Round) -> QuerySet[Client]:
    """Return the clients of the round's municipalities whom the viewer may meet in a round."""
    return clients.of_towns(viewer, found.municipalities)


def pairs(viewer: Viewer, found: Round) -> QuerySet[RoundPair]:
    """Return the round's pairs, without those of clients who are not, or no more, in sight."""
    return RoundPair.objects.filter(clients.within_towns(viewer, found.municipalities), round=found)


def pair(viewer: Viewer, found: Round, client_id: UUID) -> RoundPair:
    """Return the pair of one client. Raises RoundPair.DoesNotExist."""
    return pairs(viewer, found).select_related("client", "opening__worksite").get(client=client_id)
