"""A rule as its page shows it: words, values over time, sources, examples, what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polku.law import consequences, picture, words
from polku.law.explaining import fact_words
from polku.law.listing import sure
from polku.rules import Law, case_shown, rule_shown
from polku.rules.parameters import READ_ON, Parameter
from polku.rules.registry import Rule
from polku.rules.shown import CaseShown, ParameterShown, Span
from polku.web import dates

FIRST_EXAMPLES = 12


@dataclass(frozen=True, slots=True)
class Time:
    """A value in its time; `first` is the day by which the form of deciding finds it."""

    time: str
    lines: tuple[words.Line, ...]
    now: bool
    known: bool
    sure: SafeString
    source: str
    url: str
    note: str
    decided: str
    first: str


@dataclass(frozen=True, slots=True)
class Values:
    """A parameter: its picture, its values from the latest to the first, and what it leaves out."""

    name: str
    meaning: str
    unit: str
    picture: SafeString
    undrawn: int
    own: bool
    times: tuple[Time, ...]
    before: str
    after: str
    url: str


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: the day, what it says, the facts, and what is answered."""

    on: str
    says: str
    facts: tuple[words.Line, ...]
    answer: tuple[words.Line, ...]
    known: bool
    verified: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A rule, ready to show."""

    title: str
    text: str
    facts: tuple[str, ...]
    governed: tuple[str, ...]
    values: tuple[Values, ...]
    examples: tuple[Example, ...]
    more_examples: tuple[Example, ...]
    sure: SafeString
    read_on: str


def page(rule: Rule, today: date, law: Law) -> Page:
    """Return the page of a rule."""
    shown = rule_shown(rule.name, law)
    names = words.facts_named(rule)
    examples = _examples(rule.name, law, get_language() or "fi")
    in_force = [
        next((one for one in part.parameter.values if one.holds_on(today)), None)
        for part in shown.parameters
    ]
    return Page(
        title=_(rule.question),
        text=_(rule.text),
        facts=tuple(map(capfirst, names.values())),
        governed=tuple(names[name] for name in rule.governed_by),
        values=tuple(values(part, today) for part in shown.parameters),
        examples=examples[:FIRST_EXAMPLES],
        more_examples=examples[FIRST_EXAMPLES:],
        sure=sure(in_force),
        read_on=dates.full(READ_ON),
    )


def values(shown: ParameterShown, today: date) -> Values:
    """Return a parameter's values over time, the latest first."""
    parameter = shown.parameter
    return Values(
        name=parameter.name,
        meaning=_(parameter.meaning),
        unit=_(parameter.unit),
        picture=picture.drawn(shown, today),
        undrawn=picture.tracks_of(shown)[1],
        own=any(dated.decision for dated in parameter.values),
        times=tuple(_time(parameter, span, today) for span in reversed(shown.spans)),
        before=_(parameter.before) if parameter.before else "",
        after=_(parameter.after) if parameter.after else "",
        url=reverse("law_value", args=[parameter.name]),
    )


def _time(parameter: Parameter, span: Span, today: date) -> Time:
    dated = span.dated
    now = (span.first or date.min) <= today <= (span.last or date.max)
    return Time(
        time=words.time_of(span.first, span.last),
        lines=_lines(parameter, dated.value) if dated else (),
        now=now,
        known=dated is not None,
        sure=sure([dated]) if dated else SafeString(""),
        source=_(dated.source) if dated else "",
        url=dated.url if dated else "",
        note=_(dated.note) if dated and dated.note else "",
        decided=words.decided(dated) if dated else "",
        first=span.first.isoformat() if span.first else "",
    )


def _lines(parameter: Parameter, given: Any) -> tuple[words.Line, ...]:
    if type(given) is int:
        return (("", words.with_unit(parameter, given)),)
    return tuple(words.lines(given))


@lru_cache(maxsize=256)
def _examples(rule: str, law: Law, language: str) -> tuple[Example, ...]:
    """Return the worked examples, asked by this law; `language` only keeps the cache apart."""
    return tuple(_example(case_shown(case, law)) for case in rule_shown(rule, law).cases)


def _example(shown: CaseShown) -> Example:
    return Example(
        on=dates.full(shown.case.on),
        says=_(shown.case.says),
        facts=tuple((_(fact.meaning), fact_words(given)) for fact, given in shown.facts),
        answer=consequences.answer_lines(shown),
        known=shown.answer is not None,
        verified=shown.answer is not None and shown.answer.verified,
    )
