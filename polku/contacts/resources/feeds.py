"""A room's or an interpreter's bookings as a feed, behind a private address.

As a worker's own (`contacts.feeds`): the address is the key, shown once, kept as a hash, and ends
when somebody ends it. It gives from when until when, and for an interpreter how and where; never
with whom or what for.
"""

from __future__ import annotations

import base64
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from polku.contacts.feeds import AHEAD, BEHIND, MOST, READ_AGAIN, hash_of
from polku.contacts.models import Resource, ResourceBooking, ResourceFeed
from polku.foundation import audit, clock, crypto, walls
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer, system


def standing(resource: Resource) -> ResourceFeed | None:
    """Return the address that stands, if there is one."""
    return ResourceFeed.objects.filter(resource=resource, ended_at__isnull=True).first()


@transaction.atomic
def make(resource: Resource, *, by: Viewer, at: datetime, submission: UUID) -> str:
    """Make an address and return its secret; the former one ends.

    The same form sent twice makes one: its secret follows from the form, under the key.
    """
    check(by, "contacts.resources")
    _in_turn(resource)
    token = _secret(resource, submission)
    made = ResourceFeed.objects.filter(token_hash=hash_of(token)).first()
    if made is not None and made.ended_at is None:
        return token
    if made is not None:
        # An address that has ended is never given again.
        token = _secret(resource, uuid4())
    _end(resource, at)
    ResourceFeed.objects.create(
        register_id=resource.register_id, resource=resource, token_hash=hash_of(token), made_at=at
    )
    audit.record(by, "contacts.resource_feed_made", fields=["token_hash"])
    return token


@transaction.atomic
def end(resource: Resource, *, by: Viewer, at: datetime) -> None:
    """End the address; whoever reads it finds nothing from now on."""
    check(by, "contacts.resources")
    _in_turn(resource)
    if _end(resource, at):
        audit.record(by, "contacts.resource_feed_ended", fields=["ended_at"])


def _in_turn(resource: Resource) -> None:
    Resource.objects.select_for_update(of=("self",), no_key=True).get(pk=resource.pk)


def _end(resource: Resource, at: datetime) -> int:
    return ResourceFeed.objects.filter(resource=resource, ended_at__isnull=True).update(ended_at=at)


def _secret(resource: Resource, submission: UUID) -> str:
    whose = f"{resource.register_id} {resource.pk} {submission}"
    digest = crypto.keyed_hash("resource calendar address", whose.encode())
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def read(
    register_id: UUID, token: str, *, at: datetime
) -> tuple[Resource, list[ResourceBooking]] | None:
    """Return the resource and what holds it, or None for an address that is wrong or has ended.

    One that is no longer in use has no calendar. The reading is on record, at most once in ten
    minutes.
    """
    with walls.inside(register_id, by=system(register_id)):
        feed = (
            ResourceFeed.objects.filter(token_hash=hash_of(token), ended_at__isnull=True)
            .select_related("resource")
            .first()
        )
        if feed is None or not _in_use(feed.resource, at):
            return None
        if feed.read_at is None or at - feed.read_at >= READ_AGAIN:
            ResourceFeed.objects.filter(pk=feed.pk).update(read_at=at)
            audit.record(system(register_id), "contacts.resource_feed_read")
        held = ResourceBooking.objects.filter(
            resource=feed.resource, freed_at__isnull=True,
            starts_at__gte=at - BEHIND, starts_at__lt=at + AHEAD,
        ).select_related("appointment")  # fmt: skip
        return feed.resource, list(held.order_by("starts_at")[:MOST])


def _in_use(resource: Resource, at: datetime) -> bool:
    return resource.valid_until is None or clock.local(at).date() <= resource.valid_until
