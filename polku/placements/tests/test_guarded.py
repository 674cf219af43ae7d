"""Under a safety ban a placement lives only inside the guarded view, and its seat names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from polku.clients import lifecycle
from polku.foundation import clock, walls
from polku.foundation.models import OutboxMessage
from polku.foundation.permissions import Refused
from polku.foundation.prepared import prepared
from polku.paths.models import Step
from polku.placements import agreeing, answering, calling_off, following, running, seats
from polku.placements.models import Absence, Assessment, Placement, SeatUse, Signature
from polku.placements.seats import Count
from polku.placements.summaries import placed_of, read, waiting_for_coach
from polku.placements.tests.living import begun, monday, suggested
from polku.placements.tests.places import make_opening


@pytest.fixture
def devi(world: Any) -> Any:
    client = world.clients["devi"]
    aino = world.enter_as("aino")
    client.refresh_from_db()
    lifecycle.set_ban(client, by=aino, at=clock.now())
    client.refresh_from_db()
    return client


@pytest.fixture
def told(world: Any) -> Iterator[list[str]]:
    """What hosts would have been told."""
    from polku.placements import ports

    heard: list[str] = []
    ports.host_told.append(lambda placement, what, at: heard.append(what))
    yield heard
    ports.host_told.pop()


def test_a_suggestion_hides_and_its_seat_looks_kept_back(world: Any, devi: Any) -> None:
    opening = make_opening(world)
    placement = suggested(world, opening=opening, client=devi)
    assert placement.guarded
    assert not Placement.objects.filter(pk=placement.pk).exists()
    assert seats.counts({opening.id: 1}, on=monday())[opening.id] == Count(0, 0, 0)
    mail = OutboxMessage.objects.get(client_id=devi.id, status="waiting")
    assert mail.kind == "placement_news"
    assert "/me/" not in mail.body


def test_its_promise_runs_out_too(world: Any, devi: Any) -> None:
    placement = suggested(world, client=devi)
    assert seats.let_go(at=clock.now() + timedelta(days=8)) == 1
    assert SeatUse.objects.get(pk=placement.use_id).over_at is not None


@pytest.mark.parametrize("who", ["bengt", "lahja"])
def test_only_the_guardian_suggests(world: Any, devi: Any, who: str) -> None:
    with pytest.raises(Refused):
        suggested(world, client=devi, by=who)


def test_the_whole_life_stays_hidden_and_hosts_are_told_nothing(
    world: Any, devi: Any, told: list[str]
) -> None:
    aino, now = world.viewers["aino"], clock.now()
    placement = suggested(world, client=devi, starts_on=clock.today())
    with walls.guarded_open(devi.id):
        placement = answering.answer(placement, by=aino, at=now, answer="yes")
        placement = agreeing.write_terms(
            placement,
            by=aino,
            at=now,
            version=placement.version,
            hours_a_day=5,
            days_a_week=4,
            known_as="D.",
        )
        for party in ("client", "host", "organiser"):
            placement = agreeing.sign(
                placement,
                by=aino,
                at=now,
                party=party,
                how="paper",
                name=party,
                terms=agreeing.terms_hash(placement),
            )
        placement = running.start(placement, by=aino, at=now)
        following.note_absence(placement, by=aino, at=now, on=clock.today(), reason="ill")
        assert placement.state == "running"
    for model in (Placement, Signature, Assessment, Absence):
        assert model.objects.filter(client=devi).count() == 0
    assert SeatUse.objects.get(pk=placement.use_id).how == "kept_back"
    assert told == []


def test_actions_open_what_they_need_for_the_guardian_alone(world: Any, devi: Any) -> None:
    placement = suggested(world, client=devi)
    kept = calling_off.withdraw(placement, by=world.enter_as("aino"), at=clock.now())
    assert kept.state == "withdrawn"
    for who in ("bengt", "lahja", "devi"):
        with pytest.raises(Refused):
            answering.answer(kept, by=world.viewers[who], at=clock.now(), answer="yes")


def test_no_list_tells_of_it(world: Any, devi: Any) -> None:
    suggested(world, client=devi)
    aino = world.enter_as("aino")
    (row,) = prepared(placed_of)(aino, client_id=devi.id)
    assert read(*row).rows == []
    assert waiting_for_coach(aino, today=clock.today()) == []


def test_the_step_on_the_path_names_no_work(world: Any, devi: Any) -> None:
    placement = suggested(world, client=devi)
    kept = answering.answer(placement, by=world.enter_as("aino"), at=clock.now(), answer="yes")
    assert "Keittiöapulainen" not in Step.objects.get(pk=kept.step_id).title


def test_a_ban_that_begins_hides_what_was_there_and_renames_its_step(world: Any) -> None:
    placement = begun(world)
    aino, client = world.enter_as("aino"), world.clients["devi"]
    assert "Keittiöapulainen" in Step.objects.get(pk=placement.step_id).title
    client.refresh_from_db()
    lifecycle.set_ban(client, by=aino, at=clock.now())
    assert not Placement.objects.filter(pk=placement.pk).exists()
    assert "Keittiöapulainen" not in Step.objects.get(pk=placement.step_id).title
    assert SeatUse.objects.get(pk=placement.use_id).how == "kept_back"
