"""The client's open matters of unemployment security on the client page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from polku.clients.person import Person
from polku.desk.addresses import address
from polku.statements.presenters import Line, line
from polku.statements.summaries import Summary


def matters(rows: list[Summary], person: Person, today: date) -> tuple[Line, ...]:
    """Return the open matters, the oldest first."""
    return tuple(
        replace(line(row, today, turn_of=person.called), url=address("matter", person.id, row.id))
        for row in rows
    )
