"""The three trials as worlds and policies: who was met how often, and what came of it.

What the papers do not tell is assumed: that how often clients are met follows the caseload as it
does here; that losing a job and coming back are in Denmark and Switzerland as in Austria; that
Danish controls met somebody every three months.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polku.planning.simulation import published
from polku.planning.simulation.columns import Outcome
from polku.planning.simulation.people import Intake
from polku.planning.simulation.policy import FIXED, Absence, Policy, Rhythm
from polku.planning.simulation.running import simulate
from polku.planning.simulation.world import Effects, Labour, Law, Placing, Windows, Work, World

NOBODY_ASKS = Placing(0.0, 0.0, 1, 0.0, 0.0, 0.0, 0.0)
ANY_TIME = Windows(low=(1,), high=(156,), share=(1.0,))
TIME_FOR_ALL = Work(week=1_000_000_000, present=1.0)
MONTHS = 13  # weeks of the first three months

DENMARK = (Rhythm(FIXED, MONTHS), Rhythm(FIXED, MONTHS, early_every=2, early_weeks=MONTHS))
# Work().week * present / contact is 31 contacts a week: every 8 and every 3 weeks.
AUSTRIA = (Rhythm(FIXED, 8), Rhythm(FIXED, 3))
# Two to three meetings in half a year.
SWITZERLAND = Rhythm(FIXED, 10)
SWISS_AWAY = 5  # weeks: at least 2, at most 13, and nothing is known between: the geometric mean
SWISS_AWAY_RANGE = (2, 13)


@dataclass(frozen=True)
class Paired:
    """A trial simulated: means of controls, and of treated less controls, in weeks."""

    control: float
    difference: float


def world(labour: Labour, effects: Effects) -> World:
    """Return a world where everybody is met when the rhythm says so."""
    return World(
        labour, effects, NOBODY_ASKS, ANY_TIME, law=Law(interview_within=2, discussion_every=0),
        work=TIME_FOR_ALL,
    )  # fmt: skip


def pair(
    labour: Labour, effects: Effects, rhythms: tuple[Rhythm, Rhythm], *, weeks: int, clients: int,
    seed: int, new: bool = True,
) -> tuple[list[Outcome], list[Outcome]]:  # fmt: skip
    """Return the runs of controls and of treated: the same people with the same luck."""
    intake = Intake(clients // 10, weeks, closed=True, new=new)
    control, treated = (
        simulate(world(labour, effects), Policy(rhythm=one, coaches=1), intake, seed=seed, runs=10)
        for one in rhythms
    )
    return control, treated


def employed(pairs: tuple[list[Outcome], list[Outcome]]) -> Paired:
    """Return weeks employed for each client."""
    control, treated = (_mean(runs, "employed") for runs in pairs)
    return Paired(control, treated - control)


def spell(pairs: tuple[list[Outcome], list[Outcome]], weeks: int) -> Paired:
    """Return the length of the first spell in weeks, cut off after `weeks`."""
    control, treated = (
        float(np.mean([lengths(run, weeks).mean() for run in runs])) for runs in pairs
    )
    return Paired(control, treated - control)


def swiss(
    labour: Labour, effects: Effects, *, clients: int, seed: int, away: int = SWISS_AWAY,
    rhythm: Rhythm = SWITZERLAND, weeks: int = published.THREE_YEARS,
) -> Paired:  # fmt: skip
    """Return the first spell, and how much longer it is where the coach is away early on.

    Everybody's coach is away for `away` weeks that begin somewhere in the first three months and
    end within them; meetings of those weeks are lost until their next turn, as they were there.
    """
    absence = Absence(one_in=1, begins=0, weeks=away, within=MONTHS - away + 1, lost=True)
    intake = Intake(clients // 10, weeks, closed=True, new=True)
    there, gone = (
        simulate(
            world(labour, effects), Policy(rhythm=rhythm, coaches=50, absence=one), intake,
            seed=seed, runs=10,
        )
        for one in (Absence(), absence)
    )  # fmt: skip
    return spell((there, gone), weeks)


def _mean(runs: list[Outcome], name: str) -> float:
    return float(np.mean([run[name] / run["people"] for run in runs]))


def lengths(run: Outcome, weeks: int) -> NDArray[np.int64]:
    """Return the length of everybody's first spell in weeks, cut off after `weeks`."""
    out = run.by_number("exit")
    return np.where(out < 0, weeks, out)
