"""Nobody is offered a time on a day when the worker is away, outside the hours, or in own time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from polku.contacts import booking, own_times, reading, rhythm, slots
from polku.contacts.offers import choosing, making
from polku.contacts.weeks import hours
from polku.contacts.weeks.closed import closed, closed_times
from polku.foundation import clock, walls

NONE: list[Any] = []


def _day(ahead: int = 9) -> date:
    return rhythm.next_working_day(clock.today() + timedelta(days=ahead))


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.HELSINKI)


@pytest.fixture
def booked(world: Any) -> Any:
    by = world.enter_as("aino")
    return booking.book(
        world.clients["devi"], by=by, at=clock.now(), worker_id=by.user_id,
        starts_at=_at(_day(), 9), ends_at=_at(_day(), 10), kind="visit", purpose="coaching",
        place="Kunnantalo", tell=False,
    )  # fmt: skip


def _offered_days(booked: Any) -> set[date]:
    return {clock.local(one).date() for one in own_times.offered(booked, clock.now())}


def test_a_client_is_offered_no_day_on_which_the_coach_is_away(world: Any, booked: Any) -> None:
    by = world.enter_as("aino")
    before = _offered_days(booked)
    assert before, "control: there are days to offer"
    first, last = min(before), max(before)
    away = hours.go_away(by=by, at=clock.now(), first_on=first, last_on=last, kind="ill")
    assert not _offered_days(booked) & before
    hours.come_back(away, by=by, at=clock.now())
    assert _offered_days(booked) == before


def test_only_own_hours_are_offered_and_own_time_is_not(world: Any, booked: Any) -> None:
    by, day = world.enter_as("aino"), _day(10)
    weekdays = [[number, "13:00", "15:00"] for number in range(5)]
    focus = [[number, "14:00", "15:00"] for number in range(5)]
    hours.keep(by=by, at=clock.now(), hours=weekdays, focus=focus, notes=15)
    busy = reading.busy(by, world.clients["devi"].id, day, day)
    free = slots.free(day, minutes=30, busy=busy, after=clock.now())
    assert [(one.hour, one.minute) for one in free] == [(13, 0), (13, 15), (13, 30)]
    clocks = {clock.local(one).hour for one in own_times.offered(booked, clock.now())}
    assert clocks <= {13}


def test_an_offered_time_on_a_day_away_can_be_had_no_more(world: Any) -> None:
    by, day = world.enter_as("aino"), _day()
    offer = making.make(
        world.clients["devi"], by=by, at=clock.now(), starts=[_at(day, 9), _at(_day(12), 9)],
        minutes=45, kind="visit", purpose="coaching", place="Kunnantalo", submission=uuid4(),
    )  # fmt: skip
    assert len(choosing.left(offer, clock.now())) == 2
    hours.go_away(by=by, at=clock.now(), first_on=day, last_on=day, kind="ill")
    assert choosing.left(offer, clock.now()) == [_at(_day(12), 9)]


def test_another_workers_days_close_nothing(world: Any, booked: Any) -> None:
    by = world.enter_as("bengt")
    day = _day(10)
    hours.go_away(by=by, at=clock.now(), first_on=day, last_on=day, kind="ill")
    register = world.areas["lake"].id
    with walls.inside(register):
        assert closed(register, world.people["aino"].id, day, day) == NONE


def test_the_gaps_of_a_day_by_the_wall_clock() -> None:
    own = hours.Own(
        hours.stretches([[6, "09:00", "12:00"]]), hours.stretches([[6, "10:00", "10:30"]]), 0, False
    )
    sunday = date(2027, 3, 28)
    found = closed_times(own, [], sunday, sunday)
    said = [(clock.local(a).strftime("%H:%M"), clock.local(b).strftime("%H:%M")) for a, b in found]
    assert said == [("06:00", "09:00"), ("10:00", "10:30"), ("12:00", "21:00")]
    assert closed_times(None, [], sunday, sunday) == NONE
    whole = closed_times(None, [(sunday, sunday), (sunday, sunday)], sunday, sunday)
    assert len(whole) == 1, "two absences that overlap close a day once"
