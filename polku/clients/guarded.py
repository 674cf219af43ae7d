"""The guarded view: contact details and places of a client under a safety ban (turvakielto).

The database shows guarded rows only inside `opened()`. Opening needs a purpose and leaves an
entry; the page that shows it closes after ten minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from polku.clients.models import Client, ContactDetails, GuardedText
from polku.foundation import audit, walls
from polku.foundation.outbox import Address
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

MINUTES_OPEN = 10
SHORTEST_PURPOSE = 5


class PurposeMissing(ValueError):
    """The guarded view was asked for without saying what for."""


@contextmanager
def opened(*, by: Viewer, client: Client, purpose: str) -> Iterator[None]:
    """Show the client's guarded rows inside the block, and write down who, why and when.

    Raises Refused for all but the own coach and the named cover, PurposeMissing without a purpose.
    """
    check(by, "clients.guarded", client)
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise PurposeMissing
    audit.record(by, "clients.guarded_view", client=client.id, reason=purpose.strip())
    with walls.guarded_open(client.id):
        yield


def keep_text(*, client: Client, about: UUID, field: str, text: str) -> None:
    """Keep a place or number of a guarded client off its own row; an empty text removes it."""
    with walls.guarded_open(client.id):
        if not text:
            GuardedText.objects.filter(about=about, field=field).delete()
            return
        GuardedText.objects.update_or_create(
            about=about,
            field=field,
            defaults={"register_id": client.register_id, "client": client, "text": text},
        )


def mail_address(client_id: UUID) -> Address:
    """Return where a client's mail may go now: the port that the outbox asks.

    The dead and the closed get none. Under a ban the guarded address is used, and the message's
    own text must hold no place.
    """
    client = Client.objects.filter(pk=client_id).only("died_on", "closed_on").first()
    if client is None or client.died_on:
        return Address(stopped="the client has died or is gone")
    if client.closed_on:
        return Address(stopped="the record is closed")
    with walls.guarded_open(client_id):
        email = (
            ContactDetails.objects.filter(client_id=client_id)
            .values_list("email", flat=True)
            .first()
        )
    return Address(email=email or "", stopped="" if email else "no e-mail address")
