"""Whether an opening has a seat for a period, as is seen before one is held. One statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from polku.foundation import prepared
from polku.placements.models import Opening

# Columns for a statement of one's own; `values` fills them in. A use counts until it was given back
# or its promise has run out, let go or not.
SEEN = """
  (SELECT min(n) FROM generate_series(1, %(seats)s) n WHERE n NOT IN (
    SELECT seat FROM uses WHERE stands AND starts_on <= coalesce(%(ends_on)s::date, 'infinity')
      AND (ends_on IS NULL OR ends_on >= %(starts_on)s))) AS seat,
  (SELECT min(ends_on) + 1 FROM uses WHERE stands AND ends_on >= %(starts_on)s) AS free_from,
  EXISTS (SELECT FROM uses WHERE NOT stands) AS run_out"""
USES = """
WITH uses AS (
  SELECT seat, starts_on, ends_on, until IS NULL OR until > %(at)s AS stands
  FROM placements_seatuse WHERE opening_id = %(opening)s AND over_at IS NULL
)"""


@dataclass(frozen=True, slots=True)
class Room:
    """What was seen: the first seat that nobody uses on any day of the period, None for none.

    `free_from` is the day after the first use that ends, if any does: a hint, not a promise.
    `run_out` says that some promise has run out and is still to be let go.
    """

    seat: int | None
    free_from: date | None
    run_out: bool


def look(opening: Opening, *, at: datetime, starts_on: date, ends_on: date | None) -> Room:
    """Return what is free now. Only holding a seat tells whether it is still free then."""
    with prepared.cursor() as cursor:
        cursor.execute(f"{USES} SELECT {SEEN}", values(opening, at, starts_on, ends_on))
        return Room(*cursor.fetchone())


def values(opening: Opening, at: datetime, starts_on: date, ends_on: date | None) -> dict[str, Any]:
    """Return what fills `USES` and `SEEN`."""
    return {
        "opening": opening.id,
        "seats": opening.seats,
        "at": at,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
