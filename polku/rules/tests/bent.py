"""The law bent by as little as can be, to see that a worked example notices.

Numbers by one up and down, yes and no turned round, words of a list taken away or put in, names
misspelt, the day on which a value begins or ends moved by one, and what is said to be verified.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from polku.rules.hosts import HOSTS
from polku.rules.parameters import Dated, Parameter
from polku.rules.registry import Rule
from polku.rules.status import STATUSES

ONE_DAY = timedelta(days=1)
# Words that a list may hold instead: more than there are would be noticed by nobody.
WORDS = (frozenset(HOSTS), frozenset(STATUSES))

# A rule put together from others rests on their parameters too, which have their examples there.
OWN = {"who_serves": ("serving_authority",)}

Bent = tuple[str, Parameter]


def own_parameters(rule: Rule) -> tuple[str, ...]:
    return OWN.get(rule.name, rule.parameters)


def bent(parameter: Parameter, *, values: bool = True) -> Iterator[Bent]:
    """Every such parameter with what was done to it; `values` false leaves the values alone."""
    for nth, dated in enumerate(parameter.values):
        where = f"{parameter.name} from {dated.valid_from}"
        for what, value in values_beside(dated.value) if values else ():
            yield f"{where}: {what}", with_value(parameter, nth, replace(dated, value=value))
        turned = replace(dated, verified=not dated.verified)
        yield f"{where}: verified turned round", with_value(parameter, nth, turned)
    yield from moved(parameter)


def with_value(parameter: Parameter, nth: int, dated: Dated) -> Parameter:
    values = list(parameter.values)
    values[nth] = dated
    return replace(parameter, values=tuple(values))


def moved(parameter: Parameter) -> Iterator[Bent]:
    """The first and last day of all, and each change between two values, a day to either side."""
    for day in changes(parameter):
        for by in (-ONE_DAY, ONE_DAY):
            values = tuple(_moved(dated, day, by) for dated in parameter.values)
            yield f"{parameter.name}: {day} by {by.days}", replace(parameter, values=values)


def _moved(dated: Dated, day: date, by: timedelta) -> Dated:
    if dated.valid_from == day:
        dated = replace(dated, valid_from=day + by)
    if dated.valid_to == day - ONE_DAY:
        dated = replace(dated, valid_to=day - ONE_DAY + by)
    return dated


def changes(parameter: Parameter) -> list[date]:
    """The days from which on another value, or none, is known."""
    begins = {dated.valid_from for dated in parameter.values}
    ends = {dated.valid_to + ONE_DAY for dated in parameter.values if dated.valid_to}
    return sorted(begins | ends)


def values_beside(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool):
        yield f"{not value} for {value}", not value
    elif isinstance(value, int):
        yield f"{value + 1} for {value}", value + 1
        yield f"{value - 1} for {value}", value - 1
    elif isinstance(value, str):
        yield f"{value}x for {value}", value + "x"
    elif isinstance(value, dict):
        yield from _dict_beside(value)
    else:
        yield from _list_beside(value)


def _dict_beside(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, part in value.items():
        for what, other in values_beside(part):
            yield f"{key}: {what}", {**value, key: other}


def _list_beside(value: list[Any]) -> Iterator[tuple[str, Any]]:
    words = next((words for words in WORDS if value and words.issuperset(map(str, value))), None)
    for nth, part in enumerate(value):
        if words:
            yield f"without {part}", value[:nth] + value[nth + 1 :]
            continue
        for what, other in values_beside(part):
            yield f"[{nth}]: {what}", [*value[:nth], other, *value[nth + 1 :]]
    for word in sorted((words or set()) - set(map(str, value))):
        yield f"with {word}", [*value, word]
