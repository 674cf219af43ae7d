"""The week as a linear model, and its solvers: HiGHS for whole numbers, GLOP for the bound.

Both come with OR-tools. A column is an open start; a row says that a meeting is booked once, that a
slot holds one meeting and, in whole numbers, that a person's meetings keep their gap.
"""

from __future__ import annotations

import numpy as np
from ortools.linear_solver import pywraplp

from polku.planning.week.openings import openings
from polku.planning.week.problem import Flags, Longs, Plan, Problem
from polku.planning.week.rows import open_rows
from polku.planning.week.telling import told

EXACT, RELAXED = "HIGHS", "GLOP"


class Unfinished(RuntimeError):
    """The time that was allowed was too short for a proved optimum."""


class Model:
    """Columns and rows of one week; aims can be maximised one after another."""

    def __init__(self, problem: Problem, kind: str) -> None:
        self.problem, self.free = problem, openings(problem)
        self.rows = open_rows(problem, self.free)
        # The columns are the solver's and live as long as it.
        self.solver = pywraplp.Solver.CreateSolver(kind)
        self.solver.SuppressOutput()
        whole = kind == EXACT
        self.columns = [
            self.solver.Var(0, 1 if whole else self.solver.infinity(), whole, "")
            for _ in self.rows.row
        ]
        self._add_meetings_and_slots()
        if whole:
            self._add_gaps()

    def _add_meetings_and_slots(self) -> None:
        rows, problem = self.rows, self.problem
        meeting = [self.solver.Constraint(0, 1) for _ in range(problem.meetings)]
        many = problem.days * problem.slots_per_day
        self.slot = [self.solver.Constraint(0, 1) for _ in range(many)]
        span = rows.span.tolist()
        for column, of, begin in zip(
            self.columns, rows.of.tolist(), rows.begin.tolist(), strict=True
        ):
            meeting[of].SetCoefficient(column, 1)
            for slot in range(begin, begin + span[of]):
                self.slot[slot].SetCoefficient(column, 1)

    def _add_gaps(self) -> None:
        day = self.rows.begin // max(self.problem.slots_per_day, 1)
        for one, other, days in self.problem.apart.tolist():
            theirs = (self.rows.of == one) | (self.rows.of == other)
            # Two days that differ by less than the gap lie in one stretch of so many days.
            for first in range(max(1, self.problem.days - days + 1)):
                self.at_most(theirs & (day >= first) & (day < first + days), 1)

    def at_most(self, which: Flags, many: int) -> None:
        self._limit(which, self.solver.Constraint(-self.solver.infinity(), many))

    def at_least(self, which: Flags, many: int) -> pywraplp.Constraint:
        return self._limit(which, self.solver.Constraint(many, self.solver.infinity()))

    def _limit(self, which: Flags, row: pywraplp.Constraint) -> pywraplp.Constraint:
        for at in np.flatnonzero(which).tolist():
            row.SetCoefficient(self.columns[at], 1)
        return row

    def maximise(self, points: Longs, seconds: float | None = None) -> None:
        """Find the greatest sum of points. Raises Unfinished where it was not proved in time."""
        aim = self.solver.Objective()
        aim.Clear()
        for column, of in zip(self.columns, points.tolist(), strict=True):
            aim.SetCoefficient(column, of)
        aim.SetMaximization()
        if seconds is not None:
            self.solver.SetTimeLimit(int(1_000 * seconds))
        how = pywraplp.MPSolverParameters()
        how.SetDoubleParam(how.RELATIVE_MIP_GAP, 0.0)
        if (status := self.solver.Solve(how)) != self.solver.OPTIMAL:
            raise Unfinished(f"no proved optimum was found: status {status}")

    def prices(self) -> list[float]:
        """Return what a slot costs at the optimum, in points."""
        return [row.dual_value() for row in self.slot]

    def chosen(self) -> Flags:
        return np.array([column.solution_value() > 0.5 for column in self.columns], np.bool_)

    def booked(self) -> Longs:
        """Return by meeting its start, the fixed ones included."""
        booked = self.free.fixed_start.copy()
        chosen = self.chosen()
        booked[self.rows.of[chosen]] = self.rows.row[chosen]
        return booked


def optimum(problem: Problem, *, seconds: float | None = None) -> Plan:
    """Return the best plan, proved aim after aim; `seconds` limits each. Raises Unfinished."""
    model = Model(problem, EXACT)
    if not len(model.rows):
        return told(problem, model.free.fixed_start)
    for which in (problem.must, problem.promised):
        mine = which[model.rows.of]
        if mine.any():
            model.maximise(mine.astype(np.int64), seconds)
            model.at_least(mine, int((model.chosen() & mine).sum()))
    model.maximise(model.rows.value, seconds)
    return told(problem, model.booked())
