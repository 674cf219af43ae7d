"""The calendar worked out a second time, in another way, to be compared with the kernel's.

Easter by the table of paschal full moons (valid 1900 to 2199) instead of arithmetic; working days
by looking up a list of all of them instead of stepping; months by walking from first to first.
"""

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
ONE_DAY = timedelta(days=1)

# The full moon of Easter for the golden numbers 1 to 19, as (month, day).
FULL_MOONS = (
    (4, 14), (4, 3), (3, 23), (4, 11), (3, 31), (4, 18), (4, 8), (3, 28), (4, 16), (4, 5),
    (3, 25), (4, 13), (4, 2), (3, 22), (4, 10), (3, 30), (4, 17), (4, 7), (3, 27),
)  # fmt: skip


def easter(year: int) -> date:
    """The Sunday after the full moon."""
    day = date(year, *FULL_MOONS[year % 19]) + ONE_DAY
    while day.weekday() != 6:
        day += ONE_DAY
    return day


def free_days(year: int) -> set[date]:
    sunday = easter(year)
    days = {date(year, 1, 1), date(year, 12, 24), date(year, 12, 25), date(year, 12, 26)}
    days |= {sunday - 2 * ONE_DAY, sunday + ONE_DAY}
    if not 1973 <= year <= 1990:
        days |= {date(year, 1, 6), sunday + 39 * ONE_DAY}
    if year > 1943:
        days.add(date(year, 5, 1))
    if year > 1918:
        days.add(date(year, 12, 6))
    if year < 1955:
        days |= {date(year, 6, 23), date(year, 6, 24), date(year, 11, 1)}
    else:
        # The Friday before the Saturday that falls on 20 to 26 June.
        (midsummer,) = [
            date(year, 6, day) for day in range(20, 27) if date(year, 6, day).weekday() == 5
        ]
        days.add(midsummer - ONE_DAY)
    return days


@cache
def working_days() -> list[date]:
    free = {day for year in range(1900, 2101) for day in free_days(year)}
    every = (FIRST + n * ONE_DAY for n in range((LAST - FIRST).days + 1))
    return [day for day in every if day.weekday() < 5 and day not in free]


def add_working_days(day: date, count: int) -> date:
    days = working_days()
    return days[bisect_right(days, day) - 1 + count] if count else day


def working_days_between(start: date, end: date) -> int:
    days = working_days()
    return bisect_right(days, end) - bisect_right(days, start)


def add_months(day: date, months: int) -> date:
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + 31 * ONE_DAY).replace(day=1)
    last = (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
    return min(first + (day.day - 1) * ONE_DAY, last)


def days_used(periods: list[tuple[date, date | None]], on: date) -> int:
    """Days of work trial, a calendar month as 30: every day in a set, then walked in order."""
    days: set[date] = set()
    for start, end in periods:
        day = start
        while day <= (end or on):
            days.add(day)
            day += ONE_DAY
    used = 0
    while days:
        first = day = min(days)
        while day in days:
            days.remove(day)
            day += ONE_DAY
        months = 0
        while add_months(first, months + 1) <= day:
            months += 1
        used += 30 * months + (day - add_months(first, months)).days
    return used


def window(neglects: list[date]) -> list[date]:
    """The neglects looked at with the last one: every first of a time is found from the start."""
    left = sorted(neglects)
    while True:
        end = add_months(left[0], 12)
        inside = [day for day in left if day <= end]
        if len(inside) == len(left):
            return left
        left = left[len(inside) :]


def sanction(neglects: list[date]) -> int:
    """Which neglect of its time the last one is."""
    return len(window(neglects))
