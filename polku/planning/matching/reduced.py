"""What is left to decide: without fixed pairs and their seats, the keep bonus in the scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from polku.planning.matching.problem import NOWHERE, Ints, Longs, Problem


@dataclass(frozen=True)
class Reduced:
    """Rows as in `Problem`; a fixed client has an empty row."""

    start: Longs
    place: Ints
    score: Ints
    capacity: Ints
    fixed: Ints

    @property
    def places(self) -> int:
        return len(self.capacity)

    def placed(self, edge_of: Longs) -> Ints:
        """Return each client's place, the fixed ones included."""
        placed = np.full(len(edge_of), NOWHERE, np.int32)
        chosen = edge_of >= 0
        placed[chosen] = self.place[edge_of[chosen]]
        placed[self.fixed[:, 0]] = self.fixed[:, 1]
        return placed


def edge_at(problem: Problem, pairs: Ints) -> Longs:
    """Return the edge of each (client, place), -1 where there is none."""
    found = np.full(len(pairs), -1, np.int64)
    first = problem.start[pairs[:, 0]]
    lengths = problem.start[pairs[:, 0] + 1] - first
    which = np.repeat(np.arange(len(pairs)), lengths)
    edges = np.arange(len(which)) + np.repeat(first - np.cumsum(lengths) + lengths, lengths)
    there = problem.place[edges] == pairs[which, 1]
    found[which[there]] = edges[there]
    return found


def with_bonus(problem: Problem) -> Ints:
    """Return the score of each edge, the keep bonus included."""
    if not len(problem.keep) or not problem.keep_bonus:
        return problem.score
    score = problem.score.copy()
    kept = edge_at(problem, problem.keep)
    score[kept[kept >= 0]] += problem.keep_bonus
    return score


def sum_of_fixed(problem: Problem) -> int:
    """Return the scores and bonuses of the fixed pairs, which nothing changes."""
    if not len(problem.fixed):
        return 0
    return int(with_bonus(problem)[edge_at(problem, problem.fixed)].sum(dtype=np.int64))


def reduced(problem: Problem, score: Ints | None = None) -> Reduced:
    """Return the problem without its fixed pairs; `score` stands in for the edges' own."""
    score = with_bonus(problem) if score is None else score
    fixed, capacity = problem.fixed, problem.capacity.copy()
    np.subtract.at(capacity, fixed[:, 1], 1)
    # No more clients can come than there are.
    np.minimum(capacity, problem.clients, out=capacity)
    if not len(fixed):
        return Reduced(problem.start, problem.place, score, capacity, fixed)
    lengths = np.diff(problem.start)
    free = np.ones(problem.clients, np.bool_)
    free[fixed[:, 0]] = False
    edges = np.repeat(free, lengths)
    start = np.zeros(problem.clients + 1, np.int64)
    np.cumsum(np.where(free, lengths, 0), out=start[1:])
    return Reduced(start, problem.place[edges], score[edges], capacity, fixed)
