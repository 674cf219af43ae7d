"""The guarded view: contact details and places of a client under a safety ban (turvakielto).

The database shows guarded rows only inside `opened()`. Opening needs a purpose and leaves an
entry; the page that shows it closes after ten minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from polku.clients.models import Client, Consent, ContactDetails, GuardedText
from polku.foundation import audit, clock, outbox, walls
from polku.foundation.permissions import check
from polku.foundation.reaching import Address, in_words, reach, why
from polku.foundation.viewer import Viewer

MINUTES_OPEN = 10
SHORTEST_PURPOSE = 5

DEAD = gettext_noop("the client has died or is gone")
CLOSED = gettext_noop("the record is closed")
BANNED = gettext_noop("no e-mail address is known, and under a safety ban no text message goes out")
NO_CONSENT = gettext_noop(
    "no e-mail address is known, and the client has not agreed to text messages"
)


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


def address_of(client_id: UUID) -> Address:
    """Return where a client's messages may go now: the port that the outbox asks.

    The dead and the closed get none. Under a ban the guarded address is used, and the message's
    own text must hold no place. A text message needs a consent in force, and no ban: it lights up
    on a phone that lies on the table.
    """
    client = Client.objects.filter(pk=client_id).only("died_on", "closed_on", "safety_ban").first()
    return Address(stopped=DEAD) if client is None else _address(client)


def _address(client: Client) -> Address:
    if client.died_on:
        return Address(stopped=DEAD)
    if client.closed_on:
        return Address(stopped=CLOSED)
    with walls.guarded_open(client.id):
        found = ContactDetails.objects.filter(client=client).values_list("email", "phone").first()
    email, phone = found or ("", "")
    hindered = _no_text(client) if phone and not email else ""
    return reach(email=email, phone=phone, hindered=hindered)


def reached(client: Client) -> str:
    """Return in words how messages go to a client who was just read.

    Under a ban it tells not what is known.
    """
    if client.safety_ban:
        return _("Under a safety ban no text message goes out. Call the client.")
    return in_words(_address(client))


def failed(client: Client) -> str:
    """Return what became of the last message to a client, if it failed."""
    last = outbox.failed_last(client_id=[client.id]).get(client.id)
    if last is None:
        return ""
    day = formats.date_format(clock.local(last.created_at), "j.n.Y")
    said = _("The message of %(day)s did not go out: %(why)s.")
    return said % {"day": day, "why": why(last.problem)}


def _no_text(client: Client) -> str:
    if client.safety_ban:
        return BANNED
    consents = Consent.objects.filter(client=client, kind=Consent.Kind.TEXT)
    return "" if consents.filter(withdrawn_at__isnull=True).exists() else NO_CONSENT
