"""Kernels are compiled, or loaded from where they are kept, by running them on next to nothing."""

from __future__ import annotations

from polku.planning.simulation import finland, looped, running
from polku.planning.simulation.people import Intake
from polku.planning.simulation.planner import EarliestDeadline
from polku.planning.simulation.policy import Policy


def warm() -> None:
    """Run every kernel of the simulation."""
    few = Intake(3, 2)
    running.simulate(finland.WORLD, Policy(), few, seed=0, runs=1)
    looped.one(finland.WORLD, Policy(), few, EarliestDeadline(), seed=0)
