"""An independent look at a matching: some ten lines that trust no solver. NumPy alone."""

from __future__ import annotations

import numpy as np

from polku.planning.matching.problem import NOWHERE, Ints, Longs, Problem
from polku.planning.matching.reduced import Reduced, reduced


def problems_of(problem: Problem, placed: Ints) -> list[str]:
    """Return what is wrong with a matching; [] when it keeps every rule."""
    wrong = []
    who = np.flatnonzero(placed != NOWHERE)
    rows = np.repeat(np.arange(problem.clients), np.diff(problem.start))
    there = np.zeros(problem.clients, np.int64)
    np.add.at(there, rows, placed[rows] == problem.place)
    if (there[who] != 1).any():
        wrong.append("a pair has no edge")
    if (np.bincount(placed[who], minlength=problem.places) > problem.capacity).any():
        wrong.append("a place has more clients than seats")
    if (placed[problem.fixed[:, 0]] != problem.fixed[:, 1]).any():
        wrong.append("a fixed pair was not kept")
    if problem.heads and (placed[problem.heads.group] != NOWHERE).sum() < problem.heads.at_least:
        wrong.append("fewer of the group have a place than were asked")
    return wrong


def sums(problem: Problem, placed: Ints) -> tuple[int, int]:
    """Return (plain sum of scores, the same with the keep bonuses earned)."""
    rows = np.repeat(np.arange(problem.clients, dtype=np.int32), np.diff(problem.start))
    plain = int(problem.score[placed[rows] == problem.place].sum(dtype=np.int64))
    kept = problem.keep
    earned = int((placed[kept[:, 0]] == kept[:, 1]).sum()) * problem.keep_bonus
    return plain, plain + earned


def bound_of(problem: Problem, prices: Longs, rest: Reduced | None = None) -> int:
    """Return a sum that no `objective_with_keep` exceeds, by weak duality.

    For any prices p >= 0 of seats: the sum over clients of max(0, max(score - p)) plus the sum over
    places of p times the seats that are not fixed, plus the fixed pairs' own.
    """
    rest = rest or reduced(problem)
    worth = rest.score - prices[rest.place]
    some = np.flatnonzero(np.diff(rest.start))
    best = np.maximum(0, np.maximum.reduceat(worth, rest.start[some])) if len(some) else np.zeros(1)
    fixed = np.full(problem.clients, NOWHERE, np.int32)
    fixed[problem.fixed[:, 0]] = problem.fixed[:, 1]
    return int(best.sum()) + int((prices * rest.capacity).sum()) + sums(problem, fixed)[1]


def gaps(problem: Problem, prices: Longs) -> Longs:
    """Return by edge how far it is from the best that its client can get at these prices."""
    rest = reduced(Problem(**{**vars(problem), "fixed": problem.fixed[:0]}))
    worth = rest.score - prices[rest.place]
    best = np.zeros(problem.clients, np.int64)
    rows = np.repeat(np.arange(problem.clients), np.diff(rest.start))
    np.maximum.at(best, rows, worth)
    return best[rows] - worth
