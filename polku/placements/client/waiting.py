"""Whom a worker may choose on the placement map: their own who wait, and by name all they may see.

A list of other people's clients is shown to nobody: one who is not the worker's own is found by a
name that the worker writes, and stands in the record of the look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext as _

from polku.clients import finding, queries
from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.placements.client.chosen import NAMES
from polku.teamwork.queries import own_coach_name
from polku.web import dates, people
from polku.web.parts.lists import query_with

SHOWN = 20
# What the chooser's own form says in the address.
OWN = ("choose", "who")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One client to choose, in words; `url` is the map with them chosen.

    `coach` says whose client somebody else's is.
    """

    id: UUID
    name: str
    coach: str
    waits: str
    url: str


@dataclass(frozen=True, slots=True)
class Chooser:
    """The chooser as the page shows it. `kept` are the page's own choices, which stay.

    `others` says that somebody else's clients are among the rows, `none_own` that the worker has no
    clients of their own.
    """

    text: str
    rows: tuple[Waiting, ...]
    more: bool
    others: bool
    none_own: bool
    kept: tuple[tuple[str, str], ...]
    close: str


def chooser(request: HttpRequest, viewer: Viewer) -> Chooser:
    """Return whom the viewer may choose: their own who wait, the longest first, or whom the text
    finds among those whom they may see.

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
    rows = tuple(_row(request, row, today) for row in found[:SHOWN])
    return Chooser(
        text=text,
        rows=rows,
        more=len(found) > SHOWN,
        others=any(row.coach for row in rows),
        none_own=not rows and not text and not _mine(viewer).exists(),
        kept=kept,
        close=without(request, *OWN),
    )


def without(request: HttpRequest, *names: str) -> str:
    """Return the page's own address without these names, from its first page on."""
    return query_with(request, **dict.fromkeys((*names, "page")))


def _mine(viewer: Viewer) -> QuerySet[Client]:
    return queries.mine(viewer).filter(closed_on__isnull=True, safety_ban=False)


def _found(viewer: Viewer, text: str) -> list[Any]:
    """Return clients with `own`, and `coach`, the name of the own coach or None."""
    if text:
        _by, ids = finding.find(viewer, text, at_most=50)
        rows = queries.open_ones(viewer).filter(
            pk__in=[one.id for one in ids if not one.safety_ban], safety_ban=False
        )
        own = Case(When(queries.seen(viewer, "pk", own=True), then=Value(True)), default=False)
        # One's own first: `own` is true for them.
        rows = rows.annotate(own=own).order_by("-own", "sort_key")
    else:
        rows = _mine(viewer).filter(search__waiting_since__isnull=False)
        rows = rows.annotate(own=Value(True)).order_by("search__waiting_since", "sort_key")
    rows = rows.annotate(coach=own_coach_name(viewer))
    return list(rows.select_related("search")[: SHOWN + 1])


def _row(request: HttpRequest, row: Any, today: date) -> Waiting:
    # What was tried out for another client is not carried over.
    changes = dict.fromkeys((*NAMES, *OWN, "page")) | {"client": str(row.id)}
    since = row.search.waiting_since if hasattr(row, "search") else None
    said = _("waits since %(day)s") % {"day": dates.short(since, today)} if since else ""
    coach = "" if row.own else _coach(row.coach)
    return Waiting(row.id, people.name(row), coach, said, query_with(request, **changes))


def _coach(name: str | None) -> str:
    return _("coach: %(name)s") % {"name": name} if name else _("no coach yet")
