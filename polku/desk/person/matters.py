"""The client's open matters of unemployment security on the client page: one statement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from polku.clients.person import Person
from polku.desk.addresses import address
from polku.foundation.viewer import Viewer
from polku.statements import summaries
from polku.statements.presenters import Line, line


def matters(viewer: Viewer, person: Person, today: date) -> tuple[Line, ...]:
    """Return the open matters, the oldest first."""
    rows = summaries.of_client(viewer, client_id=person.id)
    return tuple(
        replace(line(row, today, turn_of=person.called), url=address("matter", person.id, row.id))
        for row in rows
    )
