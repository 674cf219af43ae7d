"""An interruption told for a day to come: it runs until then, and everybody hears what is true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import translation

from polku.foundation import clock
from polku.foundation.models import OutboxMessage
from polku.paths.models import Step
from polku.placements import absences, agreeing, daily, running, seats, states
from polku.placements.models import Absence, Assessment, Placement, SeatUse
from polku.placements.tests.living import agreed, begun, suggested
from polku.placements.tests.test_host_placement import browser_for, page
from polku.web import dates


@pytest.fixture(autouse=True)
def in_finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield


def told(world: Any, placement: Placement, days: int = 10, **more: Any) -> Placement:
    """Tell, as the coach, that the placement ends in so many days."""
    given = {
        "on": clock.today() + timedelta(days=days),
        "ending": "to_work",
        "initiative": "client",
    }
    return running.interrupt(placement, by=world.viewers["aino"], at=clock.now(), **(given | more))


def kinds() -> list[str]:
    return sorted(OutboxMessage.objects.values_list("kind", flat=True))


def forget_mail() -> None:
    OutboxMessage.objects.all().delete()


def morning(placement: Placement, day: Any) -> None:
    daily.run(placement.register_id, at=datetime.combine(day, time(5), clock.HELSINKI))


def test_it_runs_until_that_day_and_ends_by_itself_the_morning_after(world: Any) -> None:
    placement = told(world, begun(world, ends_on=clock.today() + timedelta(days=70)))
    last = placement.ended_on
    assert (placement.state, placement.ends_early, placement.last_day) == ("running", True, last)
    assert Step.objects.get(pk=placement.step_id).state == "now"
    assert SeatUse.objects.get(pk=placement.use_id).ends_on == last
    morning(placement, last)
    world.enter_as("aino")
    assert Placement.objects.get(pk=placement.pk).state == "running"
    morning(placement, last + timedelta(days=1))
    world.enter_as("aino")
    kept = Placement.objects.get(pk=placement.pk)
    assert (kept.state, kept.ended_on, kept.ending) == ("interrupted", last, "to_work")
    assert Step.objects.get(pk=kept.step_id).state == "dropped"


def test_one_that_is_told_on_its_last_day_ends_at_once(world: Any) -> None:
    """Control of the test above."""
    placement = told(world, begun(world), days=0)
    assert (placement.state, placement.ended_on) == ("interrupted", clock.today())


def test_assessments_follow_the_new_last_day(world: Any) -> None:
    placement = begun(world, ends_on=clock.today() + timedelta(days=70))
    assert Assessment.objects.filter(moment="mid").count() == 2
    last = told(world, placement).ended_on
    assert set(Assessment.objects.values_list("moment", "due_on")) == {("final", last)}


def test_a_long_one_keeps_its_middle_in_the_middle_of_what_is_left(world: Any) -> None:
    first = clock.today() - timedelta(days=60)
    placement = begun(world, starts_on=first, ends_on=clock.today() + timedelta(days=60))
    last = told(world, placement).ended_on
    assert last is not None
    middle = first + (last - first) / 2
    assert set(Assessment.objects.values_list("moment", "due_on")) == {
        ("mid", middle),
        ("final", last),
    }


def test_both_are_told_that_it_ends_and_not_that_it_has_ended(world: Any) -> None:
    placement = begun(world)
    forget_mail()
    last = told(world, placement).ended_on
    world.enter_as("aino")
    assert kinds() == ["host_placement", "placement_ends"]
    for message in OutboxMessage.objects.all():
        assert f"{last.day}.{last.month}.{last.year}" in message.body
        assert "päättyy" in message.subject + message.body


def test_of_what_has_ended_both_are_told_so(world: Any) -> None:
    placement = begun(world)
    forget_mail()
    told(world, placement, days=0)
    world.enter_as("aino")
    assert kinds() == ["host_placement", "placement_ended"]


def test_it_goes_on_after_all_and_both_hear_it(world: Any) -> None:
    placement = begun(world, ends_on=clock.today() + timedelta(days=70))
    placement = told(world, placement)
    forget_mail()
    placement = running.go_on(placement, by=world.viewers["aino"], at=clock.now())
    assert (placement.state, placement.ended_on, placement.ending) == ("running", None, "")
    assert SeatUse.objects.get(pk=placement.use_id).ends_on == placement.ends_on
    assert Assessment.objects.filter(moment="mid").count() == 2
    assert kinds() == ["host_placement", "placement_goes_on"]
    with pytest.raises(states.NotNow):
        running.go_on(placement, by=world.viewers["aino"], at=clock.now())


def test_another_day_takes_the_place_of_the_first_unless_the_seat_is_anothers(world: Any) -> None:
    placement = told(world, begun(world))
    later = told(world, placement, days=20)
    assert SeatUse.objects.get(pk=later.use_id).ends_on == later.ended_on
    sooner = told(world, later, days=5)
    seats.hold(
        sooner.opening,
        at=clock.now(),
        starts_on=clock.today() + timedelta(days=8),
        ends_on=None,
    )
    with pytest.raises(seats.NoSeat):
        told(world, sooner, days=20)
    assert Placement.objects.get(pk=sooner.pk).ended_on == sooner.ended_on


def test_it_is_not_extended_while_it_is_to_end_early(world: Any) -> None:
    placement = told(world, begun(world))
    later = {"ends_on": placement.ends_on + timedelta(days=7)}
    with pytest.raises(states.NotNow):
        change(world, placement, "extension", **later)
    changed = change(world, placement, "tasks", tasks="Salin kattaus")
    assert SeatUse.objects.get(pk=changed.use_id).ends_on == placement.ended_on


def change(world: Any, placement: Placement, what: str, **terms: Any) -> Placement:
    return agreeing.change(
        placement,
        by=world.viewers["aino"],
        at=clock.now(),
        what=what,
        initiative="client",
        version=placement.version,
        **terms,
    )


def test_what_did_not_begin_after_all_ends_no_earlier_either(world: Any) -> None:
    placement = told(world, begun(world))
    placement = running.take_back_start(placement, by=world.viewers["aino"], at=clock.now())
    assert (placement.state, placement.ended_on, placement.ending) == ("agreed", None, "")


def test_each_page_says_on_which_day_it_ends(world: Any, sign_in: Any) -> None:
    placement = told(world, begun(world))
    assert placement.ended_on is not None
    day = dates.full(placement.ended_on)
    coachs = sign_in("aino").get(f"/clients/{placement.client_id}/placements/{placement.id}/")
    said = page(browser_for(world, placement))
    for text in (coachs.content.decode(), said):
        assert day in text
        assert "ennenaikaisesti" in text
    assert "Kiitos!" not in said


def test_of_what_is_over_the_workplace_reads_the_real_last_day(world: Any) -> None:
    placement = told(world, begun(world), days=0)
    said = page(browser_for(world, placement))
    assert placement.ends_on is not None
    assert dates.full(clock.today()) in said
    assert dates.full(placement.ends_on) not in said


def note(placement: Placement, by: Any, days: int, reason: str, told_by: str = "") -> Absence:
    from polku.placements import following

    return following.note_absence(
        placement,
        by=by,
        at=clock.now(),
        on=clock.today() + timedelta(days=days),
        reason=reason,
        told_by=told_by,
    )


def test_days_away_after_the_new_last_day_are_taken_back(world: Any) -> None:
    placement, aino = begun(world), world.viewers["aino"]
    for days in (3, 12):
        note(placement, aino, days, "appointment", "client")
    told(world, placement)
    assert [row.on for row in Absence.objects.all()] == [clock.today() + timedelta(days=3)]


@pytest.mark.parametrize(
    ("reason", "told_by", "latest"),
    [("ill", "client", 1), ("ill", "host", 0), ("unknown", "host", 0), ("travel", "client", 0)],
)
def test_nobody_knows_ahead_that_somebody_is_ill_or_does_not_come(
    world: Any, reason: str, told_by: str, latest: int
) -> None:
    placement, aino = begun(world), world.viewers["aino"]
    note(placement, aino, latest, reason, told_by)
    with pytest.raises(absences.NotKnownYet):
        note(placement, aino, latest + 1, reason, told_by)


def test_an_appointment_is_known_ahead(world: Any) -> None:
    """Control of the test above."""
    assert note(begun(world), world.viewers["aino"], 9, "appointment", "client").on


def test_a_workplace_is_told_kindly_that_the_day_is_still_to_come(world: Any) -> None:
    placement = begun(world)
    browser = browser_for(world, placement)
    ahead = (clock.today() + timedelta(days=3)).isoformat()
    answer = browser.post("/host/placement/absence/", {"on": ahead, "reason": "unknown"})
    assert dates.full(clock.today()) in answer.content.decode()
    known = browser.post("/host/placement/absence/", {"on": ahead, "reason": "agreed"})
    assert known.status_code == 302
    world.enter_as("aino")
    assert [row.reason for row in Absence.objects.all()] == ["agreed"]


def test_nothing_begins_before_its_first_day(world: Any, sign_in: Any) -> None:
    placement = agreed(world)
    with pytest.raises(running.TooEarly) as early:
        running.start(placement, by=world.viewers["aino"], at=clock.now())
    assert early.value.day == placement.starts_on
    assert Placement.objects.get(pk=placement.pk).state == "agreed"
    url = f"/clients/{placement.client_id}/placements/{placement.id}/"
    browser = sign_in("aino")
    assert f"{url}start/" not in browser.get(url).content.decode()
    late = browser.post(f"{url}start/", {"version": placement.version})
    assert late.status_code == 422
    assert placement.starts_on is not None
    problem = late.content.decode().split('class="problems"')[1].split("</div>")[0]
    assert dates.full(placement.starts_on) in problem


def test_what_is_only_suggested_ends_nowhere(world: Any) -> None:
    with pytest.raises(states.NotNow):
        told(world, suggested(world), days=10)
