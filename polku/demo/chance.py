"""Chance that repeats itself: the same seed and words always throw the same dice."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


class Chance(random.Random):
    """Dice of one thing in the world. Each thing has its own, so that one more client in Hollola

    changes nobody in Lahti.
    """

    @classmethod
    def of(cls, *words: object) -> Chance:
        """Return the dice of these words, such as (seed, "client", register, 17)."""
        return cls("/".join(str(word) for word in words))

    def id(self) -> UUID:
        return UUID(int=self.getrandbits(128), version=4)

    def yes(self, share: float) -> bool:
        """Return True in this share of throws."""
        return self.random() < share

    def of_weights(self, weights: Mapping[T, float]) -> T:
        return self.choices(list(weights), list(weights.values()))[0]

    def some(self, things: Sequence[T], at_least: int, at_most: int) -> list[T]:
        """Return a few different things, in the order in which they stand."""
        count = min(len(things), self.randint(at_least, at_most))
        return [things[i] for i in sorted(self.sample(range(len(things)), count))]

    def day(self, first: date, last: date) -> date:
        """Return a day from `first` to `last`, both included; `first` when they are crossed."""
        return first + timedelta(days=self.randint(0, max(0, (last - first).days)))
