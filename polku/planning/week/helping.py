"""What would let a meeting be booked after all, in a plan as it stands. Light: NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from polku.planning.week.openings import BUSY, FOCUS, OBSTACLES, RESOURCE
from polku.planning.week.problem import UNBOOKED, Flags, Ints, Longs
from polku.planning.week.standing import Standing

FREE, SHORTER, OTHER_TIME, MORE_HOURS = "free", "shorter", "other_time", "more_hours"
CAN_GIVE_WAY = BUSY | FOCUS | RESOURCE


@dataclass(frozen=True)
class Help:
    """A change, and where the meeting would then be: `slots` long at (day, slot).

    FREE: `what` (obstacles) gives way there. SHORTER: it takes so many slots, at one of its own
    starts. OTHER_TIME: the client comes at another time, when the coach is free. MORE_HOURS: none
    of these; so many slots more are wanted, notes included.
    """

    code: str
    slots: int
    day: int = -1
    slot: int = -1
    what: tuple[str, ...] = ()


class Room:
    """How long the coach and each resource are free from every slot on, in a plan."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self.problem = standing, standing.problem
        taken = np.zeros(self.problem.days * self.problem.slots_per_day, np.bool_)
        for begin, end in zip(standing.begins.tolist(), standing.ends.tolist(), strict=True):
            taken[begin:end] = True
        taken |= self._laid(self.problem.busy) | self._laid(self.problem.focus)
        self.run = self._runs(taken)
        busy = self.problem.resource_busy
        self.resource_run = {
            number: self._runs(self._laid(busy[busy[:, 0] == number, 1:]))
            for number in np.unique(self.problem.needs[:, 1]).tolist()
        }

    def _laid(self, rows: Ints) -> Flags:
        laid = np.zeros((self.problem.days, self.problem.slots_per_day), np.bool_)
        for day, slot, slots in rows.tolist():
            laid[day, slot : slot + slots] = True
        return laid.ravel()

    def _runs(self, taken: Flags) -> Longs:
        runs = np.zeros((self.problem.days, self.problem.slots_per_day + 1), np.int64)
        blocked = taken.reshape(self.problem.days, self.problem.slots_per_day)
        for slot in range(self.problem.slots_per_day - 1, -1, -1):
            runs[:, slot] = np.where(blocked[:, slot], 0, runs[:, slot + 1] + 1)
        return runs[:, :-1].ravel()

    def of(self, meeting: int) -> Longs:
        """Return by slot how long this meeting could be there: notes, resources, gaps counted."""
        room = self.run - self.problem.buffer[meeting]
        for number in self.problem.needs[self.problem.needs[:, 0] == meeting, 1].tolist():
            room = np.minimum(room, self.resource_run[number])
        if self.problem.unserved.size:
            mine = slice(*self.problem.first[meeting : meeting + 2].tolist())
            room = room.copy()
            room[self.standing.free.at[mine][self.problem.unserved[mine]]] = 0
        by_day = np.maximum(room, 0).reshape(self.problem.days, self.problem.slots_per_day)
        by_day[: self.problem.not_before[meeting]] = 0
        for one, other, days in self.problem.apart.tolist():
            if meeting in (one, other):
                start = self.standing.booked[other if meeting == one else one]
                if start != UNBOOKED:
                    day = int(self.problem.day[start])
                    by_day[max(0, day - days + 1) : day + days] = 0
        return by_day.ravel()

    def help(self, meeting: int) -> tuple[Help, ...]:
        """Return what would help, the smallest change first."""
        long, room = int(self.problem.slots[meeting]), self.of(meeting)
        found = [
            one
            for one in (
                self._freed(meeting),
                self._shorter(meeting, room),
                self._other_time(long, room),
            )
            if one is not None
        ]
        return tuple(found) or (Help(MORE_HOURS, int(self.problem.span[meeting])),)

    def _freed(self, meeting: int) -> Help | None:
        """Return the start of most value at which only what may give way stands."""
        begin, end = self.problem.first[meeting : meeting + 2].tolist()
        bits, standing = self.standing.free.obstacles[begin:end], self.standing
        only = begin + np.flatnonzero((bits & CAN_GIVE_WAY != 0) & (bits & ~CAN_GIVE_WAY == 0))
        for start in only[np.argsort(-standing.value[only], kind="stable")].tolist():
            if not standing.met(start):
                what = tuple(n for at, n in enumerate(OBSTACLES) if bits[start - begin] >> at & 1)
                return Help(FREE, int(self.problem.slots[meeting]), *self._place(start), what)
        return None

    def _shorter(self, meeting: int, room: Longs) -> Help | None:
        begin, end = self.problem.first[meeting : meeting + 2].tolist()
        at = self.standing.free.at[begin:end]
        inside = (self.problem.day[begin:end] < self.problem.days) & (
            self.problem.slot[begin:end] < self.problem.slots_per_day
        )
        fits = np.where(inside, room[np.where(inside, at, 0)], 0) if len(room) else np.zeros(0)
        if not len(fits) or not 0 < fits.max() < self.problem.slots[meeting]:
            return None
        return Help(SHORTER, int(fits.max()), *self._place(begin + int(fits.argmax())))

    def _place(self, start: int) -> tuple[int, int]:
        return int(self.problem.day[start]), int(self.problem.slot[start])

    def _other_time(self, long: int, room: Longs) -> Help | None:
        there = np.flatnonzero(room >= long)
        if not len(there):
            return None
        return Help(OTHER_TIME, long, *divmod(int(there[0]), self.problem.slots_per_day))
