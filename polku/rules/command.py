"""`polku rules`: list the rules with the law of a day, or ask one of them.

Exit status: 0 answered; 1 the facts were refused, or no law of that time is known (the reason in a
sentence on standard error); 2 wrong usage.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from polku.rules.answer import Answer, citation, jsonable
from polku.rules.errors import RuleError, UnknownRule
from polku.rules.facts import Unreadable, a_date
from polku.rules.parameters import Dated, Parameter
from polku.rules.reason import plain
from polku.rules.registry import ListedRule, ask, list_rules, rule_named

ANSWERED, REFUSED, WRONG_USAGE = 0, 1, 2


class UnreadableFacts(ValueError):
    """The facts can't be read as one JSON object; the message says why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `list` and `ask` on the parser of `polku rules`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|ask")
    listing = actions.add_parser("list", help="every rule, with the law of a day")
    asking = actions.add_parser("ask", help="the answer of one rule, with its reasons")
    asking.add_argument("rule", help="the name of the rule, as `polku rules list` shows it")
    asking.add_argument(
        "--facts", required=True, metavar="FILE", help="a JSON object with the facts; - reads stdin"
    )
    for action in (listing, asking):
        action.add_argument(
            "--on", required=True, type=_day, metavar="DATE", help="the day, such as 2026-01-05"
        )
        action.add_argument("--json", action="store_true", help="print JSON for machines")


def run(args: argparse.Namespace) -> int:
    """Do what was asked and return the exit status."""
    try:
        print(_listed(args) if args.action == "list" else _asked(args))
    except UnknownRule as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    except (RuleError, UnreadableFacts) as error:
        print(error, file=sys.stderr)
        return REFUSED
    return ANSWERED


def _day(text: str) -> date:
    try:
        return a_date(text)
    except Unreadable:
        raise argparse.ArgumentTypeError(
            "must be a day that exists, written like 2026-01-05"
        ) from None


def _asked(args: argparse.Namespace) -> str:
    rule = rule_named(args.rule)  # a wrong name is wrong usage, whatever the facts are
    answer = ask(rule.name, on=args.on, facts=read_facts(args.facts))
    return _json(answer.as_json()) if args.json else _answer_as_text(answer)


def _listed(args: argparse.Namespace) -> str:
    listed = list_rules(args.on)
    if args.json:
        return _json({"on": plain(args.on), "rules": [_rule_as_json(one) for one in listed]})
    return "\n\n".join(_rule_as_text(one) for one in listed)


def read_facts(source: str) -> dict[str, Any]:
    """The JSON object in a file, or on standard input for `-`. Raises `UnreadableFacts`."""
    name = "Standard input" if source == "-" else source
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        facts = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_no_pair_twice)
    except OSError as error:
        raise UnreadableFacts(f"{name} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UnreadableFacts(f"{name} is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableFacts(f"{name} is not JSON: {error.msg} at {where}.") from None
    except UnreadableFacts:
        raise
    except ValueError:
        raise UnreadableFacts(f"{name} holds a number of too many digits.") from None
    except RecursionError:
        raise UnreadableFacts(f"{name} is nested too deeply.") from None
    if not isinstance(facts, dict):
        raise UnreadableFacts(f'{name} must hold one JSON object, such as {{"code": "…"}}.')
    return facts


def _no_pair_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise UnreadableFacts(f"The fact {name} is given twice.")
    return dict(pairs)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _answer_as_text(answer: Answer) -> str:
    return "\n".join(
        [
            f"{answer.rule}: {_text(answer.value)}",
            *(f"  - {reason}" for reason in answer.because),
            f"  Law: {_time(answer.valid_from, answer.valid_to)}, {_verified(answer.verified)}",
            f"  Source: {citation(answer.source, answer.url)}",
        ]
    )


def _rule_as_text(listed: ListedRule) -> str:
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
    return (
        f"  {parameter.name}: {_text(dated.value)} ({parameter.unit}), {time},"
        f" {_verified(dated.verified)}\n  Source: {citation(dated.source, dated.url)}"
    )


def _rule_as_json(listed: ListedRule) -> dict[str, Any]:
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
