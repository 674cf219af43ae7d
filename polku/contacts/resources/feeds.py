"""A room's or an interpreter's bookings as a feed, behind a private address.

As a worker's own (`contacts.feeds`): the address is the key, shown once, kept as a hash, and ends
when somebody ends it. It gives from when until when, and for an interpreter how and where; never
with whom or what for.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from polku.contacts.addresses import AHEAD, BEHIND, MOST, Addresses, found, was_read
from polku.contacts.models import Resource, ResourceBooking, ResourceFeed
from polku.foundation import audit, clock, walls
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer, system


def standing(resource: Resource) -> ResourceFeed | None:
    """Return the address that stands, if there is one."""
    return _addresses(resource).standing().first()


@transaction.atomic
def make(resource: Resource, *, by: Viewer, at: datetime, submission: UUID) -> str:
    """Make an address and return its secret; the former one ends. Sent twice it is one."""
    check(by, "contacts.resources")
    _in_turn(resource)
    token, fresh = _addresses(resource).make(at=at, submission=submission)
    if fresh:
        audit.record(by, "contacts.resource_feed_made", fields=["token_hash"])
    return token


@transaction.atomic
def end(resource: Resource, *, by: Viewer, at: datetime) -> None:
    """End the address; whoever reads it finds nothing from now on."""
    check(by, "contacts.resources")
    _in_turn(resource)
    if _addresses(resource).end(at):
        audit.record(by, "contacts.resource_feed_ended", fields=["ended_at"])


def _in_turn(resource: Resource) -> None:
    Resource.objects.select_for_update(of=("self",), no_key=True).get(pk=resource.pk)


def _addresses(resource: Resource) -> Addresses:
    whose = {"register_id": resource.register_id, "resource_id": resource.pk}
    return Addresses(ResourceFeed, whose, "resource calendar address")


def read(
    register_id: UUID, token: str, *, at: datetime
) -> tuple[Resource, list[ResourceBooking]] | None:
    """Return the resource and what holds it, or None for an address that is wrong or has ended.

    One that is no longer in use has no calendar. The reading is on record, at most once in ten
    minutes.
    """
    with walls.inside(register_id, by=system(register_id)):
        feed = found(ResourceFeed, token, "resource")
        if feed is None or not _in_use(feed.resource, at):
            return None
        if was_read(feed, at):
            audit.record(system(register_id), "contacts.resource_feed_read")
        held = ResourceBooking.objects.filter(
            resource=feed.resource, freed_at__isnull=True,
            starts_at__gte=at - BEHIND, starts_at__lt=at + AHEAD,
        ).select_related("appointment")  # fmt: skip
        return feed.resource, list(held.order_by("starts_at")[:MOST])


def _in_use(resource: Resource, at: datetime) -> bool:
    return resource.valid_until is None or clock.local(at).date() <= resource.valid_until
