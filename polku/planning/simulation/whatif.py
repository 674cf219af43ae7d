"""A question in an office's own numbers: today beside another inflow, strength or rhythm.

Both sides have the clients of today. Of the new ones, those who come on both sides are counted, the
rest are there and want to be met: so the same people are compared, whichever side gets more.
NumPy alone, but for `answer`, which runs the kernel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from polku.planning.simulation import assumptions, finland, measures
from polku.planning.simulation.columns import PLACED, UNEMPLOYED, Outcome
from polku.planning.simulation.people import Intake
from polku.planning.simulation.policy import FIXED, Policy, Rhythm

NUMBER = "1"  # of the simulation, kept with each answer: another number, another answer
WEEKS, SEED = 104, 1
WEEKS_OF_A_MONTH = 365.25 / 7 / 12
EVERY = 4  # weeks between the points of a course
UNUSED = ("level_caseload",)  # inputs that the office's own numbers stand in the place of


@dataclass(frozen=True)
class Side:
    """What is chosen: clients who come in a month, how many each coach has, weeks between contacts.

    `caseload` is of the clients of today; `every` 0 is everybody's own window.
    """

    new_a_month: float
    caseload: float
    every: int = 0


@dataclass(frozen=True)
class Question:
    """`clients` are in service at the start, on both sides."""

    clients: int
    today: Side
    other: Side
    weeks: int = WEEKS
    seed: int = SEED

    @property
    def intake(self) -> Intake:
        """Return who is there, and who comes on both sides."""
        least = min(self.today.new_a_month, self.other.new_a_month)
        return Intake(self.clients, self.weeks, weekly=least / WEEKS_OF_A_MONTH)

    def policy(self, side: Side) -> Policy:
        """Return a side as the simulation knows it."""
        least = min(self.today.new_a_month, self.other.new_a_month)
        rhythm = Rhythm(FIXED, every=side.every) if side.every else Rhythm()
        more = (side.new_a_month - least) / WEEKS_OF_A_MONTH
        return Policy(caseload=side.caseload, rhythm=rhythm, more=more)

    @property
    def people(self) -> int:
        """Return how many clients there are at the most: what the work is measured by."""
        months = self.weeks / WEEKS_OF_A_MONTH
        most = max(self.today.new_a_month, self.other.new_a_month)
        return self.clients + round(months * most)


def inputs() -> list[dict[str, Any]]:
    """Return the inputs that an answer hangs on, beside the office's own numbers."""
    return [one for one in assumptions.told(finland.WORLD) if one["name"] not in UNUSED]


def answer(question: Question, *, threads: int = 0) -> dict[str, Any]:
    """Return every measure of both sides and of their difference, and the course of the numbers.

    Each measure is {mean, low, high}, means of the runs with 95 % intervals, None where there was
    nothing to measure; a course is a list of [week, mean, low, high].
    """
    # Loaded only now: it is heavy.
    from polku.planning.simulation.running import RUNS, simulate

    sides = {
        name: simulate(
            finland.WORLD, question.policy(side), question.intake, seed=question.seed,
            threads=threads, sums_alone=True,
        )
        for name, side in (("today", question.today), ("other", question.other))
    }  # fmt: skip
    changed = measures.differences(sides["other"], sides["today"])
    return {
        "number": NUMBER, "runs": RUNS, "inputs": inputs(),
        **{name: _plain(measures.intervals(runs)) for name, runs in sides.items()},
        "difference": _plain(changed),
        "course": {name: course(runs) for name, runs in sides.items()},
    }  # fmt: skip


def course(runs: Sequence[Outcome]) -> list[list[float | None]]:
    """Return [week, mean, low, high] of the clients in service, each fourth week and the last."""
    found = []
    last = len(runs[0].census) - 1
    for week in [*range(0, last, EVERY), last]:
        there = np.array([float(one.census[week, [UNEMPLOYED, PLACED]].sum()) for one in runs])
        it = measures.interval(there)
        found.append([week + 1, it.mean, it.low, it.high])
    return found


def _plain(found: dict[str, measures.Interval]) -> dict[str, Any]:
    return {name: asdict(one) for name, one in found.items()}
