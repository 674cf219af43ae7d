"""What is asked and what is answered, as arrays. Light: NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

HIGHEST_VALUE = 1_000_000
KEEP_BONUS = 300
UNBOOKED = -1


def _none(columns: int) -> Ints:
    return field(default_factory=lambda: np.empty((0, columns), np.int32))


@dataclass(frozen=True)
class Problem:
    """One coach's days in slots of a quarter of an hour, and meetings that each want one start.

    The starts of meeting i are the rows `first[i]:first[i + 1]` of `day`, `slot` and `value`. What
    a start stands for (an hour at which the client is free, a mode, a due date) is the caller's.
    """

    days: int
    slots_per_day: int
    slots: Ints  # by meeting, 1 or more: how long it takes
    must: Flags  # by meeting: a date of the law
    promised: Flags  # by meeting
    first: Longs  # meetings + 1
    day: Ints  # by start
    slot: Ints  # by start
    value: Ints  # by start; below 0 where it would be too early
    busy: Ints = _none(3)  # (day, first slot, slots); they may overlap
    focus: Ints = _none(3)  # the same, kept free for work alone
    keep: Ints = _none(3)  # (meeting, day, slot): proposed before
    fixed: Ints = _none(3)  # (meeting, day, slot): confirmed, stays
    keep_bonus: int = KEEP_BONUS
    buffer: Ints = _none(0)  # by meeting: slots for notes after it; none where left out
    not_before: Ints = _none(0)  # by meeting: the first day that a hard gap leaves open
    apart: Ints = _none(3)  # (meeting, meeting, days): a person's two, at least so far apart
    needs: Ints = _none(2)  # (meeting, resource): an interpreter, a room
    resource_busy: Ints = _none(4)  # (resource, day, first slot, slots); they may overlap
    # By start: of what would do (any room, any who interpret) nothing is free; none where left out.
    unserved: Flags = field(default_factory=lambda: np.empty(0, np.bool_))

    def __post_init__(self) -> None:
        for name in ("buffer", "not_before"):
            if not getattr(self, name).size:
                object.__setattr__(self, name, np.zeros(self.meetings, np.int32))

    @property
    def meetings(self) -> int:
        return len(self.slots)

    @property
    def starts(self) -> int:
        return len(self.day)

    @property
    def span(self) -> Ints:
        """How many of the coach's slots each meeting takes, its buffer included."""
        return self.slots + self.buffer


@dataclass(frozen=True)
class Plan:
    """Who meets when: `booked[i]` is the start (a row) of meeting i, or UNBOOKED.

    `moves` counts how often the search tried another start, the measure of its work.
    """

    booked: Longs
    missed_musts: int
    missed_promised: int
    value: int
    value_with_keep: int
    moves: int = 0

    @property
    def rank(self) -> tuple[int, int, int]:
        """The aims in their order: the greater, the better."""
        return -self.missed_musts, -self.missed_promised, self.value_with_keep
