"""Asking: what is read, what is refused and in which words, what an answer carries."""

from datetime import date, datetime
from typing import Any

import pytest

from polku.rules import BadFact, MissingFact, RuleError, UnknownRule, ask, list_rules
from polku.rules.parameters import Dated, Parameter, packaged_law

ON = date(2026, 1, 5)


def refusal(rule: str, facts: dict[str, Any]) -> RuleError:
    with pytest.raises(RuleError) as caught:
        ask(rule, on=ON, facts=facts)
    return caught.value


def test_answer_as_json_has_the_promised_form() -> None:
    answer = ask("initial_interview_due", on=ON, facts={"registered": "2026-01-05"}).as_json()
    assert list(answer) == [
        "rule", "on", "value", "valid_from", "valid_to", "source", "verified", "because",
    ]  # fmt: skip
    assert answer["value"] == "2026-01-20"
    assert answer["valid_from"] == "2026-01-01"
    assert answer["valid_to"] is None
    assert answer["verified"] is True
    assert "Act 380/2023" in answer["source"]
    assert answer["because"] == [
        "The job search began on 2026-01-05, which is day 0.",
        "The law of that day gives 10 working days, Monday to Friday.",
        "2026-01-06 is not a working day: Epiphany.",
    ]


def test_reasons_can_be_said_in_another_language() -> None:
    finnish = {
        "%(day)s is not a working day: %(holiday)s.": "%(day)s ei ole arkipäivä: %(holiday)s.",
        "Epiphany": "loppiainen",
    }
    answer = ask("initial_interview_due", on=ON, facts={"registered": ON})
    said = answer.because[2].sentence(
        lambda text: finnish.get(text, text), lambda value: f"{value:%-d.%-m.%Y}"
    )
    assert said == "6.1.2026 ei ole arkipäivä: loppiainen."


def test_unknown_rule_names_those_that_exist() -> None:
    with pytest.raises(
        UnknownRule, match="called interview; those known are .*initial_interview_due"
    ):
        ask("interview", on=ON, facts={})


@pytest.mark.parametrize(
    "value",
    [
        "5.1.2026", "20260105", "2026-W02-1", "2026-1-5", " 2026-01-05", "2026-01-05T10:00",
        "٢٠٢٦-٠١-٠٥", "", 20260105, 5.1, True, ["2026-01-05"], datetime(2026, 1, 5, 10, 0),
    ],
)  # fmt: skip
def test_what_is_no_plain_date_is_refused_and_the_fact_named(value: object) -> None:
    error = refusal("initial_interview_due", {"registered": value})
    assert isinstance(error, BadFact)
    assert error.fact == "registered"
    assert str(error) == "The fact registered must be a date written like 2026-01-05."


def test_day_that_does_not_exist_has_its_own_sentence() -> None:
    error = refusal("initial_interview_due", {"registered": "2025-02-29"})
    assert str(error) == "The fact registered is not a day that exists in the calendar."


def test_missing_facts_are_named() -> None:
    error = refusal("initial_interview_due", {"registered": None})
    assert isinstance(error, MissingFact)
    assert str(error) == "initial_interview_due needs the fact registered."
    both = "job_search_discussion_due needs the fact last_discussion or the fact initial_interview."
    assert str(refusal("job_search_discussion_due", {})) == both


def test_fact_of_another_rule_is_let_pass_and_said_so() -> None:
    facts = {"registered": "2026-01-05", "age": 24}
    reasons = ask("initial_interview_due", on=ON, facts=facts).because
    assert str(reasons[-1]) == "The fact age was given, but this rule does not read it."


def test_misspelt_fact_is_refused_with_the_right_spelling() -> None:
    facts = {"initial_interview": "2026-01-05", "last_discusion": "2026-03-05"}
    error = refusal("job_search_discussion_due", facts)
    assert str(error) == "The fact last_discusion is not known; last_discussion may be meant."


@pytest.mark.parametrize("value", ["010594Y9033", "x" * 201, 10594])
def test_identity_code_never_stands_in_a_message(value: object) -> None:
    try:
        said = str(ask("personal_identity_code", on=ON, facts={"code": value}))
    except BadFact as error:
        said = repr(error) + str(error)
    assert str(value) not in said


def test_unverified_law_says_so_in_value_and_words() -> None:
    doubtful = Parameter(
        "initial_interview_within",
        "the time",
        "working days",
        (Dated(7, date(2020, 1, 1), None, "hearsay", "", False, "Nobody has read the act."),),
    )
    law = packaged_law().replaced(doubtful)
    answer = ask("initial_interview_due", on=ON, facts={"registered": "2026-01-05"}, law=law)
    assert answer.value == date(2026, 1, 15)
    assert answer.verified is False
    assert answer.source == "hearsay"
    last = "This has not been verified against the law. Nobody has read the act."
    assert str(answer.because[-1]) == last
    assert packaged_law()["initial_interview_within"].on(ON).value == 10


def test_list_shows_the_law_of_the_day() -> None:
    def interview_days(day: date) -> object:
        (listed,) = [one for one in list_rules(day) if one.rule.name == "initial_interview_due"]
        ((_, dated),) = listed.values
        return dated and dated.value

    assert interview_days(date(2022, 5, 1)) is None
    assert interview_days(date(2025, 12, 31)) == 5
    assert interview_days(date(2026, 1, 1)) == 10


def test_a_day_long_after_the_sources_were_read_is_said_to_be_so() -> None:
    """The control is the day within a year: nothing is said of it."""
    for on, said in ((date(2027, 11, 21), False), (date(2027, 11, 22), True)):
        reasons = ask("job_applications_a_month", on=on, facts={}).because
        assert any("as it stood on 2026-11-21" in str(one) for one in reasons) is said


def test_a_year_that_ended_is_no_later_than_it_was_read() -> None:
    reasons = ask("municipal_share", on=date(2024, 12, 31), facts={"benefit_days": 0}).because
    assert not any("as it stood" in str(one) for one in reasons)
