"""Answers and rules as `polku rules` prints them: text for people, JSON for machines."""

import json
from datetime import date
from typing import Any

from polku.rules.answer import Answer, citation, jsonable
from polku.rules.parameters import Dated, Parameter
from polku.rules.registry import ListedRule

LONGEST = 400


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def answer_as_text(answer: Answer) -> str:
    return "\n".join(
        [
            f"{answer.rule}: {_text(answer.value)}",
            *(f"  - {reason}" for reason in answer.because),
            f"  Law: {_time(answer.valid_from, answer.valid_to)}, {_verified(answer.verified)}",
            f"  Source: {citation(answer.source, answer.url)}",
        ]
    )


def rule_as_text(listed: ListedRule) -> str:
    rule = listed.rule
    return "\n".join(
        [
            f"{rule.name}: {rule.question}",
            *(
                f"  fact {fact.name} ({fact.kind}{'' if fact.required else ', may be left out'}):"
                f" {fact.meaning}"
                for fact in rule.facts
            ),
            *(_value_as_text(parameter, dated) for parameter, dated in listed.values),
        ]
    )


def _value_as_text(parameter: Parameter, dated: Dated | None) -> str:
    if dated is None:
        return f"  {parameter.name}: no value known for that day"
    time = _time(dated.valid_from, dated.valid_to)
    value = _text(dated.value)
    if len(value) > LONGEST:
        value = f"{value[:LONGEST]} … (all of it with --json)"
    return (
        f"  {parameter.name}: {value} ({parameter.unit}), {time},"
        f" {_verified(dated.verified)}\n  Source: {citation(dated.source, dated.url)}"
    )


def rule_as_json(listed: ListedRule) -> dict[str, Any]:
    rule = listed.rule
    return {
        "rule": rule.name,
        "question": rule.question,
        "facts": [
            {
                "name": fact.name,
                "kind": fact.kind,
                "required": fact.required,
                "meaning": fact.meaning,
            }
            for fact in rule.facts
        ],
        "parameters": [_value_as_json(parameter, dated) for parameter, dated in listed.values],
    }


def _value_as_json(parameter: Parameter, dated: Dated | None) -> dict[str, Any]:
    known = {"parameter": parameter.name, "meaning": parameter.meaning, "unit": parameter.unit}
    if dated is None:
        return known | {"value": None, "note": "No value is known for that day."}
    fields = ("value", "valid_from", "valid_to", "verified", "note")
    dates = {name: jsonable(getattr(dated, name)) for name in fields}
    return known | dates | {"source": citation(dated.source, dated.url)}


def _text(value: Any) -> str:
    plain_value = jsonable(value)
    if isinstance(plain_value, str):
        return plain_value
    return json.dumps(plain_value, ensure_ascii=False)


def _time(first: date, last: date | None) -> str:
    return f"{first} to {last}" if last else f"from {first}"


def _verified(verified: bool) -> str:
    return "verified" if verified else "NOT VERIFIED"
