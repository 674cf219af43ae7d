"""How often it was wrong: what would have been told on an earlier day, and how it then went.

On each of some earlier days the history is fitted as it was known then. Those who came to a
landmark from that day on, and whose horizon is over by now, are held against what they would have
been told. Nobody of the fitting's ends after that day is in it, and whoever is counted as later is
counted once for each day looked back from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from polku.planning.signs.fitting import Answer, Fitted, Question, fit
from polku.planning.signs.intervals import Interval, of_share, outward
from polku.planning.signs.spells import NEVER, Flags, Spells, here_at
from polku.planning.signs.telling import about

FEWEST_LATER = 30  # later people of a group: how fewer fared is not told
ALL = -1  # the kind of group that everybody is in


@dataclass(frozen=True)
class Check:
    """One group of later people: what they would have been told, and how many were still here.

    `told` are the ends of their intervals, the mean over the people; `chance` is how far the share
    of so few people may fall by luck alone. `outside` means outside what was told; `beyond` that
    luck does not explain it either.
    """

    day: int
    landmark: int
    horizon: int
    kind: int  # which grouping, ALL for everybody
    code: int
    people: int
    told: tuple[int, int]
    here: int  # of 100
    chance: tuple[int, int]
    outside: bool
    beyond: bool


@dataclass(frozen=True)
class Summary:
    """All checks of one group: how many, outside what was told, and beyond luck; and calibration.

    `people` counts a person once for each check; `told` and `here` are means over them, of 100.
    """

    checks: int
    outside: int
    beyond: int
    people: int
    told: tuple[int, int]
    here: int


@dataclass(frozen=True)
class LookedBack:
    """The checks, and how many later people would have been told nothing."""

    checks: tuple[Check, ...]
    later: int
    told_nothing: int

    def of(self, kind: int, code: int) -> Summary | None:
        """Return how it went for a group; None without any check of it."""
        ours = [one for one in self.checks if (one.kind, one.code) == (kind, code)]
        if not ours:
            return None
        people = sum(one.people for one in ours)
        means = [
            sum(value * one.people for one, value in zip(ours, values, strict=True)) / people
            for values in zip(*((*one.told, one.here) for one in ours), strict=True)
        ]
        return Summary(
            len(ours),
            sum(one.outside for one in ours),
            sum(one.beyond for one in ours),
            people,
            (round(means[0]), round(means[1])),
            round(means[2]),
        )


def look_back(spells: Spells, question: Question, days: Sequence[int]) -> LookedBack:
    """Return how what would have been told on earlier days compares with what then happened."""
    checks: list[Check] = []
    later = nothing = 0
    for day in days:
        fitted = fit(spells.until(day), question)
        for landmark in question.landmarks:
            for horizon in question.horizons:
                people = came_later(spells, day, landmark, horizon)
                told = _told(fitted, people, landmark, horizon)
                spoken = ~np.isnan(told[:, 0])
                later, nothing = later + len(people), nothing + int((~spoken).sum())
                here = _still(people, landmark, horizon)
                for kind, code, ours in _groups(people):
                    wanted = ours & spoken
                    if wanted.sum() >= FEWEST_LATER:
                        where = (day, landmark, horizon, kind, code)
                        checks.append(_check(where, told[wanted], here[wanted]))
    return LookedBack(tuple(checks), later, nothing)


def came_later(spells: Spells, day: int, landmark: int, horizon: int) -> Spells:
    """Return who came to the landmark from that day on and whose horizon is over by the cut-off."""
    reached = spells.entered + landmark
    over = (reached >= day) & (reached + horizon <= spells.cut_off)
    return spells.where(over & here_at(spells, landmark))


def _still(people: Spells, landmark: int, horizon: int) -> Flags:
    found: Flags = (people.left == NEVER) | (people.left > people.entered + landmark + horizon)
    return found


def _told(fitted: Fitted, people: Spells, landmark: int, horizon: int) -> np.ndarray:
    """Return (n, 2): each person's interval of 100, NaN where nothing would have been told."""
    found = np.full((len(people), 2), np.nan)
    for row, codes in enumerate(people.situation):
        answer = fitted.look(landmark, horizon, tuple(int(code) for code in codes))
        if isinstance(answer, Answer):
            found[row] = answer.told.here
    return found


def _groups(people: Spells) -> Iterator[tuple[int, int, Flags]]:
    yield ALL, 0, np.ones(len(people), np.bool_)
    for kind in range(people.groups.shape[1]):
        codes = people.groups[:, kind]
        for code in np.unique(codes):
            yield kind, int(code), codes == code


def _check(where: tuple[int, int, int, int, int], told: np.ndarray, here: Flags) -> Check:
    low, high = told.mean(axis=0) / 100
    actual = of_share(float(here.mean()), len(here))
    said = Interval((low + high) / 2, low, high)
    return Check(
        *where,
        people=about(len(here)),
        told=outward(said),
        here=round(100 * actual.value),
        chance=outward(actual),
        outside=not low <= actual.value <= high,
        beyond=not said.meets(actual),
    )
