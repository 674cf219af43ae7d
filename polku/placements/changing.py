"""What changes in an agreement, in words: old and new of each term, for whoever signs anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from polku.placements.models import Placement, Signature, TermsChange
from polku.placements.wording import number
from polku.web import dates

DAYS = ("starts_on", "ends_on")
NUMBERS = ("hours_a_day", "days_a_week", "pay_a_month")
Changed = tuple[str, str]


def since_signed(party: str, placement: Any) -> QuerySet[TermsChange]:
    """Return what has changed since the party signed last, the oldest first; nothing before that.

    `placement` is a placement, or an OuterRef to one.
    """
    signed = Signature.objects.filter(placement=OuterRef("placement"), party=party)
    return (
        TermsChange.objects.filter(placement=placement)
        .exclude(what=TermsChange.What.INTERRUPTION)
        .filter(at__gt=Subquery(signed.order_by("-at").values("at")[:1]))
        .order_by("at")
    )


def of(placement: Placement, party: str) -> tuple[Changed, ...]:
    """Return what changes for a party of a placement: a term's name, and its old and new value."""
    return in_words(since_signed(party, placement).values_list("was", "becomes"))


def in_words(rows: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> tuple[Changed, ...]:
    """Return changes, the oldest first, as one: what was at first, and what is to be in the end."""
    was: dict[str, Any] = {}
    becomes: dict[str, Any] = {}
    for old, new in rows:
        was = {**old, **was}
        becomes |= new
    names = _names()
    return tuple(
        (names[name], f"{value(name, was.get(name))} → {value(name, becomes[name])}")
        for name in names
        if name in becomes and was.get(name) != becomes[name]
    )


def value(name: str, given: Any) -> str:
    """Return a term's value as the page says it."""
    if given in (None, ""):
        return _("open")
    if name in DAYS:
        return dates.full(date.fromisoformat(str(given)))
    if name in NUMBERS:
        return number(Decimal(str(given)))
    return str(given)


def _names() -> dict[str, str]:
    return {
        "starts_on": _("First day"),
        "ends_on": _("Last day"),
        "hours_a_day": _("Hours a day"),
        "days_a_week": _("Days a week"),
        "times": _("Times"),
        "tasks": _("Tasks"),
        "supervisor": _("Supervisor"),
        "pay_a_month": _("Pay in euros a month"),
        "known_as": _("Name at the workplace"),
    }
