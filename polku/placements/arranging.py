"""Writes of hosts and worksites: who they are, where they lie, who is there, the checklist.

Openings and their seats are in `opening_up`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.fi import ytunnus

from polku.clients import names
from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements.models import Host, OrientationItem, Supervisor, Worksite
from polku.placements.places_of import point_of
from polku.placements.terms import COARSE, Precision

HOST_FIELDS = ("name", "legal_form", "business_id", "note")
WORKSITE_FIELDS = (
    "name", "unit", "street", "postal_code", "town", "municipality_id", "phone", "email",
    "supports", "languages", "arriving", "note", "readiness",
)  # fmt: skip
SUPERVISOR_FIELDS = ("name", "title", "phone", "email", "language", "decides")
WHERE = {"street", "postal_code", "town", "municipality_id"}
MOST_LINES = 40


class BadBusinessId(ValueError):
    """The business id is wrong: its length, or its check digit."""


class HostTaken(Exception):
    """Another host has this business id or name; `host` is that one."""

    def __init__(self, host: Host) -> None:
        super().__init__("there is such a host already")
        self.host = host


def business_id(text: str) -> str:
    """Return a business id (Y-tunnus) in its written form, `1234567-1`; '' for none.

    Raises BadBusinessId. The check digit is that of the Finnish Patent and Registration Office.
    """
    if not text.strip():
        return ""
    try:
        return str(ytunnus.format(ytunnus.validate(text)))
    except BadNumber as error:
        raise BadBusinessId(text) from error


def only(fields: dict[str, Any], allowed: tuple[str, ...]) -> None:
    """Raise TypeError for a field that is not to be written here."""
    unknown = fields.keys() - set(allowed)
    if unknown:
        raise TypeError(f"not a field of it: {', '.join(sorted(unknown))}")


def locked(row: Any, version: int | None = None) -> Any:
    """Return the row as it stands, locked. With `version`, raises ChangedMeanwhile on another."""
    stored = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if version is not None and stored.version != version:
        raise ChangedMeanwhile(stored)
    return stored


def mark(said: Any) -> str:
    """Return what tells one state of a thing from another, where rows count no versions."""
    return sha256(json.dumps(said).encode()).hexdigest()[:16]


def of_person(supervisor: Supervisor) -> dict[str, Any]:
    """Return what is written of a person at a worksite: SUPERVISOR_FIELDS."""
    return {name: getattr(supervisor, name) for name in SUPERVISOR_FIELDS}


def write(row: Any, at: datetime, fields: dict[str, Any]) -> list[str]:
    """Set what differs and count the version up; return the names of what was changed."""
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        if hasattr(row, "edited_by_hand"):
            row.edited_by_hand = sorted({*row.edited_by_hand, *changed})
        row.version += 1
        row.changed_at = at
    return changed


@dataclass(frozen=True, slots=True)
class Employer:
    """What was said of a host: it may be one that is there already."""

    name: str
    legal_form: str
    business_id: str = ""
    note: str = ""


@transaction.atomic
def add_host(said: Employer, *, by: Viewer, at: datetime) -> tuple[Host, bool]:
    """Return the host that was meant, and whether it was added now.

    An employer is one host, however many come upon it: one with the same business id is it, and so
    is one with the same name unless both have ids that differ (then HostTaken is raised). An id
    that was missing is added to it. Raises BadBusinessId.
    """
    check(by, "placements.write")
    host, made = _host_of(said, by, at)
    audit.record(by, "placements.add_host", fields=["name", "legal_form", "business_id"])
    return host, made


def _host_of(said: Employer, by: Viewer, at: datetime) -> tuple[Host, bool]:
    number = business_id(said.business_id)
    found = _host_like(by, said.name, number)
    if found is not None:
        if number and not found.business_id:
            write(found, at, {"business_id": number})
            found.save()
        return found, False
    host = Host(
        register_id=by.register_id,
        name=said.name,
        sort_key=names.sort_key(said.name, "")[:200],
        legal_form=said.legal_form,
        business_id=number,
        note=said.note,
        changed_at=at,
    )
    try:
        with transaction.atomic():
            host.save(force_insert=True)
    except IntegrityError:
        # Somebody else has added it in the same moment.
        again = _host_like(by, said.name, number)
        if again is None:
            raise
        return again, False
    return host, True


def _host_like(by: Viewer, name: str, number: str) -> Host | None:
    rows = Host.objects.select_for_update().filter(register_id=by.register_id)
    same = rows.filter(business_id=number).first() if number else None
    if same is not None:
        return same
    named = rows.filter(sort_key=names.sort_key(name, "")[:200]).first()
    if named is not None and number and named.business_id not in ("", number):
        raise HostTaken(named)
    return named


@transaction.atomic
def change_host(host: Host, *, by: Viewer, at: datetime, version: int, **fields: Any) -> Host:
    """Change fields of HOST_FIELDS. Raises ChangedMeanwhile, BadBusinessId, HostTaken."""
    check(by, "placements.write")
    only(fields, HOST_FIELDS)
    stored: Host = locked(host, version)
    if "business_id" in fields:
        fields["business_id"] = business_id(fields["business_id"])
    changed = write(stored, at, fields)
    stored.sort_key = names.sort_key(stored.name, "")[:200]
    others = Host.objects.filter(register_id=stored.register_id).exclude(pk=stored.pk)
    other = others.filter(sort_key=stored.sort_key).first()
    if other is None and stored.business_id:
        other = others.filter(business_id=stored.business_id).first()
    if other is not None:
        raise HostTaken(other)
    stored.save()
    if "name" in changed:
        for worksite in Worksite.objects.filter(host=stored).select_related("host"):
            Worksite.objects.filter(pk=worksite.pk).update(search_name=_search_name(worksite))
    audit.record(by, "placements.change_host", fields=changed)
    return stored


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
        host, _made = _host_of(host, by, at)
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
    audit.record(by, "placements.add_worksite", fields=fields.keys(), reason=_about(worksite))
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
    audit.record(by, "placements.change_worksite", fields=changed, reason=_about(stored))
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
    audit.record(by, "placements.put_on_map", fields=changed, reason=_about(stored))
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
    worksite.search_name = _search_name(worksite)


def _search_name(worksite: Worksite) -> str:
    said = (worksite.name, worksite.unit, worksite.host.name, worksite.town, worksite.street)
    return names.fold(" ".join(said))[:400]


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
    audit.record(by, f"placements.{verb}_worksite", fields=["closed_on"], reason=_about(stored))
    return stored


@transaction.atomic
def add_supervisor(worksite: Worksite, *, by: Viewer, at: datetime, **fields: Any) -> Supervisor:
    """Add a person at a worksite, of SUPERVISOR_FIELDS; the name is needed.

    Somebody of whom the very same is written there already is that person.
    """
    check(by, "placements.write")
    only(fields, SUPERVISOR_FIELDS)
    stored: Worksite = locked(worksite)
    same = Supervisor.objects.filter(worksite=stored, ended_on__isnull=True, **fields).first()
    if same is not None:
        return same
    found = Supervisor.objects.create(register_id=worksite.register_id, worksite=worksite, **fields)
    audit.record(by, "placements.add_supervisor", fields=fields.keys(), reason=_about(worksite))
    return found


@transaction.atomic
def change_supervisor(
    supervisor: Supervisor, *, by: Viewer, at: datetime, stood: str, **fields: Any
) -> Supervisor:
    """Change fields of SUPERVISOR_FIELDS of a person at a worksite.

    `stood` is the `mark` of what was read before. Raises ChangedMeanwhile when other things stand.
    """
    check(by, "placements.write")
    only(fields, SUPERVISOR_FIELDS)
    stored = Supervisor.objects.select_for_update(of=("self",)).get(pk=supervisor.pk)
    changed = [name for name, value in fields.items() if getattr(stored, name) != value]
    if changed and mark(of_person(stored)) != stood:
        raise ChangedMeanwhile(stored)
    for name in changed:
        setattr(stored, name, fields[name])
    stored.save()
    audit.record(by, "placements.change_supervisor", fields=changed, reason=_of(stored))
    return stored


@transaction.atomic
def end_supervisor(
    supervisor: Supervisor, *, by: Viewer, at: datetime, ended: bool = True
) -> Supervisor:
    """Say that a person is no longer at the worksite, or take that back."""
    check(by, "placements.write")
    stored = Supervisor.objects.select_for_update(of=("self",)).get(pk=supervisor.pk)
    stored.ended_on = clock.local(at).date() if ended else None
    stored.save(update_fields=["ended_on"])
    audit.record(by, "placements.end_supervisor", fields=["ended_on"], reason=_of(stored))
    return stored


@transaction.atomic
def set_orientation(
    worksite: Worksite, *, by: Viewer, at: datetime, lines: list[str], stood: str
) -> list[OrientationItem]:
    """Set the checklist for newcomers, a line an item, in order. A line that goes is kept as ended.

    `stood` is the `mark` of the lines that were read before. Raises ChangedMeanwhile when others
    stand, and ValueError for more than MOST_LINES lines.
    """
    check(by, "placements.write")
    wanted = list(dict.fromkeys(text for text in (line.strip()[:160] for line in lines) if text))
    if len(wanted) > MOST_LINES:
        raise ValueError(f"a checklist has at most {MOST_LINES} lines")
    # Of two who write the first lines at once there is no line yet to wait for.
    locked(worksite)
    rows = OrientationItem.objects.select_for_update().filter(
        worksite=worksite, ended_on__isnull=True
    )
    there = {row.text: row for row in rows.order_by("position")}
    if list(there) != wanted and mark(list(there)) != stood:
        raise ChangedMeanwhile(list(there))
    for text, row in there.items():
        if text not in wanted:
            row.ended_on = clock.local(at).date()
            row.save(update_fields=["ended_on"])
    found = []
    for position, text in enumerate(wanted, 1):
        row = there.get(text) or OrientationItem(
            register_id=worksite.register_id, worksite=worksite, text=text
        )
        if row.position != position or row._state.adding:
            row.position = position
            row.save()
        found.append(row)
    audit.record(by, "placements.set_orientation", fields=["text"], reason=_about(worksite))
    return found


def _about(worksite: Worksite) -> str:
    return f"worksite={worksite.pk}"


def _of(supervisor: Supervisor) -> str:
    return f"worksite={supervisor.worksite_id}"
