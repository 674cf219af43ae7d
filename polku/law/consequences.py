"""What a value would change: the worked examples that would then be answered otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from polku.law import words
from polku.rules import Law, case_shown, cases_of
from polku.rules.registry import Rule, all_rules
from polku.rules.shown import CaseShown
from polku.web import dates

MOST = 30


@dataclass(frozen=True, slots=True)
class Otherwise:
    """An example that is answered in another way: the parts that differ, now and then."""

    rule: str
    on: str
    says: str
    parts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Consequences:
    """`examples` were asked; `otherwise` differ (the first of them), `more` could not be listed.

    `surer` are those whose answer stays but is verified then, or no longer.
    """

    examples: int
    otherwise: tuple[Otherwise, ...]
    more: int
    surer: int


def of(parameter: str, before: Law, after: Law) -> Consequences:
    """Compare every example of the rules that rest on a parameter."""
    count, surer, found = 0, 0, []
    for rule in rules_on(parameter):
        for case in cases_of(rule.name):
            now, then = case_shown(case, before), case_shown(case, after)
            count += 1
            if answer_lines(now) != answer_lines(then):
                found.append(_otherwise(rule, now, then))
            elif _sure(now) != _sure(then):
                surer += 1
    return Consequences(count, tuple(found[:MOST]), max(0, len(found) - MOST), surer)


def rules_on(parameter: str) -> Iterator[Rule]:
    """Return the rules that rest on a parameter."""
    return (rule for rule in all_rules().values() if parameter in rule.parameters)


def answer_lines(shown: CaseShown) -> tuple[words.Line, ...]:
    """Return what an example is answered, as (part, words)."""
    if shown.answer is None:
        return (("", _("refused: nothing is known")),)
    return tuple(words.lines(shown.answer.value))


def _sure(shown: CaseShown) -> bool:
    return shown.answer is not None and shown.answer.verified


def _otherwise(rule: Rule, now: CaseShown, then: CaseShown) -> Otherwise:
    return Otherwise(
        rule=_(rule.question),
        on=dates.full(now.case.on),
        says=_(now.case.says),
        parts=_differences(dict(answer_lines(now)), dict(answer_lines(then))),
    )


def _differences(now: dict[str, str], then: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (name, now.get(name, "–"), then.get(name, "–"))
        for name in dict.fromkeys([*now, *then])
        if now.get(name) != then.get(name)
    )
