"""The clients of one run: who is in service at the start, who comes and when, what they are like.

Nothing here depends on a policy but the order by coach, so client number c is the same person
under each of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polku.planning.simulation import chance
from polku.planning.simulation.columns import (
    ARRIVES,
    ASKED_IN,
    AWAY,
    COUNTED,
    DUE,
    EASE,
    ENDLESS,
    ENDS,
    EXIT,
    HIGH,
    LAST,
    LOW,
    MET,
    NEVER,
    NUMBER,
    REAL,
    SINCE,
    STATE,
    TURN,
    UNEMPLOYED,
    WHOLE,
    People,
)
from polku.planning.simulation.world import World

LONG_AGO = -1_000


@dataclass(frozen=True)
class Intake:
    """Who is simulated: `stock` clients in service at the start, and those who come afterwards.

    `closed`: nobody comes. `new`: they all register in week 0. `weekly`: so many come each week;
    None: as many as keep the number in service level.
    """

    stock: int
    weeks: int
    closed: bool = False
    new: bool = False
    weekly: float | None = None


def inflow(world: World, intake: Intake) -> NDArray[np.float64]:
    """Return the new clients expected each week: as many as the intake says, or such that the
    number in service stays level.

    Level at the chances that the contacts of `level_caseload` give; those who come back count.
    """
    if intake.weekly is not None:
        return np.full(intake.weeks, intake.weekly)
    work, effects = world.work, world.effects
    rate = work.week * work.present / work.contact / world.level_caseload
    lift = min(rate, effects.most)
    jobs = world.labour.jobs * (1.0 + effects.jobs * lift)
    leaving = world.labour.leaving * (1.0 + effects.leaving * lift)
    new = np.zeros(intake.weeks)
    employed = left = 0.0
    for week in range(intake.weeks):
        back = (employed * world.labour.losing, left * world.labour.returning)
        new[week] = max(0.0, intake.stock * (jobs + leaving) - sum(back))
        employed += intake.stock * jobs - back[0]
        left += intake.stock * leaving - back[1]
    return new


def people(
    world: World, intake: Intake, *, seed: int, run: int, coaches: int, double: bool = False,
    more: float = 0.0,
) -> tuple[People, NDArray[np.int64]]:  # fmt: skip
    """Return (clients, where each coach's begin), by coach, then as they come.

    Shapes: (people,) a column, (coaches + 1,). Those of the second stream, there only where the
    inflow is doubled or `more` come each week, are not counted in measures: so the counted are the
    same people.
    """
    curve = np.zeros(intake.weeks) if intake.closed else np.cumsum(inflow(world, intake))
    coming = round(float(curve[-1]))
    second = coming if double else round(more * intake.weeks)
    if not coming:
        curve = np.arange(1.0, intake.weeks + 1.0)  # the second stream alone, evenly
    numbers = np.arange(intake.stock + coming + second)
    key = chance.keys(seed, run, numbers)
    when = np.searchsorted(curve, chance.likeness(key, 0) * curve[-1], side="right")
    arrives = np.minimum(when, len(curve) - 1)
    arrives[: intake.stock] = 0 if intake.new else -1
    order = np.lexsort((numbers, arrives, numbers % coaches))
    first = np.searchsorted(numbers[order] % coaches, np.arange(coaches + 1))
    counted = numbers < intake.stock + coming
    clients = _as_they_are(world, key[order], arrives[order], counted[order])
    clients.whole[NUMBER] = numbers[order]
    return clients, first.astype(np.int64)


def _as_they_are(
    world: World, key: chance.Words, arrives: NDArray[np.int64], counted: NDArray[np.bool_]
) -> People:
    """Draw what clients are like; those of the start were met before, within their window."""
    windows, spread = world.windows, world.labour.spread
    kind = np.searchsorted(np.cumsum(windows.share)[:-1], chance.likeness(key, 1), side="right")
    high = np.array(windows.high)[kind]
    there = arrives < 0
    whole = np.zeros((len(WHOLE), len(key)), np.int32)
    real = np.zeros((len(REAL), len(key)))
    real[EASE] = np.where(chance.likeness(key, 2) < 0.5, 1.0 + spread, 1.0 - spread)
    whole[LOW], whole[HIGH] = np.array(windows.low)[kind], high
    whole[COUNTED], whole[ARRIVES], whole[MET] = counted, arrives, there
    whole[STATE] = np.where(there, UNEMPLOYED, AWAY)
    whole[SINCE] = np.where(there, LONG_AGO, 0)
    whole[LAST] = whole[TURN] = np.where(there, -1 - np.floor(chance.likeness(key, 3) * high), 0)
    whole[ASKED_IN] = whole[EXIT] = NEVER
    whole[ENDS] = whole[DUE] = ENDLESS
    return People(whole, real, key)
