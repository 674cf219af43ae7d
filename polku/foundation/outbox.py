"""Messages that leave the house: written with the change that causes them, sent by a job.

The address is asked for only when the message is sent, through a port of the room that knows it:
a death, a safety ban or a new address in between counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from polku.foundation import carrying, clock, texting, walls
from polku.foundation.models import OutboxMessage
from polku.foundation.reaching import Address
from polku.foundation.viewer import Viewer

AddressOf = Callable[[UUID], Address]

_client_address: list[AddressOf] = []
_host_address: list[AddressOf] = []


def use_client_address(port: AddressOf) -> None:
    """Let the room of clients say where a client's messages go (a port, set at start)."""
    _client_address[:] = [port]


def use_host_address(port: AddressOf) -> None:
    """Let the room of placements say where messages to somebody at a host go (a port)."""
    _host_address[:] = [port]


def write(
    *,
    by: Viewer,
    at: datetime,
    kind: str,
    subject: str,
    body: str,
    client_id: UUID | None = None,
    user_id: UUID | None = None,
    host: UUID | None = None,
    about: UUID | None = None,
    language: str = "fi",
    not_before: datetime | None = None,
    link: str = "",
    code: str = "",
    calendar: str = "",
    asked_now: bool = False,
) -> OutboxMessage:
    """Write a message to a client, a worker or a host's person, and defer its sending.

    All in this transaction. `about` is what `stop_about` stops it by. A text message says only the
    subject with the link or code, so a subject names nobody and no place; it waits for the morning
    unless its reader has just asked for it.
    """
    from polku.foundation.tasks import send_message

    subject = " ".join(subject.split())[:200]
    message = OutboxMessage.objects.create(
        register_id=by.register_id,
        client_id=client_id,
        user_id=user_id,
        host=host,
        about=about,
        kind=kind,
        language=language,
        subject=subject,
        body=body,
        text=texting.words(subject, code=code, link=link),
        calendar=calendar,
        at_once=asked_now,
        not_before=not_before or at,
        created_at=at,
    )
    send_message.configure(schedule_at=not_before).defer(
        register_id=str(by.register_id), message_id=str(message.id)
    )
    return message


def stop_all(*, client_id: UUID, why: str) -> int:
    """Stop every message that waits to be sent to a client; return how many."""
    return OutboxMessage.objects.filter(client_id=client_id, status="waiting").update(
        status="stopped", problem=why, **carrying.no_words()
    )


def stop_about(*, about: Iterable[UUID], why: str) -> int:
    """Stop every message that waits and tells of one of these things; return how many."""
    waiting = OutboxMessage.objects.filter(about__in=list(about), status="waiting")
    return waiting.update(status="stopped", problem=why, **carrying.no_words())


def send(register_id: UUID, message_id: UUID) -> str:
    """Send one waiting message; return its status. A row lock keeps two workers apart.

    A worker that dies between the server's yes and the commit leaves the message waiting: it goes
    out once more under the same id, never not at all.
    """
    with walls.inside(register_id), transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(pk=message_id, status="waiting")
            .first()
        )
        if message is None:
            return "gone"
        address = _address_of(message)
        if address.email:
            return carrying.by_mail(message, address.email)
        if address.phone:
            return carrying.by_text(message, address.phone)
        return carrying.end(message, "stopped", address.stopped or "no address")


def _address_of(message: OutboxMessage) -> Address:
    if message.user is not None:
        return Address(email=message.user.email) if message.user.is_active else Address()
    if message.host is not None:
        asked = _host_address[0] if _host_address else None
        return asked(message.host) if asked else Address(stopped="no one knows the address")
    if not _client_address or message.client_id is None:
        return Address(stopped="no one knows the address")
    return _client_address[0](message.client_id)


def due(register_id: UUID, *, limit: int = 500) -> list[UUID]:
    """Return the ids of waiting messages whose time has come, oldest first."""
    with walls.inside(register_id):
        return list(
            OutboxMessage.objects.filter(status="waiting", not_before__lte=clock.now())
            .order_by("not_before")
            .values_list("id", flat=True)[:limit]
        )


def failed_last(**to: Iterable[UUID]) -> dict[UUID, OutboxMessage]:
    """Return the last message of each whose last one failed: `client_id=` or `host=` some ids."""
    ((who, ids),) = to.items()
    tried = OutboxMessage.objects.filter(**{f"{who}__in": list(ids)}, status__in=("sent", "failed"))
    last = tried.order_by(who, "-created_at").distinct(who)
    return {getattr(one, who): one for one in last if one.status == "failed"}
