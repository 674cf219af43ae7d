"""One opening in words: seats over the weeks, what it asks and gives, who keeps seats back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.placements import queries, work
from polku.placements.models import Opening
from polku.placements.presenters import seats, site
from polku.placements.presenters.rows import Row, opening_rows
from polku.placements.presenters.weeks import Bar, bar_of
from polku.web import dates


@dataclass(frozen=True, slots=True)
class Kept:
    """A seat that the host keeps back, until when, and where it is given back."""

    when: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page."""

    row: Row
    bar: Bar
    seats: SafeString
    facts: list[tuple[str, str]]
    kept: list[Kept]
    worksite: str
    where: str
    state: str
    urls: dict[str, str]


def page(viewer: Viewer, opening: Opening) -> Page:
    """Return everything about an opening, ready to show. Raises Http404 when it has just gone."""
    today = clock.today()
    found = queries.opening_row(viewer, opening.id)
    if found is None:
        raise Http404
    uses = queries.uses(viewer, [opening.id], first=today)
    weeks = queries.weeks([found], uses, today=today)[opening.id]
    row = opening_rows([found], today)[0]
    return Page(
        row=row,
        bar=bar_of(weeks, today),
        seats=row.seats,
        facts=_facts(opening, found, today),
        kept=[
            Kept(_span(use.starts_on, use.ends_on, today),
                 reverse("opening_give_back", args=[opening.id, use.id]))
            for use in uses if use.how == "kept_back"
        ],
        worksite=site.name_of(opening.worksite),
        where=site.where(opening.worksite),
        state=opening.state,
        urls={
            name: reverse(f"opening_{name}", args=[opening.id])
            for name in ("change", "confirm", "pause", "resume", "close", "keep_back")
        },
    )  # fmt: skip


def _span(first: date, last: date | None, today: date) -> str:
    if last is None:
        return _("from %(day)s on") % {"day": dates.short(first, today)}
    return f"{dates.short(first, today)} – {dates.short(last, today)}"


def _facts(opening: Opening, row: queries.OpeningRow, today: date) -> list[tuple[str, str]]:
    """Return what is known of the opening, in pairs; what is empty is left out."""
    cuts = ", ".join(str(Opening.Cut(code).label) for code in opening.cuts)
    code = f"{capfirst(work.name(opening.work_code))} ({opening.work_code})"
    pairs: list[tuple[Any, Any]] = [
        (_("Kinds"), row.kinds and seats.kinds(row.kinds)),
        (_("Kind of work"), code if opening.work_code else ""),
        (_("Hours"), seats.hours(row)),
        (_("When"), opening.times),
        (_("Open"), _open(opening, today)),
        (_("Supervisor"), opening.supervisor.name if opening.supervisor else ""),
        (_("Language needed"), seats.language_needed(row)),
        (_("Cards and permits that are needed"), seats.cards(opening.cards)),
        (_("What the work asks for"), seats.demands(opening.demands)),
        (_("What the workplace asks for"), opening.host_asks),
        (_("What the place gives"), seats.supports(row.supports)),
        (_("What can be cut to a client"), cuts),
        (_("What one learns there"), opening.teaches),
        (_("May lead to a job"), _("yes") if opening.may_lead_to_work else ""),
        (_("ESCO address"), opening.esco),
    ]
    return [(str(word), capfirst(str(said))) for word, said in pairs if said]


def _open(opening: Opening, today: date) -> str:
    first, last = opening.open_from, opening.open_to
    if first and last:
        return _span(first, last, today)
    if first:
        return _("from %(day)s on") % {"day": dates.short(first, today)}
    return _("until %(day)s") % {"day": dates.short(last, today)} if last else ""
