"""Promise 33 for places: when the clocks change, promises run out and mornings come as ever.

Places have days, and no hours of a clock: nothing is booked at a time that there is not, or twice.
What could shift is when a day begins: the gap is at 3:00 on 28.3.2027, the fold at 4:00 on
31.10.2027, in Helsinki.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicDeferrer

from polku.foundation import clock
from polku.placements import answering, daily, running, seats
from polku.placements.host import links
from polku.placements.models import HostLink, SeatUse
from polku.placements.tests.living import agreed, suggested
from polku.placements.tests.places import make_opening, make_supervisor
from tests.promises.promise import Promise

PROMISE = Promise(
    33,
    "Daylight saving time",
    "every booking at the gap and at the fold: gap times refused with the next valid offered, the "
    "fold asks which; 0 shifted reminders",
    "places, which have days and no hours: promises, seats kept back and links run out, and the "
    "mornings begin, end, ask and remind, around the gap and the fold as in any other week",
)
HELSINKI = ZoneInfo("Europe/Helsinki")
GAP, FOLD, PLAIN = date(2027, 3, 28), date(2027, 10, 31), date(2027, 2, 14)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# The last day to answer, and when the promise runs out: as the day after it is over in Helsinki.
# Worked out by hand.
RUNS_OUT = {
    date(2027, 3, 26): utc("2027-03-27T22:00"),
    date(2027, 3, 27): utc("2027-03-28T21:00"),
    date(2027, 10, 29): utc("2027-10-30T21:00"),
    date(2027, 10, 30): utc("2027-10-31T22:00"),
}
# When it was suggested without a day to answer by, and the same hour a week later. At half past
# three there is none on the day of the gap, and two on that of the fold: the later, the first.
A_WEEK = {
    utc("2027-03-24T12:00"): utc("2027-03-31T11:00"),
    utc("2027-03-21T01:30"): utc("2027-03-28T01:30"),
    utc("2027-10-27T11:00"): utc("2027-11-03T12:00"),
    utc("2027-10-24T00:30"): utc("2027-10-31T00:30"),
}


# When a link was made to a placement whose last day is 11.2.2027, and when it ends: 45 days after
# that, on the day of the gap; or 45 days after it was made, which was at night the day after.
LINKS = (
    (utc("2027-01-10T09:00"), utc("2027-03-28T21:00")),
    (utc("2027-02-11T22:30"), utc("2027-03-29T21:00")),
)


def shifted(world: Any) -> dict[Any, datetime]:
    """Return what runs out at another moment than it should, and when it does."""
    found: dict[Any, datetime] = {}
    for answer_by, ends in RUNS_OUT.items():
        at = utc(f"{answer_by - timedelta(days=5)}T09:00")
        found[answer_by] = _until(world, at, answer_by)
        assert _free(world, ends - timedelta(seconds=1)) == 0 or found[answer_by] != ends
        assert _free(world, ends) == 1 or found[answer_by] != ends
    found |= {at: _until(world, at, None) for at in A_WEEK}
    return {key: ends for key, ends in found.items() if ends != (RUNS_OUT | A_WEEK)[key]}


def _until(world: Any, at: datetime, answer_by: date | None) -> datetime:
    world.enter()
    SeatUse.objects.update(over_at=at)
    with clock.at(at):
        world.opening = make_opening(world)
        use = suggested(world, opening=world.opening, at=at, answer_by=answer_by).use
    assert use is not None and use.until is not None
    use.refresh_from_db()
    return use.until


def _free(world: Any, at: datetime) -> int:
    on = clock.today() + timedelta(days=365)
    use = SeatUse.objects.filter(opening=world.opening)
    use.update(ends_on=None, starts_on=on)
    return seats.counts({world.opening.id: 1}, on=on, now=at)[world.opening.id].free


def test_a_promise_runs_out_at_the_end_of_a_day_or_the_same_hour_a_week_later(world: Any) -> None:
    assert shifted(world) == {}


def test_control_a_clock_that_does_not_change_shifts_them(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "HELSINKI", timezone(timedelta(hours=2)))
    assert set(shifted(world)) >= {date(2027, 3, 27), date(2027, 10, 29)}


@pytest.mark.parametrize("day", [GAP, FOLD])
def test_a_seat_is_kept_back_to_the_end_of_its_last_day(day: date) -> None:
    ends = clock.day_ends(day)
    assert (ends - timedelta(seconds=1)).astimezone(HELSINKI).date() == day
    hours = {GAP: 23, FOLD: 25}[day]
    began = clock.day_ends(day - timedelta(days=1))
    assert ends.astimezone(UTC) - began.astimezone(UTC) == timedelta(hours=hours)


@pytest.mark.parametrize(("at", "ends"), LINKS)
def test_a_link_ends_with_the_45th_day_after_the_last_one(
    world: Any, at: datetime, ends: datetime
) -> None:
    placement = suggested(world, starts_on=date(2027, 1, 4), ends_on=date(2027, 2, 11))
    supervisor = make_supervisor(placement.worksite)
    by = world.enter_as("aino")
    links.make(supervisor, by=by, at=at, purpose="placement", placement=placement)
    assert HostLink.objects.get(supervisor=supervisor.id).expires_at == ends


def moments(around: date) -> list[datetime]:
    """Return when the job queue runs the morning's work in the weeks around a day."""
    first = datetime.combine(around - timedelta(days=20), time(), UTC)
    app.perform_import_paths()
    tasks = app.periodic_registry.periodic_tasks
    (task,) = [one for key, one in tasks.items() if key[0] == "placements_each_morning"]
    asked = PeriodicDeferrer(app.periodic_registry)
    until = (first + timedelta(days=50)).timestamp()
    found = asked.get_timestamps(task, int(first.timestamp()), until)
    return [datetime.fromtimestamp(one, UTC) for one in found]


def by_the_wall(around: date) -> list[datetime]:
    """Return the moments at which a clock on the wall shows half past three."""
    begins = datetime.combine(around - timedelta(days=20), time(0, 30), UTC)
    halves = (begins + timedelta(hours=n) for n in range(50 * 24))
    return [one for one in halves if one.astimezone(HELSINKI).time() == time(3, 30)]


def each_day_once(found: Iterable[datetime]) -> bool:
    days = Counter(one.astimezone(HELSINKI).date() for one in found)
    span = (max(days) - min(days)).days + 1
    return len(days) == span and set(days.values()) == {1}


@pytest.mark.parametrize("around", [GAP, FOLD])
def test_each_day_has_one_morning(around: date) -> None:
    assert each_day_once(moments(around))
    # The control: half past three comes not at all, or twice.
    assert not each_day_once(by_the_wall(around))


def life(world: Any, around: date, mornings: list[datetime]) -> list[tuple[int, str, int]]:
    """Return on which day what was done with a placement whose first day is the given one.

    And with one that is over on that day; the days are counted from it.
    """
    before = utc(f"{around - timedelta(days=14)}T09:00")
    with clock.at(before):
        agreed(world, starts_on=around, ends_on=around + timedelta(days=10))
        other = {"by": "bengt", "client": world.clients["stranger"]}
        first = around - timedelta(days=7)
        suggested(world, starts_on=first, answer_by=around - timedelta(days=2), **other)
    with clock.at(before):
        ending = agreed_again(world, around)
    with clock.at(utc(f"{around - timedelta(days=12)}T09:00")):
        running.start(ending, by=world.enter_as("aino"), at=clock.now())
    said = []
    for at in [one for one in mornings if one > before]:
        with clock.at(at):
            done = daily.run(world.areas["lake"].id, at=at)
        day = (at.astimezone(HELSINKI).date() - around).days
        said += [(day, what, number) for what, number in done.items() if number]
    return said


def agreed_again(world: Any, around: date) -> Any:
    """Agree on a placement in another opening, whose last day is the given one."""
    world.enter()
    opening = make_opening(world)
    return agreed(world, opening=opening, starts_on=around - timedelta(days=13), ends_on=around)


@pytest.mark.parametrize("around", [GAP, FOLD, PLAIN])
def test_what_begins_ends_is_asked_and_reminded_is_not_shifted(world: Any, around: date) -> None:
    usual = [(0, "begun", 1), (0, "freed", 1), (1, "ended", 1), (-3, "asked", 2),
             (3, "reminded", 2), (6, "reminded", 2), (7, "asked", 2), (11, "ended", 1),
             (13, "reminded", 2), (16, "reminded", 2)]  # fmt: skip
    assert sorted(life(world, around, moments(around))) == sorted(usual)


def test_control_a_morning_that_the_gap_swallows_shifts_what_was_due(world: Any) -> None:
    done = life(world, GAP, by_the_wall(GAP))
    assert (1, "begun", 1) in done and (0, "begun", 1) not in done


def test_an_answer_in_the_last_second_is_in_time(world: Any) -> None:
    """On the day of the gap, which is an hour shorter; a second later the seat may be another's."""
    placement = suggested(world, at=utc("2027-03-20T09:00"), answer_by=date(2027, 3, 27))
    late = utc("2027-03-28T20:59:59")
    with clock.at(late):
        aino = world.enter_as("aino")
        kept = answering.answer(placement, by=aino, at=late, answer="yes")
    assert kept.use_id == placement.use_id
