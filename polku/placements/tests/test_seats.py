"""A seat is used once on a day; a promise runs out; what a ban hides is told as kept back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from polku.foundation import clock
from polku.placements import seats
from polku.placements.models import SeatUse
from polku.placements.seats import Count, NoSeat
from polku.placements.tests.places import make_opening

MONDAY = date(2026, 12, 7)
FRIDAY = date(2027, 2, 26)


@pytest.fixture
def opening(world: Any) -> Any:
    world.enter()
    return make_opening(world, seats=2)


def hold(opening: Any, start: date = MONDAY, end: date | None = FRIDAY, **more: Any) -> SeatUse:
    return seats.hold(opening, at=clock.now(), starts_on=start, ends_on=end, **more)


def test_seats_are_given_from_the_first_on(opening: Any) -> None:
    assert [hold(opening).seat, hold(opening).seat] == [1, 2]


def test_the_last_seat_is_given_once(opening: Any) -> None:
    hold(opening)
    hold(opening)
    with pytest.raises(NoSeat) as full:
        hold(opening)
    assert full.value.free_from == FRIDAY + timedelta(days=1)


def test_a_seat_is_free_again_on_the_day_after(opening: Any) -> None:
    hold(opening)
    hold(opening)
    later = hold(opening, FRIDAY + timedelta(days=1), None)
    assert later.seat == 1
    with pytest.raises(NoSeat):
        hold(opening, FRIDAY, FRIDAY)


def test_a_promise_runs_out_by_itself(opening: Any) -> None:
    now = clock.now()
    for _ in range(2):
        hold(opening, until=now - timedelta(minutes=1))
    assert counted(opening).free == 2
    assert hold(opening).seat == 1


def test_a_seat_given_back_early_keeps_the_days_that_were(opening: Any) -> None:
    use = hold(opening)
    seats.free([use.id], at=clock.now(), last_day=MONDAY + timedelta(days=10))
    use.refresh_from_db()
    assert (use.over_at, use.ends_on) == (None, MONDAY + timedelta(days=10))
    seats.free([use.id], at=clock.now(), last_day=MONDAY - timedelta(days=1))
    use.refresh_from_db()
    assert use.over_at is not None


def test_counts_tell_free_promised_and_taken(opening: Any) -> None:
    use = hold(opening)
    assert counted(opening) == Count(seats=2, promised=1, taken=0)
    seats.keep(use)
    assert counted(opening) == Count(seats=2, promised=0, taken=1)
    assert counted(opening, MONDAY - timedelta(days=1)).free == 2


def test_a_guarded_seat_counts_as_one_that_the_host_keeps_back(opening: Any) -> None:
    seats.keep(hold(opening), guarded=True)
    assert counted(opening) == Count(seats=1, promised=0, taken=0)


def counted(opening: Any, on: date = MONDAY) -> Count:
    return seats.counts({opening.id: opening.seats}, on=on)[opening.id]
