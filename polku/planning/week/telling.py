"""Bookings as a plan, with its sums. Light: NumPy alone."""

from __future__ import annotations

from polku.planning.week import checker
from polku.planning.week.problem import Longs, Plan, Problem


def told(problem: Problem, booked: Longs, moves: int = 0) -> Plan:
    """Return a plan; `booked` is by meeting its start (a row of the problem), or UNBOOKED."""
    return Plan(booked, *checker.sums(problem, booked), moves)
