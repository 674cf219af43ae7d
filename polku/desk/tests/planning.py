"""Weeks for tests: clients whose rhythm is told in days, and a week that is planned at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from polku.clients import actions
from polku.clients.models import Client
from polku.contacts.models import Rhythm, WeekPlan, WeekProposal
from polku.desk.week import asking, running
from polku.foundation import clock
from polku.foundation.viewer import system
from polku.teamwork import assignments

FRIDAY = datetime(2026, 12, 11, 14, 0, tzinfo=clock.HELSINKI)
MONDAY = date(2026, 12, 14)


@contextmanager
def on_friday(at: datetime = FRIDAY) -> Iterator[datetime]:
    with clock.at(at):
        yield at


def person(
    world: Any, name: str, *, coach: str = "aino", ban: bool = False, **rhythm: Any
) -> Client:
    """Open a client for a coach; `rhythm` holds columns, `last` days since the last contact."""
    register, now = world.areas["lake"], clock.now()
    began = now - timedelta(days=300)
    client = actions.open_client(
        by=system(register.id), at=began, last_name="Kuvitelma", first_names=name,
        registered_on=began.date(), opened_on=began.date(), municipality_id="316",
        details={"email": f"{name.lower()}@example.org"},
    )  # fmt: skip
    for kind, who in (
        ("own", {"user_id": world.people[coach].id}),
        ("team", {"team_id": world.teams["lake"].id}),
    ):
        assignments.begin(
            register_id=register.id, client_id=client.id, kind=kind, at=began, **who
        )  # fmt: skip
    last = rhythm.pop("last", 20)
    fields: dict[str, Any] = {
        "first_contact_at": began, "last_reached_at": now - timedelta(days=last),
        "initial_interview_on": began.date(), "interview_due_on": None, "discussion_due_on": None,
        "next_on": None, "window_min_days": 14, "window_max_days": 42,
    }  # fmt: skip
    Rhythm.objects.filter(client=client).update(**fields | rhythm)
    if ban:
        Client.objects.filter(pk=client.pk).update(safety_ban=True, municipality=None)
        client.refresh_from_db()
    return client


def planned(world: Any, *, coach: str = "aino", monday: date = MONDAY) -> dict[str, WeekProposal]:
    """Have a coach's week planned, and return its rows by first name."""
    viewer = world.enter_as(coach)
    asking.ask_for(viewer.register_id, viewer.user_id, monday, clock.now())
    WeekPlan.objects.update(planned_at=None)  # the clock stands still here
    said = running.run(viewer.register_id, viewer.user_id, monday)
    assert said == "planned", said
    return rows(world, coach=coach, monday=monday)


def rows(world: Any, *, coach: str = "aino", monday: date = MONDAY) -> dict[str, WeekProposal]:
    viewer = world.enter_as(coach)
    found = WeekProposal.objects.filter(user_id=viewer.user_id, monday=monday)
    return {row.client.first_names: row for row in found.select_related("client")}


def at(day: int, hour: int, minute: int = 0, monday: date = MONDAY) -> datetime:
    return datetime.combine(monday + timedelta(days=day), time(hour, minute), tzinfo=clock.HELSINKI)
