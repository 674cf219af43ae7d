"""A rule as a page shows it: its words, its values over time, its sources, its worked examples.

Only data: what a page draws or says is its own. Texts are English and message ids at once, and
stand in the catalogues; names of parts have their words in `labels`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from polku.rules.answer import Answer
from polku.rules.cases import Case, cases_of
from polku.rules.errors import RuleError
from polku.rules.facts import Fact
from polku.rules.parameters import Dated, Law, Parameter, packaged_law
from polku.rules.reason import Reason
from polku.rules.registry import Rule, all_rules, ask, rule_named

ONE_DAY = timedelta(days=1)
Scalar = bool | int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A time from `first` to `last`, both included (None: open); its value (None: not known)."""

    first: date | None
    last: date | None
    dated: Dated | None


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a value through all spans. `path` names it: () where the value has no parts.

    `cells` has one entry a span: a number, yes or no, a word, several words, or None where the part
    is not there or not known.
    """

    path: tuple[str, ...]
    cells: tuple[Scalar | None, ...]

    @property
    def drawn(self) -> bool:
        """Whether it can be drawn as a line over time: numbers, or nothing."""
        return all(cell is None or type(cell) is int for cell in self.cells)

    @property
    def changes(self) -> bool:
        return len({cell for cell in self.cells if cell is not None}) > 1


@dataclass(frozen=True, slots=True)
class ParameterShown:
    parameter: Parameter
    spans: tuple[Span, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class CaseShown:
    """An example with the facts as declared, and what is answered today: an answer or a refusal."""

    case: Case
    facts: tuple[tuple[Fact, Any], ...]
    answer: Answer | None
    refusal: Reason | None


@dataclass(frozen=True, slots=True)
class RuleShown:
    rule: Rule
    parameters: tuple[ParameterShown, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which a value changes, begins or ends, and the rules that rest on it."""

    day: date
    parameter: Parameter
    before: Dated | None
    after: Dated | None
    rules: tuple[str, ...]


def rule_shown(name: str, law: Law | None = None) -> RuleShown:
    """All that a page on a rule needs. `UnknownRule` names those that exist."""
    rule, in_force = rule_named(name), law or packaged_law()
    parameters = tuple(parameter_shown(in_force[part]) for part in rule.parameters)
    return RuleShown(rule, parameters, cases_of(name))


def parameter_shown(parameter: Parameter) -> ParameterShown:
    spans = tuple(_spans(parameter))
    parts = [dict(leaves(span.dated.value)) if span.dated else {} for span in spans]
    paths = dict.fromkeys(path for part in parts for path in part)
    rows = tuple(Row(path, tuple(part.get(path) for part in parts)) for path in paths)
    return ParameterShown(parameter, spans, rows)


def case_shown(case: Case, law: Law | None = None) -> CaseShown:
    declared = {fact.name: fact for fact in rule_named(case.rule).facts}
    facts = tuple((declared[name], given) for name, given in case.facts.items() if name in declared)
    try:
        return CaseShown(case, facts, ask(case.rule, on=case.on, facts=case.facts, law=law), None)
    except RuleError as error:
        return CaseShown(case, facts, None, error.reason)


def changes_of(law: Law | None = None) -> tuple[Change, ...]:
    """Every change of the law that is known here, in order of time: for a calendar of changes."""
    found = []
    for parameter in law or packaged_law():
        rules = tuple(one.name for one in all_rules().values() if parameter.name in one.parameters)
        spans = list(_spans(parameter))
        for before, after in zip(spans, spans[1:], strict=False):
            assert after.first is not None
            found.append(Change(after.first, parameter, before.dated, after.dated, rules))
    return tuple(sorted(found, key=lambda one: (one.day, one.parameter.name)))


def to_verify(on: date, law: Law | None = None) -> tuple[tuple[Parameter, Dated], ...]:
    """The values of a day that nobody has verified: what an administrator may confirm."""
    return tuple(
        (parameter, dated)
        for parameter in law or packaged_law()
        for dated in parameter.values
        if dated.holds_on(on) and not dated.verified
    )


def _spans(parameter: Parameter) -> Iterator[Span]:
    """The values in order, with the times around and between them that are not known."""
    known_to: date | None = None
    yield Span(None, parameter.values[0].valid_from - ONE_DAY, None)
    for dated in parameter.values:
        if known_to is not None and known_to + ONE_DAY < dated.valid_from:
            yield Span(known_to + ONE_DAY, dated.valid_from - ONE_DAY, None)
        yield Span(dated.valid_from, dated.valid_to, dated)
        known_to = dated.valid_to
    if known_to is not None:
        yield Span(known_to + ONE_DAY, None, None)


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """The parts of a value with the names that lead to them.

    A list of words is one part; of other lists each member has its place (from 1), and a step such
    as [100, 10] is named after where it begins.
    """
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from leaves(part, (*path, name))
    elif not isinstance(value, list):
        yield path, value
    elif all(isinstance(one, str) for one in value):
        yield path, tuple(value)
    elif all(isinstance(one, list) for one in value):
        for begins, part in value:
            yield (*path, str(begins)), part
    else:
        for nth, part in enumerate(value, 1):
            yield from leaves(part, (*path, str(nth)))
