"""Promise 23 for places: whatever is done to placements, in any order, leaves them whole."""

from __future__ import annotations

from inspect import unwrap
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from polku.placements import opening_up, seats, states
from tests.promises.placing import Places
from tests.promises.placing_table import MAY
from tests.promises.promise import Promise, reached

RUNS, STEPS, MOST = 20, 30, 500_000
PROMISE = Promise(
    23,
    "Actions keep invariants in any order",
    "a state machine over all actions, 2-4 actors, an oracle, the rules checked after each step: "
    "5,000 steps in CI, 500,000 a night: 0 breaks",
    f"placements from suggestion to outcome: two clients, two coaches, a workplace and the "
    f"mornings, {RUNS * STEPS} steps drawn by lot; what is refused leaves no trace",
    "the actions of other rooms, and the full sizes: a step takes a twentieth of a second",
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


def test_control_a_deed_that_comes_too_late_is_found(world: Any, monkeypatch: Any) -> None:
    for state in ("accepted", "agreed", "running"):
        monkeypatch.setitem(states.TRANSITIONS["suggest_again"], state, "suggested")
    with pytest.raises(AssertionError, match="again was done to what is"):
        go(world, RUNS)


def test_control_a_refusal_that_leaves_something_is_found(world: Any, monkeypatch: Any) -> None:
    """As when some of the seats were kept back before there were too few."""
    monkeypatch.setattr(opening_up, "keep_back", unwrap(opening_up.keep_back))
    with pytest.raises(AssertionError, match="keep back: NoSeat leaves .*placements_seatuse"):
        go(world, RUNS)


@pytest.mark.torture(promise=23)
def test_half_a_million_steps(world: Any) -> None:
    runs = MOST // STEPS
    done = go(world, runs)
    assert done.keys() >= MAY.keys()
    reached(23, f"{runs} runs of {STEPS} steps: 0 breaks", part="placements")
