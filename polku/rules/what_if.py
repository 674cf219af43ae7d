"""What follows when facts are missing: every outcome that they leave open.

A missing fact that has few values is tried in each of them; a number at the limits of the law and
beside them, since nothing changes between those; an amount of money at both ends. Where the answer
is the same throughout, it is given; otherwise the answer is "not known", and says what it would be.
A fact that can be neither tried nor bounded (a date, a name) is refused as missing.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import inf, prod
from typing import Any

from polku.rules.answer import Answer, Supposed, WhatIf, jsonable
from polku.rules.errors import MissingFact, MissingFacts
from polku.rules.facts import Fact
from polku.rules.reason import Reason, because

MOST_TRIED = 40_000
MOST_SAID = 24

Asked = Callable[[Mapping[str, Any]], Answer]


@dataclass(frozen=True, slots=True)
class Branch:
    """What a fact leads to: a value, or another branch, for each part of what it may be."""

    parts: tuple[tuple[Supposed, Any], ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """One way in which the missing facts may be, as many values as facts, and what it leads to."""

    given: tuple[Any, ...]
    outcome: Any
    key: str


def suppose(
    rule: str, missing: tuple[Fact, ...], given: dict[str, Any], limits: set[int], asked: Asked
) -> Answer:
    """The answer without the `missing` facts. Raises `MissingFact` where they can't be supposed."""
    samples = {fact.name: _samples(fact, limits) for fact in missing}
    names = tuple(samples)
    if not all(samples.values()) or prod(map(len, samples.values())) > MOST_TRIED:
        raise MissingFact(rule, *names) if len(names) == 1 else MissingFacts(rule, names)
    answers = [
        asked({**given, **dict(zip(names, one, strict=True))}) for one in product(*samples.values())
    ]
    tried = [
        _tried(one, jsonable(answer.value))
        for one, answer in zip(product(*samples.values()), answers, strict=True)
    ]
    for nth, fact in enumerate(missing):
        if getattr(fact.read, "smooth", False):
            tried = _between_ends(nth, tried)
    outcome = decided(names, tried)
    said = tuple(because("The fact %(fact)s is not given.", fact=name) for name in names)
    return _answer(answers, outcome, names, said)


def _tried(given: tuple[Any, ...], outcome: Any) -> Tried:
    return Tried(given, outcome, json.dumps(outcome, sort_keys=True))


def _between_ends(nth: int, tried: list[Tried]) -> list[Tried]:
    """Without the fact at that place: in its stead the outcome says from what to what it goes."""
    ends: dict[tuple[Any, ...], list[Tried]] = {}
    for one in tried:
        ends.setdefault((*one.given[:nth], *one.given[nth + 1 :]), []).append(one)
    return [
        _tried((*rest[:nth], None, *rest[nth:]), between(of[0].outcome, of[-1].outcome))
        for rest, of in ends.items()
    ]


def decided(names: tuple[str, ...], tried: list[Tried]) -> Any:
    """The outcome that all have in common, or a `Branch` at the fact that tells most."""
    if len({one.key for one in tried}) == 1:
        return tried[0].outcome
    nth = min(range(len(names)), key=lambda nth: _left_open(nth, tried))
    by_value: dict[Any, list[Tried]] = {}
    for one in tried:
        by_value.setdefault(one.given[nth], []).append(one)
    after = [(value, decided(names, of)) for value, of in by_value.items()]
    return Branch(grouped(names[nth], after))


def _left_open(nth: int, tried: list[Tried]) -> float:
    """How mixed the outcomes are once the fact at that place is known (Gini's measure)."""
    counts: dict[Any, Counter[str]] = {}
    for one in tried:
        counts.setdefault(one.given[nth], Counter())[one.key] += 1
    if len(counts) == 1:
        return inf
    return sum(
        of.total() - sum(count * count for count in of.values()) / of.total()
        for of in counts.values()
    )


def _answer(
    tried: list[Answer], outcome: Any, missing: tuple[str, ...], said: tuple[Reason, ...]
) -> Answer:
    first, common = tried[0], _common(tried)
    if not isinstance(outcome, Branch) and all(one.value == first.value for one in tried):
        same = because("None of this changes the answer.")
        verified = all(one.verified for one in tried)
        return replace(first, verified=verified, because=(*said, same, *common), missing=missing)
    follows = tuple(_leaves(outcome, ()))
    told = tuple(one.reason() for one in follows[:MOST_SAID])
    reasons = (*said, *told, *common)
    return replace(
        first, value=None, verified=False, because=reasons, missing=missing, what_if=follows
    )


def _samples(fact: Fact, limits: set[int]) -> tuple[Any, ...]:
    if fact.options:
        return fact.options
    found: Callable[[Iterable[int]], tuple[Any, ...]] | None = getattr(fact.read, "samples", None)
    return found(limits) if found else ()


def grouped(fact: str, tried: list[tuple[Any, Any]]) -> tuple[tuple[Supposed, Any], ...]:
    """Values of one outcome together: numbers that lie side by side, words and yes or no anyhow."""
    numbers = not any(isinstance(value, bool | str) for value, _ in tried)
    groups: list[tuple[list[Any], Any]] = []
    for value, outcome in tried:
        near = groups[-1:] if numbers else groups
        found = next((values for values, other in near if other == outcome), None)
        if found is None:
            groups.append(([value], outcome))
        else:
            found.append(value)
    if numbers:
        return tuple((Supposed(fact, (), all_[0], all_[-1]), outcome) for all_, outcome in groups)
    return tuple((Supposed(fact, tuple(all_)), outcome) for all_, outcome in groups)


def between(low: Any, high: Any) -> Any:
    """One value where the ends agree; where two numbers differ, from the one to the other."""
    if isinstance(low, dict) and isinstance(high, dict) and low.keys() == high.keys():
        return {key: between(low[key], high[key]) for key in low}
    return low if low == high else {"from": low, "to": high}


def _leaves(outcome: Any, path: tuple[Supposed, ...]) -> Iterable[WhatIf]:
    if not isinstance(outcome, Branch):
        yield WhatIf(path, outcome)
        return
    for supposed, after in outcome.parts:
        yield from _leaves(after, (*path, supposed))


def _common(tried: list[Answer]) -> tuple[Reason, ...]:
    """The reasons that hold whatever the missing facts are."""
    return tuple(
        reason for reason in tried[0].because if all(reason in one.because for one in tried[1:])
    )


def limits_in(value: Any) -> Iterable[int]:
    """Every whole number in a parameter's value: where an answer may change."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from limits_in(part)
    elif type(value) is int:
        yield value
