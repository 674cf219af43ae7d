"""Rooms and interpreters in a worker's week: at which quarters what a contact needs is there.

Loaded by the planning worker alone. What others' weeks propose is heeded too, so that the night
does not propose one room to everybody at nine; only what the law asks for goes before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from polku.contacts.models import WeekProposal
from polku.contacts.resources import fitting, reads
from polku.contacts.resources.fitting import INTERPRETER, Around
from polku.contacts.weeks import hours
from polku.contacts.weeks.hours import DAYS, QUARTER, SLOTS, Stretch
from polku.desk.week.wants import Want
from polku.foundation.viewer import Viewer

Grid = np.ndarray


@dataclass(frozen=True)
class Others:
    """What other workers' weeks propose to hold, and whether the law asks for it."""

    resource_id: UUID
    starts_at: datetime
    minutes: int
    law: bool


@dataclass
class Needs:
    """What there is to hold in a week, asked by quarter; `held` grows as proposals choose."""

    monday: date
    found: Sequence[Around]
    closed: dict[UUID, Grid]
    held: dict[bool, dict[UUID, Grid]]  # by whether a date of the law asks
    grids: dict[Any, Grid] = field(default_factory=dict)

    def of(self, want: Want) -> list[list[Around]]:
        """Return of which lists a contact needs one each; [] where it needs nothing of the house.

        Nobody who interprets so: somebody is booked elsewhere, as where there is no room at all.
        """
        wanted = []
        if want.kind == "visit":
            wanted.append(fitting.rooms(self.found))
        if want.language:
            wanted.append(fitting.interpreters(self.found, want.language, want.kind))
        return [some for some in wanted if some]

    def served(self, want: Want, some: Sequence[Around]) -> Grid:
        """Return by quarter whether one of them is free from there on, for as long as it takes."""
        key = (some[0].sort, want.language if some[0].sort == INTERPRETER else "", want.kind,
               want.minutes, want.must)  # fmt: skip
        if key not in self.grids:
            free = [self._free(one, want.minutes, law=want.must) for one in some]
            self.grids[key] = np.logical_or.reduce(free)
        return self.grids[key]

    def _free(self, one: Around, minutes: int, *, law: bool) -> Grid:
        long, buffer = minutes // QUARTER, -(-one.buffer // timedelta(minutes=QUARTER))
        open_ = _clear(self.closed[one.id], long)
        return open_ & _clear(self.held[law][one.id], long + buffer, past_the_end=True)

    def unserved(self, want: Want, starts: np.ndarray) -> np.ndarray:
        """Return of (day, slot, value) rows at which something that is needed is not free."""
        gone = np.zeros(len(starts), np.bool_)
        for some in self.of(want):
            gone |= ~self.served(want, some)[starts[:, 0], starts[:, 1]]
        return gone

    def lacks(self, want: Want, starts: np.ndarray, busy: Iterable[Stretch]) -> str:
        """Return which sort is free at none of the starts at which the worker is; "" for none."""
        mine = _clear(_laid(busy), want.minutes // QUARTER)
        there = starts[mine[starts[:, 0], starts[:, 1]]]
        for some in self.of(want):
            if len(there) and not self.served(want, some)[there[:, 0], there[:, 1]].any():
                return some[0].sort
        return ""

    def choose(self, want: Want, day: int, slot: int, kept: Sequence[UUID]) -> dict[str, UUID]:
        """Return what to propose by sort, and keep it from what this week proposes besides.

        What was proposed before comes first, then what the worker has used last.
        """
        chosen: dict[str, UUID] = {}
        for some in self.of(want):
            for one in sorted(some, key=lambda one: one.id not in kept):
                if self._free(one, want.minutes, law=want.must)[day, slot]:
                    chosen[one.sort] = one.id
                    long = want.minutes // QUARTER + -(-one.buffer // timedelta(minutes=QUARTER))
                    for held in self.held.values():
                        held[one.id][day, slot : slot + long] = True
                    break
        return chosen


def needs(viewer: Viewer, monday: date) -> Needs:
    """Return the week's rooms and interpreters. Two statements; one where there are none."""
    found = reads.around(viewer, monday, monday + timedelta(days=DAYS - 1))
    others = _others(viewer, monday) if found else []
    closed, by_law, by_all = {}, {}, {}
    for one in found:
        closed[one.id] = _closed(one, monday)
        held = _spans(monday, one.held)
        mine = [each for each in others if each.resource_id == one.id]
        law = [s for each in mine if each.law for s in _proposed(monday, each, one)]
        rest = [s for each in mine if not each.law for s in _proposed(monday, each, one)]
        by_law[one.id], by_all[one.id] = _laid(held + law), _laid(held + law + rest)
    return Needs(monday, found, closed, {True: by_law, False: by_all})


def _others(viewer: Viewer, monday: date) -> list[Others]:
    rows = (
        WeekProposal.objects.filter(
            register_id=viewer.register_id, monday=monday, state=WeekProposal.State.PROPOSED,
            starts_at__gt=viewer.at,
        )
        .exclude(user_id=viewer.user_id)
        .exclude(room=None, interpreter=None)
        .values_list("room_id", "interpreter_id", "starts_at", "minutes", "need")
    )  # fmt: skip
    return [
        Others(which, starts, minutes, need == WeekProposal.Need.LAW)
        for room, interpreter, starts, minutes, need in rows
        for which in (room, interpreter)
        if which is not None
    ]


def _proposed(monday: date, one: Others, resource: Around) -> list[Stretch]:
    ends = one.starts_at + timedelta(minutes=one.minutes) + resource.buffer
    return hours.slots_of(monday, one.starts_at, ends)


def _closed(one: Around, monday: date) -> Grid:
    """Return by quarter where it is not open: its hours, its closures, its days in use."""
    grid = ~_laid(one.hours)
    for day in range(DAYS):
        on = monday + timedelta(days=day)
        if on < one.valid_from or (one.valid_until is not None and on > one.valid_until):
            grid[day] = True
    return grid | _laid(_spans(monday, one.away))


def _spans(monday: date, spans: Iterable[tuple[datetime, datetime]]) -> list[Stretch]:
    return [one for begin, end in spans for one in hours.slots_of(monday, begin, end)]


def _laid(stretches: Iterable[Stretch]) -> Grid:
    grid = np.zeros((DAYS, SLOTS), np.bool_)
    for one in stretches:
        grid[one.day, one.first : one.last] = True
    return grid


def _clear(taken: Grid, long: int, *, past_the_end: bool = False) -> Grid:
    """Return by quarter whether so many from there on are not taken; a day's end takes, unless what
    is asked for may run past it.
    """
    sums = np.zeros((DAYS, SLOTS + 1 + long), np.int64)
    np.cumsum(taken, axis=1, out=sums[:, 1 : SLOTS + 1])
    sums[:, SLOTS + 1 :] = sums[:, SLOTS : SLOTS + 1]
    clear = sums[:, long : long + SLOTS] == sums[:, :SLOTS]
    if not past_the_end and long:
        clear[:, max(0, SLOTS - long + 1) :] = False
    return np.asarray(clear)
