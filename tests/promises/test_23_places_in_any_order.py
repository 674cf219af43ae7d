"""Promise 23 for places: whatever is done to placements, in any order, leaves them whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from polku.placements import seats, states
from polku.placements.models import SeatUse
from tests.promises.placing import MAY, Places
from tests.promises.promise import Promise, reached

RUNS, STEPS, MOST = 20, 30, 500_000
PROMISE = Promise(
    23,
    "Actions keep invariants in any order",
    "a state machine over all actions, 2-4 actors, an oracle, the rules checked after each step: "
    "5,000 steps in CI, 500,000 a night: 0 breaks",
    f"placements from suggestion to outcome: two clients, two coaches, a workplace and the "
    f"mornings, {RUNS * STEPS} steps drawn by lot; what is refused leaves no trace",
    "the actions of other rooms, and the full sizes: a step takes some fiftieth of a second",
)


def go(world: Any, runs: int, *, shrink: bool = False) -> dict[str, int]:
    """Let the machine run; return how often each deed was done."""

    class Run(Places):
        pass

    Run.world, Run.done, Run.refused = world, {}, {}
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    run_state_machine_as_test(
        Run,
        settings=settings(
            max_examples=runs, stateful_step_count=STEPS, deadline=None, phases=phases,
            derandomize=runs == RUNS, database=None, print_blob=False,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    print(f"\ndone {Run.done}\nrefused {Run.refused}")
    return Run.done


def test_no_order_of_deeds_breaks_a_placement(world: Any) -> None:
    done = go(world, RUNS)
    assert {"suggest", "yes", "terms", "sign", "start", "end"} <= done.keys()


def test_control_a_seat_that_is_not_given_back_is_found(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(seats, "free", lambda *_given, **_more: None)
    with pytest.raises(AssertionError):
        go(world, RUNS)


def test_control_a_state_that_may_be_left_too_early_is_found(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(states.TRANSITIONS["start"], "suggested", "running")
    with pytest.raises(Exception, match="start|what_runs_has|running"):
        go(world, RUNS)


def test_control_a_refusal_that_leaves_something_is_found(world: Any, monkeypatch: Any) -> None:
    """As when a seat was held outside of the transaction that was refused."""
    after = states.after

    def leaves(verb: str, state: str) -> str:
        if state not in MAY.get(verb, {state}):
            SeatUse.objects.update(seat=7)
        return after(verb, state)

    monkeypatch.setattr(states, "after", leaves)
    monkeypatch.setattr("polku.placements.writing.states.after", leaves)


@pytest.mark.torture(promise=23)
def test_half_a_million_steps(world: Any) -> None:
    runs = MOST // STEPS
    done = go(world, runs)
    assert done.keys() >= MAY.keys()
    reached(23, f"{runs} runs of {STEPS} steps: 0 breaks", part="placements")
