"""One client of a round, as the side of the page shows them: why, why not, and what may be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.clients.models import Client
from polku.foundation.viewer import Viewer
from polku.placements.fitting import reading
from polku.placements.fitting.stock import stock
from polku.placements.models import Opening, Round, RoundPair
from polku.placements.round import nearly as nearly_fitting
from polku.placements.round import wording
from polku.placements.round.board import State, state_tag
from polku.placements.round.lessons import MISSING, Why
from polku.placements.wording import kind_word
from polku.teamwork.queries import own_coach_name
from polku.web import people


@dataclass(frozen=True, slots=True)
class Other:
    """Another opening: where, and why it is not the one that is proposed."""

    opening_id: UUID
    title: str
    place: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One client's part of a round. `others` may be moved to, `nearly` may be asked about."""

    client_id: UUID
    name: str
    tag: SafeString
    coach: str
    looks_for: list[tuple[str, str]]
    title: str
    place: str
    kind: str
    reasons: tuple[tuple[str, bool], ...]
    others: tuple[Other, ...]
    nearly: tuple[Other, ...]
    refused: tuple[str, ...]
    movable: bool
    fixed: bool
    left_out: bool
    opening_id: UUID | None
    url: str


def chosen(viewer: Viewer, found: Round, pair: RoundPair) -> Chosen:
    """Return what is told of one client of the round; the caller has found the pair to be seen."""
    have = stock(found.register_id)
    seeker = reading.seeker(pair.client_id, in_round=found.id)
    movable = pair.state in (State.PROPOSED, State.FIXED)
    near = []
    if movable and pair.opening_id is None and found.record:
        near = nearly_fitting.nearly(found, seeker, have)
    told = pair.why_not if movable else []
    openings = _openings(viewer, pair, told, [one.opening_id for one in near])
    own = openings.get(pair.opening_id) if pair.opening_id else None
    reasons = wording.reasons(pair, seeker, have)
    return Chosen(
        client_id=pair.client_id,
        name=people.name(pair.client),
        tag=state_tag(pair),
        coach=_coach(viewer, pair.client_id),
        looks_for=wording.all_wants(seeker),
        title=own.title if own else "",
        place=_place(own) if own else "",
        kind=kind_word(pair.kind) if pair.kind else "",
        reasons=tuple((str(capfirst(one.text)), one.good) for one in reasons),
        others=tuple(_others(openings, told)),
        nearly=tuple(
            _other(openings[one.opening_id], (one.sentence,))
            for one in near
            if one.opening_id in openings
        ),
        refused=tuple(_refused(openings, pair)),
        movable=movable,
        fixed=pair.state == State.FIXED,
        left_out=pair.state == State.LEFT_OUT,
        opening_id=pair.opening_id,
        url=reverse("round_pair", args=[found.id, pair.client_id]),
    )


def _coach(viewer: Viewer, client_id: UUID) -> str:
    name = own_coach_name(viewer)
    return Client.objects.filter(pk=client_id).values_list(name, flat=True).first() or ""


def _openings(
    viewer: Viewer, pair: RoundPair, told: list[dict[str, Any]], near: list[UUID]
) -> dict[UUID, Opening]:
    refused = [one["opening"] for one in pair.refused if one.get("opening")]
    ids = {UUID(one["opening"]) for one in told} | set(near) | {UUID(one) for one in refused}
    ids |= {pair.opening_id} if pair.opening_id else set()
    rows = Opening.objects.filter(pk__in=ids, register_id=viewer.register_id)
    return {row.id: row for row in rows.select_related("worksite__municipality")}


def _place(opening: Opening) -> str:
    return f"{opening.worksite.name}, {opening.worksite.municipality}"


def _other(opening: Opening, why: tuple[str, ...]) -> Other:
    return Other(opening.id, opening.title, _place(opening), why)


def _others(openings: dict[UUID, Opening], told: list[dict[str, Any]]) -> Iterable[Other]:
    for one in told:
        opening = openings.get(UUID(one["opening"]))
        if opening is not None:
            yield _other(opening, tuple(wording.why_not(one)))


def _refused(openings: dict[UUID, Opening], pair: RoundPair) -> Iterable[str]:
    for one in pair.refused:
        yield told_of(
            openings[UUID(one["opening"])].title
            if one["opening"] and UUID(one["opening"]) in openings
            else "",
            one["code"],
            one.get("word", ""),
        )


def told_of(title: str, code: str, word: str) -> str:
    """Return a refusal in words: of what, why, and what was added."""
    why = _("a fitting place is missing") if code == MISSING else str(Why(code).label)
    said = f"{title}: {why}" if title else str(capfirst(why))
    return f"{said} ({word})" if word else said
