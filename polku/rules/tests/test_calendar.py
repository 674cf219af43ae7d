"""The calendar, 1900 to 2100, against two others: a second way of our own and the usual library."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.rules import NoValueOnDate
from polku.rules.calendar import (
    add_months,
    add_working_days,
    easter_sunday,
    free_days_between,
    free_weekdays,
    is_working_day,
    working_days_between,
)
from polku.rules.tests import second_way

holidays = pytest.importorskip("holidays")

# The machine may be busy: a slow example is no failure.
unhurried = settings(deadline=None)
YEARS = range(1900, 2101)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def by_library(year: int) -> set[date]:
    found = holidays.country_holidays("FI", years=year)
    return {day for day in found if day.weekday() < 5}


def test_free_days_are_those_of_the_library_in_every_year() -> None:
    assert [year for year in YEARS if set(free_weekdays(year)) != by_library(year)] == []


def test_working_days_are_those_of_the_second_way_on_every_day() -> None:
    day, found = second_way.FIRST, []
    while day <= second_way.LAST:
        if is_working_day(day):
            found.append(day)
        day += timedelta(days=1)
    assert found == second_way.working_days()


def test_easter_is_that_of_the_table_of_full_moons() -> None:
    assert [year for year in YEARS if easter_sunday(year) != second_way.easter(year)] == []


@pytest.mark.parametrize("name", ["Midsummer Eve", "Christmas Eve", "Epiphany", "Easter Monday"])
def test_comparison_notices_when_a_holiday_is_forgotten(name: str) -> None:
    """The control: without this holiday the comparison above would fail."""
    without = {
        year: {day for day, holiday in free_weekdays(year).items() if holiday != name}
        for year in YEARS
    }
    assert [year for year in YEARS if without[year] != by_library(year)]


@unhurried
@given(DAYS, st.integers(0, 250))
def test_adding_working_days_agrees_with_the_second_way(day: date, count: int) -> None:
    assert add_working_days(day, count) == second_way.add_working_days(day, count)


@unhurried
@given(DAYS, DAYS)
def test_counting_working_days_agrees_with_the_second_way(start: date, end: date) -> None:
    assert working_days_between(start, end) == second_way.working_days_between(start, end)


@unhurried
@given(DAYS, st.integers(0, 250))
def test_counting_undoes_adding(day: date, count: int) -> None:
    assert working_days_between(day, add_working_days(day, count)) == count


@unhurried
@given(DAYS, st.integers(1, 60))
def test_a_deadline_always_falls_on_a_working_day(day: date, count: int) -> None:
    assert is_working_day(add_working_days(day, count))


@unhurried
@given(st.dates(date(1900, 1, 1), date(2090, 12, 31)), st.integers(0, 120))
def test_adding_months_agrees_with_the_second_way(day: date, months: int) -> None:
    assert add_months(day, months) == second_way.add_months(day, months)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(1999, 11, 30), 3, date(2000, 2, 29)),
        (date(1899 + 200, 11, 30), 3, date(2100, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


def test_eves_that_are_not_free_by_law_are_working_days() -> None:
    assert is_working_day(date(2025, 12, 31))  # New Year's Eve
    assert is_working_day(date(2026, 4, 2))  # Maundy Thursday
    assert is_working_day(date(2026, 4, 30))  # May Day Eve
    assert not is_working_day(date(2026, 12, 24))
    assert not is_working_day(date(2026, 6, 19))


def test_free_days_come_with_their_names() -> None:
    assert free_days_between(date(2025, 12, 24), date(2026, 1, 6)) == [
        (date(2025, 12, 25), "Christmas Day"),
        (date(2025, 12, 26), "St Stephen's Day"),
        (date(2026, 1, 1), "New Year's Day"),
        (date(2026, 1, 6), "Epiphany"),
    ]


def test_zero_working_days_is_the_day_itself_even_on_a_sunday() -> None:
    assert add_working_days(date(2026, 1, 4), 0) == date(2026, 1, 4)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards only"):
        add_working_days(date(2026, 1, 5), -1)


def test_calendar_ends_with_a_sentence_instead_of_a_guess() -> None:
    with pytest.raises(NoValueOnDate, match="reaches from 1900 to 2100"):
        add_working_days(date(2100, 12, 30), 10)
    with pytest.raises(NoValueOnDate, match="the year 2101 is outside"):
        add_months(date(2100, 11, 1), 3)
    with pytest.raises(NoValueOnDate):
        is_working_day(date(1899, 12, 29))


@pytest.mark.parametrize(
    ("eve", "day"),
    [
        # Until 1954 on 23 and 24 June, whatever the day of the week.
        (date(1953, 6, 23), date(1953, 6, 24)),
        (date(1954, 6, 23), date(1954, 6, 24)),
        # From 1955 on the Friday and the Saturday between 19 and 26 June.
        (date(1955, 6, 24), date(1955, 6, 25)),
        (date(2020, 6, 19), date(2020, 6, 20)),
        (date(2026, 6, 19), date(2026, 6, 20)),
    ],
)
def test_midsummer_and_its_eve_are_free_by_the_rule_of_their_time(eve: date, day: date) -> None:
    assert not is_working_day(eve)
    assert not is_working_day(day)
    assert is_working_day(date(1955, 6, 23))
    assert is_working_day(date(1956, 6, 25))


def test_every_week_of_the_calendar_has_the_days_left_of_five_also_week_53() -> None:
    """A third way, by weeks: five days less those that the second way calls free."""
    free = {day for year in YEARS for day in second_way.free_days(year)}
    weeks_53 = 0
    for year in range(1901, 2100):
        for week in range(1, date(year, 12, 28).isocalendar().week + 1):
            monday = date.fromisocalendar(year, week, 1)
            days = [monday + timedelta(days=n) for n in range(5)]
            counted = working_days_between(monday - timedelta(days=1), monday + timedelta(days=6))
            assert counted == len(set(days) - free), (year, week)
            weeks_53 += week == 53
    # A year has a week 53 when it begins on a Thursday, or on a Wednesday before a leap day.
    thursdays = sum(date(year, 1, 1).weekday() == 3 for year in range(1901, 2100))
    wednesdays = sum(date(year, 1, 1).weekday() == 2 for year in range(1904, 2100, 4))
    assert weeks_53 == thursdays + wednesdays


# Five years before the last of the calendar: so many months are counted on from there.
LEAP_DAYS = st.sampled_from([date(year, 2, 29) for year in range(1904, 2093, 4)])


@unhurried
@given(LEAP_DAYS, st.integers(0, 30), st.integers(0, 60))
def test_over_a_leap_day_the_two_ways_agree(leap: date, before: int, count: int) -> None:
    day = leap - timedelta(days=before)
    assert add_working_days(day, count) == second_way.add_working_days(day, count)
    assert add_months(leap, count) == second_way.add_months(leap, count)


TURNS = st.builds(
    lambda year, day: date(year, 12, day), st.integers(1900, 2098), st.integers(18, 31)
)


@unhurried
@given(TURNS, st.integers(0, 20))
def test_over_christmas_and_the_turn_of_the_year_the_two_ways_agree(day: date, count: int) -> None:
    assert add_working_days(day, count) == second_way.add_working_days(day, count)


@pytest.mark.parametrize("year", [1900, 2100])
def test_century_without_a_leap_day(year: int) -> None:
    assert add_months(date(year, 1, 31), 1) == date(year, 2, 28)
    assert working_days_between(date(year, 2, 1), date(year, 3, 1)) == (
        second_way.working_days_between(date(year, 2, 1), date(year, 3, 1))
    )
