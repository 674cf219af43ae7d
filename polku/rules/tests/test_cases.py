"""Every worked example in `cases/` is answered as written there; and the form of the files."""

from datetime import date

import pytest

from polku.rules import list_rules
from polku.rules.cases import FOLDER, Case, CaseError, cases_of, check, read_cases
from polku.rules.registry import all_rules

CASES = [
    pytest.param(case, id=f"{rule} {case.line}: {case.says}")
    for rule in all_rules()
    for case in cases_of(rule)
]
HEAD = "says;on;registered;value;verified;why;refused\n"


def one(line: str, head: str = HEAD) -> Case:
    (case,) = read_cases("initial_interview_due", head + line, "some.csv")
    return case


@pytest.mark.parametrize("case", CASES)
def test_case_is_answered_as_written(case: Case) -> None:
    assert check(case) == ""


def test_every_rule_has_cases_and_every_case_a_rule() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(all_rules())
    assert {listed.rule.name for listed in list_rules(date(2026, 1, 5))} == set(all_rules())


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("x;2026-01-05;2026-01-05;2026-01-19;;;", "Answered 2026-01-20, not 2026-01-19."),
        ("x;2026-01-05;2026-01-05;2026-01-20;false;;", "Said to be verified."),
        ("x;2026-01-05;2026-01-05;2026-01-20;;Easter;", "Not said: Easter."),
        ("x;2026-01-05;2026-01-05;;;;BadFact", "Answered 2026-01-20, though it should be refused."),
        ("x;2026-01-05;2022-05-01;2026-01-20;;;", "Refused with NoValueOnDate: The law of"),
        ("x;2026-01-05;2022-05-01;;;;BadFact", "Refused with NoValueOnDate: The law of"),
    ],
)
def test_control_what_is_written_wrongly_is_found(line: str, found: str) -> None:
    assert check(one(line)).startswith(found)


def test_a_file_saved_with_commas_and_a_mark_of_order_is_read_too() -> None:
    case = one('"A, b",2026-01-05,2026-01-05,2026-01-20,true,,', "\ufeff" + HEAD.replace(";", ","))
    assert case.says == "A, b"
    assert check(case) == ""


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("x;5.1.2026;2026-01-05;2026-01-20;;;", "line 2: Invalid isoformat"),
        ("x;2026-01-05;2026-01-05;2026-01-20", "line 2: "),
        ("x;2026-01-05;2026-01-05;2026-01-20;;;;too much", "line 2: "),
        ('"x;2026-01-05;2026-01-05;2026-01-20;;;', "line 1: unexpected end"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, complaint: str) -> None:
    with pytest.raises(CaseError, match=f"some.csv, {complaint}"):
        one(line)


def test_cells_say_what_they_are() -> None:
    head = "says;on;a;b:text;c:list;d:several;e:list of host, end;value.x;value.y;refused\n"
    line = "s;2026-01-05;0.65;007;2026-01-05;one;Kahvila, 2026-01-05 | Kunta,;1;;"
    case = one(line, head)
    assert case.facts == {
        "a": 0.65,
        "b": "007",
        "c": ["2026-01-05"],
        "d": "one",
        "e": [{"host": "Kahvila", "end": "2026-01-05"}, {"host": "Kunta"}],
    }
    assert case.value == {"x": 1, "y": None}
