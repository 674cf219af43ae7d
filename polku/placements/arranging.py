"""Writes of worksites: what they are called and where they lie.

Whose they are is in `employers`, who is there in `supervisors`, what newcomers hear in
`checklists`, openings and their seats in `opening_up`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from polku.clients import names
from polku.foundation import audit, clock
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements.employers import Employer, host_of, search_name
from polku.placements.keeping import locked, only, write
from polku.placements.models import Host, Supervisor, Worksite
from polku.placements.places_of import point_of
from polku.placements.terms import COARSE, Precision

WORKSITE_FIELDS = (
    "name", "unit", "street", "postal_code", "town", "municipality_id", "phone", "email",
    "supports", "languages", "arriving", "note", "readiness",
)  # fmt: skip
SUPERVISOR_FIELDS = ("name", "title", "phone", "email", "language", "decides")
WHERE = {"street", "postal_code", "town", "municipality_id"}


@transaction.atomic
def add_worksite(
    host: Host | Employer,
    *,
    by: Viewer,
    at: datetime,
    point: tuple[float, float] | None = None,
    precision: str = Precision.ADDRESS,
    office_number: str = "",
    contact: dict[str, Any] | None = None,
    **fields: Any,
) -> tuple[Worksite, bool]:
    """Add a worksite and return it with True; one that is there already is returned with False.

    `fields` are those of WORKSITE_FIELDS; name and municipality_id are needed. `point` is latitude
    and longitude, as exact as `precision` says; without one the worksite lies about where its place
    or municipality does, or nowhere. `contact` is a first person there (SUPERVISOR_FIELDS). A host
    has one worksite of a name and unit in a municipality. Raises BadBusinessId, HostTaken.
    """
    check(by, "placements.write")
    only(fields, WORKSITE_FIELDS)
    if isinstance(host, Employer):
        host, _made = host_of(host, by, at)
    like = Worksite.objects.filter(
        host=host,
        municipality_id=fields["municipality_id"],
        sort_key=names.sort_key(fields["name"], fields.get("unit", ""))[:200],
        closed_on__isnull=True,
    ).first()
    if like is not None:
        return like, False
    worksite = Worksite(
        register_id=by.register_id,
        host=host,
        office_number=office_number,
        created_at=at,
        changed_at=at,
        **fields,
    )
    place_worksite(worksite, point, precision)
    name_worksite(worksite)
    worksite.save(force_insert=True)
    if contact:
        only(contact, SUPERVISOR_FIELDS)
        Supervisor.objects.create(register_id=by.register_id, worksite=worksite, **contact)
    audit.record(by, "placements.add_worksite", fields=fields.keys(), reason=about(worksite))
    return worksite, True


@transaction.atomic
def change_worksite(
    worksite: Worksite,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    point: tuple[float, float] | None = None,
    **fields: Any,
) -> Worksite:
    """Change fields of WORKSITE_FIELDS; a given `point` puts the worksite on the map by hand.

    A coarse point follows the address when that changes; one put by hand or from a sheet stays.
    Raises ChangedMeanwhile when `version` is no longer the last.
    """
    check(by, "placements.write")
    only(fields, WORKSITE_FIELDS)
    stored: Worksite = locked(worksite, version)
    changed = write(stored, at, fields)
    if point is not None:
        changed += _put(stored, point, at)
    elif WHERE & set(changed) and stored.precision in (*COARSE, Precision.NONE):
        place_worksite(stored, None, "")
    name_worksite(stored)
    stored.save()
    audit.record(by, "placements.change_worksite", fields=changed, reason=about(stored))
    return stored


@transaction.atomic
def put_on_map(
    worksite: Worksite, *, by: Viewer, at: datetime, version: int, lat: float, lon: float
) -> Worksite:
    """Put a worksite on the map by hand: from now on its point is exact."""
    check(by, "placements.write")
    stored: Worksite = locked(worksite, version)
    changed = _put(stored, (lat, lon), at)
    stored.save()
    audit.record(by, "placements.put_on_map", fields=changed, reason=about(stored))
    return stored


def _put(worksite: Worksite, point: tuple[float, float], at: datetime) -> list[str]:
    return write(
        worksite, at, {"lat": point[0], "lon": point[1], "precision": Precision.EXACT.value}
    )


def place_worksite(worksite: Worksite, point: tuple[float, float] | None, precision: str) -> None:
    """Set the point: the given one, else about where the address lies, else none."""
    if point is not None:
        worksite.lat, worksite.lon, worksite.precision = *point, precision
        return
    about = point_of(worksite.municipality_id, worksite.town, worksite.postal_code)
    if about is None:
        worksite.lat = worksite.lon = None
        worksite.precision = Precision.NONE
    else:
        worksite.lat, worksite.lon, worksite.precision = about


def name_worksite(worksite: Worksite) -> None:
    worksite.sort_key = names.sort_key(worksite.name, worksite.unit)[:200]
    worksite.search_name = search_name(worksite)


@transaction.atomic
def close_worksite(
    worksite: Worksite, *, by: Viewer, at: datetime, closed: bool = True
) -> Worksite:
    """Say that a worksite is no more asked, or take that back. Its openings leave the map with it.

    Placements that run there go on.
    """
    check(by, "placements.write")
    stored: Worksite = locked(worksite)
    stored.closed_on = clock.local(at).date() if closed else None
    stored.version += 1
    stored.changed_at = at
    stored.save(update_fields=["closed_on", "version", "changed_at"])
    verb = "close" if closed else "reopen"
    audit.record(by, f"placements.{verb}_worksite", fields=["closed_on"], reason=about(stored))
    return stored


def about(worksite: Worksite) -> str:
    """Return how the record names a worksite."""
    return f"worksite={worksite.pk}"
