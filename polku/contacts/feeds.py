"""A worker's own times as a feed for Outlook and the like, behind a private address.

The address is the key: it is shown once, kept as a hash, made anew or ended by the worker, and ends
with the role. What it gives is what kind of time, when and where, and never with whom.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from polku.contacts.models import Appointment, CalendarFeed
from polku.foundation import audit, crypto, walls
from polku.foundation.models import User
from polku.foundation.permissions import check, roles_with
from polku.foundation.staff import roles_of
from polku.foundation.viewer import Viewer, system

BEHIND, AHEAD = timedelta(days=30), timedelta(days=180)
MOST = 1_000
READ_AGAIN = timedelta(minutes=10)


def own(viewer: Viewer) -> CalendarFeed | None:
    """Return the worker's own feed in this register, while it stands."""
    found = CalendarFeed.objects.filter(register_id=viewer.register_id, user_id=viewer.user_id)
    return found.filter(ended_at__isnull=True).first()


@transaction.atomic
def make(*, by: Viewer, at: datetime, submission: UUID) -> str:
    """Make an address and return its secret; the former address ends.

    The same form sent twice makes one: its secret follows from the form, under the key.
    """
    check(by, "contacts.calendar")
    _in_turn(by)
    token = _secret(by, submission)
    made = CalendarFeed.objects.filter(token_hash=hash_of(token)).first()
    if made is not None and made.ended_at is None:
        return token
    if made is not None:
        # An address that has ended is never given again.
        token = _secret(by, uuid4())
    _end(by, at)
    CalendarFeed.objects.create(
        register_id=by.register_id, user_id=by.user_id, token_hash=hash_of(token), made_at=at
    )
    audit.record(by, "contacts.calendar_made", fields=["token_hash"])
    return token


@transaction.atomic
def end(*, by: Viewer, at: datetime) -> None:
    """End the address; whoever reads it finds nothing from now on."""
    check(by, "contacts.calendar")
    _in_turn(by)
    if _end(by, at):
        audit.record(by, "contacts.calendar_ended", fields=["ended_at"])


def _in_turn(by: Viewer) -> None:
    """Two presses at once: the second waits, and finds what the first has made."""
    User.objects.select_for_update().get(pk=by.user_id)


def _standing(by: Viewer) -> QuerySet[CalendarFeed]:
    return CalendarFeed.objects.filter(
        register_id=by.register_id, user_id=by.user_id, ended_at__isnull=True
    )


def _end(by: Viewer, at: datetime) -> int:
    return _standing(by).update(ended_at=at)


def _secret(by: Viewer, submission: UUID) -> str:
    whose = f"{by.register_id} {by.user_id} {submission}"
    digest = crypto.keyed_hash("calendar address", whose.encode())
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_of(token: str) -> bytes:
    """Return what is kept of a secret of 256 random bits."""
    return hashlib.sha256(token.encode()).digest()


def read(register_id: UUID, token: str, *, at: datetime) -> tuple[str, list[Appointment]] | None:
    """Return the worker's name and times, or None for an address that is wrong or has ended.

    The reading is on record, at most once in ten minutes: programs ask again and again.
    """
    with walls.inside(register_id, by=system(register_id)):
        feed = (
            CalendarFeed.objects.filter(token_hash=hash_of(token), ended_at__isnull=True)
            .select_related("user")
            .first()
        )
        if feed is None or not _works_here(feed):
            return None
        if feed.read_at is None or at - feed.read_at >= READ_AGAIN:
            CalendarFeed.objects.filter(pk=feed.pk).update(read_at=at)
            reader = system(register_id, user_id=feed.user_id, name=str(feed.user))
            audit.record(reader, "contacts.calendar_read")
        times = Appointment.objects.filter(
            worker_id=feed.user_id,
            starts_at__gte=at - BEHIND,
            starts_at__lt=at + AHEAD,
            status__in=("proposed", "confirmed", "held"),
        )
        return str(feed.user), list(times.order_by("starts_at")[:MOST])


def _works_here(feed: CalendarFeed) -> bool:
    if not feed.user.is_active:
        return False
    # A role that is given anew wants an address made anew.
    return any(
        role.register_id == feed.register_id
        and role.role in roles_with("contacts.calendar")
        and role.starts_at <= feed.made_at
        for role in roles_of(feed.user)
    )
