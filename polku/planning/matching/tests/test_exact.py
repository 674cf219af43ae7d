"""The matching is the best there is, and says so only when it is proved."""

import numpy as np
import pytest
from hypothesis import given, settings

from polku.planning.matching import checker, reference, solving
from polku.planning.matching.problem import OPTIMAL, Problem, Result
from polku.planning.matching.reduced import reduced
from polku.planning.matching.tests.making import large, problem_of, problems


def check(problem: Problem, result: Result) -> None:
    """Assert all that a result says, by the checker alone."""
    assert checker.problems_of(problem, result.placed) == []
    plain, with_keep = checker.sums(problem, result.placed)
    assert (result.objective, result.objective_with_keep) == (plain, with_keep)
    assert (result.prices >= 0).all()
    assert result.status == OPTIMAL
    assert result.bound == checker.bound_of(problem, result.prices) == with_keep


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_optimum_is_that_of_or_tools(problem: Problem) -> None:
    result = solving.solve(problem)
    check(problem, result)
    assert result.solver.startswith("polku-auction")
    assert result.objective_with_keep == reference.optimum(problem)


@pytest.mark.parametrize("levels", [None, 4, 1])
@pytest.mark.parametrize("each", [8, 40])
def test_a_larger_one_too(levels: int | None, each: int) -> None:
    problem = large(1_500, 200, each, levels=levels)
    result = solving.solve(problem)
    check(problem, result)
    assert result.objective == reference.optimum(problem)
    assert result.solver.startswith("polku-auction")


def test_the_same_input_gives_the_same_matching() -> None:
    problem = large(800, 100, 12, levels=3)
    first, second = solving.solve(problem), solving.solve(problem)
    assert (first.placed == second.placed).all() and (first.prices == second.prices).all()


@settings(max_examples=40, deadline=None)
@given(problems())
def test_past_its_budget_or_tools_takes_over_and_proves_it_as_well(problem: Problem) -> None:
    result = solving.solve(problem, budget=0)
    check(problem, result)


def test_a_hand_over_is_said() -> None:
    result = solving.solve(large(500, 60, 12), budget=1.5)
    assert result.solver.startswith("ortools") and result.status == OPTIMAL


@settings(max_examples=40, deadline=None)
@given(problems())
def test_both_ways_find_the_same_least_prices(problem: Problem) -> None:
    closed = problem.capacity == 0
    full = np.bincount(problem.fixed[:, 1], minlength=problem.places) >= problem.capacity
    mine, theirs = solving.solve(problem), solving.solve(problem, budget=0)
    assert (mine.prices == theirs.prices)[~closed & ~full].all()


@settings(max_examples=100, deadline=None)
@given(problems())
def test_any_prices_bound_the_sum(problem: Problem) -> None:
    optimum = reference.optimum(problem)
    for prices in (np.zeros(problem.places, np.int64), np.arange(problem.places) * 7):
        assert checker.bound_of(problem, prices) >= optimum


def test_nobody_and_nothing() -> None:
    for problem in (problem_of([{}], [0]), problem_of([{}, {0: 5}], [0]), problem_of([], [])):
        result = solving.solve(problem)
        assert (result.objective, result.bound, result.status) == (0, 0, OPTIMAL)


@pytest.mark.parametrize(
    ("placed", "said"),
    [
        ([0, 0], ["a place has more clients than seats"]),
        ([1, 0], ["a pair has no edge"]),
        ([-1, 0], ["a fixed pair was not kept"]),
    ],
)
def test_control_the_checker_sees_what_is_wrong(placed: list[int], said: list[str]) -> None:
    fixed = [(0, 0)] if placed[0] == -1 else []
    problem = problem_of([{0: 5}, {0: 7}], [1, 1], fixed=fixed)
    assert checker.problems_of(problem, np.array(placed, np.int32)) == said


def test_fixed_pairs_use_seats_and_count() -> None:
    problem = problem_of([{0: 5}, {0: 7, 1: 1}], [1, 1], fixed=[(0, 0)])
    result = solving.solve(problem)
    assert result.placed.tolist() == [0, 1] and result.objective == 6
    assert reduced(problem).capacity.tolist() == [0, 1]


def test_the_bonus_keeps_a_pair_that_is_nearly_as_good() -> None:
    rows = [{0: 500, 1: 510}]
    assert solving.solve(problem_of(rows, [1, 1])).placed.tolist() == [1]
    kept = solving.solve(problem_of(rows, [1, 1], keep=[(0, 0)], keep_bonus=20))
    assert kept.placed.tolist() == [0]
    assert (kept.objective, kept.objective_with_keep) == (500, 520)
