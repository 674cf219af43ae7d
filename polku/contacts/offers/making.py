"""A worker offers free times to a client, who chooses one by a link: made, withdrawn, read.

The link is shown to nobody but its reader: it goes in the message, and a hash is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from polku.clients import queries
from polku.clients.models import Client
from polku.contacts import in_order, rhythm, slots
from polku.contacts.models import Rhythm, TimeOffer
from polku.contacts.offers import ending
from polku.contacts.resources.fitting import Around
from polku.foundation import audit, clock, crypto, outbox, submissions
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

# As for a time that a client takes by themselves: not when somebody is already on the way.
LEAST_NOTICE = timedelta(hours=2)
LONGEST = timedelta(days=20)
MOST = 12


class CannotOffer(Exception):
    """No such offer may be made. The word says why: "banned", "closed", "interpreter" or "law"."""


def hash_of(token: str) -> bytes:
    """Return what is kept of a link's token."""
    return crypto.keyed_hash("time-offer", token.encode())


def what_forbids(client: Client, *, interpreted: bool = False) -> str:
    """Return why a client is offered no choice by a link, or ''.

    A link under a safety ban would tell its finder where the client will be. Where an interpreter
    is needed who is not of the house (`interpreted`), the worker books both.
    """
    if client.closed_on is not None:
        return "closed"
    if client.safety_ban:
        return "banned"
    return "interpreter" if client.interpreter and not interpreted else ""


def last_day(purpose: str, row: Rhythm | None, today: date) -> date | None:
    """Return the law's last day for such a time; None where there is none or it has gone by."""
    due = rhythm.last_day_of(purpose, row) if row else None
    return due if due is not None and due >= today else None


def hours(
    first: date,
    last: date,
    *,
    minutes: int,
    busy: slots.Busy,
    after: datetime,
    fits: slots.Fits | None = None,
) -> list[datetime]:
    """Return the free hours between two days from which a worker picks what to offer, by order."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [
        start
        for day in days
        for start in slots.apart(
            slots.free(day, minutes=minutes, busy=busy, after=after, fits=fits), minutes
        )
    ]


def of(viewer: Viewer, client_id: UUID, offer_id: UUID) -> TimeOffer:
    """Return one offer to a visible client. Raises TimeOffer.DoesNotExist."""
    return (
        TimeOffer.objects.filter(queries.seen(viewer, "client", only=client_id), pk=offer_id)
        .select_related("client", "worker")
        .get()
    )


@transaction.atomic
def make(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    starts: Iterable[datetime],
    minutes: int,
    kind: str,
    purpose: str,
    place: str,
    submission: UUID,
    room: Around | None = None,
    interpreter: UUID | None = None,
) -> TimeOffer:
    """Offer these times and write the client their link; a former offer ends.

    The room and the interpreter are held with the time that is chosen, or others as good; until
    then nothing is. The same submission twice is one offer. Raises CannotOffer, UsedAlready.
    """
    check(by, "contacts.book", client)
    in_order.take([], [client.id])
    in_order.stand(client)
    made = TimeOffer.objects.filter(submission=submission, client=client).first()
    if made is not None:
        return made
    ordered = sorted(set(starts))
    _may(client, purpose, ordered, at, interpreted=interpreter is not None)
    if room is not None and kind == "visit":
        place = room.where
    ending.end_open([client.id], at=at)
    token = secrets.token_urlsafe(24)
    offer = TimeOffer(
        register_id=client.register_id,
        client=client,
        worker_id=by.user_id,
        token_hash=hash_of(token),
        starts=ordered,
        minutes=minutes,
        kind=kind,
        purpose=purpose,
        place=place if kind == "visit" else "",
        language=client.service_language,
        room_id=room.id if room is not None and kind == "visit" else None,
        interpreter_id=interpreter if client.interpreter else None,
        made_at=at,
        expires_at=ordered[-1] - LEAST_NOTICE,
        submission=submission,
    )
    try:
        offer.save(force_insert=True)
    except IntegrityError as error:
        submissions.refuse(error)
        raise
    _write(client, offer, token, by, at)
    audit.record(by, "contacts.offer", client=client.id, fields=["starts", "kind", "place"])
    return offer


def _may(
    client: Client, purpose: str, starts: list[datetime], at: datetime, *, interpreted: bool
) -> None:
    why = what_forbids(client, interpreted=interpreted)
    if why:
        raise CannotOffer(why)
    due = last_day(purpose, Rhythm.objects.filter(client=client).first(), clock.local(at).date())
    if due is not None and clock.local(starts[-1]).date() > due:
        raise CannotOffer("law")


def _write(client: Client, offer: TimeOffer, token: str, by: Viewer, at: datetime) -> None:
    path = reverse("time_choice", args=[offer.register_id, token])
    address = settings.POLKU_ADDRESS.rstrip("/") + path
    with translation.override(offer.language):
        lines = [
            _("Hello!"),
            "",
            _("Choose the time that suits you best. It takes a minute:"),
            address,
            "",
            _("The link is for this one choice. No account and no password are needed."),
            _("If none of the times suits you, you can say so there, or call or write to me."),
            "",
            by.name,
            _("Your personal coach"),
        ]
        outbox.write(
            by=by,
            at=at,
            kind="time_offer",
            subject=_("Choose a time that suits you"),
            body="\n".join(lines),
            client_id=client.id,
            language=offer.language,
            about=offer.id,
            link=address,
        )


@transaction.atomic
def withdraw(offer: TimeOffer, *, by: Viewer, at: datetime) -> bool:
    """End an open offer; return whether it was still open. Its link opens nothing from now on."""
    check(by, "contacts.book", offer.client)
    in_order.take([], [offer.client_id])
    in_order.hold([offer.client_id])
    stored = TimeOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if stored.standing(at):
        return False
    ending.end_open([stored.client_id], at=at)
    audit.record(by, "contacts.offer_withdrawn", client=stored.client_id, fields=["end"])
    return True


@transaction.atomic
def read(offer: TimeOffer, *, by: Viewer, at: datetime) -> bool:
    """Note that the worker has read how an offer ended; one that nobody answered ends with it."""
    check(by, "contacts.book", offer.client)
    stored = TimeOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    standing = stored.standing(at)
    if not standing or stored.read_at is not None:
        return False
    stored.end, stored.ended_at = standing, stored.ended_at or at
    stored.read_at = at
    stored.save(update_fields=["end", "ended_at", "read_at"])
    audit.record(by, "contacts.offer_read", client=stored.client_id, fields=["read_at"])
    return True
