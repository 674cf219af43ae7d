"""The guarded view: contact details and places of a client under a safety ban (turvakielto).

The database shows guarded rows only inside `opened()`. Opening needs a purpose and leaves an
entry; the page that shows it closes after ten minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from polku.clients.models import Client, Consent, ContactDetails, GuardedText
from polku.foundation import audit, clock, outbox, walls
from polku.foundation.permissions import check
from polku.foundation.reaching import (
    NOT_MOBILE,
    NOT_SET_UP,
    NOTHING_KNOWN,
    Address,
    in_words,
    reach,
    why,
)
from polku.foundation.viewer import Viewer

MINUTES_OPEN = 10
SHORTEST_PURPOSE = 5

DEAD = gettext_noop("the client has died or is gone")
CLOSED = gettext_noop("the record is closed")
BANNED = gettext_noop("no e-mail address is known, and under a safety ban no text message goes out")
NO_CONSENT = gettext_noop(
    "no e-mail address is known, and the client has not agreed to text messages"
)


# A client who has taken back the consent to e-mail gets none: why no text message goes instead.
NO_MAIL = {
    NOTHING_KNOWN: gettext_noop(
        "the client has taken back the consent to e-mail, and no phone number is known"
    ),
    NOT_SET_UP: gettext_noop(
        "the client has taken back the consent to e-mail, and text messages are not in use here"
    ),
    NOT_MOBILE: gettext_noop(
        "the client has taken back the consent to e-mail, and the phone number is not a mobile "
        "number"
    ),
    BANNED: gettext_noop(
        "the client has taken back the consent to e-mail, and under a safety ban no text message "
        "goes out"
    ),
    NO_CONSENT: gettext_noop(
        "the client has taken back the consent to e-mail, and has not agreed to text messages"
    ),
}


class PurposeMissing(ValueError):
    """The guarded view was asked for without saying what for."""


@contextmanager
def opened(*, by: Viewer, client: Client, purpose: str) -> Iterator[None]:
    """Show the client's guarded rows inside the block, and write down who, why and when.

    Raises Refused for all but the own coach and the named cover, PurposeMissing without a purpose.
    """
    check(by, "clients.guarded", client)
    # The database takes no NUL, which no keyboard types.
    purpose = purpose.replace("\x00", "").strip()
    if len(purpose) < SHORTEST_PURPOSE:
        raise PurposeMissing
    audit.record(by, "clients.guarded_view", client=client.id, reason=purpose)
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
    own text must hold no place. E-mail goes unless the client has taken back a consent to it, which
    counts at once (decision 0072). A text message needs a consent in force, and no ban: it lights
    up on a phone that lies on the table.
    """
    client = Client.objects.filter(pk=client_id).only("died_on", "closed_on", "safety_ban").first()
    return Address(stopped=DEAD) if client is None else _address(client)


def _address(client: Client) -> Address:
    if client.died_on:
        return Address(stopped=DEAD)
    if client.closed_on:
        return Address(stopped=CLOSED)
    with walls.guarded_open(client.id):
        row = (
            ContactDetails.objects.filter(client=client)
            .values_list("email", "phone", _kinds(), _kinds(withdrawn_at__isnull=True))
            .first()
        )
    email, phone, given, in_force = row or ("", "", [], [])
    known = {"email": email, "phone": phone}
    consents = [(kind, False) for kind in given] + [(kind, True) for kind in in_force]
    taken_back = bool(known["email"]) and mail_taken_back(consents)
    if taken_back:
        known["email"] = ""
    found = reach(**known, hindered=_no_text(client, consents))
    return Address(stopped=NO_MAIL[found.stopped]) if taken_back and not found else found


def reached(client: Client) -> str:
    """Return in words how messages go to a client who was just read.

    Under a ban it tells not what is known.
    """
    if client.safety_ban and mail_taken_back(_consents(client)):
        return _("No message goes out: %(why)s.") % {"why": why(NO_MAIL[BANNED])}
    if client.safety_ban:
        return _("Under a safety ban no text message goes out. Call the client.")
    return in_words(_address(client))


def told(client: Client, words: str) -> str:
    """Return the words that say a message goes, where one does; else why none goes."""
    if client.safety_ban or not address_of(client.id):
        return reached(client)
    return words


def failed(client: Client) -> str:
    """Return what became of the last message to a client, if it failed."""
    last = outbox.failed_last(client_id=[client.id]).get(client.id)
    if last is None:
        return ""
    day = formats.date_format(clock.local(last.created_at), "j.n.Y")
    said = _("The message of %(day)s did not go out: %(why)s.")
    return said % {"day": day, "why": why(last.problem)}


Consents = list[tuple[str, bool]]


def mail_taken_back(consents: Consents) -> bool:
    """Return whether e-mail was agreed to and taken back; who was never asked has not.

    `consents` are (kind, in force) of every consent that the client has given.
    """
    mails = [in_force for kind, in_force in consents if kind == Consent.Kind.EMAIL]
    return bool(mails) and not any(mails)


def _kinds(**those: bool) -> ArraySubquery:
    """The kinds of consent that the client of a row has given, asked beside it."""
    return ArraySubquery(Consent.objects.filter(client=OuterRef("client"), **those).values("kind"))


def _consents(client: Client) -> Consents:
    rows = Consent.objects.filter(client=client).values_list("kind", "withdrawn_at")
    return [(kind, withdrawn is None) for kind, withdrawn in rows]


def _no_text(client: Client, consents: Consents) -> str:
    if client.safety_ban:
        return BANNED
    return "" if (Consent.Kind.TEXT, True) in consents else NO_CONSENT
