"""What a client looks for, as the kernel's rows. Nothing here says anything of a person's worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import numpy as np

from polku.placements.coordinates import Point, to_plane
from polku.placements.fitting import codes
from polku.placements.fitting.noes import No
from polku.placements.fitting.stock import DAYS, HOURS, Stock
from polku.planning.matching.rules import NO_POINT, Clients

# How far one gets in a minute, in metres as the crow flies: an assumption, said so where it shows.
METRES_A_MINUTE = {"foot": 150, "bus": 400, "car": 800}
FAR = 2_000_000


@dataclass(frozen=True)
class Seeker:
    """One client's search as it stands. Words are (kind, work code, worksite, opening).

    `barred` are the openings that are out of question: those that the client `has`, and those that
    somebody said no to.
    """

    client_id: UUID
    kinds: tuple[str, ...] = ()
    hours_at_most: float | None = None
    days_at_most: int | None = None
    limits: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    mode: str = ""
    minutes_at_most: int | None = None
    lat: float | None = None
    lon: float | None = None
    starts_from: str = ""
    languages: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, str, UUID | None, UUID | None], ...] = ()
    known_host: UUID | None = None
    has: frozenset[UUID] = field(default_factory=frozenset)
    noes: tuple[No, ...] = ()
    barred: frozenset[UUID] = field(default_factory=frozenset)

    def noes_to(self, opening_id: UUID | None) -> tuple[No, ...]:
        """Return who said no to an opening, the latest last."""
        return tuple(one for one in self.noes if one.opening_id == opening_id)

    def by_hand(self, opening_id: UUID | None) -> Seeker:
        """Return the search as it is when a person has put this opening in a round: what was said
        of it in rounds stands in the way no more, an answer to a suggestion does."""
        sources = {one.source for one in self.noes_to(opening_id)}
        if sources != {"round"} or opening_id in self.has:
            return self
        return replace(self, barred=self.barred - {opening_id})

    @property
    def metres(self) -> int:
        """How far they travel, as the crow flies; FAR where nothing was said."""
        if not self.minutes_at_most or self.mode not in METRES_A_MINUTE:
            return FAR
        return self.minutes_at_most * METRES_A_MINUTE[self.mode]

    @property
    def hours_a_week(self) -> int:
        """The most hours a week that suit."""
        if self.hours_at_most is None and self.days_at_most is None:
            return HOURS
        a_day = self.hours_at_most if self.hours_at_most is not None else 24
        days = self.days_at_most if self.days_at_most is not None else DAYS
        return int(float(a_day) * days)


def rows(seekers: Sequence[Seeker], stock: Stock) -> Clients:
    """Return one row a seeker, in their order."""
    points = [_plane(one) for one in seekers]
    wished, vetoed = _pairs(seekers, stock)

    def word(make: Any) -> np.ndarray:
        return np.array([make(one) for one in seekers], np.uint64)

    return Clients(
        x=np.array([point[0] for point in points], np.int64),
        y=np.array([point[1] for point in points], np.int64),
        radius=np.array([max(one.metres, 1) for one in seekers], np.int64),
        hours=np.array([one.hours_a_week for one in seekers], np.int32),
        has=word(lambda one: codes.cards(one.cards) | codes.languages_known(one.languages)),
        rules_out=word(lambda one: codes.ruled_out(one.limits)),
        strengths=word(lambda one: codes.works(_codes(one, "skill"))),
        learning=word(lambda one: codes.works(_codes(one, "learn"))),
        wished_tasks=word(lambda one: codes.works(_codes(one, "wish"))),
        wished_kinds=np.zeros(len(seekers), np.uint64),
        known_host=np.array(
            [stock.host_number.get(one.known_host, -1) for one in seekers],  # type: ignore[arg-type]
            np.int32,
        ),
        wished=wished,
        vetoed=vetoed,
    )


def _codes(seeker: Seeker, kind: str) -> list[str]:
    return [code for said, code, _site, _opening in seeker.words if said == kind and code]


def _plane(seeker: Seeker) -> tuple[int, int]:
    if seeker.lat is None or seeker.lon is None:
        return NO_POINT, NO_POINT
    north, east = to_plane(Point(seeker.lat, seeker.lon))
    return round(east), round(north)


def _pairs(seekers: Sequence[Seeker], stock: Stock) -> tuple[np.ndarray, np.ndarray]:
    """Return the (client, opening) rows that are wished for, and those that are ruled out."""
    wished: list[tuple[int, int]] = []
    vetoed: list[tuple[int, int]] = []
    for number, seeker in enumerate(seekers):
        for kind, code, site, opening in seeker.words:
            if kind == "wish" and not code:
                wished += [(number, row) for row in _about(stock, "", site, opening)]
            elif kind == "veto":
                vetoed += [(number, row) for row in _about(stock, code, site, opening)]
        vetoed += [(number, stock.row_of[one]) for one in seeker.barred if one in stock.row_of]
    return _array(wished), _array(vetoed)


def _about(stock: Stock, code: str, site: UUID | None, opening: UUID | None) -> list[int]:
    if opening is not None:
        return [stock.row_of[opening]] if opening in stock.row_of else []
    if site is not None:
        return [row for row, one in enumerate(stock.worksites) if one == site]
    return [row for row, one in enumerate(stock.works) if one == code]


def _array(pairs: list[tuple[int, int]]) -> np.ndarray:
    return np.array(sorted(set(pairs)), np.int32).reshape(-1, 2)
