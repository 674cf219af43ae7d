"""Histories to test with: invented, seeded, with a truth that is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from polku.planning.signs.spells import NEVER, OPEN_MARKET, OTHER, STILL, Followed, Spells


def people(pairs: Sequence[tuple[int, int]]) -> Followed:
    """Return people of (days, end); who left could have been followed for a thousand days."""
    days, ends = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Followed(days, ends, np.where(ends == STILL, days, 1000))


def history(
    many: int,
    *,
    seed: int = 1,
    over: int = 1500,
    daily: Any = 0.002,
    market: float = 0.6,
    cut_off: int | None = None,
    service_day: Any = NEVER,
) -> Spells:
    """Return spells entered evenly over some days, left at a constant chance a day.

    `daily` may be an array, one chance a person. `service_day` is when the service would begin,
    counted from entering; whoever left before it never began it.
    """
    chance = np.random.default_rng(seed)
    cut_off = over if cut_off is None else cut_off
    entered = chance.integers(0, over, many)
    lasted = chance.geometric(np.broadcast_to(daily, many))
    left = entered + lasted
    ends = np.where(chance.random(many) < market, OPEN_MARKET, OTHER)
    gone = left <= cut_off
    planned = np.broadcast_to(service_day, many)
    begins = entered + planned
    began = (planned >= 0) & (planned < lasted) & (begins <= cut_off)
    return Spells(
        entered=entered,
        seen_from=entered,
        left=np.where(gone, left, NEVER),
        end=np.where(gone, ends, STILL),
        situation=np.stack([np.arange(many) % 3, np.arange(many) % 2], axis=1),
        groups=(np.arange(many) % 2)[:, None],
        services=np.where(began, begins, NEVER)[:, None],
        cut_off=cut_off,
    )
