"""The list's one read: fifty visible clients with what their rows say, and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Value, Window
from django.db.models.functions import Coalesce, Least, TruncDate

from polku.clients.queries import mine, visible
from polku.contacts import conditions as contacts
from polku.desk.caseload.wanted import Wanted
from polku.foundation import clock
from polku.foundation.prepared import Said, prepared
from polku.foundation.viewer import Viewer
from polku.paths import queries as paths
from polku.teamwork import queries as teamwork

PAGE = 50
SOON = timedelta(days=14)


class Listed(NamedTuple):
    """One client of the list; `total` is how many the whole list holds."""

    id: UUID
    first_names: str
    call_name: str
    last_name: str
    born: date | None
    language: str
    interpreter: bool
    municipality_fi: str | None
    municipality_sv: str | None
    safety_ban: bool
    registered_on: date
    closed_on: date | None
    low: int | None
    high: int | None
    first_contact_at: datetime | None
    last_reached_at: datetime | None
    attempts: int | None
    next_on: date | None
    next_kind: str | None
    due_on: date | None
    interview_held_on: date | None
    booked_at: datetime | None
    turn: str | None
    coach: str | None
    total: int


ORDERS: dict[str, Any] = {
    "name": F("sort_key"),
    "last": F("rhythm__last_reached_at"),
    "next": F("next_day"),
    "due": F("due_on"),
    "turn": F("turn"),
}


@prepared
def _listed(
    viewer: Viewer,
    *,
    sort: str,
    down: bool,
    state: str,
    turn: str,
    coach: str,
    coach_id: UUID | None,
    language: str,
    town: str,
    first: int,
    today: date,
    midnight: datetime,
    soon: date,
) -> QuerySet[Any, Any]:
    clients = mine(viewer) if coach == "me" else visible(viewer)
    if coach == "none":
        clients = clients.filter(~teamwork.has_coach(viewer))
    elif coach_id is not None:
        clients = clients.filter(teamwork.has_coach(viewer, coach_id))
    clients = clients.alias(
        booked_day=TruncDate(contacts.next_booked_at(viewer.at), tzinfo=clock.HELSINKI)
    ).annotate(
        due_on=contacts.law_date(),
        booked_at=contacts.next_booked_at(viewer.at),
        turn=paths.turn_of_client(),
        coach=teamwork.own_coach_name(viewer),
        total=Window(Count("*")),
    )
    clients = clients.filter(closed_on__isnull=state != "closed")
    if state in STATES:
        clients = clients.filter(STATES[state](midnight, today, soon))
    if turn:
        clients = clients.filter(paths.has_turn(turn))
    if language:
        clients = clients.filter(language=language)
    if town:
        clients = clients.filter(municipality_id=town)
    if sort == "next":
        clients = clients.annotate(next_day=Least("booked_day", "rhythm__next_on"))
    key = ORDERS[sort]
    order = key.desc(nulls_last=True) if down else key.asc(nulls_last=True)
    return clients.order_by(order, "sort_key", "id").values_list(
        "id",
        "first_names",
        "call_name",
        "last_name",
        "born",
        "language",
        "interpreter",
        "municipality__name_fi",
        "municipality__name_sv",
        "safety_ban",
        "registered_on",
        "closed_on",
        "rhythm__window_min_days",
        "rhythm__window_max_days",
        "rhythm__first_contact_at",
        "rhythm__last_reached_at",
        "rhythm__attempts",
        "rhythm__next_on",
        "rhythm__next_kind",
        "due_on",
        "rhythm__initial_interview_on",
        "booked_at",
        "turn",
        "coach",
        "total",
    )[first : first + PAGE]


STATES: dict[str, Callable[[datetime, date, date], Q]] = {
    "new": lambda midnight, today, soon: Q(rhythm__first_contact_at__isnull=True),
    "active": lambda midnight, today, soon: (
        Q(rhythm__first_contact_at__isnull=False)
        & ~contacts.silent_too_long(midnight)
        & ~contacts.planned_too_soon(today)
    ),
    "quiet": lambda midnight, today, soon: contacts.silent_too_long(midnight),
    "outside": lambda midnight, today, soon: (
        contacts.silent_too_long(midnight) | contacts.planned_too_soon(today)
    ),
    "due": lambda midnight, today, soon: Q(due_on__lte=soon),
}


def listed(viewer: Viewer, wish: Wanted) -> list[Listed]:
    """Return one page of the list; empty when the page lies beyond the end."""
    today = clock.today()
    rows = _listed(
        viewer,
        sort=wish.sort,
        down=wish.down,
        state=wish.state,
        turn=wish.turn,
        coach="" if wish.coach_id else wish.coach,
        coach_id=wish.coach_id,
        language=Said(wish.language) if wish.language else "",
        town=Said(wish.town) if wish.town else "",
        first=(wish.page - 1) * PAGE,
        today=today,
        midnight=clock.day_begins(today),
        soon=today + SOON,
    )
    return [Listed._make(row) for row in rows]


@prepared
def _kinds(viewer: Viewer) -> QuerySet[Any, Any]:
    return (
        visible(viewer)
        .filter(closed_on__isnull=True)
        .order_by()
        .values_list(
            "language",
            Coalesce("municipality_id", Value("")),
            "municipality__name_fi",
            "municipality__name_sv",
        )
        .distinct()
    )


def languages_and_towns(viewer: Viewer) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Return the languages and the towns (code and both names) of the visible open clients."""
    rows = _kinds(viewer)
    languages = sorted({row[0] for row in rows})
    towns = sorted({(row[1], row[2], row[3]) for row in rows if row[1]}, key=lambda t: t[1])
    return languages, towns
