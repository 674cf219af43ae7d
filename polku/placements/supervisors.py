"""Writes of the people at a worksite (supervisors): who they are, and that somebody is gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements.arranging import SUPERVISOR_FIELDS, about
from polku.placements.keeping import locked, mark, only
from polku.placements.models import Supervisor, Worksite


def of_person(supervisor: Supervisor) -> dict[str, Any]:
    """Return what is written of a person at a worksite: SUPERVISOR_FIELDS."""
    return {name: getattr(supervisor, name) for name in SUPERVISOR_FIELDS}


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
    audit.record(by, "placements.add_supervisor", fields=fields.keys(), reason=about(worksite))
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


def _of(supervisor: Supervisor) -> str:
    return f"worksite={supervisor.worksite_id}"
