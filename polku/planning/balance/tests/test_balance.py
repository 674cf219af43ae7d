"""Caseloads in balance: every rule kept, near the proved bound, and few clients moved."""

import itertools
import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.planning.balance import checker, solving
from polku.planning.balance.problem import NOBODY, Balance, Problem
from polku.planning.balance.tests.areas import area

FI, SV = 1, 2


def division(
    minutes: list[int], coach: list[int], target: list[int], *, speaks: list[int] | None = None,
    coach_speaks: list[int] | None = None, **more: object,
) -> Problem:  # fmt: skip
    """Build a problem; all speak Finnish unless something else is said."""
    if "barred" in more:
        more["barred"] = np.array(more["barred"], np.int32).reshape(-1, 2)
    if "fixed" in more:
        more["fixed"] = np.array(more["fixed"], np.bool_)
    if "dear" in more:
        more["dear"] = np.array(more["dear"], np.int32).reshape(len(minutes), len(target))
    return Problem(
        np.array(minutes, np.int32), np.array(speaks or [FI] * len(minutes), np.uint64),
        np.array(coach, np.int32), np.array(target, np.int32),
        np.array(coach_speaks or [FI] * len(target), np.uint64), **more,  # type: ignore[arg-type]
    )  # fmt: skip


@st.composite
def divisions(draw: st.DrawFn) -> Problem:
    """Draw a problem small enough to try every division."""
    clients, coaches = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    languages, who = st.integers(1, 3), st.integers(0, coaches - 1)
    coach = draw(st.lists(st.integers(-1, coaches - 1), min_size=clients, max_size=clients))
    wants = draw(st.lists(st.booleans(), min_size=clients, max_size=clients))
    pairs = clients * coaches
    return division(
        draw(st.lists(st.integers(1, 90), min_size=clients, max_size=clients)), coach,
        draw(st.lists(st.sampled_from([0, 50, 120]), min_size=coaches, max_size=coaches)),
        speaks=draw(st.lists(languages, min_size=clients, max_size=clients)),
        coach_speaks=draw(st.lists(languages, min_size=coaches, max_size=coaches)),
        barred=draw(st.lists(st.tuples(st.integers(0, clients - 1), who), max_size=2)),
        fixed=[one and mine >= 0 for one, mine in zip(wants, coach, strict=True)],
        keep_reward=draw(st.sampled_from([0, 30, 600])),
        dear=draw(st.lists(st.sampled_from([0, 0, 40, 300]), min_size=pairs, max_size=pairs)),
    )  # fmt: skip


def check(problem: Problem, found: Balance) -> None:
    assert checker.problems_of(problem, found.coach) == []
    assert (found.cost, found.moved) == checker.cost_of(problem, found.coach)
    assert found.bound <= found.cost


def least(problem: Problem) -> int:
    """Return what the best division costs, by trying every one."""
    may = problem.allowed()
    options = [np.flatnonzero(row).tolist() or [NOBODY] for row in may]
    return min(
        checker.cost_of(problem, np.array(each, np.int32))[0]
        for each in itertools.product(*options)
    )


@settings(max_examples=200, deadline=None)
@given(divisions())
def test_every_rule_is_kept_and_the_bound_is_one(problem: Problem) -> None:
    found, best = solving.solve(problem), least(problem)
    check(problem, found)
    assert found.bound <= best <= found.cost


def test_what_a_pair_costs_is_heeded_while_it_gains() -> None:
    """A wish is met where there is room, and gives way where a coach would drown."""
    free = division([10] * 4, [NOBODY] * 4, [100, 100], dear=[[0, 90]] * 2 + [[90, 0]] * 2)
    assert solving.solve(free).coach.tolist() == [0, 0, 1, 1]
    same = solving.solve(replace(free, dear=free.dear[:, ::-1]))
    assert same.coach.tolist() == [1, 1, 0, 0]
    full = division([60] * 4, [NOBODY] * 4, [100, 100], dear=[[0, 90]] * 4)
    found = solving.solve(full)
    check(full, found)
    assert sorted(found.coach.tolist()) == [0, 0, 1, 1]


def test_a_pair_that_would_gain_is_no_price() -> None:
    with pytest.raises(ValueError, match="no gain"):
        division([10], [NOBODY], [100, 100], dear=[[0, -1]])


def test_small_divisions_are_near_the_best() -> None:
    """Where whole clients weigh most, a few per cent of the cost are lost on average."""
    cost = best = 0
    chance = np.random.default_rng(5)
    for _ in range(60):
        minutes, coach = chance.integers(10, 60, 6), chance.integers(0, 3, 6)
        problem = division(minutes.tolist(), coach.tolist(), [90, 90, 60], keep_reward=50)
        cost, best = cost + solving.solve(problem).cost, best + least(problem)
    assert best <= cost <= 1.05 * best


def test_an_area_is_near_its_bound_and_moves_no_more_than_pays() -> None:
    problem = area(1, clients=3_000, coaches=24)
    found, restless = (solving.solve(replace(problem, keep_reward=k)) for k in (600, 0))
    check(problem, found)
    assert found.cost <= 1.01 * found.bound
    served = problem.allowed().any(axis=1)
    assert (found.coach[served] != NOBODY).all()
    assert found.moved < 0.5 * restless.moved


def test_the_same_area_gives_the_same_division() -> None:
    one, two = (solving.solve(area(2, clients=800, coaches=9)) for _ in range(2))
    assert one.coach.tobytes() == two.coach.tobytes()


def test_an_overloaded_coach_is_relieved_only_as_far_as_it_pays() -> None:
    problem = division([30] * 8, [0] * 8, [120, 120])
    found = solving.solve(problem)
    assert checker.loads(problem, found.coach).tolist() == [150, 90] and found.moved == 3
    dear = division([30] * 8, [0] * 8, [120, 120], keep_reward=1_000_000)
    assert solving.solve(dear).moved == 0
    free = division([30] * 8, [0] * 8, [120, 120], keep_reward=0)
    assert checker.loads(free, solving.solve(free).coach).tolist() == [120, 120]


def test_minutes_are_balanced_not_heads() -> None:
    problem = division([120, 15, 15, 15, 15], [NOBODY] * 5, [120, 120])
    loads = checker.loads(problem, solving.solve(problem).coach).tolist()
    assert sorted(loads) == [60, 120]


def test_languages_are_hard_however_full_it_gets() -> None:
    problem = division([60] * 6, [NOBODY] * 6, [60, 600], speaks=[SV] * 6, coach_speaks=[SV, FI])
    assert solving.solve(problem).coach.tolist() == [0] * 6
    nobody = division([60], [NOBODY], [60], speaks=[SV])
    assert solving.solve(nobody).coach.tolist() == [NOBODY]


def test_who_stays_stays_and_who_is_barred_goes() -> None:
    problem = division([60, 60], [0, 0], [0, 600], fixed=[True, False])
    assert solving.solve(problem).coach.tolist() == [0, 1]
    barred = division([60], [0], [600, 10], barred=[(0, 0)])
    assert solving.solve(barred).coach.tolist() == [1]


@pytest.mark.parametrize(
    ("more", "coach", "said"),
    [
        ({"speaks": [SV, FI]}, [0, 0], "a client and a coach have no language in common"),
        ({}, [2, 0], "a coach who can take nobody on has a client"),
        ({"barred": [(0, 0)]}, [0, 0], "a client is with a coach who is barred"),
        ({"fixed": [True, False]}, [1, 0], "a client who stays was moved"),
        ({}, [NOBODY, 0], "a client is left out whom somebody may coach"),
    ],
)
def test_control_the_checker_sees_what_is_wrong(more: Any, coach: list[int], said: str) -> None:
    problem = division([30, 30], [0, 0], [60, 60, 0], **more)
    assert checker.problems_of(problem, np.array(coach, np.int32)) == [said]
    sound = division([30, 30], [0, 0], [60, 60, 0])
    assert checker.problems_of(sound, np.array([1, 0], np.int32)) == []


def test_nobody_and_odd_problems() -> None:
    assert solving.solve(division([], [], [60])).cost == 0
    assert solving.solve(division([30], [NOBODY], [])).coach.tolist() == [NOBODY]
    faults: list[dict[str, Any]] = [{"steps": ((100, 5), (0, 1))}, {"fixed": [True]}]
    for wrong in faults:
        with pytest.raises(ValueError, match=r"must rise|has a coach"):
            division([30], [NOBODY], [60], **wrong)
    with pytest.raises(ValueError, match="a minute or more"):
        division([0], [NOBODY], [60])


def test_pages_load_numpy_at_most() -> None:
    program = (
        "import sys, polku.planning.balance.problem, polku.planning.balance.checker\n"
        "print([m for m in ('numba', 'ortools', 'django') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
    heavy = program.replace("balance.checker", "balance.solving")
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True)
    assert done.stdout.strip() == "['numba', 'ortools']"
