"""Writes of clients. Each holds the change and its audit entry in one transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from polku.clients import identity, names, ports
from polku.clients.models import Client, ContactDetails, Episode, StatusPeriod
from polku.foundation import audit
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer


@transaction.atomic
def open_client(
    *,
    by: Viewer,
    at: datetime,
    last_name: str,
    first_names: str,
    registered_on: date,
    opened_on: date,
    identity_code: str = "",
    details: dict[str, Any] | None = None,
    **fields: Any,
) -> Client:
    """Open a record and return the client. Raises BadIdentityCode, Refused, IntegrityError.

    `details` are fields of ContactDetails; `fields` those of Client (born, municipality, …).
    Rooms above add what theirs needs (rhythm, team) through `ports.opened`.
    """
    check(by, "clients.open")
    client = Client(
        register_id=by.register_id,
        last_name=last_name,
        first_names=first_names,
        registered_on=registered_on,
        opened_on=opened_on,
        created_at=at,
        changed_at=at,
        **fields,
    )
    set_names(client)
    if identity_code:
        identity.give(client, identity_code)
    client.save(force_insert=True)
    ContactDetails.objects.create(
        register_id=by.register_id,
        client=client,
        municipality=client.municipality,
        **(details or {}),
    )
    Episode.objects.create(
        register_id=by.register_id, client=client, opened_on=opened_on, referral=client.referral
    )
    StatusPeriod.objects.create(
        register_id=by.register_id,
        client=client,
        status=client.status,
        starts_on=client.unemployed_since or registered_on,
        recorded_by_id=by.user_id,
    )
    audit.record(by, "clients.open", client=client.id)
    for port in ports.opened:
        port(client, by, at)
    return client


def set_names(client: Client) -> None:
    """Fill the keys by which the client is sorted and searched."""
    client.sort_key = names.sort_key(client.last_name, client.first_names)
    client.search_name = names.search_name(client.last_name, client.first_names, client.call_name)
