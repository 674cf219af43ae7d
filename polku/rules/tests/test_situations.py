"""Trial, plan, share and steps on whole grids, each said in a second way."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.rules import BadFact, NoValueOnDate, ask
from polku.rules.status import STATUSES
from polku.rules.tests import second_way

unhurried = settings(deadline=None, max_examples=200)
YES_NO = st.booleans()
ONE_DAY = timedelta(days=1)


def value(rule: str, on: date, **facts: Any) -> Any:
    return ask(rule, on=on, facts=facts).value


@unhurried
@given(
    st.integers(0, 130), YES_NO, YES_NO, YES_NO, st.sampled_from(sorted(STATUSES)), YES_NO, YES_NO,
    st.dates(date(2021, 3, 1), date(2024, 12, 31)),
)  # fmt: skip
def test_trial_moved_whom_the_formula_names(
    age: int, immigrant: bool, foreign: bool, earnings: bool, status: str, lives: bool,
    protection: bool, on: date,
) -> None:  # fmt: skip
    found = value(
        "trial_transfer", on, age=age, immigrant=immigrant, foreign_language=foreign,
        earnings_related=earnings, status=status, in_trial_municipality=lives,
        temporary_protection=protection,
    )  # fmt: skip
    protected = protection and (on.year, on.month) >= (2023, 3)
    nobody = age >= 30 and not immigrant and not foreign and earnings and not protected
    expected = not nobody and (lives or protected)
    assert found is (expected and status in {"unemployed", "supported_work", "in_service"})


@pytest.mark.parametrize("on", [date(2021, 2, 28), date(2025, 1, 1), date(2026, 11, 30)])
def test_outside_the_time_of_the_trials_nothing_is_answered_and_why_is_said(on: date) -> None:
    with pytest.raises(NoValueOnDate) as refused:
        value("trial_transfer", on)
    assert ("began on 1 March 2021" if on.year < 2022 else "Act 380/2023") in str(refused.value)


@unhurried
@given(
    st.integers(0, 130), st.integers(0, 366), st.integers(0, 900), st.integers(0, 24), YES_NO,
    st.dates(date(2021, 3, 1), date(2030, 1, 1)),
)  # fmt: skip
def test_activation_plan_on_the_whole_grid(
    age: int, support: int, used: int, assistance: int, plan: bool, on: date
) -> None:
    answer = ask(
        "activation_plan_due",
        on=on,
        facts={
            "age": age, "support_days_in_12_months": support, "benefit_days_used": used,
            "assistance_months": assistance, "has_employment_plan": plan,
        },
    )  # fmt: skip
    if age < 25:
        signs = {support > 179, used > 499, assistance > 3}
    else:
        signs = {support > 179 and used > 499, assistance > 11}
    assert answer.value is (plan and True in signs)
    open_ = plan and age > 24 and support > 179 and used < 500 and assistance < 12
    assert answer.verified is (2023 <= on.year < 2026 and not open_)


@unhurried
@given(st.integers(0, 3_000), st.dates(date(2017, 1, 1), date(2035, 1, 1)))
def test_share_is_that_of_the_last_step_reached(days: int, on: date) -> None:
    if on.year < 2025:
        expected = 0 if days < 300 else 50 if days < 1000 else 70
    else:
        expected = 10 * sum(days >= step for step in (100, 200, 300, 400, 700))
    assert value("municipal_share", on, benefit_days=days) == expected


@unhurried
@given(st.integers(0, 3_000), st.integers(0, 3_000), st.dates(date(2017, 1, 1), date(2035, 1, 1)))
def test_more_days_never_make_the_share_smaller(one: int, other: int, on: date) -> None:
    less, more = sorted((one, other))
    before, after = (value("municipal_share", on, benefit_days=days) for days in (less, more))
    assert before <= after


NEGLECTS = st.lists(st.integers(0, 1_500), min_size=1, max_size=8)
FIRST = date(2022, 5, 2)


@unhurried
@given(NEGLECTS, st.randoms(use_true_random=False))
def test_steps_agree_with_the_second_way(days: list[int], chance: Any) -> None:
    neglects = [FIRST + nth * ONE_DAY for nth in days]
    on = max(neglects)
    chance.shuffle(neglects)
    answer = ask("sanction_step", on=on, facts={"neglects": neglects})
    step, nth = second_way.sanction(neglects), answer.value["step"]
    assert nth == step
    stricter = on >= date(2026, 3, 1)
    table = ["7 days", "6 weeks"] if stricter else ["0 days", "7 days", "14 days", "12 weeks"]
    found = [f"{answer.value[unit]} {unit}" for unit in ("days", "weeks") if unit in answer.value]
    assert found == table[step - 1 : step]
    if nth > len(table):
        assert answer.value["kind"] is None
        assert not answer.verified


@unhurried
@given(NEGLECTS)
def test_a_change_of_the_law_between_neglects_is_never_passed_over(days: list[int]) -> None:
    neglects = [FIRST + nth * ONE_DAY for nth in days]
    on = max(*neglects, date(2026, 3, 1))
    answer = ask("sanction_step", on=on, facts={"neglects": neglects})
    window = second_way.window(neglects)
    if any(day < date(2026, 3, 1) for day in window):
        assert not answer.verified


def test_without_the_days_every_step_is_told() -> None:
    answer = ask("sanction_step", on=date(2026, 2, 28), facts={})
    assert (answer.value, answer.verified, answer.missing) == (None, False, ("neglects",))
    assert len(answer.because) == 1 + 4
    assert str(answer.because[-1]).endswith("in work or in a service, 12 weeks.")


def test_a_neglect_yet_to_come_is_answered_as_a_contradiction() -> None:
    answer = ask("sanction_step", on=date(2026, 4, 1), facts={"neglects": ["2026-04-02"]})
    assert (answer.value, answer.verified) == (None, False)
    assert [str(reason) for reason in answer.because] == [
        "The neglect of 2026-04-02 is after the day asked about, 2026-04-01:"
        " one of the two is wrong.",
        "If all count, by this law: Step 1: a time without benefit, 7 days.",
    ]


@pytest.mark.parametrize("neglects", [[], "2026-04-01", [None], ["1.4.2026"], ["2026-04-01"] * 101])
def test_what_is_no_list_of_days_is_refused(neglects: object) -> None:
    with pytest.raises(BadFact, match="neglects must be"):
        value("sanction_step", date(2026, 4, 1), neglects=neglects)


@pytest.mark.parametrize("code", ["91", "0911", "Lahti", "٠٩١", 91, None, True])
def test_what_is_no_code_of_a_municipality_is_refused(code: object) -> None:
    with pytest.raises(Exception, match="home_municipality"):
        value("area_of_residence", date(2026, 1, 1), home_municipality=code)


@unhurried
@given(st.none() | st.integers(0, 4), st.dates(FIRST, date(2035, 1, 1)))
def test_applications_are_four_or_what_was_agreed(agreed: int | None, on: date) -> None:
    found = value("job_applications_a_month", on, reduced_by_need=agreed)
    assert found == (4 if agreed is None else agreed)


@unhurried
@given(st.dates(FIRST, date(2025, 12, 31)), st.integers(0, 400), YES_NO)
def test_offers_bind_from_six_months_on_unless_told(
    interview: date, later: int, told: bool
) -> None:
    on = min(interview + later * ONE_DAY, date(2025, 12, 31))
    found = value("job_offer_binds", on, initial_interview=interview, agreed_number_reported=told)
    assert found is (on >= second_way.add_months(interview, 6) and not told)


@unhurried
@given(
    st.sampled_from(["resigned", "own_conduct"]), st.none() | st.integers(0, 400),
    st.dates(date(2021, 3, 1), date(2030, 1, 1)),
)  # fmt: skip
def test_days_without_benefit_after_a_job(ended: str, lasted: int | None, on: date) -> None:
    longer = 45 if on >= FIRST else {"resigned": 90, "own_conduct": 60}[ended]
    facts = {"ended": ended, "days_it_would_have_lasted": lasted}
    answer = ask("suspension_after_work", on=on, facts=facts)
    assert answer.value == (30 if lasted is not None and lasted < 6 else longer)
    assert answer.verified is (on < date(2026, 3, 1))
