"""What there is to choose from: open starts by which a plan can gain, meeting by meeting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from polku.planning.week.openings import Openings, starts_at
from polku.planning.week.problem import Flags, Ints, Longs, Problem


@dataclass(frozen=True)
class Rows:
    """Those of meeting i are `first[i]:first[i + 1]`.

    `value` has the keep bonus in it; `worth` all three aims, so that no sum of what comes after
    reaches one of what comes before.
    """

    first: Longs  # meetings + 1
    row: Longs  # by start: its row in the problem
    of: Ints  # its meeting
    begin: Longs  # its slot, counted from the first day's first
    value: Longs
    worth: Longs
    span: Longs  # by meeting: the coach's slots
    near: Ints  # (other meeting, days): whom a meeting must keep away from
    near_first: Longs  # meetings + 1: whose rows of `near`

    def __len__(self) -> int:
        return len(self.row)


def open_rows(problem: Problem, free: Openings) -> Rows:
    """Return the starts that are open, without those of no benefit to anybody."""
    value = with_bonus(problem)
    row = np.flatnonzero(free.open & (urgent(problem)[free.of] | (value > 0)))
    of, value = free.of[row], value[row]
    reach = np.zeros(problem.meetings, np.int64)
    np.maximum.at(reach, of, np.abs(value))
    one_promise = 2 * int(reach.sum()) + 1
    one_must = one_promise * (int(problem.promised.sum()) + 1)
    worth = value + problem.promised[of] * np.int64(one_promise)
    worth += problem.must[of] * np.int64(one_must)
    first = np.zeros(problem.meetings + 1, np.int64)
    np.cumsum(np.bincount(of, minlength=problem.meetings), out=first[1:])
    near, near_first = _near(problem)
    return Rows(
        first, row, of, free.at[row], value, worth, problem.span.astype(np.int64), near, near_first
    )


def urgent(problem: Problem) -> Flags:
    """Return which meetings come before any benefit: dates of the law, and promises."""
    return problem.must | problem.promised


def with_bonus(problem: Problem) -> Longs:
    """Return the value of each start, the keep bonus included."""
    value = problem.value.astype(np.int64)
    kept = starts_at(problem, problem.keep)
    value[kept[kept >= 0]] += problem.keep_bonus
    return value


def _near(problem: Problem) -> tuple[Ints, Longs]:
    both = np.concatenate([problem.apart, problem.apart[:, [1, 0, 2]]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    first = np.zeros(problem.meetings + 1, np.int64)
    np.cumsum(np.bincount(both[:, 0], minlength=problem.meetings), out=first[1:])
    return np.ascontiguousarray(both[:, 1:]), first
