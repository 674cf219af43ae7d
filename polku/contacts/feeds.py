"""A worker's own times as a feed for Outlook and the like, behind a private address.

The address is the key: it is shown once, kept as a hash, made anew or ended by the worker, and ends
with the role. What it gives is what kind of time, when and where, and never with whom.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from polku.contacts.models import Appointment, CalendarFeed
from polku.foundation import audit, walls
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
def make(*, by: Viewer, at: datetime) -> str:
    """Make an address and return its secret; the former address ends."""
    check(by, "contacts.calendar")
    _end(by, at)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(
        register_id=by.register_id, user_id=by.user_id, token_hash=hash_of(token), made_at=at
    )
    audit.record(by, "contacts.calendar_made", fields=["token_hash"])
    return token


@transaction.atomic
def end(*, by: Viewer, at: datetime) -> None:
    """End the address; whoever reads it finds nothing from now on."""
    check(by, "contacts.calendar")
    if _end(by, at):
        audit.record(by, "contacts.calendar_ended", fields=["ended_at"])


def _end(by: Viewer, at: datetime) -> int:
    # Two presses at once: the second waits, and ends what the first has made.
    User.objects.select_for_update().get(pk=by.user_id)
    standing = CalendarFeed.objects.filter(
        register_id=by.register_id, user_id=by.user_id, ended_at__isnull=True
    )
    return standing.update(ended_at=at)


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
