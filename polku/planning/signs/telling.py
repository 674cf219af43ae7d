"""What may be told of an estimate, and what is refused: never a word on few people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from polku.planning.signs.intervals import outward
from polku.planning.signs.spells import OPEN_MARKET, OTHER, Followed
from polku.planning.signs.surviving import Estimate, left_by, still_here

FEWEST_PEOPLE = 60  # here at the landmark
FEWEST_ENDS = 20  # of them left within the horizon
FEWEST_COMPLETE = 30  # of them came so long ago that the whole horizon is over
ROUNDED_TO = 10  # people: so that two figures' difference tells of nobody


class Why(StrEnum):
    """Why nothing is told."""

    PEOPLE = "people"  # fewer than FEWEST_PEOPLE
    ENDS = "ends"  # fewer than FEWEST_ENDS left
    COMPLETE = "complete"  # the history is too young for the horizon


@dataclass(frozen=True)
class Refused:
    """Nothing is told; no number of the few goes with it."""

    why: Why


@dataclass(frozen=True)
class Told:
    """Of 100 people, from `here[0]` to `here[1]` were still here; likewise who left, and how.

    `people` is rounded: see ROUNDED_TO.
    """

    people: int
    here: tuple[int, int]
    open_market: tuple[int, int]
    other: tuple[int, int]


def refusal(people: int, ends: int, complete: int) -> Refused | None:
    """Return why nothing may be told of so few, or None."""
    if people < FEWEST_PEOPLE:
        return Refused(Why.PEOPLE)
    if ends < FEWEST_ENDS:
        return Refused(Why.ENDS)
    return Refused(Why.COMPLETE) if complete < FEWEST_COMPLETE else None


def about(people: int) -> int:
    """Return a number of people, rounded to the nearest ten."""
    return ROUNDED_TO * ((people + ROUNDED_TO // 2) // ROUNDED_TO)


def refused(estimate: Estimate) -> Refused | None:
    """Return why nothing may be told of an estimate, or None."""
    return refusal(estimate.people, estimate.ends, estimate.complete)


def tell(people: Followed, horizon: int) -> Told | Refused:
    """Return what may be told of people here at a landmark."""
    estimate = still_here(people, horizon)
    return refused(estimate) or Told(
        people=about(estimate.people),
        here=outward(estimate.share),
        open_market=outward(left_by(people, horizon, OPEN_MARKET).share),
        other=outward(left_by(people, horizon, OTHER).share),
    )
