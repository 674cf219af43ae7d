"""An independent look at a division: some lines that trust no solver. Light: NumPy alone."""

from __future__ import annotations

import numpy as np

from polku.planning.balance.problem import NOBODY, Ints, Longs, Problem


def problems_of(problem: Problem, coach: Ints) -> list[str]:
    """Return what is wrong with a division; [] when it keeps every rule."""
    wrong = []
    who = np.flatnonzero(coach != NOBODY)
    theirs, new = coach[who], who[(coach[who] != problem.coach[who]) | ~problem.fixed[who]]
    if ((problem.speaks[new] & problem.coach_speaks[coach[new]]) == 0).any():
        wrong.append("a client and a coach have no language in common")
    if (problem.target[coach[new]] <= 0).any():
        wrong.append("a coach who can take nobody on has a client")
    barred = {tuple(pair) for pair in problem.barred.tolist()}
    free = set(new.tolist())
    pairs = zip(who.tolist(), theirs.tolist(), strict=True)
    if any(pair in barred for pair in pairs if pair[0] in free):
        wrong.append("a client is with a coach who is barred")
    if (coach[problem.fixed] != problem.coach[problem.fixed]).any():
        wrong.append("a client who stays was moved")
    if problem.allowed()[coach == NOBODY].any():
        wrong.append("a client is left out whom somebody may coach")
    return wrong


def loads(problem: Problem, coach: Ints) -> Longs:
    """Return each coach's expected minutes."""
    who = coach != NOBODY
    weights = problem.minutes[who]
    return np.bincount(coach[who], weights, problem.coaches).astype(np.int64)


def cost_of(problem: Problem, coach: Ints) -> tuple[int, int]:
    """Return (what a division costs, how many who have a coach are moved)."""
    total = 0
    for load, target in zip(loads(problem, coach).tolist(), problem.target.tolist(), strict=True):
        below = 0
        for at, (end, price) in enumerate(problem.steps):
            last = at == len(problem.steps) - 1
            top = load if last else min(load, target * end // 100)
            total += price * max(0, top - below)
            below = max(below, top)
    who = np.flatnonzero(coach != NOBODY)
    total += int(problem.dear[who, coach[who]].sum())
    had = (problem.coach != NOBODY) & (coach != NOBODY)
    moved = int((had & (coach != problem.coach)).sum())
    return total + problem.keep_reward * moved, moved
