"""What every value of a parameter must keep, whoever wrote it: parts that do not contradict."""

from collections.abc import Iterator, Mapping
from typing import Any


def complaints(value: Any) -> Iterator[str]:
    """What contradicts itself in a value, in English; nothing when it is sound."""
    if isinstance(value, Mapping):
        yield from _limits(value)
        yield from _employers(value)
        for part in value.values():
            yield from complaints(part)
    elif isinstance(value, list):
        if len(set(map(repr, value))) < len(value) and all(isinstance(one, str) for one in value):
            yield "a word stands twice in a list"
        if value and all(isinstance(one, list) and len(one) == 2 for one in value):
            yield from _steps(value)


def _limits(value: Mapping[str, Any]) -> Iterator[str]:
    for name, least in value.items():
        most = value.get(name.replace("_at_least", "_at_most"), least)
        if name.endswith("_at_least") and most < least:
            yield f"{name} is above its upper limit"


def _employers(value: Mapping[str, Any]) -> Iterator[str]:
    """Who gets something is not among those who never do; who gets all is among who get some."""
    employers = set(value.get("employers", ()))
    if not set(value.get("doubted", ())) <= employers:
        yield "an employer who gets nothing is doubted"
    if employers & set(value.get("never", ())):
        yield "an employer both gets the subsidy and never does"
    all_pay = value.get("all_pay", {})
    certain, perhaps = set(all_pay.get("employers", ())), set(all_pay.get("perhaps", ()))
    if not certain | perhaps <= employers or certain & perhaps:
        yield "all pay is covered for an employer who gets none, or both surely and perhaps"


def _steps(value: list[Any]) -> Iterator[str]:
    if value[0][0] != 0:
        yield "the first step does not begin at 0"
    if [one[0] for one in value] != sorted({one[0] for one in value}):
        yield "steps do not grow"
