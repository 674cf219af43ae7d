"""Everything that may be told of a history, worked out once: by landmark, horizon and situation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from polku.planning.signs.intervals import Interval, apart
from polku.planning.signs.spells import Followed, Spells, begun_by, followed, here_at
from polku.planning.signs.surviving import still_here
from polku.planning.signs.telling import Refused, Told, Why, tell

Codes = tuple[int, ...]  # of a situation, the first of them: the last factors are given up first
Key = tuple[int, int, Codes]  # landmark, horizon, situation


@dataclass(frozen=True)
class Question:
    """What is worked out: landmarks and horizons in days."""

    landmarks: tuple[int, ...]
    horizons: tuple[int, ...]


@dataclass(frozen=True)
class Beside:
    """Those who had begun a service by the landmark, beside those who had not. What was seen.

    `differ` says whether the two differ by more than chance alone would make them; why they differ
    it can't say, since those who began the service are other people than those who did not.
    """

    had: Told
    had_not: Told
    differ: bool


@dataclass(frozen=True)
class Answer:
    """What is told, and of which situation: `codes` are fewer than were asked if it was widened."""

    told: Told
    codes: Codes


@dataclass(frozen=True)
class Fitted:
    """All that may be told. Refusals stand in the place of what may not."""

    cells: dict[Key, Told | Refused]
    services: dict[tuple[int, int, int], Beside | Refused] = field(default_factory=dict)

    def look(self, landmark: int, horizon: int, situation: Codes) -> Answer | Refused:
        """Return what is told of a situation, widened until it may be told, or why not.

        The order is fixed: the last factor is given up first, then the one before it, to none.
        """
        for length in range(len(situation), -1, -1):
            found = self.cells.get((landmark, horizon, situation[:length]))
            if isinstance(found, Told):
                return Answer(found, situation[:length])
        widest = self.cells.get((landmark, horizon, ()))
        return widest if isinstance(widest, Refused) else Refused(Why.PEOPLE)


def fit(spells: Spells, question: Question) -> Fitted:
    """Return all that may be told of a history."""
    cells: dict[Key, Told | Refused] = {}
    services: dict[tuple[int, int, int], Beside | Refused] = {}
    for landmark in question.landmarks:
        here = spells.where(here_at(spells, landmark))
        for codes, some in _situations(here):
            people = followed(some, landmark)
            for horizon in question.horizons:
                cells[landmark, horizon, codes] = tell(people, horizon)
        # Of who came under observation later, a service begun before that may be unknown.
        watched = here.where(here.seen_from == here.entered)
        for service in range(spells.services.shape[1]):
            for horizon in question.horizons:
                services[landmark, horizon, service] = beside(watched, service, landmark, horizon)
    return Fitted(cells, services)


def _situations(here: Spells) -> Iterator[tuple[Codes, Spells]]:
    for length in range(here.situation.shape[1] + 1):
        kinds = np.unique(here.situation[:, :length], axis=0) if length else np.empty((1, 0), int)
        for kind in kinds:
            codes = tuple(int(code) for code in kind)
            yield codes, here.where((here.situation[:, :length] == kind).all(axis=1))


def beside(here: Spells, service: int, landmark: int, horizon: int) -> Beside | Refused:
    """Return who had begun a service by the landmark beside who had not; all are here then.

    Whoever begins it later stands among those who had not: nobody's time before a service is
    counted for it. Refused if either side is too small.
    """
    had = begun_by(here, service, landmark)
    people = followed(here, landmark)
    ours, others = people.where(had), people.where(~had)
    with_it, without = tell(ours, horizon), tell(others, horizon)
    if isinstance(with_it, Refused):
        return with_it
    if isinstance(without, Refused):
        return without
    return Beside(with_it, without, differ=not _around_zero(difference(ours, others, horizon)))


def difference(ones: Followed, others: Followed, horizon: int) -> Interval:
    """Return the share still here of some less that of others."""
    one, other = still_here(ones, horizon), still_here(others, horizon)
    return apart(one.share.value, other.share.value, one.variance + other.variance)


def _around_zero(interval: Interval) -> bool:
    return interval.low <= 0 <= interval.high
