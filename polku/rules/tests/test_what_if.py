"""Missing facts: whatever they turn out to be, the answer given then is the one foretold."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.rules import Answer, MissingFact, WhatIf, ask
from polku.rules.answer import Supposed, jsonable
from polku.rules.errors import MissingFacts
from polku.rules.hosts import HOSTS
from polku.rules.status import STATUSES

unhurried = settings(deadline=None, max_examples=150)
few = settings(deadline=None, max_examples=25)
YES_NO = st.booleans()
HOST = st.sampled_from(sorted(HOSTS))


def hundredths(most: int) -> st.SearchStrategy[Any]:
    return st.integers(0, most * 100).map(lambda n: n / 100)


FACTS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "trial_transfer": {
        "age": st.integers(0, 130),
        "immigrant": YES_NO,
        "foreign_language": YES_NO,
        "earnings_related": YES_NO,
        "status": st.sampled_from(sorted(STATUSES)),
        "in_trial_municipality": YES_NO,
        "temporary_protection": YES_NO,
    },
    "activation_plan_due": {
        "age": st.integers(0, 130),
        "support_days_in_12_months": st.integers(0, 366),
        "benefit_days_used": st.integers(0, 1_000),
        "assistance_months": st.integers(0, 40),
        "has_employment_plan": YES_NO,
    },
    "work_trial_allowed": {
        "host_kind": HOST,
        "hours_a_day": hundredths(24),
        "days_a_week": st.integers(0, 7),
    },
    "rehabilitative_work_allowed": {
        "host_kind": HOST,
        "hours_a_day": hundredths(24),
        "days_a_week": st.integers(0, 7),
        "months": hundredths(30),
    },
    "municipal_share": {"benefit_days": st.integers(0, 20_000)},
    "job_search_lapses": {"failures": st.integers(0, 100)},
}
DAYS = st.sampled_from([date(2023, 2, 1), date(2023, 8, 1), date(2024, 6, 1), date(2024, 12, 31)])


def fits(supposed: Supposed, given_: Any) -> bool:
    if supposed.options:
        return given_ in supposed.options
    return bool(supposed.first <= given_ <= supposed.last)


def foretold(answer: Answer, left_out: dict[str, Any]) -> list[WhatIf]:
    return [
        one
        for one in answer.what_if
        if all(fits(supposed, left_out[supposed.fact]) for supposed in one.supposed)
    ]


@unhurried
@given(st.data(), st.sampled_from(sorted(FACTS)), DAYS)
def test_the_answer_foretold_is_the_answer_given(data: Any, rule: str, on: date) -> None:
    """A number of hours between two that were tried, such as 3.995, is nobody's: hundredths are."""
    facts = {name: data.draw(values, label=name) for name, values in FACTS[rule].items()}
    names = sorted(facts)
    missing = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    told = {name: value for name, value in facts.items() if name not in missing}
    known = ask(rule, on=on, facts=facts)
    answer = ask(rule, on=on, facts=told)
    assert set(answer.missing) == set(missing)
    if answer.what_if:
        (one,) = foretold(answer, facts)
        assert one.value == jsonable(known.value)
        assert (answer.value, answer.verified) == (None, False)
    else:
        assert answer.value == known.value
        assert known.verified or not answer.verified


@few
@given(HOST, YES_NO, st.integers(0, 1_000_000).map(lambda cents: cents / 100), st.integers(1, 100))
def test_an_amount_of_money_is_bounded(kind: str, reduced: bool, pay: float, share: int) -> None:
    facts = {"host_kind": kind, "reduced_work_ability": reduced, "share_of_full_time": share / 100}
    on = date(2023, 10, 1)
    known = ask("pay_subsidy", on=on, facts={**facts, "pay_a_month": pay}).value["subsidy_a_month"]
    answer = ask("pay_subsidy", on=on, facts=facts)
    if answer.value is not None:
        assert answer.value["subsidy_a_month"] == known
        return
    (one,) = answer.what_if
    between = one.value["subsidy_a_month"]
    assert between["from"] <= known <= between["to"]
    assert between["to"] in {1260, 1770, 2020}


def test_control_a_wrong_forecast_would_be_noticed() -> None:
    answer = ask("municipal_share", on=date(2025, 6, 1), facts={})
    assert [one.value for one in foretold(answer, {"benefit_days": 99})] == [0]
    assert [one.value for one in foretold(answer, {"benefit_days": 100})] == [10]


def test_what_is_the_same_whatever_is_missing_is_answered_with_the_reasons_that_hold() -> None:
    facts = {"host_kind": "household", "days_a_week": 3}
    answer = ask("work_trial_allowed", on=date(2024, 6, 1), facts=facts)
    assert answer.value is False
    assert list(map(str, answer.because)) == [
        "The fact hours_a_day is not given.",
        "None of this changes the answer.",
        "The host is a household, which may not arrange this.",
        "3 days a week is within the 1 to 5 that the law allows.",
    ]


def test_conditions_stand_in_the_order_in_which_they_tell_most() -> None:
    facts = {"age": 40, "immigrant": False, "foreign_language": False, "earnings_related": True}
    answer = ask("trial_transfer", on=date(2022, 6, 1), facts=facts)
    assert answer.value is False  # in none of the groups, whatever else
    facts["immigrant"] = True
    answer = ask("trial_transfer", on=date(2022, 6, 1), facts=facts)
    assert [str(one.reason()) for one in answer.what_if] == [
        "If status is unemployed, supported_work, in_service; in_trial_municipality is yes: yes.",
        "If status is unemployed, supported_work, in_service; in_trial_municipality is no: no.",
        "If status is laid_off, employed, outside: no.",
    ]


@pytest.mark.parametrize(
    ("rule", "facts", "error", "sentence"),
    [
        ("initial_interview_due", {}, MissingFact, "needs the fact registered."),
        ("area_of_residence", {}, MissingFact, "needs the fact home_municipality."),
        ("work_trial_left", {"host": "a"}, MissingFacts, "task, host_is_municipality, periods."),
        ("activation_plan_due", {}, MissingFacts, "the facts age, support_days_in_12_months,"),
    ],
)
def test_what_cannot_be_tried_is_refused_and_all_of_it_named(
    rule: str, facts: dict[str, Any], error: type[MissingFact], sentence: str
) -> None:
    with pytest.raises(error) as refused:
        ask(rule, on=date(2024, 6, 1), facts=facts)
    assert sentence in str(refused.value)


def test_a_wrong_fact_is_refused_before_missing_ones_are_supposed() -> None:
    with pytest.raises(Exception, match="days_a_week must be a whole number"):
        ask("work_trial_allowed", on=date(2024, 6, 1), facts={"days_a_week": 2.5})
