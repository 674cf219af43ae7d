"""The map of a page: the list's places on it, or one worksite to be put on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from polku.placements.map.clusters import Row, clustered
from polku.placements.map.drawing import FINLAND, Map, Pick
from polku.placements.map.mercator import Box
from polku.placements.map.still import fitting
from polku.placements.map.travel import Travel
from polku.placements.models import Worksite
from polku.placements.places_of import point_of

# Around one place: some ten kilometres; around a municipality: all of it.
NEAR, TOWN = 0.1, 0.25
LEAST = 0.12


def places(
    rows: Sequence[Row],
    own: Sequence[str],
    travel: Travel | None = None,
    *,
    site: UUID | None = None,
    listed: frozenset[str] = frozenset(),
    elsewhere: str = "",
) -> Map:
    """Return the map beside the list: fitted to the one worksite that was asked for, else to how
    far the chosen client gets, to the worksites, or to their municipalities."""
    around = _at(rows, site) or (travel.box() if travel else _around(rows))
    view = fitting(around or _municipalities(tuple(own)))
    return Map(
        title=_("Placement map"),
        points_url=reverse("places_points"),
        filters="filters",
        list="places-list",
        view=view,
        own=own,
        rings=clustered(rows, view.box(), view.zoom),
        travel=travel,
        listed=listed,
        elsewhere=elsewhere,
    )


def picking(worksite: Worksite) -> Map:
    """Return the map on which one worksite is put, about where it is or should be."""
    pick = Pick(lat="id_lat", lon="id_lon")
    title = _("Place on the map")
    if worksite.lat is not None and worksite.lon is not None:
        half = NEAR if worksite.precision in ("exact", "address") else TOWN
        return Map(title=title, box=_box(worksite.lat, worksite.lon, half), pick=pick)
    about = point_of(worksite.municipality_id)
    box = _box(about.lat, about.lon, TOWN) if about else FINLAND
    return Map(title=title, box=box, pick=pick)


def _box(lat: float, lon: float, half: float) -> Box:
    return (lon - 2 * half, lat - half, lon + 2 * half, lat + half)


def _at(rows: Sequence[Row], site: UUID | None) -> Box | None:
    found = next((row for row in rows if row[7] == site), None) if site else None
    return _box(found[1], found[0], NEAR / 2) if found else None


def _around(rows: Sequence[Row]) -> Box | None:
    """Return the box of the worksites, widened a little; None without any."""
    if not rows:
        return None
    lons, lats = [row[0] for row in rows], [row[1] for row in rows]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    wide, high = max((east - west) * 0.08, LEAST), max((north - south) * 0.08, LEAST / 2)
    return (west - wide, south - high, east + wide, north + high)


@lru_cache(maxsize=200)
def _municipalities(codes: tuple[str, ...]) -> Box:
    found = [about for code in codes if (about := point_of(code))]
    if not found:
        return FINLAND
    lats, lons = [one.lat for one in found], [one.lon for one in found]
    return (min(lons) - 0.4, min(lats) - 0.2, max(lons) + 0.4, max(lats) + 0.2)
