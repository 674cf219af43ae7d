"""What the law leaves: the kinds in which a client may go to an opening, as bits of `codes.KINDS`.

The same answers as when somebody suggests one place (`legal`), asked once for all who have not been
in a place before, and once more for each who has.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from polku.placements import legal, states
from polku.placements.fitting import codes
from polku.placements.fitting.stock import kind_bits
from polku.placements.models import Opening, Placement
from polku.placements.suggesting import wanted
from polku.placements.terms import Kind
from polku.rules import Law, list_rules
from polku.rules.parameters import Dated

Periods = list[dict[str, Any]]
RULES = ("work_trial_allowed", "work_trial_left", "rehabilitative_work_allowed", "pay_subsidy")


class Lawful:
    """The lawful kinds of openings in a period, for one client or another."""

    def __init__(self, openings: Sequence[UUID], starts_on: date, ends_on: date) -> None:
        rows = Opening.objects.filter(pk__in=list(openings)).select_related("worksite__host")
        self.openings = {row.id: row for row in rows}
        self.period = {"starts_on": starts_on, "ends_on": ends_on}
        self._said: dict[Any, bool] = {}

    def kinds(self, opening_id: UUID, counted: Periods) -> int:
        """Return the kinds in which the law stops nothing, for whoever has had these periods."""
        opening = self.openings.get(opening_id)
        if opening is None:
            return 0
        return kind_bits(
            [one for one in opening.kinds if self._stops_nothing(opening, one, counted)]
        )

    def _stops_nothing(self, opening: Opening, kind: str, counted: Periods) -> bool:
        asks = wanted(opening, kind=kind, **self.period)  # type: ignore[arg-type]
        host = asks.host.id if counted else asks.host.legal_form
        key = (kind, host, asks.hours, asks.days, asks.task if counted else "", repr(counted))
        if key not in self._said:
            found = legal.of_periods(counted, asks)
            self._said[key] = all(one.level != "stops" for one in found)
        return self._said[key]


def periods(clients: Collection[UUID]) -> dict[UUID, Periods]:
    """Return the work trials that began, as the rule reads them, of those who have had some."""
    had = Placement.objects.filter(
        client__in=clients, kind=Kind.WORK_TRIAL, state__in=states.BEGAN
    ).values_list("client_id", flat=True)
    return {client: legal.periods(client) for client in set(had)}


def first_kind(allowed: int, wished: Sequence[str]) -> str:
    """Return the kind to propose: the first one looked for, else the first in the usual order."""
    for kind in (*wished, *codes.KINDS):
        if allowed & kind_bits([kind]):
            return str(kind)
    return ""


def versions(on: date, law: Law) -> str:
    """Return which law of which date each rule was asked with on a day, for the record of a run.

    A value that the register's administrator decided says on which day.
    """
    return "; ".join(
        f"{one.rule.name}: "
        + ", ".join(
            f"{parameter.name} {version_of(dated) if dated else 'not known'}"
            for parameter, dated in one.values
        )
        for one in list_rules(on, law)
        if one.rule.name in RULES
    )


def version_of(dated: Dated) -> str:
    """Return the name of one value in a record: its first day, and when it was decided here."""
    decided = f" decided {dated.decision.on}" if dated.decision else ""
    return f"{dated.valid_from}{decided}"
