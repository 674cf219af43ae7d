"""Each morning: promises run out, what is agreed begins, what is over ends; questions are asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from polku.clients import lifecycle
from polku.foundation import clock, walls
from polku.foundation.models import OutboxMessage
from polku.placements import answering, daily, following, running
from polku.placements.models import Assessment, Placement, SeatUse
from polku.placements.tests.living import agreed, begun, suggested


def morning(world: Any, days: int) -> dict[str, int]:
    at = clock.now() + timedelta(days=days)
    with clock.at(at):
        done = daily.run(world.areas["lake"].id, at=at)
    world.enter_as("aino")
    return done


def mails(kind: str) -> int:
    return OutboxMessage.objects.filter(kind=kind).count()


def test_a_promise_that_ran_out_is_freed(world: Any) -> None:
    placement = suggested(world)
    assert morning(world, 3)["freed"] == 0
    assert morning(world, 8)["freed"] == 1
    assert SeatUse.objects.get(pk=placement.use_id).over_at is not None
    assert Placement.objects.get(pk=placement.pk).state == "suggested"


def test_what_all_have_agreed_begins_on_its_day_and_ends_after_its_last(world: Any) -> None:
    placement = agreed(world)
    before = (placement.starts_on - clock.today()).days
    assert morning(world, before - 1)["begun"] == 0
    assert morning(world, before)["begun"] == 1
    assert morning(world, before)["begun"] == 0
    after = (placement.ends_on - clock.today()).days
    assert morning(world, after)["ended"] == 0
    assert morning(world, after + 1)["ended"] == 1
    stored = Placement.objects.get(pk=placement.pk)
    assert (stored.state, stored.ended_on, stored.turn) == (
        "ended",
        placement.ends_on,
        "organiser",
    )


def test_what_has_not_begun_after_all_does_not_begin_by_itself(world: Any) -> None:
    placement = begun(world)
    running.take_back_start(placement, by=world.viewers["aino"], at=clock.now())
    assert morning(world, 1)["begun"] == 0
    assert Placement.objects.get(pk=placement.pk).state == "agreed"


def test_assessments_are_asked_for_then_reminded_of_and_never_more_than_twice(world: Any) -> None:
    placement = begun(world, ends_on=clock.today() + timedelta(days=10))
    assert morning(world, 6)["asked"] == 0
    assert morning(world, 7)["asked"] == 2
    assert morning(world, 8)["asked"] == 0
    assert mails("placement_assess") == 1
    told = [morning(world, day)["reminded"] for day in range(10, 40)]
    assert sum(told) == 2 * daily.REMINDERS
    assert told.index(2) == 3  # three days after the due day
    assert Placement.objects.get(pk=placement.pk).state == "ended"


def test_who_is_asked_late_is_not_reminded_in_the_same_days(world: Any) -> None:
    """As when a placement is written down after it was over; nor by a job that runs again."""
    begun(world, ends_on=clock.today() - timedelta(days=10))
    told = [(done["asked"], done["reminded"]) for done in (morning(world, 1), morning(world, 1))]
    assert told == [(2, 0), (0, 0)]
    assert [morning(world, day)["reminded"] for day in (3, 4, 4, 6, 7)] == [0, 2, 0, 0, 2]


def test_reminders_of_mornings_that_were_missed_are_one(world: Any) -> None:
    begun(world, ends_on=clock.today() + timedelta(days=1))
    morning(world, 1)
    assert [morning(world, day)["reminded"] for day in (30, 30, 31, 60)] == [2, 0, 0, 0]


def test_who_has_answered_or_said_i_have_it_is_not_reminded(world: Any) -> None:
    placement = begun(world, ends_on=clock.today() + timedelta(days=3))
    morning(world, 1)
    aino = world.viewers["aino"]
    own = Assessment.objects.get(placement=placement, party="client")
    host = Assessment.objects.get(placement=placement, party="host")
    following.answer_assessment(own, by=aino, at=clock.now(), answers={"like": "yes"})
    following.stop_reminding(host, by=aino, at=clock.now())
    assert morning(world, 20)["reminded"] == 0


def test_what_hides_is_looked_after_as_well_and_its_mail_tells_nothing(world: Any) -> None:
    placement = begun(world, ends_on=clock.today() + timedelta(days=3))
    aino, devi = world.enter_as("aino"), world.clients["devi"]
    devi.refresh_from_db()
    lifecycle.set_ban(devi, by=aino, at=clock.now())
    assert morning(world, 1)["asked"] == 2
    mail = OutboxMessage.objects.get(kind="placement_news")
    assert "Keittiöapulainen" not in mail.body
    assert morning(world, 4)["ended"] == 1
    with walls.guarded_open(devi.id):
        assert Placement.objects.get(pk=placement.pk).state == "ended"


def test_a_closed_record_is_left_alone(world: Any) -> None:
    placement = suggested(world)
    aino, devi = world.enter_as("aino"), world.clients["devi"]
    devi.refresh_from_db()
    lifecycle.close(
        devi,
        by=aino,
        at=clock.now(),
        on=clock.today(),
        reason="other",
        outcome="unknown",
    )
    done = morning(world, 30)
    assert (done["begun"], done["asked"]) == (0, 0)
    assert Placement.objects.get(pk=placement.pk).state == "withdrawn"


def test_another_registers_placements_are_not_touched(world: Any) -> None:
    placement = suggested(world)
    at: datetime = clock.now() + timedelta(days=30)
    assert daily.run(world.areas["river"].id, at=at)["freed"] == 0
    world.enter_as("aino")
    assert SeatUse.objects.get(pk=placement.use_id).over_at is None


@pytest.mark.parametrize("answer", ["no", "not_now"])
def test_who_declined_is_never_written_to_again(world: Any, answer: str) -> None:
    placement = suggested(world)
    answering.answer(placement, by=world.viewers["aino"], at=clock.now(), answer=answer)
    OutboxMessage.objects.all().delete()
    for day in (1, 10, 60):
        morning(world, day)
    assert OutboxMessage.objects.count() == 0
