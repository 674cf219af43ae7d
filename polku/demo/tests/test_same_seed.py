"""The same seed and day make the same world; another seed makes another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from polku.demo import caseloads, household
from polku.demo.setting import HEINOLA_PROJECT, LAHTI, PAIJAT_HAME
from polku.foundation import clock
from polku.foundation.clock import HELSINKI
from polku.rules.calendar import is_working_day

pytestmark = pytest.mark.django_db

# Sealed with a nonce that is never the same twice.
NEVER_EQUAL = {"identity_cipher", "identity_index"}


def rows_of(plan: Any, moment: datetime, seed: int = 1) -> dict[str, list[dict[str, Any]]]:
    with transaction.atomic(), clock.at(moment):
        house = household.furnish(seed, moment, "-")
        filled = caseloads.fill(house, plan, clock.today(), moment)
        transaction.set_rollback(True)
    return {
        label: [{k: v for k, v in row.items() if k not in NEVER_EQUAL} for row in rows]
        for label, rows in filled.rows.by_model.items()
    }


@pytest.fixture
def noon() -> Iterator[datetime]:
    yield datetime(2026, 11, 24, 12, 0, tzinfo=HELSINKI)


def test_the_same_seed_and_moment_make_the_same_rows(noon: datetime) -> None:
    assert rows_of(HEINOLA_PROJECT, noon) == rows_of(HEINOLA_PROJECT, noon)


def test_another_seed_makes_other_people_but_the_same_workers(noon: datetime) -> None:
    one, other = rows_of(HEINOLA_PROJECT, noon, 1), rows_of(HEINOLA_PROJECT, noon, 2)
    assert {r["id"] for r in one["clients.Client"]}.isdisjoint(
        r["id"] for r in other["clients.Client"]
    )
    assert {r["worker_id"] for r in one["contacts.Contact"]} == {
        r["worker_id"] for r in other["contacts.Contact"]
    }


@pytest.mark.parametrize(
    "day",
    ["2026-11-25", "2026-11-28", "2026-12-24", "2027-05-01"],
    ids=["a Wednesday", "a Saturday", "Christmas Eve", "May Day, a Saturday"],
)
def test_the_demo_coach_has_a_full_day_ahead_on_any_day(day: str) -> None:
    moment = datetime.fromisoformat(f"{day}T09:40").replace(tzinfo=HELSINKI)
    rows = rows_of(PAIJAT_HAME, moment)
    aino = next(
        r["worker_id"] for r in rows["contacts.Contact"] if r["worker_name"] == "Aino Laakso"
    )
    ahead = [
        r["starts_at"]
        for r in rows["contacts.Appointment"]
        if r["worker_id"] == aino and r["starts_at"].date() >= moment.date()
    ]
    first = min(at.date() for at in ahead)
    assert all(is_working_day(at.date()) for at in ahead)
    assert sum(at.date() == first for at in ahead) >= 4
    following = sorted({at.date() for at in ahead})[1:6]
    assert all(sum(at.date() == one for at in ahead) >= 3 for one in following)


def test_nothing_is_written_of_the_future(noon: datetime) -> None:
    rows = rows_of(LAHTI, noon)
    assert max(r["at"] for r in rows["contacts.Contact"]) < noon
    assert max(r["created_at"] for r in rows["contacts.Appointment"]) < noon
    assert max(r["told_on"] for r in rows["clients.Fact"]) <= noon.date()
    assert max(r["turn_since"] for r in rows["paths.Step"] if r.get("turn")) < noon
