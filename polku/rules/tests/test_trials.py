"""Time used by work trials, beside a second way: days in a set, months walked one by one."""

from datetime import date, timedelta
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.rules import NoValueOnDate, Trial, ask, trial_months_left
from polku.rules.calendar import add_months
from polku.rules.tests import second_way
from polku.rules.trials import DAYS_OF_A_MONTH, Limit, length, limits_for, stretches

# The machine may be busy: a slow example is no failure.
unhurried = settings(deadline=None)
# Looking for the last day takes milliseconds, and the whole room's tests are to take seconds.
fewer = settings(deadline=None, max_examples=30)
ON = date(2026, 11, 21)
MONTHS = {"in_all": 12, "at_host": 6, "at_municipality": 12, "in_task_at_municipality": 6}
DAYS = st.dates(date(2022, 1, 1), date(2028, 12, 31))


def a_trial(host: str, task: str, start: date, days: int | None) -> Trial:
    return Trial(host, task, start, None if days is None else start + timedelta(days=days))


TRIALS = st.lists(
    st.builds(
        a_trial,
        st.sampled_from(["Kahvila", "Kunta"]),
        st.sampled_from(["kitchen", "garden"]),
        DAYS,
        st.none() | st.integers(0, 300),
    ),
    max_size=5,
)


def left(trials: Any, on: date = ON, **more: Any) -> Any:
    facts = {"host": "Kunta", "task": "kitchen", "host_is_municipality": True, **more}
    return ask("work_trial_left", on=on, facts={**facts, "periods": trials}).value


@unhurried
@given(TRIALS)
def test_time_used_agrees_with_the_second_way(trials: list[Trial]) -> None:
    used = Limit(12, tuple(trials)).used(ON)
    assert used.all_days == second_way.days_used([(one.start, one.end) for one in trials], ON)
    assert 0 <= used.days < DAYS_OF_A_MONTH


@fewer
@given(TRIALS)
def test_each_limit_counts_its_own_periods(trials: list[Trial]) -> None:
    def of(kept: list[Trial], months: int) -> float:
        used = second_way.days_used([(one.start, one.end) for one in kept], ON)
        return round(max(0, months * 30 - used) / 30, 2)

    here = [one for one in trials if one.host == "Kunta"]
    value = left(trials)
    assert value["months_left_in_all"] == of(trials, 12)
    assert value["months_left_at_host"] == of(here, 12)
    assert value["months_left_in_task"] == of([one for one in here if one.task == "kitchen"], 6)
    assert left(trials, host_is_municipality=False)["months_left_at_host"] == of(here, 6)


@fewer
@given(TRIALS, DAYS)
def test_the_day_after_the_last_one_would_break_a_limit(trials: list[Trial], on: date) -> None:
    value = left(trials, on=on)
    last = value["ends_at_latest"]
    limits = limits_for(trials, "Kunta", "kitchen", True, MONTHS)
    if last is None:
        assert value["months_left"] == 0
        last = on - timedelta(days=1)
    else:
        within = Trial("Kunta", "kitchen", on, last)
        assert all(limit.allows(on, within) for limit in limits)
    beyond = Trial("Kunta", "kitchen", on, last + timedelta(days=1))
    assert not all(limit.allows(on, beyond) for limit in limits)


@fewer
@given(TRIALS, st.randoms(use_true_random=False), DAYS)
def test_order_and_doubled_periods_change_nothing(
    trials: list[Trial], chance: Any, on: date
) -> None:
    mixed = trials * 2
    chance.shuffle(mixed)
    assert left(mixed, on=on) == left(trials, on=on)


@fewer
@given(DAYS, st.integers(1, 200), st.data())
def test_a_period_cut_in_two_is_still_one(start: date, days: int, data: Any) -> None:
    cut = data.draw(st.integers(0, days - 1))
    whole = [a_trial("Kunta", "kitchen", start, days)]
    parts = [
        a_trial("Kunta", "kitchen", start, cut),
        a_trial("Kunta", "kitchen", start + timedelta(days=cut + 1), days - cut - 1),
    ]
    assert stretches(parts, ON) == stretches(whole, ON)
    assert left(parts, on=start) == left(whole, on=start)


@unhurried
@given(DAYS, st.integers(0, 180))
def test_a_running_trial_ends_six_months_after_it_began(start: date, later: int) -> None:
    """To the day, whatever day it is asked: 30-day months enter only between stretches."""
    last = second_way.add_months(start, 6) - timedelta(days=1)
    on = min(start + timedelta(days=later), last)
    assert left([Trial("Kunta", "kitchen", start)], on=on)["ends_at_latest"] == last


@unhurried
@given(DAYS, st.integers(1, 14))
def test_whole_months_are_whole(start: date, months: int) -> None:
    assert length(start, add_months(start, months) - timedelta(days=1)) == (months, 0)


@fewer
@given(TRIALS)
def test_plain_function_says_the_same_as_the_rule(trials: list[Trial]) -> None:
    place: dict[str, Any] = {"host": "Kunta", "task": "kitchen", "host_is_municipality": True}
    assert trial_months_left(trials, on=ON, **place) == left(trials)["months_left"]


def test_plain_function_refuses_a_day_whose_law_is_not_known() -> None:
    with pytest.raises(NoValueOnDate, match="2013-01-01"):
        trial_months_left([], on=date(2012, 12, 31), host="a", task="b", host_is_municipality=False)


def test_calendar_ends_with_a_sentence_instead_of_a_guess() -> None:
    with pytest.raises(NoValueOnDate, match="reaches from 1900 to 2100"):
        left([], on=date(2099, 6, 1))


def test_ten_thousand_persons_take_less_than_two_seconds() -> None:
    trials = [a_trial("Kunta", "kitchen", date(2025, 1, 1), 40), a_trial("x", "y", ON, 90)]
    began = perf_counter()
    for _ in range(10_000):
        trial_months_left(trials, on=ON, host="Kunta", task="z", host_is_municipality=True)
    assert perf_counter() - began < 2.0
