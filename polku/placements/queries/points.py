"""Worksites as points for the map: one row each, with the seats of the openings that are chosen."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import get_language

from polku.foundation.viewer import Viewer
from polku.placements.map.clusters import Row
from polku.placements.queries.choosing import FREE_NOW, FREES, HERE, USED, chosen, free_by
from polku.placements.queries.fit import JOINED, PLACE, Fit, with_fit
from polku.placements.queries.wanted import Wanted
from polku.placements.refusing import REFUSES
from polku.placements.terms import COARSE

TOWN = "/* town */"
FITS = "/* fits */"
_POINTS = f"""
WITH {USED}, seated AS (
  SELECT o.id, o.worksite_id, o.seats, o.open_from, o.open_to, o.state,
    coalesce(u.promised, 0) AS promised, coalesce(u.taken, 0) AS taken, {FREE_NOW} AS free,
    {REFUSES} AS refuses, {PLACE} AS place
  FROM placements_opening o
  JOIN placements_worksite w ON w.id = o.worksite_id
  LEFT JOIN used u ON u.opening_id = o.id
  {JOINED}
  WHERE {HERE} AND w.lat IS NOT NULL
), sums AS (
  SELECT s.worksite_id, sum(s.free) AS free, sum(s.promised) AS promised, sum(s.taken) AS taken,
    count(s.place) > 0 AS fits
  FROM seated s /* frees */ GROUP BY s.worksite_id
)
SELECT w.lon, w.lat, sums.free::int, sums.promised::int, sums.taken::int, {TOWN}, w.name, w.id,
  w.precision = ANY(%(coarse)s){FITS}
FROM sums JOIN placements_worksite w ON w.id = sums.worksite_id
JOIN foundation_municipality m ON m.code = w.municipality_id
WHERE w.register_id = %(register)s
"""


def points(
    viewer: Viewer, wish: Wanted, fit: Fit | None = None, *, tolerant: bool = False
) -> list[Row]:
    """Return the placed worksites that have an opening of the wish, as `map.clusters` reads them.

    One statement, in no order. A place under a safety ban counts as one that the host keeps back,
    as in every other list. `tolerant` is for a search whose list was `likened`. With a client
    chosen each row ends with whether something there fits; what does not is left on the map.
    """
    condition = chosen(viewer, wish, tolerant=tolerant)
    swedish = (get_language() or "").startswith("sv")
    every = fit and fit._replace(only=False)
    sql = with_fit(_POINTS.replace(HERE, condition.sql), every, condition)
    sql = sql.replace(FITS, ", sums.fits" if fit else "")
    sql = sql.replace(TOWN, "m.name_sv" if swedish else "m.name_fi")
    last = free_by(wish)
    frees = ""
    if last is not None:
        frees = f"{FREES} WHERE s.free > 0 OR f.day <= %(free_by)s"
        condition.values["free_by"] = last
    with connection.cursor() as cursor:
        cursor.execute(
            sql.replace("/* frees */", frees),
            condition.values | {"coarse": [str(one) for one in COARSE]},
        )
        return list(cursor.fetchall())
