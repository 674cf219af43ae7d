"""`polku rules`: list the rules with the law of a day, ask one of them, or check worked examples.

Exit status: 0 answered, or all as written; 1 the facts were refused, no law of that time is known,
or an example is answered otherwise (the reason in a sentence on standard error); 2 wrong usage.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from polku.rules.cases import CaseError, check, read_cases
from polku.rules.errors import RuleError, UnknownRule
from polku.rules.facts import Unreadable, a_date
from polku.rules.printing import answer_as_text, as_json, rule_as_json, rule_as_text
from polku.rules.reason import plain
from polku.rules.registry import ask, list_rules, rule_named

ANSWERED, REFUSED, WRONG_USAGE = 0, 1, 2


class UnreadableFacts(ValueError):
    """The facts can't be read as one JSON object; the message says why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `list`, `ask` and `check` on the parser of `polku rules`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|ask|check")
    listing = actions.add_parser("list", help="every rule, with the law of a day")
    asking = actions.add_parser("ask", help="the answer of one rule, with its reasons")
    asking.add_argument("rule", help="the name of the rule, as `polku rules list` shows it")
    asking.add_argument(
        "--facts", required=True, metavar="FILE", help="a JSON object with the facts; - reads stdin"
    )
    checking = actions.add_parser("check", help="whether worked examples are answered as written")
    checking.add_argument("rule", help="the name of the rule")
    checking.add_argument(
        "--cases", required=True, metavar="FILE", help="a CSV in the form of those packaged"
    )
    for action in (listing, asking):
        action.add_argument(
            "--on", required=True, type=_day, metavar="DATE", help="the day, such as 2026-01-05"
        )
        action.add_argument("--json", action="store_true", help="print JSON for machines")


def run(args: argparse.Namespace) -> int:
    """Do what was asked and return the exit status."""
    try:
        if args.action == "check":
            return _checked(args.rule, Path(args.cases))
        print(_listed(args) if args.action == "list" else _asked(args))
    except UnknownRule as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    except (RuleError, UnreadableFacts, CaseError) as error:
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
    return as_json(answer.as_json()) if args.json else answer_as_text(answer)


def _listed(args: argparse.Namespace) -> str:
    listed = list_rules(args.on)
    if args.json:
        return as_json({"on": plain(args.on), "rules": [rule_as_json(one) for one in listed]})
    return "\n\n".join(rule_as_text(one) for one in listed)


def _checked(name: str, path: Path) -> int:
    """Print what is answered otherwise than written, by line, and how many are as written."""
    rule = rule_named(name)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CaseError(f"{path} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CaseError(f"{path} is not UTF-8 text.") from None
    cases = read_cases(rule.name, text, path.name)
    found = [(case, said) for case in cases if (said := check(case))]
    for case, said in found:
        print(f"line {case.line}, {case.says}: {said}", file=sys.stderr)
    print(f"{len(cases) - len(found)} of {len(cases)} examples are answered as written.")
    return REFUSED if found else ANSWERED


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
