"""A worker's own times as a feed for Outlook and the like, behind a private address.

The address is the key: it is shown once, kept as a hash, made anew or ended by the worker, and ends
with the role. What it gives is what kind of time, when and where, and never with whom.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from polku.contacts.addresses import AHEAD, BEHIND, MOST, Addresses, found, was_read
from polku.contacts.models import Appointment, CalendarFeed
from polku.foundation import audit, walls
from polku.foundation.models import User
from polku.foundation.permissions import check, roles_with
from polku.foundation.staff import roles_of
from polku.foundation.viewer import Viewer, system


def own(viewer: Viewer) -> CalendarFeed | None:
    """Return the worker's own feed in this register, while it stands."""
    return _addresses(viewer).standing().first()


@transaction.atomic
def make(*, by: Viewer, at: datetime, submission: UUID) -> str:
    """Make an address and return its secret; the former address ends. Sent twice it is one."""
    check(by, "contacts.calendar")
    _in_turn(by)
    token, fresh = _addresses(by).make(at=at, submission=submission)
    if fresh:
        audit.record(by, "contacts.calendar_made", fields=["token_hash"])
    return token


@transaction.atomic
def end(*, by: Viewer, at: datetime) -> None:
    """End the address; whoever reads it finds nothing from now on."""
    check(by, "contacts.calendar")
    _in_turn(by)
    if _addresses(by).end(at):
        audit.record(by, "contacts.calendar_ended", fields=["ended_at"])


def _in_turn(by: Viewer) -> None:
    """Two presses at once: the second waits, and finds what the first has made."""
    User.objects.select_for_update().get(pk=by.user_id)


def _addresses(by: Viewer) -> Addresses:
    whose = {"register_id": by.register_id, "user_id": by.user_id}
    return Addresses(CalendarFeed, whose, "calendar address")


def read(register_id: UUID, token: str, *, at: datetime) -> tuple[str, list[Appointment]] | None:
    """Return the worker's name and times, or None for an address that is wrong or has ended.

    The reading is on record, at most once in ten minutes: programs ask again and again.
    """
    with walls.inside(register_id, by=system(register_id)):
        feed = found(CalendarFeed, token, "user")
        if feed is None or not _works_here(feed):
            return None
        if was_read(feed, at):
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
