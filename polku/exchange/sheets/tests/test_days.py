"""Days and times: what is read, and what is refused for which reason."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polku.exchange.sheets.dates import read_birth_date, read_date
from polku.exchange.sheets.tests.making import TODAY
from polku.exchange.sheets.times import read_duration, read_time
from polku.exchange.sheets.xlsx_numbers import kind_of_format, moment

FIRST = date(2027, 2, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "1.2.2027",
        "1.2.27",
        "01.02.2027",
        "1. 2. 2027",
        "2027-02-01",
        "2027/2/1",
        "1.2.2027 klo 9.30",
        "1.2.2027 9:30",
        "2027-02-01T09:30:00",
        "ma 1.2.2027",
        "1. helmikuuta 2027",
        "1 februari 2027",
        "1 Feb 2027",
        "20270201",
        "01022027",
        46_419,
        "46419",
    ],
)
def test_the_first_of_february_however_typed(typed: object) -> None:
    assert read_date(typed, TODAY).value == FIRST


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2027-13-01", "date_no_such_month"),
        ("31.2.2027", "date_no_such_day"),
        ("29.2.2027", "date_no_such_day"),
        ("3/4/2027", "date_ambiguous"),
        ("3-4-2027", "date_ambiguous"),
        ("4.2.", "date_without_year"),
        (4.2, "date_without_year"),
        (2027, "date_year_only"),
        ("1.2.0227", "date_out_of_range"),
        ("huomenna", "date_unreadable"),
        (True, "date_unreadable"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(typed: object, code: str) -> None:
    reading = read_date(typed, TODAY)
    assert reading.value is None
    assert [finding.code for finding in reading.findings] == [code]


def test_a_month_first_day_that_can_only_be_one_is_taken_and_said() -> None:
    reading = read_date("4/13/2027", TODAY)
    assert reading.value == date(2027, 4, 13)
    assert reading.findings[0].code == "date_american"


@pytest.mark.parametrize(
    ("typed", "year"), [("1.2.90", 1990), ("1.2.08", 2008), ("1.2.15", 1915), ("010290", 1990)]
)
def test_two_digits_of_a_birth_year_make_a_jobseekers_age(typed: str, year: int) -> None:
    reading = read_birth_date(typed, TODAY)
    if year == 1915:
        assert reading.findings[-1].code == "birth_too_long_ago"
    else:
        assert reading.value.year == year


def test_a_birth_to_come_is_refused() -> None:
    assert read_birth_date("21.11.2026", TODAY).findings[0].code == "birth_to_come"
    assert read_birth_date("20.11.2026", TODAY).value == TODAY


@given(st.dates(date(1985, 1, 1), date(2079, 12, 31)))
def test_every_day_comes_back_from_each_way_of_writing(day: date) -> None:
    ways: list[object] = [
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d.%m.%y}",
        day.isoformat(),
        (day - date(1899, 12, 30)).days,
    ]
    assert {read_date(way, TODAY).value for way in ways} == {day}


@given(st.integers(61, 109_573), st.booleans())
def test_serial_numbers_are_days_in_both_systems(number: int, from_1904: bool) -> None:
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    got = moment(number, "date", from_1904)
    assert isinstance(got, date) and (got - first).days == number


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("d\\.m\\.yyyy", "date"),
        ("pp.kk.vvvv", "date"),
        ("[$-40B]d. mmmm yyyy", "date"),
        ("h:mm", "time"),
        ("[h]:mm", "time"),
        ("0.00", ""),
        ('0 "days"', ""),
        ("General", ""),
        ('[Red]#,##0\\ "kpl"', ""),
    ],
)
def test_formats_that_mean_a_day(code: str, kind: str) -> None:
    assert kind_of_format(164, code) == kind


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("9.30", time(9, 30)),
        ("klo 9:30", time(9, 30)),
        ("kl. 9.30", time(9, 30)),
        ("9", time(9)),
        (9.3, time(9, 30)),
        (0.5, time(12)),
        ("9.30–10.15", (time(9, 30), 45)),
        ("25.00", None),
        ("9.3", None),
        ("aamulla", None),
    ],
)
def test_times_of_day(typed: object, value: object) -> None:
    assert read_time(typed).value == value


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("45 min", 45), ("1,5 h", 90), ("1 h 15 min", 75), ("0:45", 45), (45, 45), (1.5, 90),
     ("pitkä", None), (0, None)],
)  # fmt: skip
def test_lengths_of_time(typed: object, minutes: int | None) -> None:
    assert read_duration(typed).value == minutes
