"""Writes of whole lists of worksites: what `arranging` and `opening_up` write one by one.

An import reads the register's places once (`shelf`), decides row by row on those rows in memory,
and hands over what is new and changed (`Changes`); `write` sets it down at once, or raises `Stale`
when somebody has changed a row meanwhile, and then nothing of it was written. The same holds as
for a worker at a form: an opening is confirmed and makes its worksite a ready one, an address puts
a worksite about where it lies. But what an import writes is not edited by hand.

The caller names the register and the actor, and writes one audit entry for a batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from polku.clients import names
from polku.foundation.models import RowChange
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements import seats
from polku.placements.arranging import name_worksite, place_worksite
from polku.placements.models import Host, Opening, SeatUse, Supervisor, Worksite
from polku.placements.terms import COARSE, Precision

# What a row is found by: former values count too, so that an office's old sheet finds a place that
# was renamed by hand.
FOUND_BY = {
    "placements_host": ("name",),
    "placements_worksite": ("name", "unit", "street", "municipality_id"),
    "placements_opening": ("title", "kinds"),
}


class Stale(Exception):
    """A row was changed, or the same one added, by somebody else since the shelf was read."""


@dataclass(slots=True)
class Shelf:
    """The places of a register, as they are and as the import leaves them.

    `former`: {id: {field: values that it had}} of what has been renamed by hand.
    """

    hosts: list[Host] = field(default_factory=list)
    worksites: dict[UUID, list[Worksite]] = field(default_factory=lambda: defaultdict(list))
    people: dict[UUID, list[Supervisor]] = field(default_factory=lambda: defaultdict(list))
    openings: dict[UUID, list[Opening]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, Worksite] = field(default_factory=dict)
    former: dict[UUID, dict[str, list[Any]]] = field(default_factory=dict)

    def values(self, row: Any, name: str) -> list[Any]:
        """Return what a field of a row is, and what it was before it was changed by hand."""
        return [getattr(row, name), *self.former.get(row.pk, {}).get(name, ())]


def shelf(by: Viewer) -> Shelf:
    """Return the register's places; six statements, whatever their number."""
    check(by, "placements.import")
    found = Shelf(hosts=list(Host.objects.filter(register_id=by.register_id)))
    hosts = {host.pk: host for host in found.hosts}
    for worksite in Worksite.objects.filter(register_id=by.register_id):
        worksite.host = hosts[worksite.host_id]
        found.worksites[worksite.host_id].append(worksite)
        if worksite.office_number:
            found.by_number[worksite.office_number] = worksite
    for person in Supervisor.objects.filter(register_id=by.register_id):
        found.people[person.worksite_id].append(person)
    for opening in Opening.objects.filter(register_id=by.register_id):
        found.openings[opening.worksite_id].append(opening)
    found.former = _former(by, found)
    return found


def _former(by: Viewer, found: Shelf) -> dict[UUID, dict[str, list[Any]]]:
    edited = {host.pk for host in found.hosts if host.version > 1}
    for rows in (*found.worksites.values(), *found.openings.values()):
        for row in rows:
            if {"name", "unit", "street", "municipality_id", "title", "kinds"} & set(
                row.edited_by_hand
            ):
                edited.add(row.pk)
    if not edited:
        return {}
    former: dict[UUID, dict[str, list[Any]]] = {}
    changes = RowChange.objects.filter(
        register_id=by.register_id, client=None, source__in=FOUND_BY, op="changed", thing__in=edited
    )
    for thing, source, was in changes.values_list("thing", "source", "was"):
        for name in FOUND_BY[source]:
            if name in (was or {}):
                former.setdefault(thing, {}).setdefault(name, []).append(was[name])
    return former


@dataclass(slots=True)
class Changes:
    """What one batch does. Rows are those of the shelf, already as they are to be."""

    at: datetime
    new: dict[type[models.Model], list[Any]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[Any, tuple[Any, set[str]]] = field(default_factory=dict)

    def add(self, row: Any) -> None:
        """Write a new row."""
        self.new[type(row)].append(row)

    def set(self, row: Any, name: str, value: Any) -> None:
        """Set a field of a new row, or of one that is there."""
        setattr(row, name, value)
        if not row._state.adding:
            self.changed.setdefault(row.pk, (row, set()))[1].add(name)

    def __bool__(self) -> bool:
        return bool(self.changed) or any(self.new.values())


def new_host(found: Shelf, changes: Changes, *, by: Viewer, **fields: Any) -> Host:
    """Add an employer: name, legal_form, business_id."""
    host = Host(
        register_id=by.register_id,
        sort_key=names.sort_key(fields["name"], "")[:200],
        changed_at=changes.at,
        **fields,
    )
    found.hosts.append(host)
    changes.add(host)
    return host


def new_worksite(
    found: Shelf,
    changes: Changes,
    host: Host,
    *,
    by: Viewer,
    point: tuple[float, float] | None,
    precision: str,
    **fields: Any,
) -> Worksite:
    """Add a worksite at a point, else about where its address lies; see `Worksite.precision`."""
    worksite = Worksite(
        register_id=by.register_id,
        host=host,
        created_at=changes.at,
        changed_at=changes.at,
        **fields,
    )
    place_worksite(worksite, point, precision)
    name_worksite(worksite)
    found.worksites[host.pk].append(worksite)
    if worksite.office_number:
        found.by_number[worksite.office_number] = worksite
    changes.add(worksite)
    return worksite


def new_person(found: Shelf, changes: Changes, worksite: Worksite, **fields: Any) -> Supervisor:
    """Add a person at a worksite."""
    person = Supervisor(register_id=worksite.register_id, worksite=worksite, **fields)
    found.people[worksite.pk].append(person)
    changes.add(person)
    return person


def new_opening(
    found: Shelf, changes: Changes, worksite: Worksite, *, confirmed_on: date, **fields: Any
) -> Opening:
    """Add an opening. Who offers a place is ready for one, unless a worker has said otherwise."""
    opening = Opening(
        register_id=worksite.register_id,
        worksite=worksite,
        confirmed_on=confirmed_on,
        created_at=changes.at,
        changed_at=changes.at,
        **fields,
    )
    found.openings[worksite.pk].append(opening)
    changes.add(opening)
    if worksite.readiness == Worksite.Readiness.UNKNOWN:
        changes.set(worksite, "readiness", Worksite.Readiness.READY)
    return opening


def move(changes: Changes, worksite: Worksite, point: tuple[float, float], precision: str) -> None:
    """Put a worksite where the sheet says."""
    for name, value in zip(("lat", "lon", "precision"), (*point, precision), strict=True):
        changes.set(worksite, name, value)


def renamed(changes: Changes, worksite: Worksite) -> None:
    """Bring up to a worksite's name and address what follows from them: keys, a coarse point."""
    before = {name: getattr(worksite, name) for name in ("lat", "lon", "precision", *_KEYS)}
    name_worksite(worksite)
    if worksite.precision in (*COARSE, Precision.NONE):
        place_worksite(worksite, None, "")
    for name, value in before.items():
        if getattr(worksite, name) != value:
            changes.set(worksite, name, getattr(worksite, name))


_KEYS = ("sort_key", "search_name")


def highest_seat_in_use(opening: Opening, day: date) -> int:
    """Return the highest number of a seat that is used from the day on; 0 for none."""
    highest = (
        SeatUse.objects.filter(seats.overlapping(day, None), opening=opening)
        .order_by("-seat")
        .values_list("seat", flat=True)
        .first()
    )
    return highest or 0


@transaction.atomic
def write(changes: Changes, *, by: Viewer) -> None:
    """Set the changes down, all or none. Raises Stale."""
    check(by, "placements.import")
    try:
        with transaction.atomic():
            _renew(changes)
            for model in (Host, Worksite, Supervisor, Opening):
                model._default_manager.bulk_create(changes.new.get(model, []))
    except IntegrityError as error:
        raise Stale from error


def _renew(changes: Changes) -> None:
    by_model: dict[type[models.Model], list[tuple[Any, set[str]]]] = defaultdict(list)
    for row, fields in changes.changed.values():
        by_model[type(row)].append((row, fields))
    for model in (Host, Worksite, Supervisor, Opening):
        if model in by_model:
            _renew_rows(model, by_model[model], changes.at)


def _renew_rows(
    model: type[models.Model], rows: Iterable[tuple[Any, set[str]]], at: datetime
) -> None:
    rows = list(rows)
    ids = [row.pk for row, _ in rows]
    stored = model._default_manager.select_for_update().in_bulk(ids)
    fields: set[str] = set()
    counted = model is not Supervisor
    for row, changed in rows:
        there: Any = stored.get(row.pk)
        if there is None or (counted and there.version != row.version):
            raise Stale
        if counted:
            row.version += 1
            row.changed_at = at
            fields |= changed
        else:
            row.save(update_fields=sorted(changed))
    if counted:
        fields |= {"version", "changed_at"}
        renewed = [row for row, _ in rows]
        model._default_manager.bulk_update(renewed, sorted(fields), batch_size=500)
