"""Which room and interpreter a proposal is taken with: those that it names, or others as good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from uuid import UUID

from polku.clients.models import Client
from polku.contacts.booking import DoubleBooked
from polku.contacts.models import Appointment, WeekProposal
from polku.contacts.resources import fitting, holding, reads
from polku.contacts.resources.fitting import INTERPRETER, ROOM, Around
from polku.foundation import clock
from polku.foundation.viewer import Viewer


@dataclass(frozen=True)
class Ways:
    """The choices of what to hold, best first; `lacks` is a sort of which none is free."""

    choices: Sequence[list[UUID]]
    lacks: str
    place: str

    def first(self, book: Callable[[list[UUID]], Appointment]) -> Appointment:
        """Book with the first choice that others leave. Raises DoubleBooked."""
        if self.lacks:
            raise DoubleBooked(self.lacks, fitting.HELD)
        gone: DoubleBooked | None = None
        for resources in self.choices:
            try:
                return book(resources)
            except DoubleBooked as refused:
                if refused.whose not in (ROOM, INTERPRETER):
                    raise
                gone = refused
        assert gone is not None
        raise gone


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


def of(row: WeekProposal, client: Client, found: Sequence[Around], place: str) -> Ways:
    """Return how a proposal may be taken; with no room or interpreter of the house, as ever."""
    assert row.starts_at is not None
    ends = row.starts_at + timedelta(minutes=row.minutes)
    wanted = []
    if row.kind == "visit":
        wanted.append((ROOM, fitting.rooms(found), row.room_id))
    if client.interpreter:
        speakers = fitting.interpreters(found, client.language, row.kind)
        wanted.append((INTERPRETER, speakers, row.interpreter_id))
    lists = []
    for sort, some, named in wanted:
        if not some:
            continue
        free = fitting.free_of(some, row.starts_at, ends)
        if not free:
            return Ways([], sort, place)
        lists.append([one.id for one in sorted(free, key=lambda one: one.id != named)])
    return Ways([list(one) for one in product(*lists)], "", place)
