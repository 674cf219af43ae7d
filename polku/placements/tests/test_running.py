"""A placement begins and ends, and either can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from polku.clients import lifecycle
from polku.foundation import clock
from polku.foundation.permissions import Refused
from polku.paths.actions import write_step
from polku.paths.models import Step
from polku.placements import agreeing, running, seats
from polku.placements.models import Assessment, Placement, SeatUse, TermsChange
from polku.placements.running import NotInThePeriod
from polku.placements.states import NotNow
from polku.placements.suggesting import AlreadyThere
from polku.placements.tests.living import agreed, begun, over, suggested
from polku.placements.tests.places import make_opening


def step_of(placement: Placement) -> Step:
    return Step.objects.get(pk=placement.step_id)


def test_a_start_shows_on_the_path_and_asks_for_assessments(world: Any) -> None:
    placement = begun(world, ends_on=clock.today() + timedelta(days=70))
    assert placement.state == "running"
    assert step_of(placement).state == "now"
    due = sorted(Assessment.objects.values_list("party", "moment"))
    assert due == [("client", "final"), ("client", "mid"), ("host", "final"), ("host", "mid")]


def test_the_path_follows_the_agreement_and_keeps_no_older_place(world: Any) -> None:
    world.enter_as("aino")
    step = write_step(
        world.clients["devi"], by=world.viewers["aino"], at=clock.now(), propose=False,
        kind="work_trial", theme="work", title="Työkokeilu", detail="Toisen koulun keittiössä",
        when_text="ensi keväänä",
    )  # fmt: skip
    placement = agreed(world)
    assert placement.step_id == step.id
    kept = step_of(placement)
    assert (kept.when_text, kept.detail) == ("", placement.place)
    assert (kept.starts_on, kept.ends_on) == (placement.starts_on, placement.ends_on)
    lifecycle.set_ban(world.clients["devi"], by=world.viewers["aino"], at=clock.now())
    assert step_of(placement).detail == ""


def test_a_short_period_has_no_middle(world: Any) -> None:
    begun(world, ends_on=clock.today() + timedelta(days=14))
    assert set(Assessment.objects.values_list("moment", flat=True)) == {"final"}


def test_what_did_not_begin_after_all_is_agreed_still(world: Any) -> None:
    placement = running.take_back_start(begun(world), by=world.viewers["aino"], at=clock.now())
    assert (placement.state, placement.turn) == ("agreed", "organiser")
    assert Assessment.objects.count() == 0


def test_what_is_not_agreed_does_not_begin(world: Any) -> None:
    with pytest.raises(NotNow):
        running.start(suggested(world), by=world.viewers["aino"], at=clock.now())


def test_an_end_without_a_follow_on_plan_waits_for_the_organiser(world: Any) -> None:
    placement = over(world)
    assert (placement.state, placement.ended_on, placement.turn) == (
        "ended",
        placement.ends_on,
        "organiser",
    )
    assert step_of(placement).state == "done"


def interrupt(world: Any, placement: Placement, **more: Any) -> Placement:
    fields = {"on": clock.today(), "ending": "health", "initiative": "client", "word": "Selkä"}
    return running.interrupt(placement, by=world.viewers["aino"], at=clock.now(), **(fields | more))


def test_an_interruption_tells_whose_initiative_and_frees_the_seat(world: Any) -> None:
    placement = interrupt(world, begun(world))
    assert (placement.state, placement.ending, placement.ending_by) == (
        "interrupted",
        "health",
        "client",
    )
    assert TermsChange.objects.get().what == "interruption"
    assert SeatUse.objects.get(pk=placement.use_id).ends_on == clock.today()
    assert step_of(placement).state == "dropped"
    assert set(Assessment.objects.values_list("due_on", flat=True)) == {clock.today()}


def test_an_interruption_lies_within_the_period(world: Any) -> None:
    placement = begun(world)
    for day in (placement.starts_on - timedelta(days=1), placement.ends_on + timedelta(days=1)):
        with pytest.raises(NotInThePeriod):
            interrupt(world, placement, on=day)


def test_an_interruption_is_taken_back(world: Any) -> None:
    placement = running.go_on(
        interrupt(world, begun(world)), by=world.viewers["aino"], at=clock.now()
    )
    assert (placement.state, placement.ended_on, placement.ending) == ("running", None, "")
    assert SeatUse.objects.get(pk=placement.use_id).ends_on == placement.ends_on
    assert step_of(placement).state == "now"


def test_it_does_not_go_on_in_a_seat_that_is_anothers(world: Any) -> None:
    placement = interrupt(world, begun(world))
    seats.hold(
        placement.opening,
        at=clock.now(),
        starts_on=clock.today() + timedelta(days=2),
        ends_on=None,
    )
    with pytest.raises(seats.NoSeat):
        running.go_on(placement, by=world.viewers["aino"], at=clock.now())
    assert Placement.objects.get(pk=placement.pk).state == "interrupted"


def test_it_does_not_go_on_beside_a_new_placement_in_the_same_opening(world: Any) -> None:
    world.enter()
    opening = make_opening(world, seats=2)
    placement = interrupt(world, begun(world, opening=opening))
    suggested(world, opening=opening, starts_on=placement.ends_on + timedelta(days=1))
    with pytest.raises(AlreadyThere):
        running.go_on(placement, by=world.viewers["aino"], at=clock.now())
    assert Placement.objects.get(pk=placement.pk).state == "interrupted"


def test_terms_that_not_all_signed_are_open_again_when_it_has_not_begun(world: Any) -> None:
    placement, coach = begun(world), world.viewers["aino"]
    placement = agreeing.change(
        placement, by=coach, at=clock.now(), what="hours", initiative="host",
        version=placement.version, hours_a_day=4,
    )  # fmt: skip
    placement = running.take_back_start(placement, by=coach, at=clock.now())
    assert (placement.state, placement.turn) == ("accepted", "organiser")
    assert SeatUse.objects.get(pk=placement.use_id).how == "promised"


@pytest.mark.parametrize("who", ["devi", "gus", "elli"])
def test_others_start_and_end_nothing(world: Any, who: str) -> None:
    placement = agreed(world)
    with pytest.raises(Refused):
        running.start(placement, by=world.viewers[who], at=clock.now())


def test_nothing_comes_to_its_end_before_its_last_day(world: Any) -> None:
    placement = begun(world)
    with pytest.raises(running.NotInThePeriod):
        running.end(placement, by=world.viewers["aino"], at=clock.now())
    assert Placement.objects.get(pk=placement.pk).state == "running"
    page = (
        world.browser("aino")
        .get(f"/clients/{placement.client_id}/placements/{placement.id}/")
        .content.decode()
    )
    assert f"/{placement.id}/end/" not in page and f"/{placement.id}/interrupt/" in page
