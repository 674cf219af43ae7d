"""The client's placements on the client page: state, whose turn, the next date, one main action.

Under a safety ban nothing of them stands here, not even whether there are any: they open with the
guarded view.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from polku.clients.person import Person
from polku.desk.addresses import address
from polku.placements import states, summaries
from polku.placements.client.showing import Line, line
from polku.web import dates

# Those that live or wait for something stand here; the rest is a press away.
AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """The lines, how many more there are, and since when the client waits for a place."""

    lines: tuple[Line, ...]
    rest: int
    waits: str


def placed(found: summaries.Placed, person: Person, today: date) -> Placed:
    """Return the client's placements: those that live first."""
    rows = sorted(found.rows, key=lambda row: row.state not in states.LIVE)
    lines = tuple(
        line(row, address("placement", person.id, row.id), person.called, today)
        for row in rows[:AT_MOST]
    )
    waits = ""
    if found.waiting_since and not person.closed_on:
        waits = _("waits for a place since %(day)s") % {
            "day": dates.short(found.waiting_since, today)
        }
    return Placed(lines, max(0, len(rows) - AT_MOST), waits)
