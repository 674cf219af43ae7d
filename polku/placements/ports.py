"""Doors through which others hear of a placement, in the same transaction.

`host_told` is called with what the workplace should be told: the placement, when, and one of
WHAT. Whoever knows the way to a supervisor (a personal link by mail) adds a function there when
the application starts. It is called as the software, inside the register, and never under a safety
ban.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from polku.placements.models import Placement

What = Literal[
    "accepted",  # a client wants the place: somebody may come
    "sign",  # the agreement waits for the workplace
    "agreed",  # everybody has signed
    "changed",  # what was agreed has changed, and waits for the workplace
    "assess",  # an assessment waits
    "remind",  # it still does
    "over",  # nobody comes after all
    "ends",  # it ends before its time, on a day to come
    "ended",  # it has ended before its time
    "goes_on",  # it goes on after all
]
HostTold = Callable[[Placement, What, datetime], None]

host_told: list[HostTold] = []


def tell_host(placement: Placement, what: What, at: datetime) -> None:
    """Let everybody who tells hosts do so."""
    if not placement.guarded:
        for told in host_told:
            told(placement, what, at)
