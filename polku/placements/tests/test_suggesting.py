"""A place is suggested, and the client answers; a no has no consequence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from polku.foundation import clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.models import OutboxMessage
from polku.foundation.permissions import Refused
from polku.foundation.submissions import UsedAlready
from polku.paths.models import Step
from polku.placements import answering, calling_off, mine, seats, suggesting
from polku.placements.answering import Gone
from polku.placements.models import Placement, SearchWord, SeatUse
from polku.placements.running import NotInThePeriod
from polku.placements.states import NotNow
from polku.placements.suggesting import AlreadyThere, NotOpen
from polku.placements.tests.living import answered, as_host, monday, suggested
from polku.placements.tests.places import make_opening


def free(opening: Any) -> int:
    return seats.counts({opening.id: opening.seats}, on=monday())[opening.id].free


def test_a_suggestion_copies_the_place_holds_a_seat_and_tells_the_client(world: Any) -> None:
    world.enter()
    opening = make_opening(world)
    placement = suggested(world, opening=opening)
    assert placement.place == "Testilän koulu, Koulutie 1"
    assert (placement.title, placement.turn) == ("Keittiöapulainen", "client")
    assert free(opening) == 0
    mail = OutboxMessage.objects.get(client_id=placement.client_id)
    assert mail.kind == "placement_suggested"
    assert "Testilän" not in mail.body + mail.subject


@pytest.mark.parametrize(
    ("answer", "state", "left"),
    [("yes", "accepted", 0), ("not_now", "put_off", 1), ("no", "declined", 1)],
)
def test_the_client_answers_in_their_own_session(
    world: Any, answer: str, state: str, left: int
) -> None:
    placement = answered(world, suggested(world), answer, word="Sopii hyvin")
    stored = Placement.objects.get(pk=placement.pk)
    assert (stored.state, stored.turn, stored.word) == (state, "organiser", "Sopii hyvin")
    assert not stored.answered_in_the_room
    assert free(stored.opening) == left
    assert OutboxMessage.objects.filter(kind="client_answered").count() == 1


def test_a_yes_holds_the_seat_without_an_end(world: Any) -> None:
    placement = answered(world, suggested(world))
    assert SeatUse.objects.get(pk=placement.use_id).until is None


def test_a_yes_puts_the_step_on_the_path_agreed_by_both(world: Any) -> None:
    placement = answered(world, suggested(world))
    step = Step.objects.get(pk=Placement.objects.get(pk=placement.pk).step_id)
    assert (step.kind, step.state, step.turn) == ("work_trial", "planned", "")
    assert (step.client_answer, step.coach_answer) == ("yes", "yes")
    assert step.starts_on == placement.starts_on


def test_a_planned_step_of_the_same_kind_becomes_the_one_that_was_found(world: Any) -> None:
    from polku.paths import actions as paths

    coach = world.enter_as("aino")
    planned = paths.add_step(
        world.clients["devi"],
        by=coach,
        at=clock.now(),
        theme="work",
        kind="work_trial",
        title="Työkokeilu",
    )
    placement = answered(world, suggested(world))
    assert Placement.objects.get(pk=placement.pk).step_id == planned.id
    assert Step.objects.filter(client=world.clients["devi"]).count() == 1


def test_the_same_answer_sent_twice_is_one(world: Any) -> None:
    placement = suggested(world)
    answered(world, placement, "no", version=1)
    again = answered(world, placement, "no", version=1)
    assert again.version == 2


def test_an_answer_to_what_has_changed_is_not_written(world: Any) -> None:
    placement = suggested(world)
    with pytest.raises(ChangedMeanwhile):
        answered(world, placement, "yes", version=placement.version - 1)


def test_a_worker_writes_what_was_said_in_the_room(world: Any) -> None:
    placement = suggested(world)
    coach = world.enter_as("aino")
    kept = answering.answer(placement, by=coach, at=clock.now(), answer="no", word="Liian kaukana")
    assert (kept.state, kept.answered_in_the_room) == ("declined", True)


def test_another_client_or_a_host_may_not_answer(world: Any) -> None:
    placement = suggested(world)
    with pytest.raises(Refused):
        answering.answer(placement, by=world.viewers["stranger"], at=clock.now(), answer="yes")
    host = as_host(world, placement)
    with pytest.raises(Refused):
        answering.answer(placement, by=host, at=clock.now(), answer="yes")


def test_who_declined_may_change_their_mind(world: Any) -> None:
    placement = answered(world, suggested(world), "no")
    kept = answered(world, placement, "yes")
    assert kept.state == "accepted"
    assert free(kept.opening) == 0


def test_a_late_yes_takes_a_seat_that_is_still_free(world: Any) -> None:
    placement = suggested(world)
    seats.let_go(at=clock.now() + timedelta(days=8))
    kept = answered(world, placement)
    assert (kept.state, free(kept.opening)) == ("accepted", 0)


def test_a_late_yes_hears_that_the_seat_is_gone(world: Any) -> None:
    placement = suggested(world)
    seats.let_go(at=clock.now() + timedelta(days=8))
    world.enter_as("aino")
    seats.hold(
        placement.opening, at=clock.now(), starts_on=placement.starts_on, ends_on=placement.ends_on
    )
    with pytest.raises(Gone) as gone:
        answered(world, placement, word="Tulen mielelläni")
    assert gone.value.free_from == placement.ends_on + timedelta(days=1)
    stored = Placement.objects.get(pk=placement.pk)
    assert (stored.state, stored.turn, stored.word) == (
        "suggested",
        "organiser",
        "Tulen mielelläni",
    )


def test_the_same_submission_twice_is_one_suggestion(world: Any) -> None:
    world.enter()
    opening, once = make_opening(world), uuid4()
    first = suggested(world, opening=opening, submission=once)
    assert suggested(world, opening=opening, submission=once).id == first.id
    assert SeatUse.objects.filter(opening=opening).count() == 1


def test_a_mark_by_which_another_client_got_a_suggestion_is_refused(world: Any) -> None:
    world.enter()
    opening, mark = make_opening(world, seats=2), uuid4()
    suggested(world, opening=opening, submission=mark)
    bengt, start = world.enter_as("bengt"), monday()
    with pytest.raises(UsedAlready), transaction.atomic():
        suggesting.suggest(
            world.clients["stranger"], opening, by=bengt, at=clock.now(), kind="work_trial",
            starts_on=start, ends_on=start + timedelta(days=20), submission=mark,
        )  # fmt: skip
    assert not Placement.objects.filter(client=world.clients["stranger"]).exists()


def test_the_same_place_is_not_suggested_twice_at_once(world: Any) -> None:
    world.enter()
    opening = make_opening(world, seats=2)
    suggested(world, opening=opening)
    with pytest.raises(AlreadyThere):
        suggested(world, opening=opening)
    assert SeatUse.objects.filter(opening=opening).count() == 1


def test_the_last_seat_is_promised_once(world: Any) -> None:
    world.enter()
    opening = make_opening(world)
    suggested(world, opening=opening)
    with pytest.raises(seats.NoSeat) as full:
        suggested(world, opening=opening, by="bengt", client=world.clients["stranger"])
    assert full.value.free_from == monday() + timedelta(days=57)


def test_a_closed_opening_takes_nobody(world: Any) -> None:
    world.enter()
    with pytest.raises(NotOpen):
        suggested(world, opening=make_opening(world, state="closed"))
    with pytest.raises(NotOpen):
        suggested(world, opening=make_opening(world, kinds=["volunteering"]))


@pytest.mark.parametrize("who", ["gus", "elli"])
def test_others_may_not_suggest(world: Any, who: str) -> None:
    world.enter()
    opening = make_opening(world)
    with pytest.raises(Refused):
        suggested(world, opening=opening, by=who)


def test_a_host_says_no_and_the_client_is_told_kindly(world: Any) -> None:
    placement = answered(world, suggested(world))
    host = as_host(world, placement)
    kept = calling_off.refuse(
        placement, by=host, at=clock.now(), ending="host_changes", word="Remontti"
    )
    world.enter_as("aino")
    assert (kept.state, kept.ending_by, kept.turn) == ("refused", "host", "organiser")
    assert OutboxMessage.objects.filter(kind="placement_over").count() == 1
    assert Step.objects.get(pk=kept.step_id).state == "dropped"
    assert free(kept.opening) == 1


def test_a_suggestion_is_taken_back_and_made_again(world: Any) -> None:
    placement = suggested(world)
    coach = world.viewers["aino"]
    kept = calling_off.withdraw(placement, by=coach, at=clock.now(), ending="other")
    assert (kept.state, kept.turn, free(kept.opening)) == ("withdrawn", "", 1)
    again = suggesting.suggest_again(kept, by=coach, at=clock.now())
    assert (again.state, again.ending, free(again.opening)) == ("suggested", "", 0)


def test_an_old_suggestion_does_not_come_to_life_beside_a_new_one(world: Any) -> None:
    world.enter()
    opening = make_opening(world, seats=2)
    declined = answered(world, suggested(world, opening=opening), "no")
    suggested(world, opening=opening)
    with pytest.raises(AlreadyThere):
        answered(world, declined)
    coach = world.enter_as("aino")
    with pytest.raises(AlreadyThere):
        suggesting.suggest_again(declined, by=coach, at=clock.now())
    assert Placement.objects.get(pk=declined.pk).state == "declined"
    assert SeatUse.objects.filter(opening=opening, over_at__isnull=True).count() == 1


def test_a_closed_opening_is_not_suggested_anew(world: Any) -> None:
    declined = answered(world, suggested(world), "no")
    type(declined.opening).objects.update(state="closed")
    declined = Placement.objects.get(pk=declined.pk)
    with pytest.raises(NotOpen):
        suggesting.suggest_again(declined, by=world.enter_as("aino"), at=clock.now())


def test_it_is_not_suggested_anew_from_a_day_after_its_last(world: Any) -> None:
    declined = answered(world, suggested(world), "no")
    late = declined.ends_on + timedelta(days=1)
    with pytest.raises(NotInThePeriod):
        suggesting.suggest_again(
            declined, by=world.enter_as("aino"), at=clock.now(), starts_on=late
        )


def test_what_is_over_is_not_answered(world: Any) -> None:
    placement = suggested(world)
    calling_off.withdraw(placement, by=world.viewers["aino"], at=clock.now())
    with pytest.raises(NotNow):
        answered(world, placement)


def test_a_seen_answer_waits_no_more(world: Any) -> None:
    placement = answered(world, suggested(world), "no")
    kept = answering.seen(placement, by=world.viewers["aino"], at=clock.now())
    assert (kept.state, kept.turn) == ("declined", "")


def test_a_kind_of_work_that_does_not_suit_is_ruled_out_from_now_on(world: Any) -> None:
    placement = suggested(world)
    Placement.objects.filter(pk=placement.pk).update(work_code="9412")
    answered(world, Placement.objects.get(pk=placement.pk), "no", because="work")
    word = SearchWord.objects.get(client=world.clients["devi"])
    assert (word.kind, word.work_code) == ("veto", "9412")
    assert Placement.objects.get(pk=placement.pk).because == "work"


def test_a_reason_stands_only_beside_a_no(world: Any) -> None:
    placement = answered(world, suggested(world), "not_now", because="far")
    assert (placement.because, placement.state) == ("", "put_off")
    assert not SearchWord.objects.exists()


def test_the_coach_reads_what_a_no_teaches(world: Any) -> None:
    answered(world, suggested(world), "no", because="far", word="two buses")
    text = (
        world.browser("aino").get(f"/clients/{world.clients['devi'].id}/search/").content.decode()
    )
    assert "matka on liian pitkä (two buses)" in text


@pytest.mark.parametrize(("before", "seen"), [(0, True), (1, False)])
def test_a_no_of_the_nights_first_hours_is_of_that_day(world: Any, before: int, seen: bool) -> None:
    declined = answered(world, suggested(world), "no")
    today = clock.today()
    last = clock.day_begins(today - mine.LATELY - timedelta(days=before)) + timedelta(minutes=30)
    world.enter()
    # The database gives its moments in UTC, where it is still the day before.
    Placement.objects.filter(pk=declined.pk).update(answered_at=last)
    devi = world.enter_as("devi")
    assert [one.pk for one in mine.mine(devi, today=today)] == [declined.pk] * seen
