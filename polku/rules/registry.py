"""The rules by name: how one is declared, asked and listed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from polku.rules import known
from polku.rules.answer import Answer
from polku.rules.errors import BadFact, NoValueOnDate, UnknownRule
from polku.rules.facts import Fact, Unreadable
from polku.rules.parameters import Dated, Law, Parameter, packaged_law
from polku.rules.reason import Reason, because
from polku.rules.what_if import limits_in, suppose

Answering = Callable[[Mapping[str, Any], date, Law], Answer]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as declared: its question and its text in plain words, its facts and parameters.

    `governed_by` names the facts whose day decides which law is followed; empty: the day asked
    about.
    """

    name: str
    question: str
    text: str
    facts: tuple[Fact, ...]
    parameters: tuple[str, ...]
    governed_by: tuple[str, ...]
    answer: Answering


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule with the values of its parameters on a day; None where none is known."""

    rule: Rule
    values: tuple[tuple[Parameter, Dated | None], ...]


_rules: dict[str, Rule] = {}


def rule(
    question: str,
    *,
    text: str,
    facts: tuple[Fact, ...],
    parameters: tuple[str, ...],
    governed_by: tuple[str, ...] = (),
) -> Callable[[Answering], Answering]:
    """Declare the function as the rule of the same name.

    It is called with the facts read (every declared fact is there, optional ones maybe None), the
    day asked about and the law.
    """

    def declare(function: Answering) -> Answering:
        name = function.__name__
        _rules[name] = Rule(name, question, text, facts, parameters, governed_by, function)
        return function

    return declare


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by name: each module in `known/` declares its own."""
    for module in iter_modules(known.__path__):
        import_module(f"{known.__name__}.{module.name}")
    return dict(sorted(_rules.items()))


def rule_named(name: str) -> Rule:
    """The rule as declared; `UnknownRule` names those that exist."""
    try:
        return all_rules()[name]
    except KeyError:
        raise UnknownRule(name, tuple(all_rules())) from None


def ask(name: str, *, on: date, facts: Mapping[str, Any], law: Law | None = None) -> Answer:
    """The answer of a rule on a day.

    `facts` hold Python values or what JSON gives (dates as ISO text). Where one is missing, the
    answer says so and what would follow (see `what_if`). Raises `UnknownRule`, `BadFact`,
    `NoValueOnDate` when the law of that time is not known, or `MissingFact` where nothing can be
    said without it. `law` replaces the packaged parameters.
    """
    found, in_force = rule_named(name), law or packaged_law()
    read = {fact.name: _read(fact, facts.get(fact.name)) for fact in found.facts}
    missing = tuple(fact for fact in found.facts if fact.required and read[fact.name] is None)
    if missing:
        limits = {one for part in found.parameters for one in _limits(in_force[part])}
        answer = suppose(
            name, missing, read, limits, lambda supposed: found.answer(supposed, on, in_force)
        )
    else:
        answer = found.answer(read, on, in_force)
    if facts.keys() <= read.keys():
        return answer
    ignored = [_ignored(extra, read) for extra in sorted(facts.keys() - read.keys())]
    return replace(answer, because=(*answer.because, *ignored))


def _limits(parameter: Parameter) -> Iterable[int]:
    return (limit for dated in parameter.values for limit in limits_in(dated.value))


def list_rules(on: date, law: Law | None = None) -> tuple[ListedRule, ...]:
    """Every rule, by name, with the law of that day."""
    in_force = law or packaged_law()
    return tuple(
        ListedRule(found, tuple(_value_on(in_force[name], on) for name in found.parameters))
        for found in all_rules().values()
    )


def _read(fact: Fact, given: object) -> Any:
    if given is None:
        return None
    try:
        return fact.read(given)
    except Unreadable as problem:
        raise BadFact(fact.name, problem.args[0], **problem.params) from None


def _ignored(extra: str, read: Mapping[str, Any]) -> Reason:
    """Facts about a person may serve many rules, but a misspelt one must not go unnoticed."""
    left_out = [name for name, value in read.items() if value is None]
    for meant in get_close_matches(extra, left_out, n=1, cutoff=0.8):
        msgid = "The fact %(fact)s is not known; %(meant)s may be meant."
        raise BadFact(extra, msgid, meant=meant)
    return because("The fact %(fact)s was given, but this rule does not read it.", fact=extra)


def _value_on(parameter: Parameter, day: date) -> tuple[Parameter, Dated | None]:
    try:
        return parameter, parameter.on(day)
    except NoValueOnDate:
        return parameter, None
