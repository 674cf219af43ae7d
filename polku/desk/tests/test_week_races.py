"""Two tabs take the same proposals at once, on connections of their own: each is booked once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import OperationalError, connection

from polku.clients.models import Client
from polku.contacts import in_order
from polku.contacts.models import Appointment, TimeAway, WeekPlan, WeekProposal
from polku.contacts.resources import holding
from polku.contacts.weeks import deciding, hours
from polku.desk.tests.planning import person
from polku.desk.week import asking, running
from polku.foundation import clock, walls
from polku.foundation.viewer import Viewer

pytestmark = pytest.mark.django_db(transaction=True)
TABS = 4


def at_once(viewer: Viewer, act: Callable[[], Any]) -> list[Any]:
    """Let each tab act at one moment, and return what came of it."""
    start = Barrier(TABS)

    def tab(_nth: int) -> Any:
        try:
            start.wait()
            with walls.inside(viewer.register_id, by=viewer):
                return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(TABS) as pool:
        return list(pool.map(tab, range(TABS)))


def planned(world: Any, people: int) -> tuple[Any, Viewer]:
    """Have Aino's coming week planned, in which so many are to be met."""
    register, viewer = world.areas["lake"].id, world.viewers["aino"]
    monday = clock.monday_of(clock.today()) + timedelta(days=7)
    with walls.inside(register):
        for number in range(people):
            person(world, f"R{number}", last=40)
        asking.ask_for(register, viewer.user_id, monday, clock.now())
    assert running.run(register, viewer.user_id, monday) == "planned"
    return register, viewer


@pytest.mark.parametrize("ordered", [True, False])
def test_a_week_is_taken_while_a_division_holds_the_clients_one_by_one(world, monkeypatch, ordered):
    """By the hour it goes from the last client to the first; others hold them from the first on."""
    register, viewer = planned(world, 3)
    with walls.inside(register):
        rows = list(WeekProposal.objects.filter(state="proposed").order_by("client_id"))
        hours = sorted((row.starts_at for row in rows), reverse=True)
        for row, at in zip(rows, hours, strict=True):
            WeekProposal.objects.filter(pk=row.pk).update(starts_at=at)
    wanted, ids = [(row.id, row.version) for row in rows], [row.client_id for row in rows]
    first_booked, first_held = Event(), Event()
    original = holding.hold

    def stopping(*args):
        original(*args)
        if not first_booked.is_set():
            first_booked.set()
            first_held.wait(1)

    monkeypatch.setattr(holding, "hold", stopping)
    if not ordered:  # the control: each client is held when its own time is written
        stand = in_order.stand
        monkeypatch.setattr(
            in_order, "stand", lambda *some: stand(*some) if len(some) == 1 else None
        )

    def holds():
        first_booked.wait(2)
        for one in ids:
            Client.objects.select_for_update(of=("self",)).get(pk=one)
            first_held.set()

    def inside(deed):
        try:
            with walls.inside(register, by=viewer):
                deed()
                return "done"
        except OperationalError as error:
            return type(error).__name__
        finally:
            connection.close()

    takes = lambda: deciding.take(wanted, by=viewer, at=clock.now())  # noqa: E731
    with ThreadPoolExecutor(2) as pool:
        came = sorted(pool.map(inside, [takes, holds]))
    assert came == (["done", "done"] if ordered else ["OperationalError", "done"])


def test_tabs_that_take_at_once_book_each_proposal_once(world):
    register, viewer = planned(world, 5)
    with walls.inside(register):
        assert not WeekPlan.objects.get().runs
        found = WeekProposal.objects.filter(state="proposed").values_list("id", "version")
        wanted = list(found)
    told = at_once(viewer, lambda: deciding.take(wanted, by=viewer, at=clock.now()))
    assert len(wanted) >= 5
    assert sum(len(one.booked) for one in told) == len(wanted)
    assert sum(one.already for one in told) == (TABS - 1) * len(wanted)
    assert not any(one.refused for one in told)
    with walls.inside(register):
        assert Appointment.objects.filter(status="proposed").count() == len(wanted)


def test_tabs_that_tell_the_same_days_away_at_once_write_them_once(world):
    viewer, today = world.viewers["aino"], clock.today()

    def ill() -> TimeAway:
        return hours.go_away(by=viewer, at=clock.now(), first_on=today, last_on=today, kind="ill")

    told = [row for _again in range(5) for row in at_once(viewer, ill)]
    assert len({row.pk for row in told}) == 1
    with walls.inside(viewer.register_id):
        assert TimeAway.objects.count() == 1


def test_days_away_that_stand_twice_are_told_again(world):
    """As two presses at once left them before: the next press met both, and failed."""
    viewer, today = world.viewers["aino"], clock.today()
    days = {"first_on": today, "last_on": today, "kind": "ill"}
    with walls.inside(viewer.register_id, by=viewer):
        whose = {"register_id": viewer.register_id, "user_id": viewer.user_id}
        for _twice in range(2):
            TimeAway.objects.create(**whose, **days, told_at=clock.now())
        hours.go_away(by=viewer, at=clock.now(), **days)
        assert TimeAway.objects.count() == 2
