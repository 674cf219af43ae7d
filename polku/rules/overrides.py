"""Values that a named administrator has confirmed or changed, laid over the packaged law.

An override is data: whoever keeps them (a table, a file) passes them in, and gets a `Law` that
every function here takes. Nothing is lost: the packaged parameters stay as they are, and an answer
that rests on an override says who decided it, when, and by which source.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from polku.rules.errors import RuleError
from polku.rules.hosts import HOSTS
from polku.rules.parameters import Dated, Decision, Law, Parameter
from polku.rules.reason import because
from polku.rules.sound import complaints

ONE_DAY = timedelta(days=1)


class OverrideRefused(RuleError):
    """An override that can't be laid over the law; the sentence says what to change."""


@dataclass(frozen=True, slots=True)
class Override:
    """`value` holds from `valid_from` to `valid_to` (last day, or None: until further notice).

    `by` is the administrator as named on screen, `decided_on` the day of the decision. From
    `withdrawn_on` on it is as if it had not been made.
    """

    parameter: str
    value: Any
    valid_from: date
    valid_to: date | None
    source: str
    by: str
    decided_on: date
    url: str = ""
    note: str = ""
    withdrawn_on: date | None = None

    def known_on(self, day: date) -> bool:
        """Whether it had been decided, and not withdrawn, by the end of that day."""
        withdrawn = self.withdrawn_on is not None and self.withdrawn_on <= day
        return self.decided_on <= day and not withdrawn


def with_overrides(law: Law, overrides: Iterable[Override], known_on: date) -> Law:
    """The law as it was known on a day; of two overrides of one time the later decided holds.

    Raises `OverrideRefused`, whatever the day: a wrong override is wrong before it is used too.
    """
    in_order = sorted(overrides, key=lambda one: one.decided_on)
    for one in in_order:
        _check(law, one)
    for one in in_order:
        if one.known_on(known_on):
            law = law.replaced(_laid_over(law[one.parameter], one))
    return law


def _laid_over(parameter: Parameter, one: Override) -> Parameter:
    """The parameter with the time of the override cut out of its values, and the override in it."""
    kept = [part for dated in parameter.values for part in _outside(dated, one)]
    return replace(parameter, values=tuple(sorted([*kept, _dated(parameter, one)], key=_first)))


def _dated(parameter: Parameter, one: Override) -> Dated:
    met = [dated for dated in parameter.values if _overlap(dated, one)]
    changed = not met or any(dated.value != one.value for dated in met)
    decision = Decision(one.by, one.decided_on, changed)
    time = (one.valid_from, one.valid_to)
    return Dated(one.value, *time, one.source, one.url, True, one.note, decision)


def _outside(dated: Dated, one: Override) -> list[Dated]:
    if not _overlap(dated, one):
        return [dated]
    parts = []
    if dated.valid_from < one.valid_from:
        parts.append(replace(dated, valid_to=one.valid_from - ONE_DAY))
    if one.valid_to is not None and (dated.valid_to is None or one.valid_to < dated.valid_to):
        parts.append(replace(dated, valid_from=one.valid_to + ONE_DAY))
    return parts


def _overlap(dated: Dated, one: Override) -> bool:
    starts_in_time = one.valid_to is None or dated.valid_from <= one.valid_to
    return starts_in_time and (dated.valid_to is None or one.valid_from <= dated.valid_to)


def _first(dated: Dated) -> date:
    return dated.valid_from


def _check(law: Law, one: Override) -> None:
    if one.parameter not in law:
        msgid = "There is no parameter called %(parameter)s."
        raise OverrideRefused(because(msgid, parameter=one.parameter))
    if not one.source.strip() or not one.by.strip():
        raise OverrideRefused(because("A value needs a source and the name of who decided it."))
    if one.valid_to is not None and one.valid_to < one.valid_from:
        raise OverrideRefused(because("The last day is before the first."))
    if not any(same_form(one.value, dated.value) for dated in law[one.parameter].values):
        msgid = "The value does not have the form that %(parameter)s has at other times."
        raise OverrideRefused(because(msgid, parameter=one.parameter))
    if any(complaints(one.value)):
        msgid = "The parts of the value contradict each other (%(parameter)s)."
        raise OverrideRefused(because(msgid, parameter=one.parameter))


def same_form(value: object, example: object) -> bool:
    """Whether the functions that read `example` can read `value`: kinds and names, all through.

    A whole number stays one and is not below zero; a list of kinds of host holds no other word.
    """
    if isinstance(example, dict):
        return (
            isinstance(value, dict)
            and value.keys() == example.keys()
            and all(same_form(value[key], part) for key, part in example.items())
        )
    if isinstance(example, list):
        return isinstance(value, list) and _same_members(value, example)
    if type(example) is int:
        return type(value) is int and value >= 0
    return type(value) is type(example)


def _same_members(value: list[Any], example: list[Any]) -> bool:
    words = [part for part in example if isinstance(part, str)]
    if words and len(words) == len(example) and set(words) <= HOSTS.keys():
        return all(isinstance(part, str) and part in HOSTS for part in value)
    if not example:
        return not value
    return all(any(same_form(part, other) for other in example) for part in value)
