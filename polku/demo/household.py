"""The rows that stand around the clients: organisations, registers, keys, teams, workers, roles.

They are the same in every world: a seed changes who comes, not who works there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from polku.demo import setting
from polku.demo.chance import Chance
from polku.demo.people import mailbox
from polku.demo.rows import Rows
from polku.foundation import crypto, walls
from polku.foundation.models import Organisation, Register, RegisterKey, RoleAssignment, User

DOMAIN = "polku.example"


@dataclass
class Staffed:
    """A worker with the ids that rows need."""

    user_id: UUID
    role_id: UUID
    team_id: UUID
    role: str
    name: str
    clients: int
    ages: tuple[int, int]


@dataclass
class Household:
    """What stands before the first client: ids by key."""

    seed: int
    now: datetime
    offices: dict[str, UUID] = field(default_factory=dict)
    registers: dict[str, UUID] = field(default_factory=dict)
    teams: dict[tuple[str, str], UUID] = field(default_factory=dict)
    staff: dict[tuple[str, str], list[Staffed]] = field(default_factory=dict)

    def everyone(self) -> list[Staffed]:
        return [worker for team in self.staff.values() for worker in team]


def furnish(seed: int, now: datetime, hashed: str) -> Household:
    """Write organisations, registers and workers (again); return their ids.

    `hashed` is the hash of every worker's password.
    """
    house = Household(seed, now)
    _offices(house)
    for plan in setting.REGISTERS:
        _register(house, plan)
    _people(house, hashed)
    return house


def _offices(house: Household) -> None:
    made = []
    there = known(Organisation, "name")
    for office in setting.OFFICES:
        id_ = there.get(office.name) or Chance.of("office", office.key).id()
        house.offices[office.key] = id_
        made.append(
            Organisation(
                id=id_,
                name=office.name,
                name_sv=office.name_sv,
                kind=office.kind,
                municipality_id=office.municipality,
            )
        )
    write_global(made)


def _register(house: Household, plan: setting.RegisterOf) -> None:
    id_ = known(Register, "slug").get(plan.slug) or Chance.of("register", plan.slug).id()
    house.registers[plan.slug] = id_
    write_global(
        [
            Register(
                id=id_,
                slug=plan.slug,
                name=plan.name,
                name_sv=plan.name_sv,
                kind=plan.kind,
                controller_id=house.offices[plan.controller],
                area_id=plan.area,
            )
        ]
    )
    if not RegisterKey.objects.filter(pk=id_).exists():
        RegisterKey.objects.create(register_id=id_, wrapped=crypto.new_wrapped_key(id_))
    for team in plan.teams:
        house.teams[plan.slug, team.name] = Chance.of("team", plan.slug, team.name).id()


def teams(house: Household, plan: setting.RegisterOf, rows: Rows) -> None:
    """Add the register's teams, which stand inside its wall."""
    for team in plan.teams:
        rows.add(
            "foundation.Team",
            id=house.teams[plan.slug, team.name],
            organisation_id=house.offices[team.office],
            name=team.name,
            municipality_id=team.municipality,
        )


def roles(house: Household) -> None:
    """Give the workers their roles; the teams must stand."""
    made = []
    for plan in setting.REGISTERS:
        for team in plan.teams:
            for nth, worker in enumerate(house.staff[plan.slug, team.name]):
                made.append(
                    RoleAssignment(
                        id=worker.role_id,
                        user_id=worker.user_id,
                        organisation_id=house.offices[team.office],
                        register_id=house.registers[plan.slug],
                        team_id=worker.team_id,
                        role=worker.role,
                        starts_at=house.now - timedelta(days=700, minutes=-nth),
                    )
                )
    write_global(made)


def _people(house: Household, hashed: str) -> None:
    made: list[User] = []
    there = known(User, "email")
    for plan in setting.REGISTERS:
        for team in plan.teams:
            found = []
            for worker in team.workers:
                chance = Chance.of("worker", plan.slug, worker.last_name)
                address = email(worker.first_name, worker.last_name, team.office)
                drawn = chance.id()
                staffed = Staffed(
                    there.get(address) or drawn,
                    chance.id(),
                    house.teams[plan.slug, team.name],
                    worker.role,
                    f"{worker.first_name} {worker.last_name}",
                    worker.clients,
                    worker.ages,
                )
                made.append(_user(house, worker, team, staffed.user_id, hashed, len(made)))
                found.append(staffed)
            house.staff[plan.slug, team.name] = found
    write_global(made)


def _user(
    house: Household,
    worker: setting.Worker,
    team: setting.TeamOf,
    id_: UUID,
    hashed: str,
    nth: int,
) -> User:
    return User(
        id=id_,
        email=email(worker.first_name, worker.last_name, team.office),
        first_name=worker.first_name,
        last_name=worker.last_name,
        phone=f"+358 400 000 {nth:03d}",
        language=worker.language,
        password=hashed,
        created_at=house.now - timedelta(days=700, minutes=-nth),
    )


def email(first_name: str, last_name: str, office: str) -> str:
    """Return a worker's invented address."""
    return f"{mailbox(first_name, last_name)}@{office}.{DOMAIN}"


def known(model: Any, key: str) -> dict[str, UUID]:
    """Return the ids of rows that stand already, by a key of theirs: they are kept."""
    return dict(model.objects.values_list(key, "id"))


def write_global(objects: list[Any]) -> None:
    """Insert or overwrite global rows: they may be left from a world before."""
    model = type(objects[0])
    fields = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    with walls.inside(None):
        model.objects.bulk_create(
            objects,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=fields,
        )
