"""Covers that stand: who covers for an own coach from when until when, and ending one early."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from polku.clients.models import Client
from polku.clients.queries import visible
from polku.foundation import audit, lasting
from polku.foundation.models import Relation
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Cover:
    """One client's cover, now or to come."""

    id: UUID
    client: str
    coach: str
    starts_at: datetime
    ends_at: datetime | None

    @property
    def last_moment(self) -> datetime | None:
        """The last moment that is covered: a cover to a day's end shows that day, not the next."""
        return self.ends_at and self.ends_at - timedelta(microseconds=1)


def standing(viewer: Viewer, client_ids: Iterable[UUID]) -> list[Cover]:
    """Return the covers of these clients that are not over, by client. One statement."""
    rows = (
        Relation.objects.filter(
            lasting.beyond(viewer.at),
            register_id=viewer.register_id,
            kind="cover",
            client__in=visible(viewer).filter(pk__in=list(client_ids)).values("pk"),
        )
        .select_related("client", "user")
        .order_by("client__sort_key", "starts_at")
    )
    return [
        Cover(one.id, one.client.name, str(one.user), one.starts_at, one.ends_at) for one in rows
    ]


@transaction.atomic
def end(cover_id: UUID, *, by: Viewer, at: datetime) -> Relation:
    """End a cover now, or before it begins. Nothing is erased; pressed twice it ends once.

    Raises Relation.DoesNotExist for a client whom the viewer may not see, and Refused.
    """
    check(by, "teamwork.assign")
    covers = Relation.objects.filter(register_id=by.register_id, kind="cover")
    # The client's row first, as whoever hands over or divides does.
    client_id = covers.values_list("client_id", flat=True).get(
        pk=cover_id, client__in=visible(by).values("pk")
    )
    Client.objects.select_for_update(of=("self",)).get(pk=client_id)
    cover = covers.select_for_update(of=("self",)).select_related("client", "user").get(pk=cover_id)
    if cover.ends_at is not None and cover.ends_at <= max(at, cover.starts_at):
        return cover
    cover.ends_at = max(at, cover.starts_at)
    cover.save(update_fields=["ends_at"])
    audit.record(by, "teamwork.end_cover", client=client_id, fields=["cover"])
    return cover
