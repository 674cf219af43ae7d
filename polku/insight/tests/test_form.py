"""What is typed: understood, or answered by a kind sentence with the words kept."""

import pytest
from django.http import QueryDict
from django.utils import translation

from polku.insight import numbers
from polku.insight.forms import WhatIfForm, asked_again, doubled
from polku.insight.tests.counting import NUMBERS


def _form(**more: str) -> WhatIfForm:
    return WhatIfForm(NUMBERS | more)


def _said(form: WhatIfForm) -> str:
    with translation.override("en"):
        return " ".join(f"{name}: {' '.join(said)}" for name, said in form.errors.items())


def test_both_sides_become_the_question() -> None:
    form = _form(clients="1 200", coaches="8", coaches_then="10", every_then="4")
    assert form.is_valid()
    question = form.question()
    assert question.clients == 1200
    assert (question.today.new_a_month, question.other.new_a_month) == (12.5, 25)
    assert (question.today.caseload, question.other.caseload) == (150, 120)
    assert (question.today.every, question.other.every) == (0, 4)


def test_clients_for_each_coach_count_where_the_coaches_are_left_alone() -> None:
    form = _form(caseload_then="80")
    assert form.is_valid() and form.question().other.caseload == 80


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("coaches_then", "0", "from 1 to 2\u00a0000. Without a coach there is nothing to compare."),
        ("coaches", "0", "Without a coach"),
        ("new_then", "-5", "from 0 to 5\u00a0000"),
        ("new_then", "−5", "from 0 to 5\u00a0000"),
        ("caseload_then", "0", "from 5 to 1\u00a0000"),
        ("caseload_then", "10 000", "from 5 to 1\u00a0000"),
        ("clients", "19", "chance decides everything"),
        ("clients", "9" * 30, "from 20 to 50\u00a0000"),
        ("clients", "kaksisataa", "in digits"),
        ("clients", "1e4", "in digits"),
        ("clients", "٢٠٠", "in digits"),
        ("clients", "NaN", "in digits"),
        ("clients", "", "Give a number"),
        ("clients", "20,5", "whole number"),
        ("new", "12,55", "One decimal"),
        ("new", "<b>12</b>", "in digits"),
        ("every_then", "3", "every_then"),
        ("coaches_then", "150", "1.3 clients for each coach"),
        ("new_then", "5000", "new_then"),
    ],
)
def test_what_can_not_be_meant_is_answered_kindly_and_kept(field, typed, said) -> None:
    more = {"clients": "50000", "coaches": "400", "coaches_then": "400"} if typed == "5000" else {}
    with translation.override("en"):
        form = _form(**more, **{field: typed})
        assert not form.is_valid()
        assert said in _said(form)
        assert form[field].value() == typed


def test_coaches_and_caseload_that_disagree_are_not_guessed_at() -> None:
    form = _form(coaches_then="4", caseload_then="80")
    assert "make 50 each, not 80" in _said(form)
    assert _form(coaches_then="4", caseload_then="50").is_valid()


def test_two_sides_alike_are_told_so() -> None:
    assert "Both sides are the same" in _said(_form(new_then="12,5"))


def test_too_many_people_are_refused_before_they_are_worked_out() -> None:
    form = _form(clients="50000", coaches="400", coaches_then="400", new_then="5000")
    assert "150\u00a0000" in _said(form)


def test_doubling_doubles_todays_inflow_alone() -> None:
    data = QueryDict(mutable=True)
    data.update(NUMBERS | {"new": "12,5", "new_then": "3"})
    with translation.override("fi"):
        assert doubled(data)["new_then"] == "25"
    assert data["new_then"] == "3"
    data["new"] = "paljon"
    assert doubled(data)["new_then"] == "3"


@pytest.mark.parametrize("more", [{}, {"caseload_then": "80"}, {"coaches_then": "3"}])
def test_a_question_asked_again_is_the_same_question(more) -> None:
    first = _form(**more)
    assert first.is_valid()
    again = WhatIfForm({key: str(value) for key, value in asked_again(first.question()).items()})
    assert again.is_valid() and again.question() == first.question()


def test_numbers_are_written_as_the_language_does() -> None:
    with translation.override("fi"):
        assert numbers.shown(1234567.89, 1) == "1\u00a0234\u00a0567,9"
        assert numbers.shown(-0.04, 1) == "0,0" and numbers.shown(-1.25, 2) == "−1,25"
    with translation.override("en"):
        assert numbers.short(12.5) == "12.5" and numbers.short(12.0) == "12"
