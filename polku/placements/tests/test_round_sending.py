"""Sending a round's proposals: by a person, each once, and what fails is told and stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from polku.foundation import clock
from polku.foundation.models import OutboxMessage, Recusal
from polku.foundation.permissions import Refused
from polku.placements import seats
from polku.placements.models import Placement, Round
from polku.placements.round import sending
from polku.placements.tests import towns
from polku.placements.tests.rounds import begun, coordinator, pair_of

pytestmark = pytest.mark.django_db


def sent(world: Any, found: Round, *names: str) -> Round:
    """Send the proposals of clients by name."""
    by = coordinator(world)
    world.enter_as("konsta")
    clients = [world.clients[name].id for name in names]
    sending.send(found, clients, by=by, at=clock.now(), answer_by=clock.today())
    return Round.objects.get(pk=found.pk)


@pytest.fixture
def two(world: Any) -> Any:
    return towns.two_for_two(world)


def test_each_gets_a_suggestion_with_reasons_in_their_language(two: Any) -> None:
    two.clients["devi"].service_language = "sv"
    two.clients["devi"].save()
    found = sent(two, begun(two), "devi")
    made = Placement.objects.get()
    assert (made.client, made.state, made.kind) == (two.clients["devi"], "suggested", "work_trial")
    assert (made.starts_on, made.ends_on) == (found.starts_on, found.ends_on)
    assert made.reasons and any("önskemål" in one.lower() for one in made.reasons)
    assert made.suggested_by_id == coordinator(two).user_id
    assert pair_of(found, two.clients["devi"]).state == "sent"
    assert pair_of(found, two.clients["ines"]).state == "proposed"
    assert OutboxMessage.objects.filter(kind="placement_suggested").count() == 1


def test_sent_twice_is_sent_once(two: Any) -> None:
    found = sent(two, begun(two), "devi", "ines")
    came = sending.send(
        found, [two.clients["devi"].id], by=coordinator(two), at=clock.now(), answer_by=None
    )
    assert (came.sent, came.failed) == (0, ())
    assert Placement.objects.count() == 2


def test_a_seat_that_went_meanwhile_is_told_and_the_others_are_sent(two: Any) -> None:
    found = begun(two)
    seats.hold(two.openings["Library"], at=clock.now(), starts_on=found.starts_on, ends_on=None)
    clients = [two.clients[name].id for name in ("devi", "ines")]
    came = sending.send(found, clients, by=coordinator(two), at=clock.now(), answer_by=None)
    assert came.sent == 1
    assert [(client.id, type(error)) for client, error in came.failed] == [
        (two.clients["devi"].id, seats.NoSeat)
    ]
    assert pair_of(found, two.clients["devi"]).state == "proposed"


def test_conflict_of_interest_shuts_the_worker_out(two: Any) -> None:
    found = begun(two)
    Recusal.objects.create(
        register=two.areas["lake"], user=two.people["konsta"], client=two.clients["devi"],
        starts_at=clock.now(), ground="relative",
    )  # fmt: skip
    by = replace(two.enter_as("konsta"), at=clock.now())
    came = sending.send(found, [two.clients["devi"].id], by=by, at=clock.now(), answer_by=None)
    assert (came.sent, came.failed) == (0, ())


def test_a_coach_may_not_send_a_round(two: Any) -> None:
    found = begun(two)
    viewer = two.enter_as("aino")
    with pytest.raises(Refused):
        sending.send(found, [two.clients["devi"].id], by=viewer, at=clock.now(), answer_by=None)
