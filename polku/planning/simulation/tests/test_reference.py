"""Three ways to the same weeks: the kernel, plain NumPy, the kernel with a planner in the loop."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.planning.simulation import finland, looped, reference, running
from polku.planning.simulation.columns import DUE, EASE, SUPPORT, Outcome
from polku.planning.simulation.people import Intake
from polku.planning.simulation.planner import EarliestDeadline
from polku.planning.simulation.policy import Policy
from polku.planning.simulation.tests.worlds import INTAKES, POLICIES, WORLDS
from polku.planning.simulation.world import World

SEEDS = st.integers(0, 2**63 - 1)


def differing(one: Outcome, other: Outcome) -> list[str]:
    """What two outcomes do not agree on; `due` and chances kept ready are the kernel's alone."""
    mine, theirs = one.clients, other.clients
    told = {
        "counts": one.counts.tolist() == other.counts.tolist(),
        "census": (one.census == other.census).all(),
        "whole": (mine.whole[:DUE] == theirs.whole[:DUE]).all(),
        "ease": (mine.real[EASE] == theirs.real[EASE]).all(),
        "support": (mine.real[SUPPORT] == theirs.real[SUPPORT]).all(),
    }
    return [name for name, same in told.items() if not same]


@settings(max_examples=150, deadline=None)
@given(WORLDS, POLICIES, INTAKES, SEEDS, st.integers(0, 99))
def test_the_kernel_is_the_reference(
    world: World, policy: Policy, intake: Intake, seed: int, run: int
) -> None:
    quick = running.one(world, policy, intake, seed, run)
    plain = reference.one(world, policy, intake, seed, run)
    assert differing(quick, plain) == []


@settings(max_examples=40, deadline=None)
@given(WORLDS, POLICIES, INTAKES, SEEDS)
def test_the_planner_in_the_loop_is_the_kernel(
    world: World, policy: Policy, intake: Intake, seed: int
) -> None:
    quick = running.one(world, policy, intake, seed, 0)
    asked = looped.one(world, policy, intake, EarliestDeadline(), seed=seed)
    assert differing(quick, asked) == []
    assert (quick.clients.whole == asked.clients.whole).all()


def test_the_same_for_a_large_one() -> None:
    policy, intake = Policy(double_inflow=True), Intake(3_000, 104)
    quick = running.one(finland.WORLD, policy, intake, 4, 2)
    assert differing(quick, reference.one(finland.WORLD, policy, intake, 4, 2)) == []
    assert all(quick[name] > 0 for name in ("waited_for_place", "follow_on", "inside", "left"))


def test_control_another_rule_is_seen() -> None:
    intake = Intake(300, 40)
    quick = running.one(finland.WORLD, Policy(), intake, 4, 2)
    recent = replace(finland.WORLD, placing=replace(finland.WORLD.placing, recent=1))
    assert differing(quick, reference.one(recent, Policy(), intake, 4, 2)) == ["counts"]
    short = replace(finland.WORLD, placing=replace(finland.WORLD.placing, length=11))
    assert "whole" in differing(quick, reference.one(short, Policy(), intake, 4, 2))


def test_places_end() -> None:
    run = running.one(finland.WORLD, Policy(), Intake(500, 60), 1, 0)
    placed = run.clients.state == 2
    assert run["ended"] > 0 and (run.clients.ends[placed] >= 60).all()
    assert np.bincount(run.clients.state, minlength=5)[2] == placed.sum() <= 40
