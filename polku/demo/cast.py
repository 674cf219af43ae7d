"""Who can be stepped into: workers by role and place, clients by their own view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from polku.clients.models import Client
from polku.foundation import clock, walls
from polku.foundation.models import Register, RoleAssignment
from polku.placements.models import Placement


class NobodyThere(LookupError):
    """No such person in the demo world: the area or the number leads nowhere."""


@dataclass(frozen=True, slots=True)
class ClientOf:
    """A client whose own view can be opened."""

    register_id: UUID
    client_id: UUID
    name: str


def workers(role: str, area: str = "") -> list[RoleAssignment]:
    """Return the roles of that kind in force, in the order of the world.

    `area` is an employment area's two digits or a municipality's three, as in `formats.md`.
    """
    found = (
        RoleAssignment.objects.valid(clock.now())
        .filter(role=role, user__is_active=True)
        .select_related("user", "organisation", "register")
        .order_by("user__created_at", "user__email", "id")
    )
    if len(area) == 2:
        found = found.filter(register__area_id=area)
    elif area:
        found = found.filter(organisation__municipality_id=area)
    return list(found)


def worker(role: str, area: str = "", nth: int = 0) -> RoleAssignment:
    """Return the `nth` (from 0) worker in the role. Raises NobodyThere."""
    found = workers(role, area)
    if not 0 <= nth < len(found):
        raise NobodyThere(role)
    return found[nth]


def client(area: str = "", nth: int = 0) -> ClientOf:
    """Return the `nth` (from 0) client of the area. Raises NobodyThere.

    The clients with a story stand first: their records are the oldest of the world.
    """
    left = nth
    for register in _registers():
        if len(area) == 2 and register.area_id != area:
            continue
        with walls.inside(register.id):
            found = Client.objects.filter(
                register_id=register.id, closed_on__isnull=True, safety_ban=False
            ).order_by("created_at", "id")
            if len(area) == 3:
                found = found.filter(municipality_id=area)
            person = found[left : left + 1].first() if left >= 0 else None
            if person is not None:
                return ClientOf(register.id, person.id, person.name)
            left -= found.count()
    raise NobodyThere("client")


@dataclass(frozen=True, slots=True)
class SupervisorOf:
    """Somebody at a workplace with a placement that is under way."""

    register_id: UUID
    placement: Placement

    @property
    def name(self) -> str:
        return str(self.placement.supervisor.name) if self.placement.supervisor else ""

    @property
    def worksite(self) -> str:
        return str(self.placement.worksite)


def supervisor(area: str = "", nth: int = 0) -> SupervisorOf:
    """Return the supervisor of the `nth` (from 0) running placement of the area.

    Raises NobodyThere. Those of the clients with a story stand first.
    """
    left = nth
    for register in _registers():
        if len(area) == 2 and register.area_id != area:
            continue
        with walls.inside(register.id):
            found = Placement.objects.filter(
                register_id=register.id,
                state=Placement.State.RUNNING,
                supervisor__ended_on__isnull=True,
                supervisor__isnull=False,
                guarded=False,
                client__closed_on__isnull=True,
            ).order_by("client__created_at", "id")
            if len(area) == 3:
                found = found.filter(worksite__municipality_id=area)
            one = found.select_related("supervisor", "worksite")[left : left + 1].first()
            if one is not None:
                return SupervisorOf(register.id, one)
            left -= found.count()
    raise NobodyThere("supervisor")


def _registers() -> Iterator[Register]:
    """Yield each register once, in the order of the world."""
    seen = set()
    for role in workers("coach"):
        if role.register_id not in seen:
            seen.add(role.register_id)
            yield role.register
