"""The clients of one run: who is in service at the start, who comes and when, what they are like.

Nothing here depends on a policy but the order by coach, so client number c is the same person
under each of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polku.planning.simulation import chance
from polku.planning.simulation.world import World

NEVER = np.int16(-1)
LONG_AGO = -1_000
AWAY, UNEMPLOYED, PLACED, EMPLOYED, LEFT = range(5)  # AWAY: has not come yet
STATES = 5

CLIENT = np.dtype(
    [
        ("key", np.uint64), ("ease", np.float64), ("support", np.float64),
        *((name, np.int16) for name in (
            "arrives",  # week of first coming; negative: there from the start
            "since",  # week of the last registration
            "low", "high",  # the window of contact, in weeks
            "last",  # week of the last contact, or of registration
            "turn",  # week from which the rhythm counts
            "asked",  # week of asking for a place, NEVER when none is asked for
            "ends",  # week in which the place ends
            "exit",  # week of the first exit from service to work or away, NEVER before
            "waited",  # weeks without a first contact, over all registrations
        )),
        *((name, np.int8) for name in ("state", "met", "early", "counted", "to_work")),
    ],
    align=True,
)  # fmt: skip


@dataclass(frozen=True)
class Intake:
    """Who is simulated: `stock` clients in service at the start, and those who come afterwards.

    `closed`: nobody comes. `new`: they all register in week 0.
    """

    stock: int
    weeks: int
    closed: bool = False
    new: bool = False


def inflow(world: World, intake: Intake) -> NDArray[np.float64]:
    """Return the new clients expected each week, such that the number in service stays level.

    Level at the chances that the contacts of `level_caseload` give; those who come back count.
    """
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
    world: World, intake: Intake, *, seed: int, run: int, coaches: int, double: bool = False
) -> tuple[NDArray[np.void], NDArray[np.int64], NDArray[np.int64]]:
    """Return (clients, where each coach's begin, their numbers), by coach, then as they come.

    Shapes: (people,) of CLIENT, (coaches + 1,), (people,). Those of the second stream, there only
    where the inflow is doubled, are not counted in measures: so the counted are the same people.
    """
    curve = np.zeros(intake.weeks) if intake.closed else np.cumsum(inflow(world, intake))
    coming = round(float(curve[-1]))
    numbers = np.arange(intake.stock + coming * (2 if double else 1))
    clients = np.zeros(len(numbers), CLIENT)
    clients["key"] = key = chance.keys(seed, run, numbers)
    _liken(clients, key, world)
    stock = numbers < intake.stock
    when = np.searchsorted(curve, chance.likeness(key, 0) * curve[-1], side="right")
    clients["arrives"] = np.minimum(when, len(curve) - 1)
    clients["arrives"][stock] = 0 if intake.new else -1
    clients["counted"] = numbers < intake.stock + coming
    clients["asked"] = clients["exit"] = NEVER
    if not intake.new:
        _settle(clients, stock, key)
    order = np.lexsort((numbers, clients["arrives"], numbers % coaches))
    first = np.searchsorted(numbers[order] % coaches, np.arange(coaches + 1))
    return clients[order], first.astype(np.int64), numbers[order]


def _liken(clients: NDArray[np.void], key: chance.Words, world: World) -> None:
    """Draw what clients are like: their window, and how easily they find work."""
    windows = world.windows
    bounds = np.cumsum(windows.share)[:-1]
    kind = np.searchsorted(bounds, chance.likeness(key, 1), side="right")
    clients["low"] = np.array(windows.low)[kind]
    clients["high"] = np.array(windows.high)[kind]
    spread = world.labour.spread
    clients["ease"] = np.where(chance.likeness(key, 2) < 0.5, 1.0 + spread, 1.0 - spread)


def _settle(clients: NDArray[np.void], stock: NDArray[np.bool_], key: chance.Words) -> None:
    """Let those of the start have been met before, somewhere within their window."""
    ago = 1 + np.floor(chance.likeness(key, 3) * clients["high"]).astype(np.int16)
    clients["last"] = clients["turn"] = np.where(stock, -ago, 0)
    clients["since"] = np.where(stock, LONG_AGO, 0)
    clients["met"] = stock
    clients["state"] = np.where(stock, UNEMPLOYED, AWAY)
