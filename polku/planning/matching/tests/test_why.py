"""Reasons hold: a gap is what it says, and forcing costs exactly what a second solve says."""

import numpy as np
import pytest
from hypothesis import given, settings

from polku.planning.matching import audit, checker, reference, solving, why
from polku.planning.matching.problem import Problem
from polku.planning.matching.tests.days import changed
from polku.planning.matching.tests.making import large, problem_of, problems


@settings(max_examples=60, deadline=None)
@given(problems())
def test_reasons_are_true(problem: Problem) -> None:
    result = solving.solve(problem)
    taken = np.bincount(result.placed[result.placed >= 0], minlength=problem.places)
    for client in range(problem.clients):
        for told in why.why_not(problem, result, client):
            codes = {reason.code: reason.points for reason in told.reasons}
            assert codes and told.gap >= 0 and all(points >= 0 for points in codes.values())
            assert (why.PROPOSED in codes) == (result.placed[client] == told.place)
            if why.FULL in codes:
                assert taken[told.place] == problem.capacity[told.place]
                assert codes[why.FULL] == told.gap
            if why.EQUAL in codes:
                assert taken[told.place] < problem.capacity[told.place]


@settings(max_examples=30, deadline=None)
@given(problems(most_clients=6, most_places=4))
def test_what_forcing_costs_is_exact_and_at_least_the_gap(problem: Problem) -> None:
    result = solving.solve(problem)
    fixed = set(problem.fixed[:, 0].tolist())
    for client in set(range(problem.clients)) - fixed:
        for told in why.why_not(problem, result, client):
            lost = why.loss_if_forced(problem, result, client, told.place)
            if lost is None:
                continue
            forced = np.concatenate([problem.fixed, [[client, told.place]]]).astype(np.int32)
            again = Problem(**{**vars(problem), "fixed": forced})
            assert lost == result.objective_with_keep - reference.optimum(again)
            assert lost >= told.gap


def test_the_ways_to_be_passed_by() -> None:
    problem = problem_of([{0: 9, 1: 4, 2: 9, 3: 8}, {0: 20}], [1, 1, 1, 0], fixed=[(1, 0)])
    told = why.why_not(problem, solving.solve(problem), 0)
    codes = {one.place: [reason.code for reason in one.reasons] for one in told}
    assert codes == {0: ["no_seats"], 1: ["higher"], 2: ["proposed"], 3: ["no_seats"]}
    assert [one.reasons[0].points for one in told if one.place == 1] == [5]


def test_the_record_of_a_run_follows_from_what_was_asked() -> None:
    problem = large(60, 12, 5)
    result = solving.solve(problem)
    record = audit.record(problem, result, weights={"wished_place": 400}, rules="2026-01", seed=4)
    assert record == audit.record(
        problem, solving.solve(problem), weights={"wished_place": 400}, rules="2026-01", seed=4
    )
    assert record["input_sha256"] != audit.digest(large(60, 12, 5, seed=2))
    assert len(record["proposals"]) == (result.placed >= 0).sum()
    assert sum(score for _, _, score, _ in record["proposals"]) == result.objective
    # At prices that prove it, every proposal is the best that its client can get.
    assert {gap for *_, gap in record["proposals"]} == {0}


def test_an_unsound_matching_gets_no_record() -> None:
    problem = problem_of([{0: 5}, {0: 7}], [1])
    result = solving.solve(problem)
    crowded = type(result)(**{**vars(result), "placed": np.array([0, 0], np.int32)})
    assert checker.problems_of(problem, crowded.placed)
    with pytest.raises(ValueError, match="more clients than seats"):
        audit.record(problem, crowded)


def test_the_bonus_leaves_those_alone_whom_nothing_happened_to() -> None:
    plain, kept = (changed(bonus=bonus) for bonus in (0, 20))
    assert kept.percent <= 1.0 < plain.percent
    assert kept.objective > 0.999 * plain.objective
