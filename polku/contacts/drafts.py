"""What is half-written: kept on the server, encrypted, the author's own, for fourteen days.

A form that opens carries a *ticket*: the signed word that this worker may write this draft about
this client. With it the author's words are kept even when the client has gone to somebody else in
the meantime; the client's own data is not opened by it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import F, Q

from polku.clients.models import Client
from polku.clients.queries import visible
from polku.contacts.models import Draft
from polku.foundation import audit, clock, crypto
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

KEPT = timedelta(days=14)
LONGEST = 200_000
_SALT = "contacts.drafts"

Pairs = list[tuple[str, str]]


class NoTicket(ValueError):
    """The ticket is not this worker's, is too old, or was made up."""


class NewerDraft(Exception):
    """Another tab or device has saved since. `kept` is what stands on the server."""

    def __init__(self, kept: Kept) -> None:
        super().__init__("a newer draft stands")
        self.kept = kept


@dataclass(frozen=True)
class Ticket:
    """Which draft this is: whose, about whom, of which form, from which version on."""

    author_id: UUID
    client_id: UUID
    form: str
    about: UUID | None = None
    base_version: int = 0


@dataclass(frozen=True)
class Kept:
    """A draft, opened: the form's fields as they were sent, in order."""

    id: UUID
    client_id: UUID
    form: str
    about: UUID | None
    base_version: int
    revision: int
    saved_at: datetime
    fields: Pairs
    discarded: bool

    def words(self) -> list[str]:
        """Return what a person has written, for reading and copying; no bookkeeping."""
        return [value for name, value in self.fields if name in WRITTEN and value.strip()]


# Fields in which a person writes; the others are choices.
WRITTEN = (
    "agreed", "task_text", "what_works", "next_small_step", "private_note", "note", "remind_text",
)  # fmt: skip


def issue(
    viewer: Viewer, client_id: UUID, form: str, *, about: UUID | None = None, version: int = 0
) -> str:
    """Return a ticket for a form that this worker has been shown about a client they may see."""
    shown = int(clock.now().timestamp())
    said = [str(viewer.user_id), str(client_id), form, str(about or ""), version, shown]
    return signing.dumps(said, salt=_SALT)


def read_ticket(viewer: Viewer, ticket: str) -> Ticket:
    """Return what a ticket says. Raises NoTicket."""
    try:
        # Its age is told by the house's time, not by this machine's, as Django would.
        author, client, form, about, version, shown = signing.loads(ticket, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NoTicket from error
    old = clock.now().timestamp() - shown > KEPT.total_seconds()
    if old or author != str(viewer.user_id):
        raise NoTicket
    return Ticket(UUID(author), UUID(client), form, UUID(about) if about else None, int(version))


def buffer_key(viewer: Viewer) -> str:
    """Return the worker's own key for what a browser must keep while the server is out of reach.

    The page holds it in memory alone; what lies on the device can't be read without signing in.
    """
    assert viewer.user_id is not None
    return base64.b64encode(crypto.keyed_hash("draft-buffer", viewer.user_id.bytes)).decode()


def buffer_name(viewer: Viewer, client_id: UUID, form: str, about: UUID | None = None) -> str:
    """Return the name under which a buffer lies on the device; it tells of no one."""
    said = f"{viewer.user_id}{client_id}{form}{about or ''}".encode()
    return crypto.keyed_hash("draft-name", said).hex()[:32]


@transaction.atomic
def save(
    ticket: Ticket, *, by: Viewer, at: datetime, fields: Pairs, revision: int, anyway: bool = False
) -> tuple[int, bool]:
    """Keep the draft; return its new revision, and whether the author may still see the client.

    Raises NewerDraft when `revision` is not the last that was kept, unless `anyway`.
    """
    check(by, "contacts.draft")
    row = (
        Draft.objects.select_for_update(of=("self",))
        .filter(_which(by, ticket.client_id, ticket.form, ticket.about))
        .first()
    )
    if row is not None and row.discarded_at is None and row.revision != revision and not anyway:
        raise NewerDraft(_open(row))
    if row is None:
        row = Draft(
            register_id=by.register_id,
            author_id=by.user_id,
            client_id=ticket.client_id,
            form=ticket.form,
            about=ticket.about,
            revision=0,
        )
    row.revision += 1
    row.base_version = ticket.base_version
    row.saved_at, row.discarded_at = at, None
    row.cipher = crypto.seal(row.register_id, json.dumps(fields), about=bound_to(row))
    row.save()
    audit.record(by, "contacts.draft_save", client=ticket.client_id)
    return row.revision, visible(by, only=ticket.client_id).exists()


def find(
    viewer: Viewer, client_id: UUID, form: str, about: UUID | None = None, *, now: datetime
) -> Kept | None:
    """Return the viewer's own draft of a form, if there is one to go on with. One query."""
    row = Draft.objects.filter(
        _which(viewer, client_id, form, about), discarded_at=None, saved_at__gt=now - KEPT
    ).first()
    return _open(row) if row else None


def mine(viewer: Viewer, *, now: datetime) -> list[tuple[Kept, Client | None]]:
    """Return the viewer's own drafts, newest first, each with its client if still to be seen."""
    rows = Draft.objects.filter(
        author_id=viewer.user_id, discarded_at=None, saved_at__gt=now - KEPT
    ).order_by("-saved_at")[:50]
    opened = [_open(row) for row in rows]
    ids = {kept.client_id for kept in opened}
    clients = {c.id: c for c in visible(viewer).filter(pk__in=ids)} if ids else {}
    return [(kept, clients.get(kept.client_id)) for kept in opened]


@transaction.atomic
def discard(draft_id: UUID, *, by: Viewer, at: datetime, discarded: bool = True) -> Draft:
    """Discard one's own draft, or take that back. Raises Draft.DoesNotExist for anybody else's."""
    check(by, "contacts.draft")
    row = Draft.objects.select_for_update(of=("self",)).get(pk=draft_id, author_id=by.user_id)
    row.discarded_at = at if discarded else None
    row.revision = F("revision") + 1
    row.save(update_fields=["discarded_at", "revision"])
    verb = "contacts.draft_discard" if discarded else "contacts.draft_restore"
    audit.record(by, verb, client=row.client_id)
    return row


def sweep(now: datetime) -> int:
    """Remove drafts whose days are over, in the register that is named; return how many."""
    return Draft.objects.filter(saved_at__lte=now - KEPT).delete()[0]


def _which(viewer: Viewer, client_id: UUID, form: str, about: UUID | None) -> Q:
    return Q(author_id=viewer.user_id, client_id=client_id, form=form, about=about)


def bound_to(row: Draft) -> str:
    """Return what a draft's ciphertext is bound to: copied to another author it does not open."""
    return f"draft:{row.author_id}:{row.client_id}:{row.form}:{row.about or ''}"


def _open(row: Draft) -> Kept:
    said = json.loads(crypto.unseal(row.register_id, bytes(row.cipher), about=bound_to(row)))
    return Kept(
        id=row.id,
        client_id=row.client_id,
        form=row.form,
        about=row.about,
        base_version=row.base_version,
        revision=row.revision,
        saved_at=row.saved_at,
        fields=[(str(name), str(value)) for name, value in said],
        discarded=row.discarded_at is not None,
    )
