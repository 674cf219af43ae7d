"""Writes of hosts: an employer is one host, however many come upon it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.fi import ytunnus

from polku.clients import names
from polku.foundation import audit
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements.keeping import locked, only, write
from polku.placements.models import Host, Worksite

HOST_FIELDS = ("name", "legal_form", "business_id", "note")


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
    host, made = host_of(said, by, at)
    audit.record(by, "placements.add_host", fields=["name", "legal_form", "business_id"])
    return host, made


def host_of(said: Employer, by: Viewer, at: datetime) -> tuple[Host, bool]:
    """Do the same inside a write that is on record by itself."""
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
            Worksite.objects.filter(pk=worksite.pk).update(search_name=search_name(worksite))
    audit.record(by, "placements.change_host", fields=changed)
    return stored


def search_name(worksite: Worksite) -> str:
    """Return what a search for a worksite looks into: its names and where it is, folded."""
    said = (worksite.name, worksite.unit, worksite.host.name, worksite.town, worksite.street)
    return names.fold(" ".join(said))[:400]
