"""Which openings fit a chosen client, brought into the statements behind the list and the map."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from polku.placements.free_days import LONG
from polku.placements.queries.choosing import Condition

# Where a statement joins the openings that fit, and where it takes their place among them.
JOINED = "/* joined */"
PLACE = "NULL::int /* place */"
# Where it says whether a seat is free on all days on which the client would be there.
ROOM = "NULL::bool /* room */"
# Seats that are used on some of these days, by opening.
HELD = """
WITH held AS (
  SELECT h.opening_id, count(DISTINCT h.seat) AS seats
  FROM placements_seatuse h JOIN placements_opening p ON p.id = h.opening_id
  WHERE h.register_id = %(register)s AND h.over_at IS NULL
    AND (h.until IS NULL OR h.until > %(now)s)
    AND h.starts_on <= least(%(begins)s + %(long)s, p.open_to)
    AND (h.ends_on IS NULL OR h.ends_on >= %(begins)s)
  GROUP BY h.opening_id
), """


class Fit(NamedTuple):
    """The openings that fit, best first, as PostgreSQL writes an array of ids.

    `only` leaves all others out; `on` is the day on which the client would begin.
    """

    ids: str
    on: date
    only: bool = False


def with_fit(sql: str, fit: Fit | None, condition: Condition) -> str:
    """Return the statement with what fits joined to openings `o`; as it is without a client."""
    if fit is None:
        return sql
    condition.values |= {"fits": fit.ids, "begins": fit.on, "long": LONG.days}
    join = "JOIN" if fit.only else "LEFT JOIN"
    from_ids = "unnest(%(fits)s::uuid[]) WITH ORDINALITY AS fit(id, place)"
    joined = f"{join} {from_ids} ON fit.id = o.id"
    if ROOM in sql:
        joined = f"{joined} LEFT JOIN held ON held.opening_id = o.id"
        sql = sql.replace("\nWITH ", HELD, 1).replace(ROOM, "o.seats > coalesce(held.seats, 0)")
    return sql.replace(JOINED, joined).replace(PLACE, "fit.place::int")


# What fits goes first: what can be had from the day on, then what is full, then what does not fit.
ORDER = "s.place IS NULL, s.place IS NOT NULL AND NOT s.room, "
