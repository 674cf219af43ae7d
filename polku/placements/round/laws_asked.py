"""The law and the calculation of a round's run in words, from the short names in its record.

The record keeps names that stay the same ("pay_subsidy: pay_subsidy_terms 2025-01-01"); a page says
what they stand for, and shows them in small for whoever compares records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from polku.placements.round.lawful import version_of as _version
from polku.rules import Law, list_rules
from polku.rules.parameters import Dated
from polku.rules.registry import ListedRule
from polku.web import dates

AUCTION = "polku-auction/"


@dataclass(frozen=True, slots=True)
class LawAsked:
    """One rule: its question, from when on the law behind it holds, whether that was verified."""

    question: str
    since: str
    verified: bool
    names: str


def laws(record: str, on: date, law: Law) -> list[LawAsked]:
    """Return the rules that a record names, in its order; `on` is the day that they were asked.

    `law` is the register's as it is known now.
    """
    known = {one.rule.name: one for one in list_rules(on, law)}
    return [_law(one, known) for one in record.split("; ") if one]


def _law(names: str, known: dict[str, ListedRule]) -> LawAsked:
    rule, _colon, rest = names.partition(": ")
    listed = known.get(rule)
    values = [_dated(listed, *one.split(" ", 1)) for one in rest.split(", ") if " " in one]
    since = dict.fromkeys(dates.full(day) for day in map(_day, rest.split(", ")) if day)
    said = _("law in force from %(day)s on") % {"day": ", ".join(since)}
    return LawAsked(
        question=_(listed.rule.question) if listed else rule,
        since=said if since else _("the law of that day is not known here"),
        verified=bool(values) and all(one is not None and one.verified for one in values),
        names=names,
    )


def _day(version: str) -> date | None:
    """Return the first day of the law that was followed: it stands after the parameter's name."""
    try:
        return date.fromisoformat(version.split(" ")[1])
    except (IndexError, ValueError):
        return None


def _dated(listed: ListedRule | None, parameter: str, day: str) -> Dated | None:
    """Return the value that the record names, as it is known now."""
    for one, _value in listed.values if listed else ():
        if one.name == parameter:
            return next((v for v in one.values if _version(v) == day), None)
    return None


def solver(record: str) -> str:
    """Return by what a run was worked out."""
    if record.startswith(AUCTION):
        return _("Polku's own auction, which proves its answer")
    return _("OR-tools, when Polku's own auction had used up its time")
