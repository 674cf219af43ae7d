"""What a page needs of a rule: nothing is missing, and nothing is shown that is not so."""

from datetime import date, timedelta

import pytest

from polku.rules import Law, case_shown, cases_of, changes_of, packaged_law, rule_shown, to_verify
from polku.rules.labels import LABELS, label
from polku.rules.parameters import Dated, Parameter
from polku.rules.registry import all_rules
from polku.rules.shown import leaves, parameter_shown

ONE_DAY = timedelta(days=1)
NAMES_ARE_DATA = {"areas_of_residence", "benefit_names_of_time", "identity_code_separators"}


@pytest.mark.parametrize("name", sorted(all_rules()))
def test_a_rule_has_words_values_sources_and_examples(name: str) -> None:
    shown = rule_shown(name)
    assert shown.rule.question.endswith("?")
    assert shown.rule.text.endswith(".")
    assert len(shown.cases) >= 4
    for parameter in shown.parameters:
        assert all(span.dated is None or span.dated.source for span in parameter.spans)
        assert {len(row.cells) for row in parameter.rows} == {len(parameter.spans)}


@pytest.mark.parametrize("parameter", list(packaged_law()), ids=lambda one: one.name)
def test_spans_cover_all_time_once(parameter: Parameter) -> None:
    spans = parameter_shown(parameter).spans
    assert spans[0].first is None
    assert spans[-1].last is None
    for before, after in zip(spans, spans[1:], strict=False):
        assert before.last is not None
        assert after.first == before.last + ONE_DAY
    for span in spans:
        for day in filter(None, (span.first, span.last)):
            holding = [one for one in parameter.values if one.holds_on(day)]
            assert holding == ([span.dated] if span.dated else [])


def test_a_gap_is_a_span_without_a_value() -> None:
    def dated(value: int, first: date, last: date | None) -> Dated:
        return Dated(value, first, last, "an act", "", True)

    values = (dated(1, date(2020, 1, 1), date(2020, 12, 31)), dated(2, date(2022, 1, 1), None))
    shown = parameter_shown(Parameter("time", "a time", "days", values))
    assert [span.dated and span.dated.value for span in shown.spans] == [None, 1, None, 2]
    assert shown.spans[2].first == date(2021, 1, 1)
    assert shown.spans[2].last == date(2021, 12, 31)


def test_numbers_over_time_can_be_drawn() -> None:
    (interview,) = rule_shown("initial_interview_due").parameters
    (row,) = interview.rows
    assert (row.path, row.cells, row.drawn, row.changes) == ((), (None, 5, 10), True, True)
    (steps,) = rule_shown("municipal_share").parameters
    by_path = {row.path: row.cells for row in steps.rows}
    assert by_path[("300",)] == (None, 50, 30, 30)
    assert by_path[("1000",)] == (None, 70, None, None)
    (sanction,) = rule_shown("sanction_step").parameters
    by_path = {row.path: row.cells for row in sanction.rows}
    assert by_path[("steps", "1", "days")] == (None, 0, 7)
    kind = next(row for row in sanction.rows if row.path == ("steps", "1", "kind"))
    assert not kind.drawn


def test_every_part_of_a_value_has_words() -> None:
    unnamed = {
        name
        for parameter in packaged_law()
        if parameter.name not in NAMES_ARE_DATA
        for dated in parameter.values
        for path, leaf in leaves(dated.value)
        for name in (*path, *(leaf if isinstance(leaf, tuple) else [leaf]))
        if isinstance(name, str) and not name.isdigit() and name not in LABELS
    }
    assert unnamed == set()
    assert label("cap") == "euros a month at most"
    assert label("T-LAHTI") == "T-LAHTI"


def test_changes_are_named_in_order_with_the_rules_that_they_touch() -> None:
    found = {(one.day.isoformat(), rule) for one in changes_of() for rule in one.rules}
    for change in (
        ("2026-01-01", "initial_interview_due"),
        ("2026-03-01", "sanction_step"),
        ("2026-05-01", "benefit_name"),
        ("2026-09-01", "jobseeker_profile_duty"),
        ("2025-01-01", "trial_transfer"),
    ):
        assert change in found
    days = [one.day for one in changes_of()]
    assert days == sorted(days)
    ended = [one for one in changes_of() if one.after is None]
    assert [one.parameter.name for one in ended] == [
        "trial_transfer_terms",
        "job_offer_binding_after",
    ]


def test_what_nobody_verified_is_listed_by_day() -> None:
    names = {parameter.name for parameter, _ in to_verify(date(2026, 11, 30))}
    assert {"municipal_share_steps", "pay_subsidy_terms", "activation_plan_terms"} <= names
    assert "sanction_steps" not in names
    assert "municipal_share_steps" not in {one.name for one, _ in to_verify(date(2024, 12, 31))}


def test_an_example_is_shown_with_its_facts_and_todays_answer() -> None:
    case = cases_of("initial_interview_due")[0]
    shown = case_shown(case)
    ((fact, given),) = shown.facts
    assert (fact.name, given) == ("registered", "2026-01-05")
    assert shown.answer is not None and shown.answer.value == date(2026, 1, 20)
    refused = next(one for one in cases_of("initial_interview_due") if one.refused)
    assert case_shown(refused).refusal is not None
    assert case_shown(refused, Law(packaged_law())).answer is None
