"""The round as it is shown: openings with those proposed to them, and those without a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.placements import seats
from polku.placements.fitting import reading
from polku.placements.fitting.seekers import Seeker
from polku.placements.models import Opening, Placement, Round, RoundPair
from polku.placements.round import rights, wording
from polku.web import dates, people
from polku.web.context import NavItem
from polku.web.parts.words import tag

State = RoundPair.State
PAGE = 40
SHOWS = ("", "changed", "without", "fixed", "sent", "left_out")
WAITS = Q(state__in=(State.PROPOSED, State.FIXED))
CHANGED = WAITS & (
    Q(opening__isnull=True, before__isnull=False)
    | Q(opening__isnull=False, before__isnull=True)
    | (Q(opening__isnull=False) & ~Q(before=F("opening")))
)
OF = {
    "": Q(),
    "changed": CHANGED,
    "without": Q(state=State.PROPOSED, opening__isnull=True),
    "fixed": Q(state=State.FIXED),
    "sent": Q(state=State.SENT),
    "left_out": Q(state=State.LEFT_OUT),
}
ANSWERS = {
    Placement.State.SUGGESTED: ("warn", "message"),
    Placement.State.PUT_OFF: ("neutral", "clock"),
    Placement.State.DECLINED: ("neutral", "close"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One client of a round: a name, a search, what stands. `line` is how it is drawn."""

    client_id: UUID
    name: str
    wants: str
    tag: SafeString
    url: str
    line: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """An opening with those who are proposed to it."""

    title: str
    place: str
    url: str
    seats: str
    stale: bool
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the round."""

    groups: list[Group]
    without: list[Card]
    page: Any
    shown: list[UUID]


def counts(viewer: Viewer, found: Round) -> dict[str, int]:
    """Return how many pairs there are of each way to look, and how many wait, have, and wished."""
    placed = WAITS & Q(opening__isnull=False)
    asked = {
        **OF,
        "waiting": WAITS,
        "proposed": placed,
        "wished": placed & Q(reasons__parts__wishes__gt=0),
    }
    counted = {f"n_{name}": Count("pk", filter=of) for name, of in asked.items()}
    made = rights.pairs(viewer, found).aggregate(**counted)
    return {name: made[f"n_{name}"] for name in asked}


def summary(found: Round, counted: dict[str, int]) -> str:
    """Return the round in a line: who waits, how many seats, for how many a place was found."""
    n, open_seats = counted["waiting"], found.record.get("seats", 0)
    said = [ngettext("%(n)d waits", "%(n)d wait", n) % {"n": n}]
    if found.record:
        said.append(ngettext("%(n)d seat", "%(n)d seats", open_seats) % {"n": open_seats})
        said.append(
            _("a place proposed to %(n)d, to %(wished)d of them by their own wish")
            % {"n": counted["proposed"], "wished": counted["wished"]}
        )
    if found.record.get("runs", 0) > 1:
        changed = counted["changed"]
        said.append(
            ngettext("%(n)d changed from before", "%(n)d changed from before", changed)
            % {"n": changed}
        )
    return " · ".join(said)


def tabs(found: Round, show: str, counted: dict[str, int]) -> list[NavItem]:
    """Return the ways to look at a round, with how many stand in each."""
    words = {
        "": _("All"),
        "changed": _("Changed"),
        "without": _("Without a place"),
        "fixed": _("Fixed"),
        "sent": _("Sent"),
        "left_out": _("Left out"),
    }
    here = reverse("round", args=[found.id])
    return [
        NavItem(words[one], f"{here}?show={one}" if one else here, one == show, counted[one])
        for one in SHOWS
        if counted[one] or one in ("", show)
    ]


def board(viewer: Viewer, found: Round, *, show: str, page: Any, chosen: UUID | None) -> Board:
    """Return a page of pairs, by opening, those without a place last."""
    # In a round of thousands only the keys are put in order; the rows are wide.
    paged = Paginator(_ordered(rights.pairs(viewer, found).filter(OF[show])), PAGE).get_page(page)
    keys = list(paged)
    rows = RoundPair.objects.filter(pk__in=keys).select_related("client", "placement")
    pairs = sorted(rows, key=lambda one: keys.index(one.pk))
    seekers = {one.client_id: one for one in reading.seekers([row.client_id for row in pairs])}
    groups = _groups(found, pairs)
    without: list[Card] = []
    for pair in pairs:
        card = _card(found, pair, seekers[pair.client_id], show, paged.number, chosen)
        (groups[pair.opening_id].cards if pair.opening_id else without).append(card)
    return Board(list(groups.values()), without, paged, [row.client_id for row in pairs])


def _ordered(rows: QuerySet[RoundPair]) -> QuerySet[Any, Any]:
    return rows.order_by(
        F("opening__title").asc(nulls_last=True), "opening_id", "client__last_name", "client_id"
    ).values_list("pk", flat=True)


def _groups(found: Round, pairs: Sequence[RoundPair]) -> dict[UUID, Group]:
    ids = list(dict.fromkeys(pair.opening_id for pair in pairs if pair.opening_id))
    rows = Opening.objects.filter(pk__in=ids).select_related("worksite__municipality")
    openings = {row.id: row for row in rows}
    free = seats.free_in(
        {row.id: row.seats for row in openings.values()},
        starts_on=found.starts_on, ends_on=found.ends_on, now=clock.now(),
    )  # fmt: skip
    return {one: _group(openings[one], free[one]) for one in ids}


def _group(row: Opening, free: int) -> Group:
    return Group(
        title=row.title,
        place=f"{row.worksite.name}, {row.worksite.municipality}",
        url=reverse("opening_page", args=[row.id]),
        seats=_("%(free)d / %(all)d free") % {"free": free, "all": row.seats},
        stale=(clock.today() - row.confirmed_on).days > row.confirm_every_days,
    )


def _card(
    found: Round, pair: RoundPair, seeker: Seeker, show: str, page: int, chosen: UUID | None
) -> Card:
    asked = "&".join(
        one
        for one in (f"show={show}" if show else "", f"page={page}" if page > 1 else "",
                    f"client={pair.client_id}")
        if one
    )  # fmt: skip
    changed = pair.state in (State.PROPOSED, State.FIXED) and pair.opening_id != pair.before_id
    line = {State.FIXED: "fixed", State.SENT: "sent"}.get(pair.state, "changed" if changed else "")
    return Card(
        client_id=pair.client_id,
        name=people.name(pair.client),
        wants=wording.wants(seeker),
        tag=state_tag(pair),
        url=f"{reverse('round', args=[found.id])}?{asked}#at-{pair.client_id}",
        line=line or "proposed",
        chosen=pair.client_id == chosen,
    )


def state_tag(pair: RoundPair) -> SafeString:
    """Return what stands, in a word with a shape."""
    if pair.state == State.SENT:
        return _answered(pair)
    if pair.state == State.LEFT_OUT:
        return tag(_("left out"), "neutral", "exit")
    if pair.state == State.FIXED:
        return tag(_("fixed"), "now", "lock")
    if pair.opening_id is None:
        return tag(_("no place"), "late")
    if pair.opening_id != pair.before_id:
        return tag(_("changed"), "warn", "swap")
    if wording.wished(pair):
        return tag(_("own wish"), "ok", "check")
    return tag(_("proposed"), "neutral")


def _answered(pair: RoundPair) -> SafeString:
    if pair.placement is None:
        return tag(_("sent"), "neutral", "message")
    kind, shape = ANSWERS.get(pair.placement.state, ("ok", "check"))
    return tag(str(pair.placement.get_state_display()), kind, shape)


def period(found: Round) -> str:
    """Return from when to when, in words."""
    return f"{dates.full(found.starts_on)} – {dates.full(found.ends_on)}"
