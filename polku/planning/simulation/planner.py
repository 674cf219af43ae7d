"""The port for a planner in the loop: this week's due contacts in, those that are held out.

The one here is the simulation's own rule, said plainly; the real solver of the coach's week is
`weekly.WeekPlanner`. NumPy alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
INTERVIEW, DISCUSSION, WINDOW = range(3)  # the kinds of what is due


@dataclass(frozen=True)
class Due:
    """The contacts that are due in a week, one a row, by coach, then as the clients came.

    Weeks count from the beginning of the simulation. `kind` is INTERVIEW (the first contact, by
    law), DISCUSSION (the law's date is this week or next, or has passed) or WINDOW.
    """

    week: int
    coach: Ints
    client: Ints  # number; the same person under every policy
    kind: Ints
    deadline: Ints  # last week that is in time, at most 32 weeks ago and 31 ahead
    minutes: Ints  # that it takes, with notes
    last: Ints  # week of the last contact, or of registering for an INTERVIEW
    low: Ints  # the client's own window, in weeks since the last
    high: Ints

    def __len__(self) -> int:
        return len(self.coach)


class Planner(Protocol):
    """Chooses what is held of what is due."""

    def choose(self, due: Due, minutes: Ints) -> NDArray[np.bool_]:
        """Return which rows are held; no coach's exceed their `minutes` (by coach) this week."""


class Overbooked(ValueError):
    """A planner chose more for a coach than there are minutes, or not one answer for each row."""


class EarliestDeadline:
    """First the dates of the law that can't wait any longer, then the earliest deadline."""

    def choose(self, due: Due, minutes: Ints) -> NDArray[np.bool_]:
        """Hold in that order what still fits; at the same deadline by kind, then as they came."""
        held, left = np.zeros(len(due), np.bool_), minutes.copy()
        waits = (due.kind == WINDOW) | (due.deadline > due.week)
        for row in np.lexsort((due.kind, due.deadline, waits)):
            if due.minutes[row] <= left[due.coach[row]]:
                left[due.coach[row]] -= due.minutes[row]
                held[row] = True
        return held


def checked(due: Due, minutes: Ints, held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return what a planner chose. Raises Overbooked."""
    if held.shape != (len(due),) or held.dtype != np.bool_:
        raise Overbooked(f"week {due.week}: {len(due)} contacts are due, each wants yes or no")
    taken = np.bincount(due.coach[held], due.minutes[held], minlength=len(minutes))
    if (taken > minutes).any():
        coach = int(np.argmax(taken > minutes))
        raise Overbooked(
            f"week {due.week}: coach {coach} has {minutes[coach]} minutes, not {taken[coach]:.0f}"
        )
    return held
