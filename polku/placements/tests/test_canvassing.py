"""Talks with hosts: written down once, the next one is one person's, nobody is pestered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from polku.foundation import clock
from polku.foundation.permissions import Refused
from polku.foundation.submissions import UsedAlready
from polku.placements import canvassing, queries
from polku.placements.canvassing import Peace
from polku.placements.models import HostContact
from polku.placements.tests.acting import make_coordinator, place
from polku.placements.tests.places import make_opening, make_worksite

SOON = clock.today() + timedelta(days=10)


@pytest.fixture
def worksite(world: Any) -> Any:
    make_coordinator(world)
    world.enter()
    return make_worksite(world, readiness="unknown")


def log(world: Any, worksite: Any, name: str = "konsta", **more: Any) -> HostContact:
    fields: dict[str, Any] = {"how": "call", "result": "talked"}
    fields |= {"at": clock.now()} | more
    return canvassing.log_talk(worksite, by=world.enter_as(name), **fields)


@pytest.mark.parametrize(
    ("result", "readiness"),
    [("talked", "talking"), ("offers", "ready"), ("thinks", "talking"), ("not_now", "not_now"),
     ("refuses", "no"), ("no_answer", "unknown")],
)  # fmt: skip
def test_a_talk_says_how_ready_the_workplace_is(
    world: Any, worksite: Any, result: str, readiness: str
) -> None:
    log(world, worksite, result=result, reason="no_time")
    worksite.refresh_from_db()
    assert worksite.readiness == readiness


def test_a_refusal_needs_its_reason(world: Any, worksite: Any) -> None:
    with pytest.raises(canvassing.NoReason):
        log(world, worksite, result="refuses")
    assert not HostContact.objects.exists()


def test_a_reason_beside_a_yes_is_left_out(world: Any, worksite: Any) -> None:
    assert log(world, worksite, result="offers", reason="no_time").reason == ""


def test_a_mark_of_another_worksites_talk_is_refused(world: Any, worksite: Any) -> None:
    mark, other = uuid4(), make_worksite(world, name="Kirjasto")
    log(world, other, submission=mark)
    with pytest.raises(UsedAlready), transaction.atomic():
        log(world, worksite, submission=mark)
    assert not HostContact.objects.filter(worksite=worksite).exists()


def test_the_same_submission_twice_is_one_talk(world: Any, worksite: Any) -> None:
    submission = uuid4()
    assert log(world, worksite, submission=submission) == log(
        world, worksite, submission=submission
    )
    assert HostContact.objects.count() == 1


def test_the_next_talk_belongs_to_one_person(world: Any, worksite: Any) -> None:
    log(world, worksite, "konsta", next_on=SOON)
    log(world, worksite, "aino", next_on=SOON + timedelta(days=1))
    waiting = canvassing.next_talks(world.viewers["konsta"], everybody=True)
    assert [(str(one.next_by), one.next_on) for one in waiting] == [
        ("Aino Esimerkki", SOON + timedelta(days=1))
    ]


def test_a_talk_without_a_next_one_ends_only_ones_own(world: Any, worksite: Any) -> None:
    log(world, worksite, "konsta", next_on=SOON)
    log(world, worksite, "aino")
    assert len(canvassing.next_talks(world.viewers["konsta"])) == 1
    log(world, worksite, "konsta")
    assert canvassing.next_talks(world.viewers["konsta"], everybody=True) == []


def test_the_next_talk_may_be_a_colleagues(world: Any, worksite: Any) -> None:
    log(world, worksite, "konsta", next_on=SOON, next_by=world.people["aino"].id)
    assert canvassing.next_talks(world.viewers["konsta"]) == []
    (one,) = canvassing.next_talks(world.viewers["aino"])
    left = canvassing.leave_next(one, by=world.viewers["aino"], at=clock.now())
    assert canvassing.next_talks(world.viewers["aino"]) == []
    canvassing.leave_next(left, by=world.viewers["aino"], at=clock.now(), left=False)
    assert canvassing.next_talks(world.viewers["aino"]) == [one]


def test_who_is_about_to_call_is_told_of_a_colleagues_next_talk(world: Any, worksite: Any) -> None:
    log(world, worksite, "konsta", next_on=SOON)
    peace = canvassing.peace_of(world.enter_as("aino"), worksite.id)
    assert (peace.next_by, peace.next_on) == ("Konsta Esimerkki", SOON)
    assert (peace.asked_by, peace.asked_on) == ("Konsta Esimerkki", clock.today())
    assert not canvassing.peace_of(world.enter_as("konsta"), worksite.id)


def test_a_talk_of_long_ago_and_one_that_reached_nobody_say_nothing(
    world: Any, worksite: Any
) -> None:
    long_ago = clock.now() - timedelta(days=canvassing.PEACE_DAYS, minutes=5)
    log(world, worksite, "konsta", at=long_ago)
    log(world, worksite, "konsta", result="no_answer")
    assert canvassing.peace_of(world.enter_as("aino"), worksite.id) == Peace()


def test_the_past_is_told_in_numbers(world: Any, worksite: Any) -> None:
    opening = make_opening(world, worksite=worksite, seats=5)
    aino = world.people["aino"]
    place(opening, world.clients["devi"], aino)
    place(opening, world.clients["stranger"], aino, state="ended")
    place(opening, world.clients["stranger"], aino, state="interrupted")
    place(opening, world.clients["stranger"], aino, state="refused")
    past = queries.experience(world.enter_as("konsta"), worksite.id)
    assert past == queries.Experience(began=3, ended=1, interrupted=1, running=1, refused=1)


def test_names_are_those_of_clients_whom_the_viewer_may_see(world: Any, worksite: Any) -> None:
    opening = make_opening(world, worksite=worksite, seats=5)
    for name in ("devi", "stranger"):
        place(opening, world.clients[name], world.people["aino"])
    seen = {
        name: [one.last_name for one in queries.there_now(world.enter_as(name), worksite.id)]
        for name in ("aino", "bengt", "lahja", "konsta")
    }
    assert seen["aino"] == ["Koivunen"]
    assert seen["bengt"] == ["Lehtimäki"]
    assert sorted(seen["lahja"]) == ["Koivunen", "Lehtimäki"]
    assert seen["konsta"] == []


def test_workers_who_may_talk_are_those_of_the_register(world: Any, worksite: Any) -> None:
    names = {name for _pk, name in canvassing.workers(world.enter_as("aino"))}
    assert {"Aino Esimerkki", "Konsta Esimerkki", "Lahja Esimerkki"} <= names
    assert not names & {"Carita Esimerkki", "Gus Esimerkki", "Elli Esimerkki"}


@pytest.mark.parametrize("name", ["gus", "elli", "devi"])
def test_other_roles_and_clients_may_not(world: Any, worksite: Any, name: str) -> None:
    with pytest.raises(Refused):
        canvassing.log_talk(
            worksite, by=world.viewers[name], at=clock.now(), how="call", result="talked"
        )
