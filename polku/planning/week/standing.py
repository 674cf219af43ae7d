"""What stands at every start once a plan is laid over the week. Light: NumPy alone."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from polku.planning.week.openings import FIXED as TO_FIXED
from polku.planning.week.openings import OBSTACLES, openings
from polku.planning.week.problem import UNBOOKED, Flags, Ints, Longs, Plan, Problem
from polku.planning.week.rows import with_bonus

FIXED, MUST, PROMISED, BENEFIT, SAME_PERSON = "fixed", "must", "promised", "benefit", "same_person"
KINDS = (FIXED, MUST, PROMISED, BENEFIT)  # the first that applies is what a booking is
CODES = (*OBSTACLES, MUST, PROMISED, BENEFIT, SAME_PERSON)


class Standing:
    """A plan laid over its week; all that is told of a start is of the other meetings."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.booked = problem, plan.booked
        self.free, self.value = openings(problem), with_bonus(problem)
        fixed = self.free.fixed_start != UNBOOKED
        self.kind = np.select([fixed, problem.must, problem.promised], [0, 1, 2], 3)  # of KINDS
        there = np.flatnonzero(plan.booked != UNBOOKED)
        order = there[np.argsort(self.free.at[plan.booked[there]])]
        self.begins = self.free.at[plan.booked[order]]
        self.ends = self.begins + problem.span[order]
        self.order = order
        at, span = self.free.at, problem.span[self.free.of]
        # Bookings never overlap, so those that a start meets stand in one row.
        self.low = np.searchsorted(self.ends, at, "right")
        self.high = np.maximum(np.searchsorted(self.begins, at + span, "left"), self.low)

    def met(self, start: int) -> list[int]:
        """Return the other meetings that a start overlaps or comes too near to."""
        there = self.order[self.low[start] : self.high[start]].tolist()
        own = int(self.free.of[start])
        return [i for i in dict.fromkeys([*there, *self.near_ones(start)]) if i != own]

    def near_ones(self, start: int) -> list[int]:
        return [int(other) for at, other in self._too_near if at == start]

    @cached_property
    def _too_near(self) -> list[tuple[int, int]]:
        """Return (start, the same person's other meeting that is booked too near it)."""
        found = []
        for one, other, days in self.problem.apart.tolist():
            for mine, theirs in ((one, other), (other, one)):
                if self.booked[theirs] == UNBOOKED:
                    continue
                day = self.problem.day[self.booked[theirs]]
                first, last = self.problem.first[mine], self.problem.first[mine + 1]
                near = np.abs(self.problem.day[first:last] - day) < days
                found += [(int(first) + at, theirs) for at in np.flatnonzero(near).tolist()]
        return found

    @cached_property
    def codes(self) -> Flags:
        """Return (codes, starts): which of CODES stand there; bookings only where it is open."""
        bits = self.free.obstacles
        found = np.zeros((len(CODES), len(bits)), np.bool_)
        for at in range(len(OBSTACLES)):
            found[at] = bits >> at & 1
        for kind in range(1, len(KINDS)):
            found[len(OBSTACLES) + kind - 1] = self._many(self.kind[self.order] == kind) > 0
        for start, _ in self._too_near:
            found[-1, start] = True
        found[len(OBSTACLES) :] &= bits == 0
        found[OBSTACLES.index("fixed")] |= bits & TO_FIXED != 0
        return found

    def at(self, start: int) -> tuple[str, ...]:
        """Return which of CODES stand at a start."""
        return tuple(CODES[at] for at in np.flatnonzero(self.codes[:, start]).tolist())

    @cached_property
    def counts(self) -> Ints:
        """Return (codes, meetings): at how many of its starts each stands."""
        many, of = self.problem.meetings, self.free.of
        return np.stack([np.bincount(of[here], minlength=many) for here in self.codes])

    @cached_property
    def cost(self) -> tuple[Longs, Longs, Longs]:
        """Return by start what taking it would cost: musts, promised, points, its own gain off."""
        of, problem = self.free.of, self.problem
        worth = self.value[self.booked[self.order]]
        musts = self._many(problem.must[self.order]) - problem.must[of]
        promised = self._many(problem.promised[self.order]) - problem.promised[of]
        points = self._many(worth) - self.value
        for start, other in self._too_near:
            if other not in self.order[self.low[start] : self.high[start]]:
                musts[start] += problem.must[other]
                promised[start] += problem.promised[other]
                points[start] += self.value[self.booked[other]]
        return musts, promised, points

    def _many(self, what: np.ndarray) -> Longs:
        """Return by start the sum over the bookings that it overlaps."""
        sums = np.concatenate([[0], np.cumsum(what.astype(np.int64))])
        return np.asarray(sums[self.high] - sums[self.low])
