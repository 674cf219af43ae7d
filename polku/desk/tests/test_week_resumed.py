"""A week whose worker has died while it planned is taken up again, without a press."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from polku.contacts.models import WeekPlan
from polku.desk import tasks
from polku.desk.division import asking as divisions
from polku.desk.tests.planning import MONDAY, on_friday
from polku.desk.week import asking, running
from polku.foundation import clock, walls


@pytest.fixture
def deferred(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    found: list[Any] = []
    monkeypatch.setattr(asking, "defer", lambda *ids: found.append(ids) or True)
    return found


def _ask(world: Any) -> WeekPlan:
    return asking.ask(by=world.enter_as("aino"), at=clock.now(), monday=MONDAY)


def test_a_silent_week_gets_a_new_job(world: Any, deferred: list[Any]) -> None:
    with on_friday() as now:
        plan = _ask(world)
        deferred.clear()
        assert asking.resume(plan.register_id, now + timedelta(minutes=1)) == 0
        with clock.at(now + timedelta(minutes=3)):
            assert tasks.resume_planning(timestamp=0) == 1
    assert deferred == [(plan.register_id, plan.user_id, MONDAY)]


def test_what_is_planned_or_over_is_left(world: Any, deferred: list[Any]) -> None:
    with on_friday() as now:
        plan = _ask(world)
        deferred.clear()
        assert asking.resume(plan.register_id, now + timedelta(days=10)) == 0
        assert running.run(plan.register_id, plan.user_id, MONDAY) == "planned"
        assert asking.resume(plan.register_id, now + timedelta(minutes=3)) == 0
    assert deferred == []


def test_two_presses_have_one_job_and_another_register_none(world: Any) -> None:
    with on_friday() as now:
        plan = _ask(world)
        assert not asking.defer(plan.register_id, plan.user_id, MONDAY), "its job waits already"
        river = world.areas["river"].id
        assert asking.resume(river, now + timedelta(minutes=3)) == 0
        with walls.inside(river):
            assert not WeekPlan.objects.exists()


def test_a_silent_division_gets_one_too(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with on_friday() as now:
        division = divisions.ask(by=world.enter_as("lahja"), at=now, question="new")
        later = now + timedelta(minutes=3)
        assert divisions.resume(division.register_id, later) == 0, "its job still waits"
        found: list[Any] = []
        monkeypatch.setattr(divisions, "defer", lambda *ids: found.append(ids) or True)
        assert divisions.resume(division.register_id, now + timedelta(minutes=1)) == 0
        with clock.at(later):
            assert tasks.resume_planning(timestamp=0) == 1
    assert found == [(division.register_id, division.id)]
