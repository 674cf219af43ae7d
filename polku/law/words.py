"""The parts of the law in the words of the page: values, days, facts, answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from polku.rules.labels import LABELS
from polku.rules.parameters import Dated, Parameter
from polku.rules.registry import Rule
from polku.rules.shown import leaves
from polku.web import dates

# The parts of answers that are no parts of a value of the law, which has its own labels.
PARTS = {
    "allowed": gettext_noop("may be had"),
    "area": gettext_noop("area"),
    "artificial": gettext_noop("artificial, for tests"),
    "authority": gettext_noop("who serves"),
    "benefit": gettext_noop("benefit"),
    "born": gettext_noop("born"),
    "century": gettext_noop("century of birth"),
    "ends_at_latest": gettext_noop("last day at the latest"),
    "months_left": gettext_noop("months left here"),
    "months_left_at_host": gettext_noop("months left at this host"),
    "months_left_in_all": gettext_noop("months left in all"),
    "months_left_in_task": gettext_noop("months left in this task"),
    "name_fi": gettext_noop("name in Finnish"),
    "name_sv": gettext_noop("name in Swedish"),
    "step": gettext_noop("step"),
    "subsidy_a_month": gettext_noop("euros of subsidy a month"),
    "trial_municipality": gettext_noop("a municipality of the trial"),
    "valid": gettext_noop("is a code"),
}
Line = tuple[str, str]
# How an answer says that it lies between two numbers.
BETWEEN = {"from", "to"}
MOST_IN_A_LINE = 8


def part(name: str) -> str:
    """Return what a part is called; a code (of an area, a separator) is itself."""
    said = PARTS.get(name) or LABELS.get(name)
    return _(said) if said else name


def named(path: Iterable[str]) -> str:
    """Return the name of a part by the names that lead to it."""
    return capfirst(", ".join(map(part, path)))


def value(given: Any) -> str:
    """Return one value in words: a number, a day, yes or no, a word, several words."""
    if given is None or given == "":
        return _("not known")
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    if isinstance(given, date):
        return dates.full(given)
    if isinstance(given, int | float | Decimal):
        return number(given)
    if isinstance(given, list | tuple):
        return ", ".join(map(value, given)) or "–"
    return part(str(given))


def number(given: float | Decimal) -> str:
    """Return a number with the page's own decimal sign, without zeros that say nothing."""
    text = format(Decimal(str(given)).normalize(), "f")
    return str(number_format(Decimal(text), use_l10n=True))


def lines(given: Any) -> list[Line]:
    """Return a value as (part, words); one line without a name where it has no parts."""
    if isinstance(given, Mapping) and given.keys() != BETWEEN:
        return [line for name, leaf in given.items() for line in _lines(leaf, (name,))]
    return _lines(given, ())


def _lines(given: Any, path: tuple[str, ...]) -> list[Line]:
    if isinstance(given, Mapping) and given.keys() == BETWEEN:
        return [(named(path), f"{value(given['from'])}–{value(given['to'])}")]
    if is_steps(given):
        said = _("from %(n)s on")
        return [(named((*path, said % {"n": value(n)})), value(leaf)) for n, leaf in given]
    return [(named((*path, *rest)), value(leaf)) for rest, leaf in leaves(given)]


def is_steps(given: Any) -> bool:
    """Whether a value grows in steps, such as [[0, 0], [100, 10]]: from where on, and how much."""
    pairs = isinstance(given, list) and bool(given)
    return pairs and all(isinstance(one, list) and len(one) == 2 for one in given)


def in_short(given: Any, *, most: int = 2) -> str:
    """Return a value in one line, with how many parts are left out."""
    all_lines = lines(given)
    said = [f"{name}: {words}" if name else words for name, words in all_lines[:most]]
    if len(all_lines) > most:
        said.append(_("and %(n)d more") % {"n": len(all_lines) - most})
    return " · ".join(said)


def with_unit(parameter: Parameter, given: Any) -> str:
    """Return a value in one line; a bare number says what it counts.

    Of many parts those come first that are numbers or yes and no; lists of words stand on the page.
    """
    if type(given) is int:
        return f"{number(given)} {_(parameter.unit)}"
    if not isinstance(given, Mapping) or given.keys() == BETWEEN:
        return in_short(given, most=4)
    found = list(leaves(given))
    plain = [f"{named(path)}: {value(leaf)}" for path, leaf in found if isinstance(leaf, int)]
    if not 0 < len(plain) <= MOST_IN_A_LINE:
        return _("%(n)s parts") % {"n": len(given)}
    rest = len(found) - len(plain)
    return " · ".join([*plain, *([_("and %(n)d more") % {"n": rest}] if rest else [])])


def time_of(first: date | None, last: date | None) -> str:
    """Return a time as `1.1.2026–31.12.2026`, `from 1.1.2026 on` or `to 31.12.2025`."""
    if first is None:
        return _("to %(day)s") % {"day": dates.full(last)} if last else _("always")
    if last is None:
        return _("from %(day)s on") % {"day": dates.full(first)}
    return f"{dates.full(first)}–{dates.full(last)}"


def facts_named(rule: Rule) -> dict[str, str]:
    """Return what each fact of a rule is called, by its name."""
    return {fact.name: _(fact.meaning) for fact in rule.facts}


def decided(dated: Dated) -> str:
    """Return who confirmed or changed a value, and when; '' for the packaged one."""
    if dated.decision is None:
        return ""
    given = {"by": dated.decision.by, "day": dates.full(dated.decision.on)}
    if dated.decision.changed:
        return _("changed here by %(by)s on %(day)s") % given
    return _("confirmed here by %(by)s on %(day)s") % given
