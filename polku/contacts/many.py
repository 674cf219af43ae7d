"""Writes for several clients at once, from a list: one transaction, one entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from polku.clients.models import Client
from polku.contacts.models import Rhythm
from polku.foundation import audit
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer


@transaction.atomic
def plan_next(clients: Iterable[Client], *, by: Viewer, at: datetime, on: date) -> int:
    """Set one date for the next contact with each of the clients; return with how many."""
    ids = []
    for client in clients:
        check(by, "contacts.log", client)
        ids.append(client.id)
    planned = Rhythm.objects.filter(client_id__in=ids).update(next_on=on)
    audit.record(by, "contacts.plan_next", shown=ids, fields=["next_on"])
    return planned
