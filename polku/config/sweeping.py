"""How often Python looks for objects that only hold each other."""

from __future__ import annotations

import gc

# As many new objects as some fifty pages leave behind: a few megabytes in each worker.
SELDOM = (20_000, 10, 10)


def seldom() -> None:
    """Leave what is read at start out of every search, and search seldom.

    Python's own measure is for small programs: one page makes some thousands of objects and drops
    them again, and would be searched through several times before it is answered. To be called
    when everything is read and before the server divides itself: what is never written to stays
    shared between its workers.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
