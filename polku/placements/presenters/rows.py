"""Rows of the lists of openings and of worksites."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from polku.placements.models import HostContact, Worksite
from polku.placements.presenters import seats
from polku.placements.queries import OpeningRow, WorksiteRow
from polku.placements.terms import COARSE
from polku.web import dates
from polku.web.parts.words import tag

# The first supports say enough in a list; the worksite's page has all.
FEW = 2
_NOBODY = UUID(int=0)


def pattern(name: str, *others: object) -> str:
    """Return an address with a nobody's id in its place: reversed once, filled for each row."""
    return reverse(name, args=[_NOBODY, *others])


def filled(address: str, row_id: UUID) -> str:
    return address.replace(str(_NOBODY), str(row_id), 1)


@dataclass(frozen=True, slots=True)
class RowFit:
    """An opening beside the chosen client: what speaks for it or against, and where to suggest it.

    `suggest` is '' where the client does not want it or has it already; `first` is the page's best.
    """

    good: bool
    reasons: tuple[tuple[str, bool], ...]
    suggest: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One opening, ready to show; tags are drawn, the rest is plain text."""

    id: UUID
    title: str
    url: str
    worksite: str
    worksite_url: str
    worksite_id: UUID
    town: str
    kinds: str
    hours: str
    seats: SafeString
    promised: SafeString | str
    fresh: SafeString
    supports: str
    asks: str
    unplaced: str
    point: tuple[str, str] | None
    about: bool
    stale: bool
    anchor: str = ""
    fit: RowFit | None = None


def opening_rows(found: list[OpeningRow], today: date) -> list[Row]:
    """Return the rows as the page's language writes them; a worksite's first has its anchor."""
    swedish = (get_language() or "").startswith("sv")
    one, site = pattern("opening_page"), pattern("worksite_page")
    point = pattern("worksite_point")
    rows, told = [], set()
    for row in found:
        made = _row(row, today, swedish, one, site, point)
        anchor = "" if row.worksite_id in told else f"worksite-{row.worksite_id}"
        told.add(row.worksite_id)
        rows.append(replace(made, anchor=anchor))
    return rows


def _row(row: OpeningRow, today: date, swedish: bool, one: str, site: str, point: str) -> Row:
    return Row(
        id=row.id,
        title=row.title,
        url=filled(one, row.id),
        worksite=", ".join(filter(None, (row.worksite, row.unit))),
        worksite_url=filled(site, row.worksite_id),
        worksite_id=row.worksite_id,
        town=row.town_sv if swedish else row.town_fi,
        kinds=capfirst(seats.kinds(row.kinds)),
        hours=seats.hours(row),
        seats=seats.seats_tag(row, today),
        promised=seats.promised_tag(row),
        fresh=seats.fresh_tag(row, today),
        supports=seats.supports(row.supports[:FEW]) + ("…" if len(row.supports) > FEW else ""),
        asks=asks(row),
        unplaced=filled(point, row.worksite_id) if row.precision == "none" else "",
        point=None if row.lat is None else (f"{row.lat:.5f}", f"{row.lon:.5f}"),
        about=row.precision in COARSE,
        stale=row.state == "open" and row.stale_on < today,
    )


def asks(row: OpeningRow) -> str:
    """Return what the work asks for: a language, cards, demands."""
    parts = (seats.language_needed(row), seats.cards(row.cards), seats.demands(row.demands))
    return ", ".join(filter(None, parts))


READINESS = {
    "unknown": "neutral",
    "ready": "ok",
    "talking": "now",
    "not_now": "warn",
    "no": "neutral",
}


def readiness_tag(readiness: str) -> SafeString:
    """Return the worksite's readiness as a tag."""
    return tag(Worksite.Readiness(readiness).label, READINESS[readiness])


@dataclass(frozen=True, slots=True)
class Site:
    """One worksite of the list."""

    id: UUID
    name: str
    url: str
    host: str
    town: str
    readiness: SafeString
    openings: str
    last: str
    next: str
    mine: bool
    late: bool
    unplaced: str


def site_rows(found: list[WorksiteRow], today: date, me: UUID | None) -> list[Site]:
    """Return the worksites as the page's language writes them."""
    swedish = (get_language() or "").startswith("sv")
    url, point = pattern("worksite_page"), pattern("worksite_point")
    rows = []
    for row in found:
        name = ", ".join(filter(None, (row.name, row.unit)))
        rows.append(
            Site(
                id=row.id,
                name=name,
                url=filled(url, row.id),
                host="" if row.host == row.name else row.host,
                town=row.town_sv if swedish else row.town_fi,
                readiness=readiness_tag(row.readiness),
                openings=_openings(row),
                last=_last(row, today),
                next=_next(row, today),
                mine=row.next_by_id is not None and row.next_by_id == me,
                late=row.next_on is not None and row.next_on < today,
                unplaced=filled(point, row.id) if row.precision == "none" else "",
            )
        )
    return rows


def _openings(row: WorksiteRow) -> str:
    if not row.openings:
        return _("no openings")
    openings = ngettext("%(n)d opening", "%(n)d openings", row.openings) % {"n": row.openings}
    free = ngettext("%(n)d seat free", "%(n)d seats free", row.free) % {"n": row.free}
    return f"{openings}, {free}"


def _last(row: WorksiteRow, today: date) -> str:
    if row.last_at is None:
        return ""
    ago = dates.ago(dates.day_of(row.last_at), today)
    result = HostContact.Result(row.last_result).label
    return f"{ago}: {result} ({row.last_by})"


def _next(row: WorksiteRow, today: date) -> str:
    if row.next_on is None:
        return ""
    return f"{dates.weekday(row.next_on, today)}, {row.next_by}"
