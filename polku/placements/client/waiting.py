"""Whom a worker may choose on the placement map: those of their own clients who wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from polku.clients import finding, queries
from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.placements.client.chosen import NAMES
from polku.web import dates, people
from polku.web.parts.lists import query_with

SHOWN = 20
# What the chooser's own form says in the address.
OWN = ("choose", "who")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One client to choose, in words; `url` is the map with them chosen."""

    id: UUID
    name: str
    waits: str
    url: str


@dataclass(frozen=True, slots=True)
class Chooser:
    """The chooser as the page shows it. `kept` are the page's own choices, which stay."""

    text: str
    rows: tuple[Waiting, ...]
    more: bool
    kept: tuple[tuple[str, str], ...]
    close: str


def chooser(request: HttpRequest, viewer: Viewer) -> Chooser:
    """Return whom the viewer may choose: the longest waiting first, or whom the text finds.

    Nobody under a safety ban is among them. An identity code is not looked for here, nor repeated:
    it would stay in the browser's history.
    """
    text = request.GET.get("who", "").replace("\x00", " ").strip()[:80]
    if finding.looks_like_identity(text):
        text = ""
    found = _found(viewer, text)
    today = clock.today()
    kept = tuple(
        (name, value)
        for name, values in request.GET.lists()
        if name not in (*OWN, "page")
        for value in values
    )
    rows = tuple(_row(request, row, since, today) for row, since in found[:SHOWN])
    return Chooser(text, rows, len(found) > SHOWN, kept, without(request, *OWN))


def without(request: HttpRequest, *names: str) -> str:
    """Return the page's own address without these names, from its first page on."""
    return query_with(request, **dict.fromkeys((*names, "page")))


def _found(viewer: Viewer, text: str) -> list[tuple[Client, date | None]]:
    rows = queries.mine(viewer).filter(closed_on__isnull=True, safety_ban=False)
    if text:
        _by, ids = finding.find(viewer, text, at_most=50)
        rows = rows.filter(pk__in=[one.id for one in ids]).order_by("sort_key")
    else:
        rows = rows.filter(search__waiting_since__isnull=False)
        rows = rows.order_by("search__waiting_since", "sort_key")
    found = rows.select_related("search")[: SHOWN + 1]
    return [(row, row.search.waiting_since if hasattr(row, "search") else None) for row in found]


def _row(request: HttpRequest, row: Client, since: date | None, today: date) -> Waiting:
    # What was tried out for another client is not carried over.
    changes = dict.fromkeys((*NAMES, *OWN, "page")) | {"client": str(row.id)}
    said = _("waits since %(day)s") % {"day": dates.short(since, today)} if since else ""
    return Waiting(row.id, people.name(row), said, query_with(request, **changes))
