"""The time is the database's, counted on by the machine's steady clock."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from polku.foundation import clock, told_time, walls

TOLD = datetime(2031, 5, 12, 6, 0, tzinfo=UTC)
FAR = datetime(1, 1, 2, tzinfo=UTC)


class Machine:
    """A machine whose two clocks a test sets, in seconds."""

    def __init__(self) -> None:
        self.steady, self.own = 100.0, 5_000.0

    def waits(self, seconds: float) -> None:
        self.steady += seconds
        self.own += seconds


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    found = Machine()
    monkeypatch.setattr(clock, "_steady", lambda: found.steady)
    monkeypatch.setattr(time, "time", lambda: found.own)
    monkeypatch.setattr(clock, "_told", None)
    monkeypatch.setattr(clock, "_latest", FAR)
    yield found


def test_the_told_time_counts_on_whatever_the_own_clock_shows(machine: Machine) -> None:
    clock.tell(TOLD)
    machine.waits(90)
    machine.own -= 3600
    assert clock.now() == TOLD + timedelta(seconds=90)


def test_before_it_is_told_a_process_goes_by_its_machine_and_doubts(machine: Machine) -> None:
    own = datetime.now(tz=UTC)  # noqa: TID251
    assert abs(clock.now() - own) < timedelta(minutes=1)
    assert clock.is_doubtful()


@pytest.mark.parametrize("set_by", [3600, -3600, 2])
def test_a_clock_that_was_set_is_doubted_until_told_anew(machine: Machine, set_by: int) -> None:
    clock.tell(TOLD)
    machine.waits(3600)
    assert not clock.is_doubtful()
    machine.own += set_by
    assert clock.is_doubtful()
    clock.tell(TOLD + timedelta(hours=1))
    assert not clock.is_doubtful()


def test_nobody_sees_time_go_back_for_a_slow_answer(machine: Machine) -> None:
    clock.tell(TOLD)
    machine.waits(10)
    before = clock.now()
    clock.tell(TOLD + timedelta(seconds=9.8))
    assert clock.now() == before
    machine.waits(1)
    assert clock.now() == TOLD + timedelta(seconds=10.8)


def test_a_time_that_was_wrong_by_more_is_left(machine: Machine) -> None:
    clock.tell(TOLD + timedelta(hours=1))
    assert clock.now() == TOLD + timedelta(hours=1)
    clock.tell(TOLD)
    assert clock.now() == TOLD


def test_what_a_test_sets_comes_first(machine: Machine) -> None:
    clock.tell(TOLD)
    with clock.at(TOLD - timedelta(days=1)):
        assert clock.now() == TOLD - timedelta(days=1)


def test_each_request_and_job_is_told_without_a_statement_of_its_own(
    world: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    told: list[datetime] = []
    monkeypatch.setattr(clock, "tell", told.append)
    with django_assert_num_queries(1):
        walls.enter(register=world.areas["lake"].id)
    assert len(told) == 1
    told_time.on_connecting(connection)
    assert len(told) == 2 and told[1] >= told[0]


def test_a_session_is_read_by_a_time_that_is_not_doubted(
    world: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        told_time.ask_if_doubtful()
    monkeypatch.setattr(clock, "is_doubtful", lambda: True)
    with django_assert_num_queries(1):
        told_time.ask_if_doubtful()


def test_a_day_begins_and_ends_in_helsinki_also_where_the_clock_is_turned() -> None:
    spring, autumn = date(2027, 3, 28), date(2027, 10, 31)
    assert clock.day_begins(spring).astimezone(UTC) == datetime(2027, 3, 27, 22, tzinfo=UTC)
    for day, hours in ((spring, 23), (autumn, 25), (date(2027, 5, 12), 24)):
        begins, ends = (at(day).astimezone(UTC) for at in (clock.day_begins, clock.day_ends))
        assert ends - begins == timedelta(hours=hours)
        assert clock.local(begins).date() == day == clock.local(ends).date() - timedelta(days=1)


def own_midnights(files: dict[str, str]) -> set[str]:
    """Return which files make a moment of a day's midnight by themselves."""
    found = re.compile(
        r"(combine|moment)\([^\n]*, (time\(0?\)|time\.min|\w+\.min\.time)|replace\(hour=0,"
    )
    return {name for name, text in files.items() if found.search(text)}


def test_no_room_says_by_itself_when_a_day_begins() -> None:
    polku = Path(__file__).parents[2]
    files = {
        str(path.relative_to(polku)): path.read_text()
        for path in polku.rglob("*.py")
        if "tests" not in path.parts
    }
    assert own_midnights(files) == set()
    own = (
        "datetime.combine(day - BACK, datetime.min.time(), tzinfo=at.tzinfo)",
        "datetime.combine(day, time(), clock.HELSINKI)",
        "times.moment(day, time(0))",
        "clock.local(at).replace(hour=0, minute=0)",
    )
    for line in own:
        assert own_midnights(files | {"statements/facts.py": line}) == {"statements/facts.py"}
