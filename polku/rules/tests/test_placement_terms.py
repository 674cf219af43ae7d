"""Work trials, rehabilitative work and subsidies: whole grids, each said in a second way."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.rules import BadFact, ask
from polku.rules.hosts import HOSTS

unhurried = settings(deadline=None)
SUBSIDY_READ = date(2023, 10, 1)
HOURS = st.integers(0, 96).map(lambda quarters: quarters / 4)
PAY = st.integers(0, 1_000_000).map(lambda cents: cents / 100)


def value(rule: str, on: date, **facts: Any) -> Any:
    return ask(rule, on=on, facts=facts).value


@unhurried
@given(st.sampled_from(sorted(HOSTS)), HOURS, st.integers(0, 7), st.dates(date(2013, 1, 1)))
def test_work_trial_on_the_whole_grid(kind: str, hours: float, days: int, on: date) -> None:
    answer = ask(
        "work_trial_allowed",
        on=on,
        facts={"host_kind": kind, "hours_a_day": hours, "days_a_week": days},
    )
    private = kind in {"household", "private_person"}
    assert answer.value == (not private and days in range(1, 6) and 16 <= hours * 4 <= 32)
    assert answer.verified == (on.year < 2025)


@unhurried
@given(
    st.sampled_from(sorted(HOSTS)), HOURS, st.integers(0, 7), st.integers(0, 120),
    st.dates(date(2014, 1, 1)),
)  # fmt: skip
def test_rehabilitative_work_on_the_whole_grid(
    kind: str, hours: float, days: int, quarters: int, on: date
) -> None:
    answer = ask(
        "rehabilitative_work_allowed",
        on=on,
        facts={
            "host_kind": kind, "hours_a_day": hours, "days_a_week": days, "months": quarters / 4,
        },
    )  # fmt: skip
    older = on.toordinal() < date(2015, 7, 1).toordinal()
    refused = {"company", "trader", "household", "private_person"}
    assert answer.value == (
        kind not in refused
        and hours in {n / 4 for n in range(16, 33)}
        and days in range(1, 6 if older else 5)
        and quarters in range(12, 97)
    )
    assert answer.verified is not older


def cents(pay: float, percent: int, cap: int) -> int:
    """The subsidy in cents by exact fractions, half a cent upwards."""
    exact = Fraction(str(pay)) * percent
    return min(int(exact + Fraction(1, 2)), cap * 100)


@unhurried
@given(st.sampled_from(sorted(HOSTS)), st.booleans(), PAY, st.integers(1, 100))
def test_pay_subsidy_on_the_whole_grid(kind: str, reduced: bool, pay: float, share: int) -> None:
    found = value(
        "pay_subsidy",
        SUBSIDY_READ,
        host_kind=kind,
        reduced_work_ability=reduced,
        pay_a_month=pay,
        share_of_full_time=share / 100,
    )
    if kind in {"household", "private_person"}:
        assert found == {"percent": 0, "cap": 0, "subsidy_a_month": 0}
    elif kind == "state" or (kind == "workshop" and share <= 65):
        assert set(found.values()) == {None}
    else:
        percent, cap = (70, 1770) if reduced else (50, 1260)
        if kind in {"association", "foundation", "religious_community"} and share <= 65:
            percent, cap = 100, 2020
        assert (found["percent"], found["cap"]) == (percent, cap)
        assert round(found["subsidy_a_month"] * 100) == cents(pay, percent, cap)


@unhurried
@given(st.integers(0, 130), st.integers(0, 112), st.integers(0, 200), PAY)
def test_employment_subsidy_on_the_whole_grid(
    age: int, quarters: int, hours: int, pay: float
) -> None:
    found = value(
        "employment_subsidy_55",
        SUBSIDY_READ,
        age=age,
        unemployed_months_of_28=quarters / 4,
        hours_a_week=hours / 4 if hours else 0,
        pay_a_month=pay,
    )
    allowed = age > 54 and quarters > 95 and hours > 99
    assert found["allowed"] is allowed
    assert round(found["subsidy_a_month"] * 100) == (cents(pay, 70, 1770) if allowed else 0)
    assert (found["percent"], found["cap"], found["months_at_most"]) == (70, 1770, 10)


@pytest.mark.parametrize(
    "pay", [-0.01, 1_000_000.01, float("nan"), float("inf"), True, "2000", [1]]
)
def test_what_is_no_pay_is_refused(pay: object) -> None:
    with pytest.raises(BadFact, match="pay_a_month must be a number from 0 to 1000000"):
        value(
            "employment_subsidy_55", SUBSIDY_READ,
            age=60, unemployed_months_of_28=28, hours_a_week=30, pay_a_month=pay,
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["Company", "", 1, True])
def test_kind_of_host_is_one_of_those_known(kind: object) -> None:
    facts = {"host_kind": kind, "hours_a_day": 6, "days_a_week": 5}
    with pytest.raises(BadFact, match="host_kind must be one of company, trader"):
        ask("work_trial_allowed", on=SUBSIDY_READ, facts=facts)


@pytest.mark.parametrize(
    ("periods", "sentence"),
    [
        ("2026-01-05", "a list of at most 200 periods"),
        ({}, "a list of at most 200 periods"),
        ([{}] * 201, "a list of at most 200 periods"),
        ([None], "must have host, task, start and end in each"),
        ([{"host": "a", "task": "b"}], "must have host, task, start and end in each"),
        ([{"host": 1, "task": "b", "start": "2026-01-05"}], "texts and dates"),
        ([{"host": "a", "task": "b", "start": "5.1.2026"}], "texts and dates"),
        ([{"host": "a", "task": "b", "start": None}], "texts and dates"),
        ([{"host": "a", "task": "b", "start": "9999-12-31"}], "outside the years 1900 to 2099"),
        ([{"host": "a", "task": "b", "start": "1899-12-31"}], "outside the years 1900 to 2099"),
        (
            [{"host": "a", "task": "b", "start": "2026-01-05", "end": "2026-01-04"}],
            "ends before it begins",
        ),
    ],
)
def test_periods_that_cannot_be_read_are_refused(periods: object, sentence: str) -> None:
    facts = {"host": "a", "task": "b", "host_is_municipality": False, "periods": periods}
    with pytest.raises(BadFact, match=sentence):
        ask("work_trial_left", on=SUBSIDY_READ, facts=facts)
