"""The two dates of the service process, for every day of the law and beside a second way."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.rules import NoValueOnDate, ask, discussion_due, interview_due
from polku.rules.tests import second_way

# The machine may be busy: a slow example is no failure.
unhurried = settings(deadline=None)
ON = date(2026, 11, 21)
MODEL_BEGAN = date(2022, 5, 2)
DAYS = st.dates(MODEL_BEGAN, date(2099, 12, 31))


def interview(registered: date) -> date:
    value: date = ask("initial_interview_due", on=ON, facts={"registered": registered}).value
    return value


@unhurried
@given(DAYS)
def test_interview_is_5_working_days_away_and_10_from_2026_on(registered: date) -> None:
    count = 5 if registered.year < 2026 else 10
    assert interview(registered) == second_way.add_working_days(registered, count)


@unhurried
@given(DAYS)
def test_discussion_is_three_months_away(last: date) -> None:
    answer = ask("job_search_discussion_due", on=ON, facts={"last_discussion": last})
    assert answer.value == second_way.add_months(last, 3)


@unhurried
@given(DAYS)
def test_plain_functions_say_the_same_as_the_rules(day: date) -> None:
    assert interview_due(day) == interview(day)
    by_rule = ask("job_search_discussion_due", on=ON, facts={"initial_interview": day})
    assert discussion_due(day) == by_rule.value


def test_switch_from_5_to_10_days_stands_at_the_turn_of_2026_and_nowhere_else() -> None:
    for shift in range(-7, 8):
        registered = date(2026, 1, 1) + timedelta(days=shift)
        count = 5 if shift < 0 else 10
        assert interview(registered) == second_way.add_working_days(registered, count), registered


def test_day_asked_about_does_not_change_a_process_that_has_begun() -> None:
    facts = {"registered": "2025-12-29"}
    before = ask("initial_interview_due", on=date(2025, 12, 29), facts=facts)
    after = ask("initial_interview_due", on=date(2026, 3, 1), facts=facts)
    assert before.value == after.value == date(2026, 1, 7)
    assert (after.valid_from, after.valid_to) == (MODEL_BEGAN, date(2025, 12, 31))


@unhurried
@given(st.dates(date(1900, 1, 1), date(2022, 5, 1)))
def test_before_the_model_nothing_is_answered(day: date) -> None:
    with pytest.raises(NoValueOnDate, match="2022-05-02"):
        interview_due(day)
    with pytest.raises(NoValueOnDate):
        discussion_due(day)


def test_registering_later_never_makes_the_interview_due_earlier() -> None:
    day, previous = MODEL_BEGAN, date.min
    while day.year < 2035:
        assert interview_due(day) >= previous
        previous, day = interview_due(day), day + timedelta(days=1)


def test_whole_register_of_300_000_takes_less_than_a_second() -> None:
    days = [date(2024, 1, 1) + timedelta(days=n % 1000) for n in range(300_000)]
    began = perf_counter()
    assert len(list(map(interview_due, days))) == len(list(map(discussion_due, days))) == 300_000
    assert perf_counter() - began < 1.0
