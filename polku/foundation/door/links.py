"""Entry links: personal addresses that work once, for a new account, password or second step."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from polku.foundation import clock, crypto
from polku.foundation.models import EntryLink, OutboxMessage, User

LASTS = {
    "invite": timedelta(days=7),
    "first": timedelta(days=7),
    "factor": timedelta(days=2),
    "password": timedelta(hours=2),
}
MAILS = ("invitation", "new_password", "new_second_step")


def hash_of(token: str) -> bytes:
    """Return what is kept of a token."""
    return crypto.keyed_hash("entry-link", token.encode())


@transaction.atomic
def make(
    *, purpose: str, user: User | None, at: datetime, by: UUID | None = None
) -> tuple[EntryLink, str]:
    """Return a new link and its address (scheme and host too). Links like it before are void."""
    void(purpose=purpose, user=user, at=at)
    token = secrets.token_urlsafe(24)
    link = EntryLink.objects.create(
        token_hash=hash_of(token),
        purpose=purpose,
        user=user,
        created_at=at,
        created_by_id=by,
        expires_at=at + LASTS[purpose],
    )
    return link, settings.POLKU_ADDRESS.rstrip("/") + reverse("welcome", args=[token])


def find(token: str, at: datetime, *, lock: bool = False) -> EntryLink | None:
    """Return the link if it may still be used, else None: unknown, used, old and void are alike."""
    links = EntryLink.objects.select_related("user").filter(
        token_hash=hash_of(token),
        used_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=at,
    )
    if lock:
        links = links.select_for_update(of=("self",))
    link = links.first()
    usable = link is not None and (link.user is None or link.user.is_active)
    return link if usable else None


def use(link: EntryLink, at: datetime) -> None:
    """Mark the link as used, and take it out of the mail that carried it."""
    link.used_at = at
    link.save(update_fields=["used_at"])
    if link.user is not None:
        OutboxMessage.objects.filter(user=link.user, kind__in=MAILS).exclude(
            status="waiting"
        ).update(body="")


def void(*, purpose: str, user: User | None, at: datetime) -> int:
    """Void the open links of a kind; return how many."""
    return EntryLink.objects.filter(
        purpose=purpose, user=user, used_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=at)


def has_open(user: User, purpose: str) -> bool:
    """Return whether a link of this kind was made and neither used nor made void."""
    return EntryLink.objects.filter(
        user=user, purpose=purpose, used_at__isnull=True, revoked_at__isnull=True
    ).exists()


def first_administrator_link(*, another: bool = False) -> str:
    """Return a one-time address at which the first administrator names the register and comes in.

    It works for seven days, and the ones made before are void. '' when somebody has come in by
    such a link already, unless `another` register is to be begun. For `polku setup`.
    """
    begun = EntryLink.objects.filter(purpose="first", used_at__isnull=False).exists()
    if begun and not another:
        return ""
    return make(purpose="first", user=None, at=clock.now())[1]
