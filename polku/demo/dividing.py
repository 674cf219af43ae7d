"""The demo lead's team: who waits for a coach, the rules by which clients are divided, an absence.

Who might coach whom is worked out by the planner itself, as soon as the lead asks.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from polku.contacts.models import TimeAway
from polku.demo import setting
from polku.demo.casebook import Caseload, Life, Sketch
from polku.demo.household import Household
from polku.demo.newcomers import Newcomer, arrive
from polku.desk.week.asking import WEEK
from polku.foundation import clock, walls
from polku.teamwork.models import DivisionRule

# Who waits, told as days since they registered, ages and language.
WAITING = (
    (1, (19, 22), ""), (2, (24, 28), ""), (1, (41, 48), "so"), (0, (50, 58), ""), (2, (33, 39), ""),
    (0, (45, 52), "sv"),
)  # fmt: skip
BEFORE = timedelta(days=60)
RULES: tuple[dict[str, Any], ...] = (
    {"age_from": 30, "languages": ["fi", "en"]},
    {"age_under": 30, "strict": True, "languages": ["fi", "en", "ru"]},
    {"age_from": 30, "languages": ["fi", "sv"], "share": 80},
)


def waiting(case: Caseload) -> list[Life]:
    """Return those of the team who have come and have no coach yet."""
    return [
        arrive(
            case,
            Newcomer(days, "untouched"),
            Sketch(f"waits {n}", is_new=True, own_coach=False, ages=ages, language=language),
        )
        for n, (days, ages, language) in enumerate(WAITING)
    ]


def lay(house: Household, now: datetime) -> None:
    """Write the rules of the demo team, and days away of its second coach."""
    team = house.staff.get((setting.PAIJAT_HAME.slug, setting.KARKOLA.name))
    if not team:
        return
    coaches = [one for one in team if one.clients]
    lead = next(one for one in team if one.role == "lead")
    register_id = house.registers[setting.PAIJAT_HAME.slug]
    with walls.inside(register_id):
        for one, rule in zip(coaches, RULES, strict=True):
            _rule(register_id, one.user_id, lead.user_id, rule, now)
        monday = clock.monday_of(clock.local(now).date()) + WEEK
        TimeAway.objects.create(
            register_id=register_id, user_id=coaches[1].user_id, kind=TimeAway.Kind.HOLIDAY,
            first_on=monday, last_on=monday + timedelta(days=4), told_at=now - timedelta(days=9),
        )  # fmt: skip


def _rule(
    register_id: UUID, coach_id: UUID, lead_id: UUID, rule: dict[str, Any], now: datetime
) -> None:
    DivisionRule.objects.create(
        register_id=register_id, user_id=coach_id, changed_by_id=lead_id, changed_at=now - BEFORE,
        valid_from=clock.local(now - BEFORE).date(), **rule,
    )  # fmt: skip
