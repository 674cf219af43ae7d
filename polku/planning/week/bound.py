"""What no plan can exceed: prices from a linear model, made whole, and proved by weak duality.

GLOP's numbers are only where the prices come from; the proof is `checker.most`, in whole numbers.
Hard gaps between a person's meetings are left out, so the bound is that of a week with fewer rules.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from polku.planning.week import checker
from polku.planning.week.linear import RELAXED, Model
from polku.planning.week.openings import openings
from polku.planning.week.problem import Flags, Longs, Plan, Problem
from polku.planning.week.rows import Rows, open_rows

FINE = 1_000  # prices are in thousandths of a point


@dataclass(frozen=True)
class Bound:
    """No plan misses fewer musts; none that books as many musts and promises has more value."""

    missed_musts: int
    value_with_keep: int
    prices: Longs  # by slot, thousandths of a point


def bound_of(problem: Problem, plan: Plan) -> Bound:
    """Return what is proved; the value bounds plans with as many musts and promises as `plan`."""
    free = openings(problem)
    rows = open_rows(problem, free)
    open_ones = free.fixed_start < 0
    fixed = int((problem.must & ~open_ones).sum())
    musts = fixed + _most_of(problem, rows, problem.must)
    booked = plan.booked >= 0
    counts = [
        (which[rows.of], int((which & booked & open_ones).sum()))
        for which in (problem.must, problem.promised)
    ]
    settled = np.where(open_ones, -1, plan.booked)
    value, prices = _value(problem, rows, counts)
    return Bound(int(problem.must.sum()) - musts, value + checker.sums(problem, settled)[3], prices)


def _most_of(problem: Problem, rows: Rows, which: Flags) -> int:
    """Return how many of these meetings a plan can book at most."""
    mine = which[rows.of].astype(np.int64)
    if not mine.any():
        return 0
    model = Model(problem, RELAXED)
    model.maximise(mine)
    return _proved(problem, rows, FINE * mine, _whole(model.prices())) // FINE


def _value(problem: Problem, rows: Rows, counts: list[tuple[Flags, int]]) -> tuple[int, Longs]:
    if not len(rows):
        return 0, np.zeros(problem.days * problem.slots_per_day, np.int64)
    model = Model(problem, RELAXED)
    limits = [model.at_least(which, many) for which, many in counts]
    model.maximise(rows.value)
    prices = _whole(model.prices())
    # What a count is worth: a plan with more of them loses nothing by it.
    points, less = FINE * rows.value, 0
    for limit, (which, many) in zip(limits, counts, strict=True):
        worth = max(0, -round(FINE * limit.dual_value()))
        points, less = points + worth * which, less + worth * many
    return (_proved(problem, rows, points, prices) - less) // FINE, prices


def _proved(problem: Problem, rows: Rows, points: Longs, prices: Longs) -> int:
    return checker.most(points, rows.of, rows.begin, rows.begin + rows.span[rows.of], prices)


def _whole(prices: list[float]) -> Longs:
    return np.maximum(0, np.round(FINE * np.array(prices))).astype(np.int64)
