"""`polku rules`: what it prints and with which exit status it ends."""

import argparse
import io
import json
from pathlib import Path

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
