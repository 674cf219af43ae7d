"""Promise 34: leap days, week 53, ends of months and public holidays, each beside a second way.

The second way (`polku.rules.tests.second_way`) shares nothing with the calendar of the rules: lists
of days that are looked up instead of arithmetic, and Easter by the table of full moons.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.clients.models import Client
from polku.foundation import clock
from polku.rules import ask, calendar
from polku.rules.tests import second_way
from tests.promises.promise import Promise, reached

PROMISE = Promise(
    34,
    "Leap day and calendar edges",
    "29.2.2028 + 1 year, born 29.2., week 53, month ends, public holidays, working days; "
    "Hypothesis 1900 to 2100: 0 disagreements with a second, independent way",
    "the edges of each year from 1900 to 2100, and 300 days anywhere of each of five countings; "
    "the pages of a client born on a leap day and of week 53",
)
FIRST, LAST = date(1901, 1, 1), date(2090, 12, 31)
DAYS = st.dates(FIRST, LAST)
IN_CI, FULL = 300, 20_000
DAY = timedelta(days=1)

Way = tuple[Callable[..., Any], Callable[..., Any]]
# What is counted, the product's way and the second one.
WAYS: dict[str, Way] = {
    "so many working days later": (calendar.add_working_days, second_way.add_working_days),
    "months later": (calendar.add_months, second_way.add_months),
    "working days between": (
        lambda day, n: calendar.working_days_between(day, day + n * DAY),
        lambda day, n: second_way.working_days_between(day, day + n * DAY),
    ),
    "weeks later": (calendar.add_weeks, lambda day, n: day + 7 * n * DAY),
    "years of age": (
        lambda day, n: Client(born=day).age_on(around_a_birthday(day, n)),
        lambda day, n: birthdays(day, around_a_birthday(day, n)),
    ),
}


def around_a_birthday(born: date, n: int) -> date:
    return born + (n * 1461 // 4) * DAY


def birthdays(born: date, day: date) -> int:
    """Count the birthdays one by one; of a leap day the one after, where there is none."""
    found = 0
    for year in range(born.year + 1, day.year + 1):
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = date(year, 3, 1)
        found += birthday <= day
    return found


def edges() -> list[date]:
    """Return the days around each year's edges: February's end, the year's turn, Easter, summer."""
    found: set[date] = set()
    for year in range(FIRST.year, LAST.year + 1):
        last = [date(year, month, 1) - DAY for month in range(2, 13)] + [date(year, 12, 31)]
        easter = second_way.easter(year)
        near = [*last, date(year, 3, 1), date(year, 1, 5), date(year, 12, 23), easter,
                easter + 39 * DAY, date(year, 6, 20)]  # fmt: skip
        found |= {day + n * DAY for day in near for n in (-1, 0, 1)}
    return sorted(day for day in found if FIRST <= day <= LAST)


def disagreements(what: str) -> list[tuple[date, int]]:
    """Return the edges at which the two ways disagree."""
    ours, other = WAYS[what]
    return [(day, n) for day in edges() for n in (0, 1, 5, 10, 12) if ours(day, n) != other(day, n)]


@pytest.mark.parametrize("what", WAYS)
def test_at_every_edge_the_two_ways_agree(what: str) -> None:
    assert disagreements(what) == []


def anywhere(examples: int) -> None:
    @settings(deadline=None, max_examples=examples)
    @given(DAYS, st.integers(0, 110))
    def compared(day: date, n: int) -> None:
        for ours, other in WAYS.values():
            assert ours(day, n) == other(day, n), (day, n)

    compared()


def test_anywhere_the_two_ways_agree() -> None:
    anywhere(IN_CI)


@pytest.mark.torture(promise=34)
def test_anywhere_at_full_size() -> None:
    anywhere(FULL)
    reached(34, f"{FULL * len(WAYS)} countings and {len(edges())} edges, 0 disagreements")


@pytest.mark.parametrize("holiday", ["12-06", "05-01"])
def test_control_a_forgotten_holiday_is_noticed(monkeypatch: Any, holiday: str) -> None:
    month, day = map(int, holiday.split("-"))
    known = calendar.free_weekdays
    monkeypatch.setattr(
        calendar, "free_weekdays",
        lambda year: {d: n for d, n in known(year).items() if (d.month, d.day) != (month, day)},
    )  # fmt: skip
    monkeypatch.setattr(calendar, "_counted", calendar._counted.__wrapped__)
    assert disagreements("so many working days later")


def test_control_a_year_of_365_days_is_noticed(monkeypatch: Any) -> None:
    monkeypatch.setitem(
        WAYS, "years of age", (lambda day, n: (n * 1461 // 4) // 365, WAYS["years of age"][1])
    )
    assert disagreements("years of age")


def test_a_year_after_the_leap_day() -> None:
    leap = date(2028, 2, 29)
    assert calendar.add_months(leap, 12) == date(2029, 2, 28)
    assert calendar.add_months(leap, 48) == date(2032, 2, 29)
    # Three months' discussion from the last of November falls on the last of February.
    facts = {"last_discussion": date(2027, 11, 30)}
    assert ask("job_search_discussion_due", on=date(2027, 12, 1), facts=facts).value == leap


LEAP = next(y for y in range(clock.today().year + 2, 3000) if y % 4 == 0 and y % 100)


@pytest.mark.parametrize(
    ("today", "years"),
    [(date(LEAP - 1, 2, 28), 22), (date(LEAP - 1, 3, 1), 23), (date(LEAP, 2, 28), 23),
     (date(LEAP, 2, 29), 24)],
    ids=["not yet", "the day after", "in the leap year not yet", "on the day"],
)  # fmt: skip
def test_the_page_of_somebody_born_on_a_leap_day(world: Any, today: date, years: int) -> None:
    world.enter("lake")
    client = world.clients["devi"]
    Client.objects.filter(pk=client.id).update(born=date(LEAP - 24, 2, 29))
    with clock.at(clock.day_begins(today) + timedelta(hours=9)):
        browser = world.browser("aino", HTTP_ACCEPT_LANGUAGE="en")
        text = browser.get(f"/clients/{client.id}/").content.decode()
    assert f"{years} y" in text and f"{years + 1} y" not in text and f"{years - 1} y" not in text


def test_week_53_has_a_page_and_its_days_are_counted(world: Any) -> None:
    monday = clock.today() + 14 * DAY
    while monday.isocalendar()[1:] != (53, 1):
        monday += DAY
    with clock.at(clock.day_begins(monday - 4 * DAY) + timedelta(hours=9)):
        browser = world.browser("aino", HTTP_ACCEPT_LANGUAGE="en")
        text = browser.get(f"/week/?from={monday.isoformat()}").content.decode()
    assert "Week 53" in text and (monday + 7 * DAY).isocalendar()[1] == 1
    for n in range(14):
        day = monday + n * DAY
        assert calendar.add_working_days(day, 1) == second_way.add_working_days(day, 1)
