"""Runs by the compiled kernel, one a thread at a time: each has its own luck and its own people."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from polku.planning.simulation import calendars, kernel
from polku.planning.simulation.columns import NAMES, NOBODY, STATES, Outcome
from polku.planning.simulation.people import Intake, people
from polku.planning.simulation.policy import Policy
from polku.planning.simulation.rules import rules, seats
from polku.planning.simulation.world import World

RUNS = 20


def simulate(
    world: World, policy: Policy, intake: Intake, *, seed: int, runs: int = RUNS, threads: int = 0,
    sums_alone: bool = False,
) -> list[Outcome]:  # fmt: skip
    """Return the outcome of each run; the same whatever the threads.

    `sums_alone` lets the clients go as soon as a run is over: twenty runs of a country fill memory.
    """

    def lived(run: int) -> Outcome:
        found = one(world, policy, intake, seed, run)
        return replace(found, clients=NOBODY) if sums_alone else found

    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        return list(pool.map(lived, range(runs)))


def one(world: World, policy: Policy, intake: Intake, seed: int, run: int) -> Outcome:
    """Return the outcome of the run of that number."""
    coaches = calendars.coaches_of(policy, intake.stock)
    clients, first = people(
        world, intake, seed=seed, run=run, coaches=coaches, double=policy.double_inflow,
        more=policy.more,
    )  # fmt: skip
    minutes = calendars.minutes(
        policy, world.work, stock=intake.stock, weeks=intake.weeks, seed=seed, run=run
    )
    census, desk = np.zeros((intake.weeks, STATES), np.int32), kernel.desk(clients, first)
    kernel.run(
        clients.whole, clients.real, clients.key, desk, first, minutes,
        seats(world, policy, intake.stock), rules(world, policy), census,
    )  # fmt: skip
    return Outcome(desk.numbers[: len(NAMES)], census, clients)
