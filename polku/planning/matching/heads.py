"""A floor in heads: at least so many of a group get a place.

What the best matching with k of the group is worth falls ever faster with k, since it is the cost
of a flow of k through one arc. So a price m on each head of the group finds it: the score of every
edge of the group counts m more. The least whole m that reaches the floor is looked for by halving.
One m lower the best matching has too few heads, at m enough, and what lies between them is mended
path by path: each path brings one head and costs m - 1 or m points. So the floor is met exactly, at
the least cost, and m is published as its price: what the last head costs all together at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from polku.planning.matching import checker, solving
from polku.planning.matching.problem import (
    FEASIBLE,
    HIGHEST_SCORE,
    NOWHERE,
    OPTIMAL,
    Ints,
    Longs,
    Problem,
    Result,
)  # fmt: skip
from polku.planning.matching.reduced import edge_at, with_bonus


class TooMany(ValueError):
    """No matching gives a place to so many of the group; `most` is how many can have one."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most} of the group can have a place")
        self.most = most


def solve_with_heads(problem: Problem, *, budget: float = solving.BUDGET) -> Result:
    """Return the best matching that keeps `problem.heads`, with a proved bound. Raises TooMany."""
    floor = problem.heads
    plain = solving.solve(replace(problem, heads=None, floor=None), budget=budget)
    if floor is None or count(problem, plain.placed) >= floor.at_least:
        return plain
    most = most_heads(problem, budget=budget)
    if most < floor.at_least:
        raise TooMany(most)
    low, few = 0, plain
    high, enough = _first_enough(problem, budget)
    bound = min(plain.bound, enough.bound - high * floor.at_least)
    while high - low > 1:
        middle = (low + high) // 2
        found = solving.solve(priced(problem, middle), budget=budget)
        bound = min(bound, found.bound - middle * floor.at_least)
        if count(problem, found.placed) < floor.at_least:
            low, few = middle, found
        else:
            high, enough = middle, found
    placed, price = _between(problem, few.placed, enough.placed, high)
    objective, with_keep = checker.sums(problem, placed)
    return replace(
        enough if price == high else few,
        status=OPTIMAL if bound == with_keep else FEASIBLE,
        placed=placed,
        objective=objective,
        objective_with_keep=with_keep,
        bound=bound,
        multiplier=float(price),
    )


def count(problem: Problem, placed: Ints) -> int:
    """Return how many of the group have a place."""
    assert problem.heads is not None
    return int((placed[problem.heads.group] != NOWHERE).sum())


def priced(problem: Problem, price: int) -> Problem:
    """Return the problem without its floor, in which each head of the group counts `price` more."""
    assert problem.heads is not None
    more = np.where(np.repeat(problem.heads.group, np.diff(problem.start)), price, 0)
    return replace(problem, score=(problem.score + more).astype(np.int32), heads=None, floor=None)


def most_heads(problem: Problem, *, budget: float = solving.BUDGET) -> int:
    """Return how many of the group can have a place at most, all others aside but the fixed."""
    assert problem.heads is not None
    fixed = np.zeros(problem.clients, np.bool_)
    fixed[problem.fixed[:, 0]] = True
    lengths = np.diff(problem.start)
    asked = problem.heads.group | fixed
    start = np.zeros(problem.clients + 1, np.int64)
    np.cumsum(np.where(asked, lengths, 0), out=start[1:])
    place = problem.place[np.repeat(asked, lengths)]
    alone = Problem(start, place, np.ones_like(place), problem.capacity, fixed=problem.fixed)
    return count(problem, solving.solve(alone, budget=budget).placed)


def _first_enough(problem: Problem, budget: float) -> tuple[int, Result]:
    """Return a price that reaches the floor, and what it reaches."""
    assert problem.heads is not None
    price, highest = 1, HIGHEST_SCORE - int(problem.score.max(initial=1)) - problem.keep_bonus
    while True:
        found = solving.solve(priced(problem, price), budget=budget)
        if count(problem, found.placed) >= problem.heads.at_least:
            return price, found
        if price == highest:
            raise ArithmeticError("no price within the scores' room reaches the floor")
        price = min(price * 4, highest)


def _between(problem: Problem, few: Ints, enough: Ints, price: int) -> tuple[Ints, int]:
    """Change as many paths of one matching into the other's as the floor needs, cheapest first.

    Return also what the last of them cost; `price` where all is changed.
    """
    assert problem.heads is not None
    group, lost = problem.heads.group, _worth(problem, few) - _worth(problem, enough)
    come = group * ((enough != NOWHERE).astype(np.int64) - (few != NOWHERE))
    paths = [(int(lost[path].sum()), path) for path in _paths(few, enough) if come[path].sum() > 0]
    chosen = sorted(paths)[: problem.heads.at_least - count(problem, few)]
    placed = few.copy()
    for _cost, path in chosen:
        placed[path] = enough[path]
    if count(problem, placed) < problem.heads.at_least:
        # Where the budget cut the runs short, the paths may not be enough.
        return enough, price
    return placed, chosen[-1][0]


def _worth(problem: Problem, placed: Ints) -> Longs:
    """Return by client what their place counts, its keep bonus included."""
    worth = np.zeros(problem.clients, np.int64)
    who = np.flatnonzero(placed != NOWHERE)
    pairs = np.column_stack([who, placed[who]]).astype(np.int32)
    worth[who] = with_bonus(problem)[edge_at(problem, pairs)]
    return worth


def _paths(few: Ints, enough: Ints) -> Iterator[list[int]]:
    """Yield the clients who move together: whoever comes to a seat goes with whoever leaves it."""
    movers = np.flatnonzero(few != enough).tolist()
    leaving: dict[int, list[int]] = defaultdict(list)
    for client in movers:
        leaving[int(few[client])].append(client)
    follows: dict[int, int] = {}
    for client in movers:
        there = int(enough[client])
        if there != NOWHERE and leaving[there]:
            follows[client] = leaving[there].pop()
    seen: set[int] = set()
    # Paths from their first client, then circles from any.
    led = set(follows.values())
    for first in [*(one for one in movers if one not in led), *movers]:
        path, here = [], first
        while here not in seen:
            seen.add(here)
            path.append(here)
            here = follows.get(here, here)
        if path:
            yield path
