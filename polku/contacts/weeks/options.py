"""Which room and interpreter a proposal is taken with: those that it names, or others as good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from polku.clients.models import Client
from polku.contacts.models import WeekProposal
from polku.contacts.resources import alike, fitting, holding, reads
from polku.contacts.resources.fitting import INTERPRETER, ROOM, Around
from polku.foundation import clock
from polku.foundation.viewer import Viewer


def around(by: Viewer, rows: Iterable[WeekProposal]) -> list[Around]:
    """Return what there is to hold in the days of these proposals, and wait for the turn to hold
    it: before any other turn, for who takes many.
    """
    days = sorted(clock.local(row.starts_at).date() for row in rows if row.starts_at)
    if not days or by.register_id is None:
        return []
    found = reads.around(by, days[0], days[-1])
    if found:
        holding.in_turn(by.register_id)
    return found


def of(row: WeekProposal, client: Client, found: Sequence[Around]) -> alike.Ways:
    """Return how a proposal may be taken; with no room or interpreter of the house, as ever."""
    assert row.starts_at is not None
    wanted: list[alike.Wanted] = []
    if row.kind == "visit":
        wanted.append((ROOM, fitting.rooms(found), row.room_id))
    if client.interpreter:
        speakers = fitting.interpreters(found, client.language, row.kind)
        wanted.append((INTERPRETER, speakers, row.interpreter_id))
    return alike.ways(wanted, row.starts_at, row.starts_at + timedelta(minutes=row.minutes))
