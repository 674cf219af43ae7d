"""So many of a group get a place as were asked, at the least cost, and its price is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.planning.matching import audit, checker, heads, solving, why
from polku.planning.matching.problem import Heads, Problem
from polku.planning.matching.tests.making import large, problem_of, problems


def by_trying(problem: Problem) -> dict[int, int]:
    """Return {heads of the group: the best sum with bonuses}, by trying every matching."""
    best: dict[int, int] = {}
    rows = [
        [-1, *problem.place[problem.start[i] : problem.start[i + 1]].tolist()]
        for i in range(problem.clients)
    ]
    for one in product(*rows):
        placed = np.array(one, np.int32)
        if checker.problems_of(replace(problem, heads=None), placed):
            continue
        many, worth = heads.count(problem, placed), checker.sums(problem, placed)[1]
        best[many] = max(best.get(many, 0), worth)
    return best


@settings(max_examples=150, deadline=None)
@given(problems(most_clients=5, most_places=3), st.data())
def test_it_is_the_best_that_keeps_the_floor_or_the_most_is_told(
    problem: Problem, data: st.DataObject
) -> None:
    members = data.draw(st.lists(st.booleans(), min_size=5, max_size=5))[: problem.clients]
    asked = data.draw(st.integers(1, 5))
    problem = replace(problem, heads=Heads(np.array(members, np.bool_), asked))
    best = by_trying(problem)
    if asked > max(best):
        with pytest.raises(heads.TooMany) as refused:
            heads.solve_with_heads(problem)
        assert refused.value.most == max(best)
        return
    found = heads.solve_with_heads(problem)
    assert checker.problems_of(problem, found.placed) == []
    right = max(worth for many, worth in best.items() if many >= asked)
    assert (found.objective_with_keep, found.bound, found.status) == (right, right, "optimal")


def test_the_price_is_what_the_last_head_costs() -> None:
    """Two seats; the group's two lose to others by 30 and by 50 points."""
    rows = [{0: 100}, {1: 100}, {0: 70}, {1: 50}]
    group = np.array([False, False, True, True])
    worth = {}
    for asked in (1, 2):
        problem = problem_of(rows, [1, 1], heads=Heads(group, asked))
        found = heads.solve_with_heads(problem)
        worth[asked] = (found.objective, found.multiplier, heads.count(problem, found.placed))
    assert worth == {1: (170, 30.0, 1), 2: (120, 50.0, 2)}


def test_a_floor_that_holds_by_itself_costs_nothing() -> None:
    problem = problem_of([{0: 5}, {1: 5}], [1, 1], heads=Heads(np.array([True, False]), 1))
    found = heads.solve_with_heads(problem)
    assert (found.status, found.multiplier, found.objective) == ("optimal", 0.0, 10)


def test_many_are_lifted_as_asked_and_none_more() -> None:
    problem = large(600, 60, 10)
    group = np.arange(600) < 120
    score = np.where(np.repeat(group, 10), problem.score * 6 // 10 + 1, problem.score)
    seats = problem.capacity // 2
    problem = replace(problem, score=score.astype(np.int32), capacity=seats)
    plain = solving.solve(problem)
    problem = replace(problem, heads=Heads(group, 0))
    before = heads.count(problem, plain.placed)
    asked = before + 7
    problem = replace(problem, heads=Heads(group, asked))
    found = heads.solve_with_heads(problem)
    assert (heads.count(problem, found.placed), found.status) == (asked, "optimal")
    lost = plain.objective - found.objective
    assert 0 < lost <= 7 * found.multiplier
    # Control: the plain matching does not keep it, and the checker says so.
    wrong = "fewer of the group have a place than were asked"
    assert checker.problems_of(problem, plain.placed) == [wrong]


def test_the_record_tells_a_floor_from_none_and_keeps_its_price() -> None:
    rows = [{0: 100}, {0: 70}]
    problem = problem_of(rows, [1], heads=Heads(np.array([False, True]), 1))
    found = heads.solve_with_heads(problem)
    kept = audit.record(problem, found)
    assert (kept["multiplier"], kept["objective"]) == (30.0, 70)
    digests = {audit.digest(one) for one in (
        problem, replace(problem, heads=None), replace(problem, heads=Heads(np.array([True]*2), 1)),
        replace(problem, heads=Heads(np.array([False, True]), 0)),
    )}  # fmt: skip
    assert len(digests) == 4


def test_what_forcing_somebody_would_cost_counts_the_floor_too() -> None:
    rows = [{0: 100}, {0: 70}]
    problem = problem_of(rows, [1], heads=Heads(np.array([False, True]), 1))
    found = heads.solve_with_heads(problem)
    # Without its price the first would seem to gain 30 points.
    assert why.loss_if_forced(problem, found, 0, 0) == 0
