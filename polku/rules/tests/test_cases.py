"""Every worked example in `cases/` is answered as written there."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import polku.rules
from polku.rules import RuleError, ask, list_rules
from polku.rules.registry import all_rules

FOLDER = Path(polku.rules.__file__).with_name("cases")
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['says']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["cases"]
]


def filled(expected: Any, found: Any) -> Any:
    """TOML has no null: what a case leaves out of a mapping is expected to be None."""
    if isinstance(found, dict):
        return {key: expected.get(key) for key in found}
    return expected


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case_is_answered_as_written(rule: str, case: dict[str, Any]) -> None:
    unknown = case.keys() - {"says", "on", "facts", "value", "why", "refused", "verified"}
    assert not unknown, f"a case can't say {unknown}"
    if "refused" in case:
        with pytest.raises(RuleError) as refusal:
            ask(rule, on=case["on"], facts=case["facts"])
        assert type(refusal.value).__name__ == case["refused"]
        assert str(refusal.value).endswith(".")
        return
    answer = ask(rule, on=case["on"], facts=case["facts"])
    assert answer.value == filled(case["value"], answer.value)
    assert answer.verified == case.get("verified", answer.verified)
    reasons = " ".join(str(reason) for reason in answer.because)
    assert [part for part in case.get("why", []) if part not in reasons] == []


def test_every_rule_has_cases_and_every_case_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(all_rules())
    assert {listed.rule.name for listed in list_rules(date(2026, 1, 5))} == set(all_rules())
