"""Reads of clients. What comes back is already scoped to the viewer."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from polku.clients.models import Client
from polku.foundation import access
from polku.foundation.viewer import Viewer


def visible(viewer: Viewer) -> QuerySet[Client]:
    """Return the clients whom the viewer may see: the only way to a client.

    A worker needs a relation in force; under a safety ban only the own coach and the named cover
    count, and for everybody else the person does not exist. Conflict of interest shuts out always.
    A client sees themselves. The software itself sees the register.
    """
    clients = Client.objects.filter(register_id=viewer.register_id)
    if viewer.kind == "system":
        return clients
    if viewer.kind == "client":
        return clients.filter(pk=viewer.client_id)
    related = Q()
    for ids in access.related_ids(viewer):
        related |= Q(pk__in=ids)
    return clients.filter(
        related,
        Q(safety_ban=False) | Q(pk__in=access.ban_ids(viewer)),
    ).exclude(pk__in=access.recused_ids(viewer))


def get(viewer: Viewer, client_id: UUID) -> Client:
    """Return one visible client. Raises Client.DoesNotExist, foreign and absent alike."""
    return visible(viewer).select_related("municipality").get(pk=client_id)


def open_ones(viewer: Viewer) -> QuerySet[Client]:
    """Return the visible clients whose record is open."""
    return visible(viewer).filter(closed_on__isnull=True)
