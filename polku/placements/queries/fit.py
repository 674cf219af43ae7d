"""Which openings fit a chosen client, brought into the statements behind the list and the map."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from polku.placements.queries.choosing import Condition

# Where a statement joins the openings that fit, and where it takes their place among them.
JOINED = "/* joined */"
PLACE = "NULL::int /* place */"


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
    condition.values |= {"fits": fit.ids, "begins": fit.on}
    join = "JOIN" if fit.only else "LEFT JOIN"
    from_ids = "unnest(%(fits)s::uuid[]) WITH ORDINALITY AS fit(id, place)"
    joined = f"{join} {from_ids} ON fit.id = o.id"
    return sql.replace(JOINED, joined).replace(PLACE, "fit.place::int")


# What fits goes first: what can be had by the day, then what is full, then what does not fit.
ORDER = (
    "s.place IS NULL, s.place IS NOT NULL AND s.free = 0 AND coalesce(f.day > %(begins)s, true), "
)
