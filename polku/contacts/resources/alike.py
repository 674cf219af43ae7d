"""What is as good: another room of the same house, another interpreter of the same language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from uuid import UUID

from polku.contacts.booking import DoubleBooked
from polku.contacts.models import Appointment
from polku.contacts.resources import fitting
from polku.contacts.resources.fitting import INTERPRETER, ROOM, Around

# Of one sort: those that would do, and the one that was named, which comes first.
Wanted = tuple[str, Sequence[Around], UUID | None]


@dataclass(frozen=True)
class Ways:
    """The choices of what to hold, best first; `lacks` is a sort of which none is free."""

    choices: Sequence[list[UUID]]
    lacks: str = ""

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


def ways(wanted: Iterable[Wanted], starts: datetime, ends: datetime) -> Ways:
    """Return how a time may be held; of a sort of which there is none at all nothing is asked,
    unless one was named: what was promised is not left out unseen.
    """
    lists = []
    for sort, some, named in wanted:
        if not some and named is None:
            continue
        free = fitting.free_of(some, starts, ends)
        if not free:
            return Ways([], sort)
        lists.append([one.id for one in sorted(free, key=lambda one: one.id != named)])
    return Ways([list(one) for one in product(*lists)])


def wanted(
    found: Sequence[Around], *, room: UUID | None, interpreter: UUID | None, language: str, way: str
) -> list[Wanted]:
    """Return what would do where these were named: a room of the same address, an interpreter of
    the language. A room that is in use no more has none as good: its address is not known here.
    """
    asked: list[Wanted] = []
    if room is not None:
        named = next((one for one in found if one.id == room), None)
        same = [one for one in fitting.rooms(found) if named and one.place == named.place]
        asked.append((ROOM, [one for one in same if one.place or one.id == room], room))
    if interpreter is not None:
        asked.append((INTERPRETER, fitting.interpreters(found, language, way), interpreter))
    return asked
