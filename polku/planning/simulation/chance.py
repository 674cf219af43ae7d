"""Luck by counting: SplitMix64's sequence, one for each client (G. L. Steele, D. Lea, C. H. Flood,
"Fast splittable pseudorandom number generators", OOPSLA 2014).

The number of client c in week t is the (t + 1)st of the client's own sequence; what a client is
like comes from far along the same sequence. NumPy alone: the kernel has the same in `kernel`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
STEP = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
LIKENESS = 1 << 32  # where the numbers begin that say what a client is like
HALF = 32
UNIT = 2.0**-32


def mixed(word: Any) -> Words:
    """Return 64 bits stirred so that neighbours have nothing in common; any shape."""
    word = np.asarray(word, np.uint64)
    with np.errstate(over="ignore"):
        word = (word ^ (word >> np.uint64(30))) * np.uint64(FIRST)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(SECOND)
    return word ^ (word >> np.uint64(31))


def keys(seed: int, run: int, numbers: NDArray[np.int64]) -> Words:
    """Return where the sequence of each client begins, by client number."""
    with np.errstate(over="ignore"):
        start = mixed(mixed(np.uint64(seed)) + np.uint64(run + 1) * np.uint64(STEP))
        return mixed(start + (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(STEP))


def nth(key: Words, n: int) -> Words:
    """Return the n-th number (from 1) of each sequence."""
    with np.errstate(over="ignore"):
        return mixed(key + np.uint64(n) * np.uint64(STEP))


def two(word: Words) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return two numbers from 0 up to, not including, 1: from the upper and the lower half."""
    upper = (word >> np.uint64(HALF)).astype(np.float64) * UNIT
    lower = (word & np.uint64(0xFFFFFFFF)).astype(np.float64) * UNIT
    return upper, lower


def likeness(key: Words, n: int) -> NDArray[np.float64]:
    """Return the n-th (from 0) of the numbers from 0 to 1 that say what clients are like."""
    return two(nth(key, LIKENESS + n))[0]
