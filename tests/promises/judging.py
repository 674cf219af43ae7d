"""Asks the pages what a role may, while the table is as it is or as somebody changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from polku.contacts.models import Contact
from polku.foundation import clock, permissions, walls
from polku.foundation.models import RoleAssignment
from polku.foundation.permissions import Permission, Refused
from polku.paths.models import Step
from polku.placements import agreeing
from polku.teamwork import assignments
from tests.promises.house import House
from tests.promises.probes import CLIENT, EVERY, HOST, PROBES, SECRET, WORKERS, Probe, puts


@dataclass
class Judge:
    """Asks the pages what a role may, while the table is as it is or as somebody changed it."""

    house: House
    table: dict[str, Permission] = field(default_factory=lambda: dict(permissions._table))

    def __post_init__(self) -> None:
        world = self.house.world
        world.enter()
        own = self.house.ids["devi"]
        Contact.objects.filter(pk=own["contact_id"]).update(private_note=SECRET)
        # The same rows, as another worker's: of a client whom the lead alone sees.
        others = self.house.ids["stranger"]
        Contact.objects.filter(pk=others["contact_id"]).update(private_note=SECRET)
        assignments.begin(
            register_id=world.areas["lake"].id, client_id=world.clients["stranger"].id,
            kind="shared", user_id=world.people["aino"].id, at=clock.now(),
        )  # fmt: skip
        Step.objects.filter(pk=own["step_id"]).update(version=1)

    @contextmanager
    def alone(self, name: str, changed: Permission | None = None) -> Iterator[None]:
        """Have every right given to everybody but this one, which is as listed, or as changed."""
        open_ = {n: replace(row, roles=EVERY, holds=None) for n, row in self.table.items()}
        row = changed or self.table.get(name)
        permissions._table.update(open_ | ({name: row} if row else {}))
        try:
            yield
        finally:
            permissions._table.clear()
            permissions._table.update(self.table)

    def may(self, name: str, role: str, *, of: str = "devi") -> bool:
        """Return whether the role gets through, with the table as it now stands."""
        probe, world = PROBES[name], self.house.world
        actor, url, data = self._request(probe, role)
        with self.house.trying(actor):
            world.enter()
            if role not in (CLIENT, HOST):
                assignment = world.viewers["aino"].role_id
                RoleAssignment.objects.filter(pk=assignment).update(role=role)
            if probe.act is not None:
                return self._acts(probe.act, replace(world.viewers[actor], role=role))
            ids = {key: str(value) for key, value in self.house.ids[of].items()}
            ids["terms"] = agreeing.terms_hash(puts(self.house, probe.state, of))
            sent = data and {
                key: [text.format(**ids) for text in value]
                if isinstance(value, list)
                else value.format(**ids)
                for key, value in data.items()
            }
            return probe.allowed(self.house.ask(actor, url.format(**ids), sent))

    def _request(self, probe: Probe, role: str) -> tuple[str, str, dict[str, Any] | None]:
        """Return who sends what for a role: where a client or a host has no page, a worker's."""
        if role == HOST and probe.host:
            return probe.host
        if role == CLIENT:
            return ("devi", *(probe.client or (probe.url, probe.data)))
        return ("aino", probe.url, probe.data)

    def _acts(self, act: Callable[[House, Any], Any], viewer: Any) -> bool:
        walls.enter(register=viewer.register_id, client=viewer.client_id)
        try:
            act(self.house, viewer)
        except Refused:
            return False
        return True


def entries(name: str) -> list[str]:
    """Return the roles that are tried for a right: clients and hosts only where they come."""
    probe = PROBES[name]
    clients = [CLIENT] if probe.client or probe.act else []
    return [*WORKERS, *clients, *([HOST] if probe.host else [])]


def wrong(judge: Judge, name: str, roles: list[str], changed: Permission | None = None) -> set[str]:
    """Return the roles for which the pages do otherwise than is written here.

    Conditions beside the role are tried on their own, below.
    """
    with judge.alone(name, replace(changed or judge.table[name], holds=None)):
        return {
            role for role in roles if judge.may(name, role) != (role in PROBES[name].roles.split())
        }


def flipped(row: Permission, role: str) -> Permission:
    return replace(row, roles=row.roles ^ {role})
