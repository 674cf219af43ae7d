"""The floor for a group is kept, at a price that is told."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from polku.planning.matching import checker, floor, solving
from polku.planning.matching.problem import Floor, Problem
from polku.planning.matching.tests.making import large, problem_of, problems


def best_by_trying(problem: Problem) -> int | None:
    """The best sum with bonuses of all matchings that keep the floor, by trying every one."""
    best: int | None = None
    options = [
        [-1, *problem.place[problem.start[i] : problem.start[i + 1]].tolist()]
        for i in range(problem.clients)
    ]
    for i, j in problem.fixed:
        options[i] = [j]
    result = solving.solve(replace(problem, floor=None))
    stack: list[list[int]] = [[]]
    while stack:
        placed = stack.pop()
        if len(placed) < problem.clients:
            free = [
                j for j in options[len(placed)] if j < 0 or placed.count(j) < problem.capacity[j]
            ]
            stack += [[*placed, j] for j in free]
            continue
        one = replace(result, placed=np.array(placed, np.int32))
        if checker.problems_of(problem, one.placed) == [] and floor.keeps(problem, one):
            with_keep = checker.sums(problem, one.placed)[1]
            best = with_keep if best is None else max(best, with_keep)
    return best


@settings(max_examples=40, deadline=None)
@given(problems(floor=True, most_clients=4, most_places=3))
def test_what_is_said_of_a_floor_is_so(problem: Problem) -> None:
    best = best_by_trying(problem)
    try:
        result = floor.solve_with_floor(problem)
    except floor.Unreachable:
        assert best is None
        return
    assert checker.problems_of(problem, result.placed) == []
    assert floor.keeps(problem, result)
    assert best is not None and result.objective_with_keep <= best <= result.bound
    assert result.objective_with_keep == checker.sums(problem, result.placed)[1]


def test_a_group_that_would_fall_behind_is_lifted() -> None:
    problem = large(600, 60, 10)
    group = np.arange(600) < 120
    # Their scores are lower throughout, so that the plain optimum passes them by.
    score = np.where(np.repeat(group, 10), problem.score * 7 // 10 + 1, problem.score)
    problem = replace(problem, score=score.astype(np.int32), floor=Floor(group, 0.8))
    plain = solving.solve(replace(problem, floor=None))
    assert not floor.keeps(problem, plain)
    lifted = floor.solve_with_floor(problem)
    assert floor.keeps(problem, lifted) and lifted.multiplier > 0
    assert 0.9 * plain.objective < lifted.objective < plain.objective
    assert lifted.objective_with_keep <= lifted.bound < plain.objective


def test_a_floor_that_holds_by_itself_costs_nothing() -> None:
    problem = problem_of([{0: 5}, {1: 5}], [1, 1], floor=Floor(np.array([True, False]), 0.97))
    result = floor.solve_with_floor(problem)
    assert (result.status, result.multiplier, result.objective) == ("optimal", 0.0, 10)


def test_a_floor_out_of_reach_is_refused() -> None:
    problem = problem_of(
        [{}, {0: 5}], [1], fixed=[(1, 0)], floor=Floor(np.array([True, False]), 0.97)
    )
    with pytest.raises(floor.Unreachable):
        floor.solve_with_floor(problem)
