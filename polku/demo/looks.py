"""Who has looked: the record of looks and changes behind the people of the stories.

Written through `audit.record` at the moments when things happened, so that every entry carries its
own keyed hash. Entries can't be taken away again: what stands from an earlier build is left.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from polku.demo.casebook import Life
from polku.foundation import audit, clock, walls
from polku.foundation.models import AuditEntry, RoleAssignment
from polku.foundation.viewer import for_role


def write_looks(register_id: UUID, lives: list[Life]) -> None:
    """Write the looks and changes of each life's own coach, oldest first."""
    with walls.inside(register_id):
        shown = [x.id for x in lives]
        before = AuditEntry.objects.filter(register_id=register_id, client__in=shown)
        if before.filter(at__lt=clock.now() - timedelta(days=3)).exists():
            return
        for life in lives:
            _write(life)


def _write(life: Life) -> None:
    role = RoleAssignment.objects.select_related("user").get(pk=life.case.coach.role_id)
    for contact in life.contacts:
        if contact["worker_id"] != life.case.coach.user_id:
            continue
        with clock.at(contact["at"] - timedelta(minutes=4)):
            audit.record(for_role(role), "clients.page", client=life.id)
        with clock.at(contact["created_at"]):
            audit.record(
                for_role(role), "contacts.log", client=life.id, fields=["kind", "purpose", "agreed"]
            )
    for step in life.steps:
        if step["state"] == "proposed" and step["created_at"] < life.case.now:
            with clock.at(step["created_at"]):
                audit.record(for_role(role), "paths.add_step", client=life.id, fields=["title"])
