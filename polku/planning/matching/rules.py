"""Hard rules as bit masks: each bit is one thing that a room can name. Light: NumPy alone.

A place `needs` what a client must have, and has `traits` that a client may rule out. The 64 bits of
each are shared among the rules as below; which language or limit a bit stands for is the caller's
own table. A veto is a mask like any other, never a weight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

# Rule: (first bit, bits). Within `needs` and `has`:
NEEDS = {"language": (0, 16), "licence": (16, 16), "host": (32, 32)}
# Within `traits` and `rules_out`:
TRAITS = {"health": (0, 16), "legal": (16, 16), "veto": (32, 32)}
# The placement's kind is a trait that the law may rule out, and that a client may wish for.
KIND_SHIFT, KIND_MASK = 16, 0xFFFF
NO_POINT = -1  # no coordinate: Finland's are positive


@dataclass(frozen=True)
class Clients:
    """One row a client. Points are whole metres (ETRS-TM35FIN), NO_POINT where there is none."""

    x: NDArray[np.int64]
    y: NDArray[np.int64]
    radius: NDArray[np.int64]  # how far they travel, metres, 1 or more
    hours: NDArray[np.int32]  # the most hours a week
    has: Words
    rules_out: Words
    strengths: Words  # task bits
    learning: Words  # task bits that they want to learn
    wished_tasks: Words  # task bits
    wished_kinds: Words  # bits 0 to 15, the kinds of placement
    known_host: NDArray[np.int32]  # where they have been before, -1 for none
    wished: NDArray[np.int32]  # (n, 2): client, place
    vetoed: NDArray[np.int32]  # (n, 2): client, place

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True)
class Places:
    """One row an opening. A `coarse` point is right to a municipality only."""

    x: NDArray[np.int64]
    y: NDArray[np.int64]
    coarse: NDArray[np.bool_]
    hours: NDArray[np.int32]  # the least hours a week that it can be cut to
    needs: Words
    traits: Words
    tasks: Words  # task bits
    teaches: Words  # task bits
    host: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True)
class Failed:
    """Which hard rules a pair fails: {rule: its bits}, and what has no bits of its own."""

    bits: dict[str, tuple[int, ...]]
    hours: bool
    travel: bool
    vetoed: bool  # this very place, by the client

    def __bool__(self) -> bool:
        return bool(self.bits or self.hours or self.travel or self.vetoed)


def named_bits(missing: int, met: int) -> dict[str, tuple[int, ...]]:
    """Return {rule: bits within its own share} of what is missing from needs and met in traits."""
    found: dict[str, tuple[int, ...]] = {}
    for word, shares in ((missing, NEEDS), (met, TRAITS)):
        for rule, (first, bits) in shares.items():
            mine = tuple(bit for bit in range(bits) if word >> (first + bit) & 1)
            if mine:
                found[rule] = mine
    return found


def bit(rule: str, number: int) -> int:
    """Return the word in which only this bit of a rule is set. Raises KeyError, ValueError."""
    first, bits = {**NEEDS, **TRAITS}[rule]
    if not 0 <= number < bits:
        raise ValueError(f"The rule {rule} has bits 0 to {bits - 1}.")
    return 1 << (first + number)
