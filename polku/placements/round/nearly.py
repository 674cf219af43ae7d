"""What would change for somebody without a place: openings that one thing alone stands against.

Only what people may ask about again is told: the way, the hours, a card, a language, the kind. A
limit of health and what the client has ruled out stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db.models import Count
from django.utils.translation import gettext as _

from polku.foundation import clock
from polku.placements import seats
from polku.placements.fitting import seekers, telling
from polku.placements.fitting.seekers import FAR, METRES_A_MINUTE, Seeker
from polku.placements.fitting.stock import Stock
from polku.placements.models import Round, RoundPair
from polku.placements.round.deciding import MOVABLE
from polku.planning.matching import one
from polku.planning.matching.rules import Clients, Failed

LOOKED_AT, TOLD = 150, 3
MAY_BE_ASKED = {"language", "licence"}


@dataclass(frozen=True, slots=True)
class Nearly:
    """An opening with a seat left, and the one thing that stands in the way."""

    opening_id: UUID
    sentence: str


def nearly(found: Round, seeker: Seeker, have: Stock) -> list[Nearly]:
    """Return the nearest few, best first."""
    rows = seekers.rows([seeker], have)
    look = one.look(rows, 0, have.places)
    towns = np.array([town in set(found.municipalities) for town in have.towns], np.bool_)
    offers = have.offers(seeker.kinds)
    open_now = have.open_on(found.starts_on) & have.takes(clock.today())
    there = towns & open_now & ~(look.passed & offers)
    at = np.flatnonzero(there)
    near = at[np.lexsort((at, -look.scores[at]))][:LOOKED_AT].tolist()
    left = _left(found, have, near)
    told: list[Nearly] = []
    for row in near:
        if left[have.ids[row]] > 0:
            sentence = _one_thing(look.failed(row), bool(offers[row]), seeker, rows, have, row)
            told += [Nearly(have.ids[row], sentence)] if sentence else []
        if len(told) == TOLD:
            break
    return told


def _left(found: Round, have: Stock, rows: list[int]) -> dict[UUID, int]:
    """Return the seats that are left when everybody proposed has theirs."""
    free = seats.free_in(
        {have.ids[row]: int(have.seats[row]) for row in rows},
        starts_on=found.starts_on, ends_on=found.ends_on, now=clock.now(),
    )  # fmt: skip
    proposed = dict(
        RoundPair.objects.filter(round=found, state__in=MOVABLE, opening__in=list(free))
        .values_list("opening_id")
        .annotate(many=Count("id"))
    )
    return {opening: free[opening] - proposed.get(opening, 0) for opening in free}


def _one_thing(
    failed: Failed, offered: bool, seeker: Seeker, rows: Clients, have: Stock, row: int
) -> str:
    things = list(_things(failed, offered))
    if len(things) != 1 or things[0] == "":
        return ""
    if things[0] == "travel":
        metres = telling.metres_between(rows, 0, have, row)
        speed = METRES_A_MINUTE.get(seeker.mode, 0)
        if seeker.metres >= FAR or metres < 0 or not speed:
            return ""
        minutes = -(-metres // speed // 5) * 5
        return _("If about %(minutes)d min of travel suited.") % {"minutes": minutes}
    if things[0] == "kind":
        return _("If another kind of placement suited.")
    if things[0] == "hours":
        hours = int(have.places.hours[row])
        return _("If %(hours)d hours a week suited.") % {"hours": hours}
    said = telling.why_not(failed, seeker, kind=False, closed=False)
    return _("But it %(asks)s.") % {"asks": said[0].text} if said else ""


def _things(failed: Failed, offered: bool) -> Iterator[str]:
    """Yield what stands in the way; '' for what nobody should ask about again."""
    for rule in failed.bits:
        yield rule if rule in MAY_BE_ASKED else ""
    if failed.vetoed:
        yield ""
    if failed.hours:
        yield "hours"
    if failed.travel:
        yield "travel"
    if not offered:
        yield "kind"
