"""What is asked and what is answered, as arrays. Light: NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Words = NDArray[np.uint64]
Flags = NDArray[np.bool_]

NOBODY = -1
# (up to this percent of the target, points a minute): dearer step by step, so one wants balance.
STEPS = ((70, 0), (80, 1), (90, 2), (100, 4), (110, 8), (120, 16), (140, 32), (0, 64))
KEEP_REWARD = 600  # points: what a change of coach has to save


@dataclass(frozen=True)
class Problem:
    """Clients with their present coach, and coaches with what a full caseload is."""

    minutes: Ints  # by client, 1 or more
    speaks: Words  # by client: languages in which they can be coached, a bit each
    coach: Ints  # by client: who coaches them now, NOBODY for none
    target: Ints  # by coach, minutes; 0 for who can take nobody on
    coach_speaks: Words  # by coach
    barred: Ints = field(default_factory=lambda: np.empty((0, 2), np.int32))  # (client, coach)
    fixed: Flags = field(default_factory=lambda: np.empty(0, np.bool_))  # by client: stays
    # By client and coach: points that it costs beside the minutes, as where a wish is not met.
    dear: Ints = field(default_factory=lambda: np.empty((0, 0), np.int32))
    keep_reward: int = KEEP_REWARD
    steps: tuple[tuple[int, int], ...] = STEPS  # the last has no end

    def __post_init__(self) -> None:
        if not self.fixed.size:
            object.__setattr__(self, "fixed", np.zeros(len(self.minutes), np.bool_))
        if not self.dear.size:
            none = np.zeros((len(self.minutes), len(self.target)), np.int32)
            object.__setattr__(self, "dear", none)
        ends, prices = zip(*self.steps, strict=True)
        if list(ends[:-1]) != sorted(set(ends[:-1])) or list(prices) != sorted(set(prices)):
            raise ValueError("Steps must rise, in percent and in points.")
        if (self.minutes < 1).any() or (self.coach[self.fixed] == NOBODY).any():
            raise ValueError("Clients take a minute or more, and who stays has a coach.")
        if self.dear.shape != (self.clients, self.coaches) or (self.dear < 0).any():
            raise ValueError("What a pair costs is asked of every pair, and is no gain.")

    @property
    def clients(self) -> int:
        return len(self.minutes)

    @property
    def coaches(self) -> int:
        return len(self.target)

    def allowed(self) -> Flags:
        """Return (clients, coaches): who may coach whom; a fixed client has their own alone."""
        may = (self.speaks[:, None] & self.coach_speaks[None, :]) != 0
        may &= (self.target > 0)[None, :]
        may[self.barred[:, 0], self.barred[:, 1]] = False
        stays = np.flatnonzero(self.fixed)
        may[stays] = False
        may[stays, self.coach[stays]] = True
        return may

    def edges(self) -> tuple[Longs, Longs]:
        """Return (minutes at which each step ends, by coach and step; points of each step)."""
        ends = np.array([end for end, _ in self.steps], np.int64)
        at = self.target.astype(np.int64)[:, None] * ends[None, :] // 100
        at[:, -1] = 1 << 40
        return at, np.array([price for _, price in self.steps], np.int64)


@dataclass(frozen=True)
class Balance:
    """`coach[i]` is who might coach client i, NOBODY where nobody may.

    `cost` is the price of all minutes by their steps, what the pairs cost (`dear`), and
    `keep_reward` for each change of coach;
    `bound` is proved: no division of whole clients costs less.
    """

    coach: Ints
    cost: int
    bound: int
    moved: int
