"""What a lead or an administrator does with rooms and interpreters: adds, changes, closes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from polku.contacts.models import Kind, Resource, ResourceAway, ResourceBooking
from polku.contacts.weeks import hours as weeks
from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

FIELDS = (
    "name", "place", "organisation", "seats", "accessible", "languages", "ways", "hours",
    "buffer_minutes", "valid_from", "valid_until", "note",
)  # fmt: skip
WAYS = (Kind.VISIT.value, Kind.VIDEO.value, Kind.CALL.value)
MOST_BUFFER = 120
LONGEST_AWAY = timedelta(days=400)


class NotSuch(ValueError):
    """What was said of a room or an interpreter can't be. The word names the field."""


@transaction.atomic
def add(*, by: Viewer, at: datetime, sort: str, submission: UUID, **fields: Any) -> Resource:
    """Add a room or an interpreter; the same form sent twice is one. Raises NotSuch, Refused."""
    check(by, "contacts.resources")
    made = Resource(
        register_id=by.register_id, sort=sort, submission=submission, created_at=at,
        **_sound(sort, fields),
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        first = Resource.objects.filter(submission=submission).first()
        if first is None:
            raise
        return first
    audit.record(by, "contacts.resource_add", fields=["sort", *fields])
    return made


@transaction.atomic
def change(
    resource: Resource, *, by: Viewer, at: datetime, version: int, **fields: Any
) -> Resource:
    """Change what is known of one; what is booked stays booked. Raises ChangedMeanwhile, NotSuch.

    Another buffer holds from the next booking on.
    """
    check(by, "contacts.resources")
    stored = _locked(resource)
    if stored.version != version:
        raise ChangedMeanwhile(stored)
    for name, value in _sound(stored.sort, fields).items():
        setattr(stored, name, value)
    return _keep(stored, by, "contacts.resource_change", list(fields))


@transaction.atomic
def close(resource: Resource, *, by: Viewer, at: datetime) -> int:
    """Close it after today, or now where it has not opened; return how many bookings lie beyond.

    They stand: somebody moves them. Pressed twice it is closed once.
    """
    check(by, "contacts.resources")
    stored, today = _locked(resource), clock.local(at).date()
    last = max(today, stored.valid_from)
    if stored.valid_until is None or stored.valid_until > last:
        stored.valid_until = last
        _keep(stored, by, "contacts.resource_close", ["valid_until"])
    return ResourceBooking.objects.filter(
        resource=stored, freed_at__isnull=True,
        starts_at__gte=weeks.start_of(last + timedelta(days=1), 0, 0),
    ).count()  # fmt: skip


@transaction.atomic
def close_for(
    resource: Resource, *, by: Viewer, at: datetime, starts_at: datetime, ends_at: datetime,
    reason: str,
) -> ResourceAway:  # fmt: skip
    """Close it from moment to moment; the same again is the same. Raises NotSuch, Refused."""
    check(by, "contacts.resources")
    if not starts_at < ends_at <= starts_at + LONGEST_AWAY:
        raise NotSuch("ends_at")
    stored = _locked(resource)
    given = {"register_id": stored.register_id, "resource": stored, "starts_at": starts_at,
             "ends_at": ends_at, "reason": reason, "ended_at": None}  # fmt: skip
    row = ResourceAway.objects.filter(**given).first()
    if row is None:
        row = ResourceAway.objects.create(**given, told_at=at)
        audit.record(by, "contacts.resource_away", fields=["starts_at", "ends_at", "reason"])
    return row


@transaction.atomic
def open_again(away: ResourceAway, *, by: Viewer, at: datetime) -> ResourceAway:
    """Take a closure back."""
    check(by, "contacts.resources")
    stored = ResourceAway.objects.select_for_update(of=("self",)).get(pk=away.pk)
    if stored.ended_at is None:
        stored.ended_at = at
        stored.save(update_fields=["ended_at"])
        audit.record(by, "contacts.resource_back", fields=["ended_at"])
    return stored


def in_the_way(away: ResourceAway) -> int:
    """Return how many bookings a closure meets: they stand until somebody moves them."""
    return ResourceBooking.objects.filter(
        resource=away.resource_id, freed_at__isnull=True,
        starts_at__lt=away.ends_at, ends_at__gt=away.starts_at,
    ).count()  # fmt: skip


def _locked(resource: Resource) -> Resource:
    return Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)


def _keep(stored: Resource, by: Viewer, what: str, fields: list[str]) -> Resource:
    stored.version += 1
    stored.save()
    audit.record(by, what, fields=fields)
    return stored


def _sound(sort: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as they are kept, what belongs to the other sort left out."""
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"a resource does not take {', '.join(sorted(unknown))}")
    if sort not in Resource.Sort.values:
        raise NotSuch("sort")
    told = dict(fields)
    if sort == Resource.Sort.ROOM:
        told |= {"languages": [], "ways": []}
    else:
        told |= {"seats": None, "accessible": False}
        _spoken(told)
    _days(told.get("valid_from"), told.get("valid_until"))
    if not 0 <= told.get("buffer_minutes", 0) <= MOST_BUFFER:
        raise NotSuch("buffer_minutes")
    try:
        weeks.stretches(told.get("hours", ()))
    except weeks.NotAWeek as error:
        raise NotSuch("hours") from error
    return told


def _spoken(told: dict[str, Any]) -> None:
    for name, known in (("languages", None), ("ways", WAYS)):
        values: Iterable[str] = told.get(name) or ()
        told[name] = list(dict.fromkeys(values))
        if not told[name] or (known and not set(told[name]) <= set(known)):
            raise NotSuch(name)


def _days(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise NotSuch("valid_until")
