"""A run with a planner in the loop: the kernel lives each week up to its contacts, and asks.

With `EarliestDeadline` it is the compiled run, byte for byte; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from polku.planning.simulation import calendars, kernel
from polku.planning.simulation.columns import NAMES, NOBODY, STATES, Outcome, People
from polku.planning.simulation.people import Intake, people
from polku.planning.simulation.planner import Due, Planner, checked
from polku.planning.simulation.policy import Policy
from polku.planning.simulation.rules import Rules, rules, seats
from polku.planning.simulation.world import World


def simulate(
    world: World, policy: Policy, intake: Intake, planner: Planner, *, seed: int, runs: int,
    sums_alone: bool = False, told: Callable[[int], None] = lambda run: None,
) -> list[Outcome]:  # fmt: skip
    """Return the outcome of each run, one after the other; `told` is called before each.

    `sums_alone` lets the clients go as soon as a run is over.
    """
    found = []
    for run in range(runs):
        told(run)
        lived = one(world, policy, intake, planner, seed=seed, run=run)
        found.append(replace(lived, clients=NOBODY) if sums_alone else lived)
    return found


def one(
    world: World, policy: Policy, intake: Intake, planner: Planner, *, seed: int, run: int = 0
) -> Outcome:
    """Return the outcome of the run of that number. Raises Overbooked."""
    coaches = calendars.coaches_of(policy, intake.stock)
    clients, first = people(
        world, intake, seed=seed, run=run, coaches=coaches, double=policy.double_inflow,
        more=policy.more,
    )  # fmt: skip
    minutes = calendars.minutes(
        policy, world.work, stock=intake.stock, weeks=intake.weeks, seed=seed, run=run
    )
    census, desk = np.zeros((intake.weeks, STATES), np.int32), kernel.desk(clients, first)
    w, f, r = clients.whole, clients.real, rules(world, policy)
    places, coach = seats(world, policy, intake.stock), np.zeros(len(clients), np.int64)
    for week in range(intake.weeks):
        now = minutes[:, week].copy()
        many = kernel.begin_week(w, f, clients.key, desk, first, week, now, places, r, coach)
        who, pile = desk.who[:many].copy(), desk.pile[:many]
        due = _due(clients, who, pile, coach[:many].copy(), week, r)
        held = checked(due, now.astype(np.int64), planner.choose(due, now.astype(np.int64)))
        kernel.end_week(w, f, desk, who[held], week, r, census[week])
    kernel.close(w, desk, first, intake.weeks, r)
    return Outcome(desk.numbers[: len(NAMES)], census, clients)


def _due(
    clients: People, who: NDArray[np.int64], pile: NDArray[np.int64], coach: NDArray[np.int64],
    week: int, r: Rules,
) -> Due:  # fmt: skip
    kind = pile % kernel.KINDS
    soon = pile // kernel.KINDS % kernel.DEADLINES - kernel.MIDDLE
    takes = np.where(kind == kernel.INTERVIEW, r.interview, r.contact)
    number, last, low, high = (
        getattr(clients, name)[who].astype(np.int64) for name in ("number", "last", "low", "high")
    )
    return Due(week, coach, number, kind, week + soon, takes, last, low, high)
