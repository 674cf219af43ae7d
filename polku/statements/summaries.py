"""Matters in short, read together with something else: one statement for both.

The client page and My day have no statement to spare.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from polku.clients.queries import open_to_task, seen
from polku.contacts.queries.to_do import COLUMNS, ToDo, to_do_rows
from polku.foundation import lasting
from polku.foundation.models import AreaMembership
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer
from polku.placements import summaries as placements
from polku.statements import states
from polku.statements.models import Clarification, Matter, Official
from polku.teamwork.models import Agreement

MOST = 5
DAYS = ("happened_on", "due_on")
PLAIN = ("about", "title", "state", "turn")
_ROW = JSONObject(id="id", **{name: name for name in (*PLAIN, *DAYS)})


class Summary(NamedTuple):
    """One open matter."""

    id: UUID
    about: str
    title: str
    happened_on: date
    due_on: date | None
    state: str
    turn: str


@prepared
def _with_placements(viewer: Viewer, *, client_id: UUID) -> QuerySet[Any, Any]:
    rows = (
        Matter.objects.filter(client=OuterRef("pk"))
        .exclude(state__in=states.OVER)
        .order_by("opened_at")
        .annotate(row=_ROW)
        .values("row")[:MOST]
    )
    found = placements.placed_of(viewer, client_id=client_id)
    return found.annotate(matters=ArraySubquery(rows)).values_list(
        "search__waiting_since", "placed", "matters"
    )


def with_placements(viewer: Viewer, *, client_id: UUID) -> tuple[placements.Placed, list[Summary]]:
    """Return the placements and the open matters of a client whom the caller has found visible."""
    for waiting_since, placed, rows in _with_placements(viewer, client_id=client_id):
        matters = [_summary(json.loads(row)) for row in rows]
        return placements.read(waiting_since, placed), matters
    return placements.Placed(None, []), []


class Waits(NamedTuple):
    """A matter in which the viewer is to do something, and whose it is."""

    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    matter: Summary


@prepared
def _to_do(viewer: Viewer, *, today: date, drafts_since: datetime) -> QuerySet[Any, Any]:
    # The first condition is that of an index: few matters are open.
    rows = Matter.objects.filter(~Q(turn=Matter.Turn.NOBODY), register_id=viewer.register_id)
    matters = rows.filter(_mine(viewer, today) | _to_sign(viewer, today)).annotate(
        what=Value("matter", CharField()),
        words=Cast(_ROW, CharField()),
        day=Coalesce("due_on", "happened_on"),
        of_version=Value(0, IntegerField()),
    )
    waiting = to_do_rows(viewer, until=today, drafts_since=drafts_since)
    return waiting.union(matters.values_list(*COLUMNS), all=True)


def _mine(viewer: Viewer, today: date) -> Q:
    """The coach's turn; or the day by which the client was to answer is over."""
    late = Clarification.objects.filter(
        matter=OuterRef("pk"), answered_at__isnull=True, lapsed_at__isnull=True, due_on__lt=today
    )
    turn = Q(turn=Matter.Turn.COACH) | Q(Exists(late), turn=Matter.Turn.CLIENT)
    return turn & seen(viewer, own=True) & Q(client__closed_on__isnull=True)


def _to_sign(viewer: Viewer, today: date) -> Q:
    """A draft that the viewer may sign: `queries.to_officials` and `officials.signing` in one.

    Under a safety ban the municipality is not read: whoever sees the client is told.
    """
    named = Official.objects.filter(
        lasting.on(today), register_id=viewer.register_id, user_id=viewer.user_id,
        organisation_id=viewer.organisation_id,
    )  # fmt: skip
    town = {"municipality_id": OuterRef("client__municipality_id")}
    agreed = Agreement.objects.filter(
        lasting.on(today, starts="valid_from", ends="valid_to"), register_id=viewer.register_id,
        task=Agreement.Task.STATEMENTS, **town,
    )  # fmt: skip
    inside = AreaMembership.objects.filter(
        lasting.on(today, starts="valid_from", ends="valid_to"),
        area_id=OuterRef("register__area_id"), **town,
    )  # fmt: skip
    itself = (
        Q(register__controller_id=viewer.organisation_id)
        & ~Exists(agreed)
        & (Q(register__area_id__isnull=True) | Exists(inside))
    )
    theirs = Exists(agreed.filter(organisation_id=viewer.organisation_id)) | itself
    open_ = (theirs & open_to_task(viewer)) | (
        seen(viewer, few=True) & Q(client__safety_ban=True, client__closed_on__isnull=True)
    )
    return Q(Exists(named), turn=Matter.Turn.OFFICIAL) & open_


def to_do(viewer: Viewer, *, today: date, drafts_since: datetime) -> tuple[list[ToDo], list[Waits]]:
    """Return what `contacts.queries.ToDo` tells of, oldest first, and the matters that wait for the
    viewer, by the day set for them: their clients' and, for an official, what is to be signed.
    """
    found: list[ToDo] = []
    matters: list[Waits] = []
    for row in _to_do(viewer, today=today, drafts_since=drafts_since):
        one = ToDo._make(row)
        if one.what == "matter":
            names = (one.first_names, one.call_name, one.last_name)
            matters.append(Waits(one.client_id, *names, _summary(json.loads(one.text))))
        else:
            found.append(one)
    matters.sort(key=lambda one: (one.matter.due_on or date.max, one.matter.happened_on))
    return sorted(found, key=lambda one: (one.on, one.last_name)), matters


def _summary(row: dict[str, Any]) -> Summary:
    days = {name: row[name] and date.fromisoformat(row[name]) for name in DAYS}
    return Summary(id=UUID(row["id"]), **{name: row[name] for name in PLAIN}, **days)
