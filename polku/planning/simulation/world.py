"""A world: everything that is not chosen. Chances are a week's, times are in weeks.

Where a value comes from, or that it is an assumption with a range, stands in `assumptions`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Labour:
    """Chances a week, without any contact."""

    jobs: float  # unemployed -> employed
    leaving: float  # unemployed -> left without work
    losing: float  # employed -> registers again
    returning: float  # left -> registers again
    spread: float = 0.0  # half of the clients have `jobs` times 1 + spread, half 1 - spread


@dataclass(frozen=True)
class Effects:
    """What support s (contacts a week) does: a chance is multiplied by 1 + effect min(s, most).

    The effect on jobs is `fresh` times as large in the first `fresh_weeks` after registering.
    """

    jobs: float
    leaving: float
    fresh: float
    half_life: float  # weeks in which support falls to a half
    fresh_weeks: int = 26
    most: float = 0.6  # a contact a fortnight; more was tried by nobody
    early_worth: float = 0.5  # of a contact before the client's window opens

    @property
    def kept(self) -> float:
        """Return the share of support that is left after a week."""
        return float(0.5 ** (1.0 / self.half_life))


@dataclass(frozen=True)
class Law:
    """The dates of the law, in whole weeks; 0 where there is none."""

    interview_within: int = 2
    discussion_every: int = 13


@dataclass(frozen=True)
class Work:
    """What a coach has and what contacts take, in minutes; notes are within."""

    week: int = 1650
    present: float = 0.85  # of the weeks of a year, holidays and illness as usual
    interview: int = 75
    contact: int = 45


@dataclass(frozen=True)
class Placing:
    """Places: asked for by clients, filled in the order of asking."""

    asking: float  # chance a week that an unemployed client asks for a place
    places: float  # for each client in service
    length: int
    jobs_meanwhile: float  # of the chance of a job, while in a place
    job_after: float  # chance that a place ends in a job
    follow_on: float  # chance of a plan for what follows, with a contact before its end
    follow_on_unmet: float  # without one
    recent: int = 6  # weeks before its end in which a contact counts


@dataclass(frozen=True)
class Windows:
    """Kinds of windows of contact, in weeks, and the share of clients of each; sums to 1."""

    low: tuple[int, ...]
    high: tuple[int, ...]
    share: tuple[float, ...]


@dataclass(frozen=True)
class World:
    """One labour market and its service."""

    labour: Labour
    effects: Effects
    placing: Placing
    windows: Windows
    law: Law = field(default_factory=Law)
    work: Work = field(default_factory=Work)
    level_caseload: float = 149.0  # at which the ordinary inflow keeps the number in service level
