"""Rooms and interpreters in the plan: proposed where they are free, taken, or told why not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from polku.clients.models import Client
from polku.contacts.models import Appointment, Resource, ResourceBooking
from polku.contacts.resources import keeping
from polku.contacts.tests.rooms import book, keep
from polku.contacts.weeks import deciding, reads
from polku.desk.tests.planning import MONDAY, at, on_friday, person, planned
from polku.desk.week import wording
from polku.foundation import clock

EVERY = [[day, "09:00", "15:00"] for day in range(5)]


def dari(world: Any, name: str, **rhythm: Any) -> Client:
    client = person(world, name, **rhythm)
    Client.objects.filter(pk=client.pk).update(language="prs", interpreter=True)
    return client


def law(days: int = 4) -> dict[str, Any]:
    return {"discussion_due_on": MONDAY + timedelta(days=days), "last": 60}


def shut(world: Any, one: Resource, first: Any, last: Any) -> None:
    keeping.close_for(
        one, by=world.enter_as("lahja"), at=clock.now(), starts_at=first, ends_at=last, reason=""
    )


def test_a_meeting_is_proposed_with_a_free_room_and_a_call_with_none(world: Any) -> None:
    with on_friday():
        keep(world)
        world.enter("lake")
        person(world, "Laki", **law())
        person(world, "Rytmi", last=40)
        found = planned(world)
    assert found["Laki"].kind == "visit" and found["Laki"].room.name == "Halli"
    assert found["Rytmi"].kind == "call" and found["Rytmi"].room is None


def test_without_rooms_the_week_is_planned_as_ever(world: Any) -> None:
    with on_friday():
        world.enter("lake")
        person(world, "Laki", **law())
        found = planned(world)
    assert found["Laki"].state == "proposed" and found["Laki"].room is None


def test_only_hours_at_which_one_interpreter_and_one_room_are_free(world: Any) -> None:
    with on_friday():
        halli, kammari = keep(world), keep(world, "Kammari")
        zahra = keep(world, "Zahra", "interpreter", hours=[[2, "12:00", "15:00"]])
        shut(world, halli, at(0, 0), at(5, 0))
        shut(world, kammari, at(2, 12), at(2, 13, 30))
        world.enter("lake")
        dari(world, "Laki", **law())
        found = planned(world)["Laki"]
    assert found.starts_at >= at(2, 13, 30) and clock.local(found.starts_at).weekday() == 2
    assert (found.room_id, found.interpreter_id) == (kammari.id, zahra.id)


@pytest.mark.parametrize("sort", ["room", "interpreter"])
def test_it_is_told_when_none_is_free_all_week(world: Any, sort: str) -> None:
    with on_friday():
        keep(world, **({"hours": []} if sort == "room" else {}))
        keep(world, "Zahra", "interpreter", **({"hours": []} if sort == "interpreter" else {}))
        world.enter("lake")
        dari(world, "Laki", **law())
        planned(world)
        viewer = world.enter_as("aino")
        (row,) = (one for one in reads.proposals(viewer, MONDAY) if one.first_names == "Laki")
    assert row.state == "omitted" and row.why["lacks"] == sort
    word = "no room is free" if sort == "room" else "no interpreter of the language is free"
    with translation.override("en"):
        assert word in wording.omitted(row, date(2026, 12, 11)).lower()
    with translation.override("fi"):
        assert ".." not in wording.omitted(row, date(2026, 12, 11))


def test_nobody_of_the_language_means_booked_elsewhere_as_before(world: Any) -> None:
    with on_friday():
        keep(world, "Zahra", "interpreter", languages=["so"])
        world.enter("lake")
        dari(world, "Laki", **law())
        found = planned(world)["Laki"]
    assert found.state == "proposed" and found.interpreter is None


def test_two_weeks_do_not_propose_one_room_at_one_time(world: Any) -> None:
    with on_friday():
        keep(world, hours=[[0, "09:00", "15:00"]])
        world.enter("lake")
        person(world, "Laki", **law())
        person(world, "Toinen", coach="bengt", **law())
        mine = planned(world)["Laki"]
        theirs = planned(world, coach="bengt")["Toinen"]
    assert mine.room_id == theirs.room_id is not None
    ends = mine.starts_at + timedelta(minutes=mine.minutes)
    assert theirs.starts_at >= ends or theirs.starts_at + timedelta(minutes=45) <= mine.starts_at


def take(world: Any, *rows: Any) -> Any:
    viewer = world.enter_as("aino")
    return deciding.take([(row.id, row.version) for row in rows], by=viewer, at=clock.now())


def test_taking_books_what_is_proposed(world: Any) -> None:
    with on_friday():
        room, zahra = keep(world), keep(world, "Zahra", "interpreter")
        world.enter("lake")
        dari(world, "Laki", **law())
        done = take(world, planned(world)["Laki"])
        booked = Appointment.objects.get()
    assert done.refused == [] and booked.place == room.where and booked.interpreter
    held = set(ResourceBooking.objects.values_list("resource_id", flat=True))
    assert held == {room.id, zahra.id}


def test_another_room_is_taken_where_the_proposed_one_has_gone(world: Any) -> None:
    with on_friday():
        halli, kammari = keep(world), keep(world, "Kammari")
        world.enter("lake")
        person(world, "Laki", **law())
        row = planned(world)["Laki"]
        assert row.room_id == halli.id
        book(world, halli, name="stranger", by="bengt", starts=row.starts_at)
        assert take(world, row).refused == []
        assert Appointment.objects.get(client=row.client).place == kammari.where


def test_with_no_room_left_it_is_refused_with_the_reason(world: Any) -> None:
    with on_friday():
        room = keep(world)
        world.enter("lake")
        person(world, "Laki", **law())
        row = planned(world)["Laki"]
        book(world, room, name="stranger", by="bengt", starts=row.starts_at)
        done = take(world, row)
        assert [code for _name, code in done.refused] == ["room"]
        assert not Appointment.objects.filter(client=row.client).exists()
    with translation.override("en"):
        assert "no room is free then" in wording.refused(done.refused)


def test_where_somebody_under_a_ban_is_to_be_met_stands_on_no_list(world: Any) -> None:
    with on_friday():
        keep(world)
        world.enter("lake")
        person(world, "Laki", **law())
        person(world, "Varjo", ban=True, **law())
        planned(world)
        viewer = world.enter_as("aino")
        told = {one.first_names: wording.how(one) for one in reads.proposals(viewer, MONDAY)}
    assert "Halli" in told["Laki"] and "Halli" not in told["Varjo"]


def test_a_plan_that_stands_keeps_its_room_when_planned_anew(world: Any) -> None:
    with on_friday():
        keep(world, "Kammari")
        world.enter("lake")
        person(world, "Laki", **law())
        before = planned(world)["Laki"]
        keep(world, "Aula")
        after = planned(world)["Laki"]
    assert (after.room_id, after.version) == (before.room_id, before.version)
