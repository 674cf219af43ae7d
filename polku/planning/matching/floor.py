"""A floor for a group: its mean score is to reach a share of the mean of all.

The floor becomes a Lagrange multiplier m on the same solver: with g clients of n in the group and
share r, each score of the group counts 1 + m (1 - r g / n) times, each other one 1 - m r g / n
times. The least m that keeps the floor is looked for by halving; it is published as its price. Each
m gives a bound on what any matching with the floor can reach, rounded upwards and so still proved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

import numpy as np

from polku.planning.matching import checker, solving
from polku.planning.matching.problem import FEASIBLE, OPTIMAL, Floor, Problem, Result
from polku.planning.matching.reduced import edge_at, reduced, sum_of_fixed

HALVINGS = 10
FINEST = 1_000  # a weight of 1 in the scores of a run
ROOM = 2**31 - 1


class Unreachable(ValueError):
    """The fixed pairs alone put the floor out of reach."""


@dataclass(frozen=True)
class Weighed:
    """A run with a multiplier: its result in plain points, and its bound on all with the floor."""

    result: Result
    bound: int
    holds: bool


def solve_with_floor(
    problem: Problem, *, budget: float = solving.BUDGET, tell: solving.Tell = lambda sentence: None
) -> Result:
    """Return a good matching that keeps the floor, with a proved bound. Raises Unreachable."""
    floor = problem.floor
    plain = solving.solve(replace(problem, floor=None), budget=budget, tell=tell)
    if floor is None or keeps(problem, plain):
        return plain
    # At this price the others' scores count for nothing.
    low, high = Fraction(0), 1 / _lean(problem, floor)
    most = _weighed(replace(problem, keep=problem.keep[:0]), high, budget)
    if not most.holds:
        raise Unreachable("the fixed pairs alone put the floor out of reach")
    best, price, bound = _as_kept(problem, most.result), high, plain.bound
    for turn in range(HALVINGS):
        tell(f"Floor: {turn + 1} of {HALVINGS}.")
        # The price is mostly small: first look near nothing, then in the middle.
        middle = (low + high) / 2 if turn > 2 else low + (high - low) / 8
        found = _weighed(problem, middle, budget)
        bound = min(bound, found.bound)
        if not found.holds:
            low = middle
            continue
        high = middle
        if found.result.objective_with_keep >= best.objective_with_keep:
            best, price = found.result, middle
    status = OPTIMAL if bound == best.objective_with_keep else FEASIBLE
    return replace(best, status=status, bound=bound, multiplier=float(price))


def _as_kept(problem: Problem, result: Result) -> Result:
    with_keep = checker.sums(problem, result.placed)[1]
    return replace(result, objective_with_keep=with_keep)


def keeps(problem: Problem, result: Result) -> bool:
    """Return whether a matching keeps the floor, exactly."""
    floor = problem.floor
    if floor is None:
        return True
    score = np.zeros(problem.clients, np.int64)
    who = np.flatnonzero(result.placed >= 0)
    pairs = np.column_stack([who, result.placed[who]]).astype(np.int32)
    score[who] = problem.score[edge_at(problem, pairs)]
    group, members = int(score[floor.group].sum()), int(floor.group.sum())
    return group * problem.clients >= share(floor) * int(score.sum()) * members


def share(floor: Floor) -> Fraction:
    """Return the share as it was written, 0.97 as 97/100."""
    return Fraction(repr(float(floor.share)))


def _lean(problem: Problem, floor: Floor) -> Fraction:
    return share(floor) * int(floor.group.sum()) / problem.clients


def _weighed(problem: Problem, price: Fraction, budget: float) -> Weighed:
    """Solve with the floor's price on the scores."""
    assert problem.floor is not None
    group, lean = problem.floor.group, _lean(problem, problem.floor)
    ours, others = 1 + price * (1 - lean), max(Fraction(0), 1 - price * lean)
    top = int(problem.score.max(initial=1)) + problem.keep_bonus
    fine = max(1, min(FINEST, int(ROOM / (top * max(ours, Fraction(1)) + top))))
    by_client = np.where(group, ceil(fine * ours), ceil(fine * others)).astype(np.int32)
    score = problem.score * np.repeat(by_client, np.diff(problem.start))
    kept = edge_at(problem, problem.keep)
    score[kept[kept >= 0]] += fine * problem.keep_bonus
    rest = reduced(problem, score)
    edge_of, prices, solver, scans = solving.best_of(rest, budget=budget)
    weighed = int(rest.score[edge_of[edge_of >= 0]].sum(dtype=np.int64))
    plain = solving.answer(
        replace(problem, floor=None), reduced(problem), edge_of, prices // fine, solver, scans
    )
    bound = Fraction(weighed, fine) + _fixed_with_price(problem, group, ours, others)
    return Weighed(plain, int(bound // 1), keeps(problem, plain))


def _fixed_with_price(
    problem: Problem, group: np.ndarray, ours: Fraction, others: Fraction
) -> Fraction:
    if not len(problem.fixed):
        return Fraction(0)
    points = problem.score[edge_at(problem, problem.fixed)].astype(np.int64)
    inside = group[problem.fixed[:, 0]]
    bonuses = sum_of_fixed(problem) - int(points.sum())
    return ours * int(points[inside].sum()) + others * int(points[~inside].sum()) + bonuses
