"""The placement map as a list: openings with their seats now, and when the next one frees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.placements.queries.choosing import (
    FREE_NOW,
    FREES,
    HERE,
    STALE_ON,
    USED,
    Condition,
    chosen,
    free_by,
)
from polku.placements.queries.fit import JOINED, ORDER, PLACE, ROOM, Fit, with_fit
from polku.placements.queries.wanted import Wanted
from polku.placements.refusing import REFUSES

PAGE = 50
SOON = timedelta(weeks=4)


class OpeningRow(NamedTuple):
    """One opening of the list. `offered` leaves out the seats that the host keeps back.

    `frees_on` is the next day with a free seat, for an opening that has none today; None where no
    such day is known. `stale_on` is the last day on which what is written counts as confirmed.
    `refuses` says that the workplace takes nobody now: then none is free, and none frees.
    `place` is the opening's among those that fit a chosen client, 1 the best; None for the others.
    `room` says whether a seat is free on all days on which that client would be there.
    """

    id: UUID
    title: str
    kinds: list[str]
    work_code: str
    seats: int
    open_from: date | None
    open_to: date | None
    hours_from: Decimal | None
    hours_to: Decimal | None
    days_a_week: int | None
    times: str
    demands: list[str]
    cards: list[str]
    language: str
    language_level: str
    cuts: list[str]
    may_lead_to_work: bool
    state: str
    confirmed_on: date
    confirmed_by_host: bool
    stale_on: date
    version: int
    worksite_id: UUID
    worksite: str
    unit: str
    supports: list[str]
    languages: list[str]
    precision: str
    lat: float | None
    lon: float | None
    readiness: str
    town_fi: str
    town_sv: str
    offered: int
    promised: int
    taken: int
    free: int
    frees_on: date | None
    refuses: bool = False
    place: int | None = None
    room: bool | None = None
    total: int = 1
    total_offered: int = 0
    total_free: int = 0
    total_freeing: int = 0
    total_fitting: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One page of openings, with sums over the whole list; `likened` when words were stretched.

    `freeing` counts openings that are full today and have a free seat within four weeks, `fitting`
    those that fit the chosen client.
    """

    rows: list[OpeningRow]
    total: int
    offered: int
    free: int
    freeing: int
    fitting: int = 0
    likened: bool = False


_SEATED = f"""
WITH {USED}, seated AS (
  SELECT o.id, o.title, o.kinds, o.work_code, o.seats, o.open_from, o.open_to, o.hours_from,
    o.hours_to, o.days_a_week, o.times, o.demands, o.cards, o.language, o.language_level, o.cuts,
    o.may_lead_to_work, o.state, o.confirmed_on, o.confirmed_by_host, {STALE_ON} AS stale_on,
    o.version, o.worksite_id, w.name AS worksite, w.unit, w.supports, w.languages, w.precision,
    w.lat, w.lon, w.readiness, m.name_fi AS town_fi, m.name_sv AS town_sv,
    greatest(o.seats - coalesce(u.kept, 0), 0) AS offered, coalesce(u.promised, 0) AS promised,
    coalesce(u.taken, 0) AS taken, {FREE_NOW} AS free, w.sort_key,
    {REFUSES} AS refuses, {PLACE} AS place, {ROOM} AS room
  FROM placements_opening o
  JOIN placements_worksite w ON w.id = o.worksite_id
  JOIN foundation_municipality m ON m.code = w.municipality_id
  LEFT JOIN used u ON u.opening_id = o.id
  {JOINED}
  WHERE {HERE}
)
SELECT s.id, s.title, s.kinds, s.work_code, s.seats, s.open_from, s.open_to, s.hours_from,
  s.hours_to, s.days_a_week, s.times, s.demands, s.cards, s.language, s.language_level, s.cuts,
  s.may_lead_to_work, s.state, s.confirmed_on, s.confirmed_by_host, s.stale_on, s.version,
  s.worksite_id, s.worksite, s.unit, s.supports, s.languages, s.precision, s.lat, s.lon,
  s.readiness, s.town_fi, s.town_sv, s.offered, s.promised, s.taken, s.free, f.day AS frees_on,
  s.refuses, s.place, s.room,
  count(*) OVER (), (sum(s.offered) OVER ())::int, (sum(s.free) OVER ())::int,
  count(f.day) FILTER (WHERE f.day <= %(soon)s) OVER (), count(s.place) OVER ()
FROM seated s {FREES}
"""

_ORDERS = {
    "fit": ("s.place", "s.place DESC"),
    "free": ("(s.free > 0) DESC, f.day ASC NULLS LAST", "(s.free > 0) ASC, f.day DESC NULLS FIRST"),
    "title": ("lower(s.title)", "lower(s.title) DESC"),
    "place": ("s.sort_key", "s.sort_key DESC"),
    "town": ("s.town_fi", "s.town_fi DESC"),
    "confirmed": ("s.stale_on", "s.stale_on DESC"),
}


def openings(viewer: Viewer, wish: Wanted, fit: Fit | None = None) -> Found:
    """Return one page of the openings of the wish; beyond the last page it is empty.

    With a client chosen what fits stands first, whatever the order. One statement; a search that
    finds nothing is asked once more, with words that are like.
    """
    found = _openings(viewer, wish, chosen(viewer, wish), fit)
    if found.rows or not wish.q or wish.page > 1:
        return found
    near = _openings(viewer, wish, chosen(viewer, wish, tolerant=True), fit)
    return replace(near, likened=True)


def _openings(viewer: Viewer, wish: Wanted, condition: Condition, fit: Fit | None) -> Found:
    sql = with_fit(_SEATED.replace(HERE, condition.sql), fit, condition)
    last = free_by(wish)
    if last is not None:
        sql += " WHERE s.free > 0 OR f.day <= %(free_by)s"
        condition.values["free_by"] = last
    sql += f" ORDER BY {_order(wish, fit)} LIMIT %(most)s OFFSET %(first)s"
    values = condition.values | {
        "soon": clock.today() + SOON,
        "most": PAGE,
        "first": (wish.page - 1) * PAGE,
    }
    rows = _rows(sql, values)
    if not rows:
        return Found([], 0, 0, 0, 0)
    one = rows[0]
    sums = one.total, one.total_offered, one.total_free, one.total_freeing, one.total_fitting
    return Found(rows, *sums)


def _order(wish: Wanted, fit: Fit | None) -> str:
    asked = _ORDERS[wish.sort][wish.down]
    if wish.sort == "fit":
        asked = f"{asked}, {_ORDERS['free'][0]}"
    return f"{ORDER if fit else ''}{asked}, s.sort_key, s.title, s.id"


def _rows(sql: str, values: dict[str, Any]) -> list[OpeningRow]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [OpeningRow._make(row) for row in cursor.fetchall()]


def of_worksite(viewer: Viewer, worksite_id: UUID) -> list[OpeningRow]:
    """Return every opening of a worksite, closed ones last."""
    condition = Condition()
    condition.add(
        "o.register_id = %(register)s AND o.worksite_id = %(worksite)s",
        register=viewer.register_id,
        worksite=worksite_id,
        today=clock.today(),
        now=viewer.at,
    )
    order = "ORDER BY s.state = 'closed', s.state = 'paused', lower(s.title), s.id LIMIT 200"
    return _rows(
        f"{_SEATED.replace(HERE, condition.sql)} {order}",
        condition.values | {"soon": clock.today() + SOON},
    )


def opening_row(viewer: Viewer, opening_id: UUID) -> OpeningRow | None:
    """Return one opening with its seats; None when it is foreign or absent."""
    condition = Condition()
    condition.add(
        "o.register_id = %(register)s AND o.id = %(opening)s",
        register=viewer.register_id,
        opening=opening_id,
        today=clock.today(),
        now=viewer.at,
    )
    rows = _rows(
        _SEATED.replace(HERE, condition.sql), condition.values | {"soon": clock.today() + SOON}
    )
    return rows[0] if rows else None
