"""Why a client was not proposed a place: codes and numbers; words come from the room above.

Prices are not unique, though these are the least that prove the matching: so a reason says what was
enough. What would be lost to the whole by forcing a pair is found exactly, by solving again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from polku.planning.matching import checker, heads, solving
from polku.planning.matching.problem import NOWHERE, Problem, Result
from polku.planning.matching.reduced import edge_at

PROPOSED = "proposed"
FULL = "full"  # every seat counted `points` more (or as much) for another
HIGHER = "higher"  # the client's own place scored `points` higher for them
EQUAL = "equal"  # the choice was even
NO_SEATS = "no_seats"  # none is open, or fixed pairs hold them all
NO_EDGE = "no_edge"  # a hard rule failed: `rules.failed` says which, and `fixed` stands for itself
FIXED = "fixed"  # the client's place was fixed beforehand


@dataclass(frozen=True)
class Reason:
    code: str
    points: int = 0


@dataclass(frozen=True)
class Why:
    """One place for one client: its own score, its gap, the reasons (one or two), and the bonus for
    keeping it, which the gap and the reasons count in."""

    place: int
    score: int
    gap: int
    reasons: tuple[Reason, ...]
    keep_bonus: int = 0


def why_not(problem: Problem, result: Result, client: int) -> list[Why]:
    """Return for each place that the client could have had why it was or was not proposed."""
    rows = slice(problem.start[client], problem.start[client + 1])
    mine = int(result.placed[client])
    places, scores = problem.place[rows].astype(np.int64), problem.score[rows].astype(np.int64)
    kept = problem.keep[problem.keep[:, 0] == client, 1]
    bonus = problem.keep_bonus * np.isin(places, kept)
    scores = scores + bonus
    taken = np.bincount(result.placed[result.placed != NOWHERE], minlength=problem.places)
    closed = np.bincount(problem.fixed[:, 1], minlength=problem.places) >= problem.capacity
    worth = scores - result.prices[places]
    best = max(0, int(worth.max(initial=0)))
    own = int(scores[places == mine].sum())
    is_fixed = client in problem.fixed[:, 0]
    told = []
    columns = (places.tolist(), scores.tolist(), worth.tolist(), bonus.tolist())
    for place, score, value, extra in zip(*columns, strict=True):
        gap = best - value
        full = bool(taken[place] >= problem.capacity[place])
        if place == mine:
            reasons = [Reason(PROPOSED)]
        elif is_fixed:
            reasons = [Reason(FIXED)]
        elif closed[place]:
            reasons = [Reason(NO_SEATS)]
        else:
            reasons = [Reason(FULL, gap)] if full else []
            reasons += [Reason(HIGHER, own - score)] if own > score else []
        reasons = reasons or [Reason(EQUAL)]
        told.append(Why(place, score - extra, gap, tuple(reasons), extra))
    return sorted(told, key=lambda one: (one.gap, -one.score - one.keep_bonus, one.place))


def loss_if_forced(problem: Problem, result: Result, client: int, place: int) -> int | None:
    """Return by how much the best whole falls if this pair is forced; None where it can't be.

    The client's own fixed pair, if any, gives way. Where a floor in heads has a price, each head of
    its group counts that much too.
    """
    whole = result.objective_with_keep
    if problem.heads is not None:
        problem = heads.priced(problem, int(result.multiplier))
        whole = checker.sums(problem, result.placed)[1]
    pair = np.array([[client, place]], np.int32)
    fixed = problem.fixed[problem.fixed[:, 0] != client]
    seats = problem.capacity[place] - int((fixed[:, 1] == place).sum())
    if seats < 1 or edge_at(problem, pair)[0] < 0:
        return None
    forced = replace(problem, fixed=np.concatenate([fixed, pair]), floor=None)
    return whole - solving.solve(forced).objective_with_keep
