"""`polku rules`: what it prints and with which exit status it ends."""

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from polku.rules.command import add_arguments, run

FACTS = {"registered": "2026-01-05"}


def polku_rules(*words: str) -> int:
    parser = argparse.ArgumentParser(prog="polku rules")
    add_arguments(parser)
    return run(parser.parse_args(words))


def facts_file(tmp_path: Path, content: object) -> str:
    path = tmp_path / "facts.json"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
    return str(path)


def ask(file: str, *more: str, rule: str = "initial_interview_due") -> int:
    return polku_rules("ask", rule, "--on", "2026-01-05", "--facts", file, *more)


def test_answer_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(facts_file(tmp_path, FACTS), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["rule"] == "initial_interview_due"
    assert answer["on"] == "2026-01-05"
    assert answer["value"] == "2026-01-20"


def test_answer_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(facts_file(tmp_path, FACTS)) == 0
    said = capsys.readouterr().out
    assert said.startswith("initial_interview_due: 2026-01-20\n  - The job search began on")
    assert "Law: from 2026-01-01, verified" in said


def test_facts_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = "\ufeff" + json.dumps(FACTS)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert ask("-", "--json") == 0
    assert json.loads(capsys.readouterr().out)["value"] == "2026-01-20"


def test_mapping_is_answered_with_dates_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = facts_file(tmp_path, {"code": "010594Y9032"})
    assert ask(file, "--json", rule="personal_identity_code") == 0
    value = json.loads(capsys.readouterr().out)["value"]
    assert value == {"valid": True, "born": "1994-05-01", "century": 1900, "artificial": True}


@pytest.mark.parametrize(
    ("rule", "facts", "value"),
    [
        (
            "work_trial_left",
            {
                "host": "w7", "task": "kitchen", "host_is_municipality": True,
                "periods": [{"host": "w7", "task": "kitchen", "start": "2025-11-06", "end": None}],
            },
            {
                "months_left_in_all": 10, "months_left_at_host": 10, "months_left_in_task": 4,
                "months_left": 4, "ends_at_latest": "2026-05-05",
            },
        ),
        (
            "pay_subsidy",
            {
                "host_kind": "company", "reduced_work_ability": True, "pay_a_month": 1999.95,
                "share_of_full_time": 0.8,
            },
            {"percent": 70, "cap": 1770, "subsidy_a_month": 1399.97},
        ),
        (
            "work_trial_allowed",
            {"host_kind": "household", "hours_a_day": 6, "days_a_week": 5},
            False,
        ),
    ],
)  # fmt: skip
def test_rules_of_placements_are_answered_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str, facts: object, value: object
) -> None:
    assert ask(facts_file(tmp_path, facts), "--json", rule=rule) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["value"] == value
    assert answer["verified"] is False
    assert answer["because"][-1].startswith("This has not been verified against the law.")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            {"registered": "2022-05-01"},
            "The law of 2022-05-01 is not known here, only from 2022-05-02 on",
        ),
        ({"registered": "1.1.2026"}, "The fact registered must be a date"),
        ({}, "initial_interview_due needs the fact registered."),
        ([1], "must hold one JSON object"),
        ("{", "is not JSON: "),
        ("", "is not JSON: "),
        ('{"registered": "2026-01-05", "registered": "2026-01-06"}', "is given twice."),
        ("[" * 100_000, "is nested too deeply."),
        ('{"age": ' + "9" * 5_000 + "}", "holds a number of too many digits."),
        (b'{"registered": "\xff"}', "is not UTF-8 text."),
    ],
)
def test_refused_facts_end_with_1_and_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: object, sentence: str
) -> None:
    assert ask(facts_file(tmp_path, content), "--json") == 1
    out, error = capsys.readouterr()
    assert out == ""
    assert sentence in error
    assert error.count("\n") == 1


def test_file_that_is_not_there_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(str(tmp_path / "nowhere.json")) == 1
    assert "can't be read: No such file" in capsys.readouterr().err


def test_unknown_rule_is_wrong_usage_whatever_the_facts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ask("nowhere.json", rule="interview") == 2
    assert "There is no rule called interview;" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("list",),
        ("list", "--on", "2026-02-30"),
        ("list", "--on", "1.1.2026"),
        ("ask", "initial_interview_due", "--on", "2026-01-05"),
    ],
)
def test_wrong_usage_ends_with_2(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        polku_rules(*words)
    assert ended.value.code == 2


def test_list_for_machines_and_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert polku_rules("list", "--on", "2025-06-01", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    by_name = {rule["rule"]: rule for rule in listed["rules"]}
    interview = by_name["initial_interview_due"]
    assert listed["on"] == "2025-06-01"
    assert interview["facts"][0]["name"] == "registered"
    assert interview["parameters"][0]["value"] == 5
    assert interview["parameters"][0]["valid_to"] == "2025-12-31"
    assert polku_rules("list", "--on", "2020-01-01") == 0
    assert "initial_interview_within: no value known for that day" in capsys.readouterr().out


# What others rely on: the facts of each rule by name, as the page on commands and formats has them.
PROMISED = {
    "initial_interview_due": "registered",
    "job_search_discussion_due": "last_discussion initial_interview",
    "complementary_discussions": "initial_interview",
    "trial_transfer": "age immigrant foreign_language earnings_related status"
    " in_trial_municipality temporary_protection",
    "work_trial_left": "host task host_is_municipality periods",
    "work_trial_allowed": "host_kind hours_a_day days_a_week",
    "rehabilitative_work_allowed": "host_kind hours_a_day days_a_week months",
    "activation_plan_due": "age support_days_in_12_months benefit_days_used assistance_months"
    " has_employment_plan",
    "pay_subsidy": "host_kind reduced_work_ability pay_a_month share_of_full_time",
    "employment_subsidy_55": "age unemployed_months_of_28 hours_a_week pay_a_month",
    "municipal_share": "benefit_days",
    "sanction_step": "neglects",
    "job_applications_a_month": "reduced_by_need",
    "personal_identity_code": "code",
}


def test_every_promised_rule_is_listed_with_its_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert polku_rules("list", "--on", "2026-11-30", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["rules"]
    found = {one["rule"]: " ".join(fact["name"] for fact in one["facts"]) for one in listed}
    assert {rule: found.get(rule) for rule in PROMISED} == PROMISED


def asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str, on: str, facts: object
) -> Any:
    words = ("ask", rule, "--on", on, "--facts", facts_file(tmp_path, facts), "--json")
    assert polku_rules(*words) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("rule", "on", "facts", "value"),
    [
        ("municipal_share", "2025-01-01", {"benefit_days": 99}, 0),
        ("municipal_share", "2025-01-01", {"benefit_days": 100}, 10),
        ("municipal_share", "2025-01-01", {"benefit_days": 101}, 10),
        ("job_applications_a_month", "2026-02-01", {"reduced_by_need": None}, 4),
        ("job_applications_a_month", "2026-02-01", {"reduced_by_need": 2}, 2),
        (
            "sanction_step",
            "2026-02-28",
            {"neglects": ["2026-01-15", "2026-02-28"]},
            {"step": 2, "kind": "benefit_suspension", "days": 7},
        ),
        (
            "sanction_step",
            "2026-04-01",
            {"neglects": ["2026-03-15", "2026-04-01"]},
            {"step": 2, "kind": "work_requirement", "weeks": 6},
        ),
        (
            "activation_plan_due",
            "2025-06-01",
            {
                "age": 24, "support_days_in_12_months": 180, "benefit_days_used": 0,
                "assistance_months": 0, "has_employment_plan": True,
            },
            True,
        ),
    ],
)  # fmt: skip
def test_rules_of_situations_are_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
    rule: str, on: str, facts: object, value: object,
) -> None:  # fmt: skip
    answer = asked(tmp_path, capsys, rule, on, facts)
    assert list(answer) == [
        "rule", "on", "value", "valid_from", "valid_to", "source", "verified", "because",
    ]  # fmt: skip
    assert answer["value"] == value
    assert answer["because"]


def test_what_is_missing_is_said_with_what_would_follow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asked(tmp_path, capsys, "municipal_share", "2024-06-01", {})
    assert (answer["value"], answer["verified"]) == (None, False)
    assert answer["because"][:2] == [
        "The fact benefit_days is not given.",
        "If benefit_days is 0 to 299: 0.",
    ]


@pytest.mark.parametrize("on", ["2021-02-28", "2025-01-01"])
def test_day_outside_a_law_that_ended_is_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], on: str
) -> None:
    words = ("ask", "trial_transfer", "--on", on, "--facts", facts_file(tmp_path, {"age": 20}))
    assert polku_rules(*words) == 1
    out, error = capsys.readouterr()
    assert out == ""
    assert f"The law of {on} is not known here" in error


def test_examples_are_checked_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.csv"
    head = "says;on;benefit_days;value\n"
    path.write_text(f"{head}right;2025-01-01;100;10\n", encoding="utf-8")
    assert polku_rules("check", "municipal_share", "--cases", str(path)) == 0
    assert capsys.readouterr().out == "1 of 1 examples are answered as written.\n"
    path.write_text(f"{head}right;2025-01-01;100;10\nwrong;2025-01-01;100;20\n", encoding="utf-8")
    assert polku_rules("check", "municipal_share", "--cases", str(path)) == 1
    out, error = capsys.readouterr()
    assert error == "line 3, wrong: Answered 10, not 20.\n"
    assert out == "1 of 2 examples are answered as written.\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "can't be read: No such file"),
        (b"says;on\n\xff;2025-01-01\n", "is not UTF-8 text."),
        (b"says;on\nx;1.1.2025\n", "mine.csv, line 2: "),
    ],
)
def test_examples_that_cannot_be_read_end_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "mine.csv"
    if content is not None:
        path.write_bytes(content)
    assert polku_rules("check", "municipal_share", "--cases", str(path)) == 1
    assert sentence in capsys.readouterr().err
    assert polku_rules("check", "municipal", "--cases", str(path)) == 2
