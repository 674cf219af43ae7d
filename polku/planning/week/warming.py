"""Kernels are compiled, or loaded from where they are kept, by running them on next to nothing."""

from __future__ import annotations

import numpy as np

from polku.planning.week import solving
from polku.planning.week.problem import Problem


def warm_search() -> None:
    """Run every kernel of the search: a week in which a must is missed runs them all."""
    yes, no = np.ones(3, np.bool_), np.zeros(3, np.bool_)
    start = np.zeros(3, np.int32)
    apart = np.array([(0, 1, 1)], np.int32)
    week = Problem(
        1, 4, start + 4, yes, no, np.arange(4, dtype=np.int64), start, start, start + 9, apart=apart
    )
    solving.solve(week, moves=10)
