"""What a rule answers, in the words of a page: the answer, why, by which law, and how sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from polku.law import words
from polku.rules import Answer, Law, RuleError, Supposed, WhatIf, ask
from polku.rules.reason import Reason
from polku.rules.registry import Rule, rule_named
from polku.web import dates

# Told in a table, or as a list of what is missing, instead of in sentences.
TOLD_OTHERWISE = ("If %(supposed)s: %(value)s.", "The fact %(fact)s is not given.")


@dataclass(frozen=True, slots=True)
class Told:
    """An answer or a refusal, ready to show.

    `answer` holds lines of (part, words); `refused` a sentence where nothing may be answered.
    `given` are the facts as they were read, `missing` those that would settle it, and `what_if`
    lines of (if so, then so).
    """

    on: str
    refused: str = ""
    answer: tuple[words.Line, ...] = ()
    known: bool = True
    why: tuple[str, ...] = ()
    law: str = ""
    source: str = ""
    url: str = ""
    verified: bool = True
    decided: str = ""
    given: tuple[words.Line, ...] = ()
    missing: tuple[str, ...] = ()
    what_if: tuple[words.Line, ...] = ()


def asked(rule: str, on: date, facts: Mapping[str, Any], law: Law) -> Told:
    """Ask a rule and return what it says. A refusal says which fact or which day it is about."""
    found = rule_named(rule)
    given = tuple(
        (words.facts_named(found)[name], fact_words(one))
        for name, one in facts.items()
        if name in words.facts_named(found)
    )
    try:
        answer = ask(rule, on=on, facts=facts, law=law)
    except RuleError as error:
        said = error.reason.sentence(_, _shower(found))
        return Told(on=dates.full(on), refused=said, verified=False, given=given)
    return told(found, answer, given)


def told(rule: Rule, answer: Answer, given: tuple[words.Line, ...] = ()) -> Told:
    """Return an answer in words."""
    names, show = words.facts_named(rule), _shower(rule)
    plain = [one for one in answer.because if one.msgid not in TOLD_OTHERWISE]
    decision = answer.decision
    return Told(
        on=dates.full(answer.on),
        answer=tuple(words.lines(answer.value)),
        known=answer.value is not None,
        why=tuple(one.sentence(_, show) for one in plain),
        law=words.time_of(answer.valid_from, answer.valid_to),
        source=_(answer.source) if answer.source else "",
        url=answer.url,
        verified=answer.verified,
        decided=_("%(by)s, %(day)s") % {"by": decision.by, "day": dates.full(decision.on)}
        if decision
        else "",
        given=given,
        missing=tuple(names.get(name, name) for name in answer.missing),
        what_if=tuple((_if(one, names), _then(one)) for one in answer.what_if),
    )


def fact_words(given: Any) -> str:
    """Return a fact's value in words; a period is told with its days."""
    if isinstance(given, list | tuple) and given and isinstance(given[0], Mapping):
        return "; ".join(_period(one) for one in given)
    if isinstance(given, str) and len(given) == len("2026-01-01"):
        try:
            return dates.full(date.fromisoformat(given))
        except ValueError:
            pass
    return words.value(given)


def _period(one: Mapping[str, Any]) -> str:
    first, last = one.get("start"), one.get("end")
    time = f"{_day(first)}–{_day(last)}"
    return ", ".join(filter(None, (one.get("host"), one.get("task"), time)))


def _day(given: Any) -> str:
    return fact_words(given) if given else ""


def _if(one: WhatIf, names: Mapping[str, str]) -> str:
    return "; ".join(_supposed(part, names.get(part.fact, part.fact)) for part in one.supposed)


def _supposed(one: Supposed, name: str) -> str:
    if one.options:
        return f"{name}: {' / '.join(map(words.value, one.options))}"
    if one.first == one.last:
        return f"{name}: {words.value(one.first)}"
    return f"{name}: {words.value(one.first)}–{words.value(one.last)}"


def _then(one: WhatIf) -> str:
    return words.in_short(_dated(one.value), most=4)


def _dated(given: Any) -> Any:
    """What would follow is kept as JSON has it: days come back as days."""
    if isinstance(given, str):
        try:
            return date.fromisoformat(given)
        except ValueError:
            return given
    return {key: _dated(one) for key, one in given.items()} if isinstance(given, dict) else given


def _shower(rule: Rule) -> Callable[[Any], str]:
    """Return how the parts of a sentence are shown: facts by what they are, days in full."""
    names = words.facts_named(rule)

    def show(given: Any) -> str:
        if isinstance(given, Reason):
            return given.sentence(_, show)
        if isinstance(given, date):
            return dates.full(given)
        if isinstance(given, str):
            if given in names:
                return f"”{names[given]}”"
            if given == rule.name:
                return f"”{_(rule.question)}”"
            listed = given.split(", ")
            if all(one in names for one in listed):
                return ", ".join(f"”{names[one]}”" for one in listed)
            if all(one in rule.parameters for one in listed):
                return words.part(given)
            return given
        return words.value(given)

    return show
