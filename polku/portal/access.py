"""Writes of a client's personal link and code lists, by the client's worker."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from polku.clients import queries
from polku.clients.models import Client
from polku.foundation import audit, crypto
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.portal import codes
from polku.portal.models import AccessCode, AccessLink

# No letter or figure that is taken for another on paper.
CLEAR = "acdefhjkmnprtuvwxy34679"


class RecordClosed(Exception):
    """The client's record is closed, so there is nothing to come in to."""


@dataclass(frozen=True)
class State:
    """How a client can come in now."""

    link_made: datetime | None
    list_made: datetime | None
    codes_left: int


def new_token() -> str:
    """Return 30 letters and figures (136 bits) in fives, which can be read off paper and typed."""
    letters = [secrets.choice(CLEAR) for _n in range(30)]
    return "-".join("".join(letters[i : i + 5]) for i in range(0, 30, 5))


def hash_of(token: str) -> bytes:
    """Return what is kept of a link's token; capitals and dashes do not matter."""
    typed = "".join(c for c in token.lower() if c.isalnum())
    return crypto.keyed_hash("access-link", typed.encode())


def state(client_id: UUID) -> State:
    """Return how the client can come in now. The client has been fetched through `queries`."""
    link = AccessLink.objects.filter(client=client_id, revoked_at__isnull=True).first()
    listed = list(
        AccessCode.objects.filter(
            client_id=client_id, channel="paper", used_at__isnull=True, revoked_at__isnull=True
        ).values_list("created_at", flat=True)
    )
    return State(link.created_at if link else None, max(listed, default=None), len(listed))


@transaction.atomic
def make_letter(*, by: Viewer, client_id: UUID, at: datetime) -> tuple[str, list[str]]:
    """Return the address of a new link and ten codes; those before are void, visits by them end.

    Raises Client.DoesNotExist, Refused, RecordClosed.
    """
    client = _mine(by, client_id)
    audit.record(by, "portal.letter_make", client=client.id)
    return _new_link(client, at), codes.make_list(client=client, at=at)


@transaction.atomic
def make_link(*, by: Viewer, client_id: UUID, at: datetime) -> str:
    """Return the address of a new link without codes on paper. Raises as `make_letter`."""
    client = _mine(by, client_id)
    audit.record(by, "portal.link_make", client=client.id)
    return _new_link(client, at)


@transaction.atomic
def revoke_link(*, by: Viewer, client_id: UUID, at: datetime) -> int:
    """Void the link: whoever came in by it is out at the next request. Return how many."""
    client = _mine(by, client_id, closed_too=True)
    audit.record(by, "portal.link_revoke", client=client.id)
    return AccessLink.objects.filter(client=client.id, revoked_at__isnull=True).update(
        revoked_at=at
    )


@transaction.atomic
def make_list(*, by: Viewer, client_id: UUID, at: datetime) -> list[str]:
    """Return ten fresh codes for paper; the list before is void. Raises as `make_letter`."""
    client = _mine(by, client_id)
    audit.record(by, "portal.codes_make", client=client.id)
    return codes.make_list(client=client, at=at)


@transaction.atomic
def revoke_list(*, by: Viewer, client_id: UUID, at: datetime) -> int:
    """Void the codes on paper; return how many were left."""
    client = _mine(by, client_id, closed_too=True)
    audit.record(by, "portal.codes_revoke", client=client.id)
    return codes.revoke(client_id=client.id, channel="paper", at=at)


def shut(client: Client, by: Viewer, at: datetime) -> None:
    """Void every way in when a record is closed or a client dies. A port of `clients`."""
    AccessLink.objects.filter(client=client.id, revoked_at__isnull=True).update(revoked_at=at)
    for channel in AccessCode.Channel.values:
        codes.revoke(client_id=client.id, channel=channel, at=at)


def _new_link(client: Client, at: datetime) -> str:
    AccessLink.objects.filter(client=client.id, revoked_at__isnull=True).update(revoked_at=at)
    token = new_token()
    AccessLink.objects.create(
        token_hash=hash_of(token),
        register_id=client.register_id,
        client=client.id,
        created_at=at,
    )
    return settings.POLKU_ADDRESS.rstrip("/") + reverse("client_entry", args=[token])


def _mine(by: Viewer, client_id: UUID, *, closed_too: bool = False) -> Client:
    client = queries.get(by, client_id)
    check(by, "portal.access", client)
    if client.closed_on is not None and not closed_too:
        raise RecordClosed
    return client
