"""Spells as arrays: who entered, who left and how, and what was known of them then."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NEVER = -1  # a day that has not come: not left yet, service not begun
STILL, OPEN_MARKET, OTHER = 0, 1, 2  # ends


@dataclass(frozen=True)
class Spells:
    """Spells up to a cut-off. Days are ordinals of one calendar, 0 or more.

    `seen_from` is the day on which the spell came under observation: before it, leaving would not
    have been seen, so nobody who left then is in the history. Rows of `situation` and `groups` are
    codes known at entering; `services` holds the day on which each service began, or NEVER.
    """

    entered: Ints  # (n,)
    seen_from: Ints  # (n,)
    left: Ints  # (n,), NEVER where still here at the cut-off
    end: Ints  # (n,), STILL, OPEN_MARKET or OTHER
    situation: Ints  # (n, factors)
    groups: Ints  # (n, kinds of group)
    services: Ints  # (n, services)
    cut_off: int

    def __post_init__(self) -> None:
        """Raise ValueError where days or ends contradict each other."""
        gone = self.left != NEVER
        if (gone != (self.end != STILL)).any():
            raise ValueError("Who has left has an end, and nobody else.")
        if (self.left[gone] < self.entered[gone]).any() or (self.seen_from < self.entered).any():
            raise ValueError("Nobody leaves or is seen before entering.")
        if self.left.max(initial=0) > self.cut_off or self.entered.max(initial=0) > self.cut_off:
            raise ValueError("Nothing is known after the cut-off.")

    def __len__(self) -> int:
        return len(self.entered)

    def where(self, wanted: Flags) -> Spells:
        """Return the spells that are wanted."""
        rows = {one.name: getattr(self, one.name)[wanted] for one in fields(self)[:-1]}
        return replace(self, **rows)

    def until(self, day: int) -> Spells:
        """Return what was known on an earlier day: who had left later was still here then."""
        known = self.where((self.entered <= day) & (self.seen_from <= day))
        later = known.left > day
        return replace(
            known,
            left=np.where(later, NEVER, known.left),
            end=np.where(later, STILL, known.end),
            services=np.where(known.services > day, NEVER, known.services),
            cut_off=day,
        )


@dataclass(frozen=True)
class Followed:
    """People followed from a landmark: for how many days, and how it ended (STILL: not yet).

    `reach` is how many days lie between the landmark and the cut-off: how long they could have
    been followed.
    """

    days: Ints  # (n,), 1 or more
    end: Ints  # (n,)
    reach: Ints  # (n,), `days` or more

    def __len__(self) -> int:
        return len(self.days)

    def where(self, wanted: Flags) -> Followed:
        return Followed(self.days[wanted], self.end[wanted], self.reach[wanted])


def here_at(spells: Spells, landmark: int) -> Flags:
    """Return who was here, and under observation, so many days after entering.

    The landmark method (Anderson, Cain, Gelber 1983): what is asked of people at the landmark is
    known at the landmark, and only what comes after it counts.
    """
    day = spells.entered + landmark
    here = (spells.left == NEVER) | (spells.left > day)
    found: Flags = here & (spells.seen_from <= day) & (spells.cut_off > day)
    return found


def followed(spells: Spells, landmark: int) -> Followed:
    """Return how long each spell, all of them here at the landmark, was followed from there."""
    begin = spells.entered + landmark
    last = np.where(spells.left == NEVER, spells.cut_off, spells.left)
    return Followed(last - begin, spells.end, spells.cut_off - begin)


def begun_by(spells: Spells, service: int, landmark: int) -> Flags:
    """Return who had begun a service in this spell by the landmark; a later beginning is none."""
    day = spells.services[:, service]
    found: Flags = (day >= spells.entered) & (day <= spells.entered + landmark)
    return found
