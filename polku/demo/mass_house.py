"""The register of the large world with its teams and coaches, before its clients."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from polku.demo.chance import Chance
from polku.demo.household import DOMAIN, Household, known, write_global
from polku.demo.mass import (
    A_COACH,
    A_TEAM,
    CLIENTS_A_SCALE,
    MOST_SCALE,
    Mass,
    registration_days,
    rising_id,
)
from polku.demo.people import plain_finnish
from polku.demo.rows import Rows
from polku.foundation import crypto
from polku.foundation.models import Municipality, Register, RegisterKey, RoleAssignment, User

SLUG = "suuralue"
MOST_COACHES = MOST_SCALE * CLIENTS_A_SCALE // A_COACH


def found(house: Household, clients: int, hashed: str, today: date, now: datetime) -> Mass:
    """Write register, teams, coaches and roles of the large world; return what the chunks need."""
    register_id = known(Register, "slug").get(SLUG) or Chance.of("register", SLUG).id()
    write_global(
        [
            Register(
                id=register_id,
                slug=SLUG,
                name="Suuralue (mittakaavakoe)",
                name_sv="Storområdet (skalprov)",
                kind="authority",
                controller_id=house.offices["lahti"],
            )
        ]
    )
    if not RegisterKey.objects.filter(pk=register_id).exists():
        wrapped = crypto.new_wrapped_key(register_id)
        RegisterKey.objects.create(register_id=register_id, wrapped=wrapped)
    teams = _teams(house, register_id, -(-clients // A_TEAM))
    coaches = _coaches(house, register_id, teams, -(-clients // A_COACH), hashed, now)
    towns = Municipality.objects.exclude(region_code="21").values_list("code", flat=True)
    return Mass(
        register_id,
        house.seed,
        clients,
        coaches,
        teams,
        tuple(sorted(towns)),
        now,
        today,
        registration_days(today),
    )


def _teams(house: Household, register_id: UUID, count: int) -> tuple[UUID, ...]:
    rows = Rows(register_id)
    made = tuple(
        rows.add(
            "foundation.Team",
            id=Chance.of(SLUG, "team", nth).id(),
            organisation_id=house.offices["lahti"],
            name=f"Ryhmä {nth + 1}",
        )
        for nth in range(count)
    )
    rows.load()
    return made


def _coaches(
    house: Household,
    register_id: UUID,
    teams: tuple[UUID, ...],
    count: int,
    hashed: str,
    now: datetime,
) -> tuple[tuple[UUID, str], ...]:
    chance = Chance.of(SLUG, "coaches")
    users, roles = [], []
    for nth in range(count):
        first, last = plain_finnish(chance, nth % 3 != 0, date(1965 + nth % 35, 1, 1))
        begun = now - timedelta(days=600, minutes=-nth)
        user = User(
            id=rising_id(chance, nth, MOST_COACHES),
            email=f"valmentaja{nth + 1}@{SLUG}.{DOMAIN}",
            first_name=first,
            last_name=last,
            password=hashed,
            created_at=begun,
        )
        users.append(user)
        roles.append(
            RoleAssignment(
                id=chance.id(),
                user=user,
                organisation_id=house.offices["lahti"],
                register_id=register_id,
                team_id=teams[nth * A_COACH // A_TEAM],
                role="coach",
                starts_at=begun,
            )
        )
    write_global(users)
    write_global(roles)
    return tuple((user.id, str(user)) for user in users)
