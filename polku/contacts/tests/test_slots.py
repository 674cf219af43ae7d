"""Free times lie between what is booked, on working days, and are proposed inside the window."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from polku.contacts import slots, times
from polku.foundation import clock

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)
BEFORE = datetime(2026, 11, 20, 8, tzinfo=clock.HELSINKI)


def at(hour, minute=0, day=MONDAY):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.HELSINKI)


def test_nothing_is_free_on_a_sunday_or_a_holiday():
    assert slots.free(SUNDAY, minutes=45, busy=[], after=BEFORE) == []
    assert slots.free(date(2026, 12, 25), minutes=45, busy=[], after=BEFORE) == []


def test_free_times_touch_but_never_overlap_what_is_booked():
    busy = [(at(9), at(9, 45)), (at(13), at(15))]
    found = slots.free(MONDAY, minutes=45, busy=busy, after=BEFORE)
    assert at(8, 15) in found
    assert at(9, 45) in found
    assert not any(slots.overlaps(s, s + timedelta(minutes=45), busy) for s in found)


def test_what_has_gone_by_is_not_free():
    assert min(slots.free(MONDAY, minutes=30, busy=[], after=at(10, 5))) == at(10, 15)


def test_the_next_free_times_are_near_the_wished_one():
    busy = [(at(9), at(9, 45))]
    found = slots.next_free(at(9), minutes=45, busy=busy, after=BEFORE)
    assert found[0] == at(8, 15)
    assert found[1] == at(9, 45)
    assert len(found) == 4


def test_proposals_stay_inside_the_window():
    found = slots.propose(MONDAY, MONDAY + timedelta(days=14), minutes=45, busy=[], after=BEFORE)
    days = [clock.local(start).date() for start in found]
    assert len(set(days)) == 4
    assert all(MONDAY <= day <= MONDAY + timedelta(days=14) for day in days)


def test_a_full_window_proposes_nothing():
    busy = [(at(0), at(0) + timedelta(days=20))]
    assert (
        slots.propose(MONDAY, MONDAY + timedelta(days=9), minutes=45, busy=busy, after=BEFORE) == []
    )


def test_a_time_that_the_clock_skips_is_refused():
    from datetime import time

    with pytest.raises(times.NoSuchTime):
        times.moment(date(2027, 3, 28), time(3, 30))
    assert times.moment(date(2027, 3, 28), time(4, 0)).utcoffset() == timedelta(hours=3)


def test_minutes_are_true_minutes_where_the_clock_is_turned():
    from datetime import time

    starts, ends = times.span(times.moment(date(2027, 10, 31), time(2, 30)), 90)
    assert times.minutes_between(starts, ends) == 90


@pytest.mark.parametrize("seed", range(20))
def test_free_times_are_those_that_meet_nothing(seed):
    random = Random(seed)
    day = MONDAY + timedelta(days=random.randrange(5))
    busy = []
    for _ in range(random.randrange(60)):
        start = at(0) + timedelta(minutes=random.randrange(0, 7 * 24 * 60, 5))
        end = start + timedelta(minutes=random.randrange(5, 2_000))
        busy.append((start.astimezone(UTC), end.astimezone(UTC)))
    minutes, after = random.choice((15, 30, 45, 90)), at(random.randrange(24), day=day)
    lunch = [(at(11, 15, day), at(12, 0, day))]
    every = [at(8, day=day) + nth * slots.STEP for nth in range(32)]
    wanted = [
        start
        for start in every
        if start > after
        and start + timedelta(minutes=minutes) <= at(16, day=day)
        and not slots.overlaps(start, start + timedelta(minutes=minutes), [*busy, *lunch])
    ]
    assert slots.free(day, minutes=minutes, busy=busy, after=after.astimezone(UTC)) == wanted
