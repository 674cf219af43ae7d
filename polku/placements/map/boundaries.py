"""Municipality borders on the map: taken in from a file, kept simplified, served as one GeoJSON."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Count, Window
from django.urls import reverse

from polku.foundation.models import Municipality
from polku.placements.map import geojson, outlines, shapes
from polku.placements.models import MunicipalityBoundary

SOURCE = "© Maanmittauslaitos, CC BY 4.0"
Version = str
NONE: Version = ""


@dataclass(slots=True)
class Taken:
    """What came of a file. `missing` are today's municipalities that have no border after it."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[geojson.Refusal] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def take_in(
    content: bytes, *, at: datetime, source: str = SOURCE, as_of: date | None = None,
    dry_run: bool = False,
) -> Taken:  # fmt: skip
    """Keep the borders that a file holds; the same file twice changes nothing.

    A municipality that the file does not hold keeps what it had. Raises `geojson.Unusable`.
    """
    codes = list(Municipality.objects.values_list("code", flat=True))
    found = geojson.read(content, frozenset(codes))
    fresh = {
        code: {"type": "MultiPolygon", "coordinates": _plain(polygons)}
        for code, polygons in outlines.simplified(found.areas).items()
    }
    taken = Taken(refused=[*found.refused, *_vanished(found, fresh)])
    taken.counts["refused"] = len(taken.refused)
    with transaction.atomic():
        before = {one.pk: one for one in MunicipalityBoundary.objects.select_for_update()}
        for code, geometry in fresh.items():
            old = before.get(code)
            same = old and (old.geometry, old.source, old.as_of) == (geometry, source, as_of)
            taken.counts["unchanged" if same else "updated" if old else "created"] += 1
            if same or dry_run:
                continue
            MunicipalityBoundary.objects.update_or_create(
                municipality_id=code,
                defaults={
                    "geometry": geometry,
                    "source": source,
                    "as_of": as_of,
                    "taken_in_at": at,
                },
            )
    taken.missing = sorted(set(codes) - set(before) - set(fresh))
    return taken


def _plain(polygons: Any) -> Any:
    return [[[list(point) for point in ring] for ring in polygon] for polygon in polygons]


def _vanished(found: geojson.Borders, fresh: dict[str, Any]) -> list[geojson.Refusal]:
    gone = [code for code in found.areas if code not in fresh]
    return [geojson.Refusal(found.numbers[code], "geometry", "no_ring", {}) for code in gone]


@dataclass(frozen=True, slots=True)
class Edition:
    """The borders as they are now: `version` is a word that changes whenever one does ('' while
    there are none), `credit` whom to name for the newest."""

    version: Version = NONE
    credit: str = ""

    @property
    def address(self) -> str:
        """Where they are served, under their version."""
        return f"{reverse('map_boundaries')}?v={self.version}" if self.version else ""


def edition() -> Edition:
    """Ask which borders there are; one statement."""
    rows = MunicipalityBoundary.objects.annotate(many=Window(Count("pk")))
    newest = rows.defer("geometry").order_by("-taken_in_at", "pk").first()
    if newest is None:
        return Edition()
    text = f"{newest.many} {newest.taken_in_at.isoformat()}"
    year = f" ({newest.as_of.year})" if newest.as_of else ""
    return Edition(hashlib.sha256(text.encode()).hexdigest()[:12], f"{newest.source}{year}")


@lru_cache(maxsize=2)
def collection(of: Version) -> bytes:
    """Return all borders as GeoJSON. What was made is kept by the version that it is of."""
    rows = MunicipalityBoundary.objects.select_related("municipality")
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": row.municipality_id,
                "fi": row.municipality.name_fi,
                "sv": row.municipality.name_sv,
            },
            "geometry": row.geometry,
        }
        for row in rows
    ]
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def drawn(
    of: Version, own: Sequence[str]
) -> tuple[tuple[shapes.Shape, ...], tuple[shapes.Shape, ...]]:
    """Return every border for the still picture, and those of one's own municipalities."""
    by_code = _shapes(of)
    every = tuple(shape for found in by_code.values() for shape in found)
    return every, tuple(shape for code in own for shape in by_code.get(code, ()))


@lru_cache(maxsize=2)
def _shapes(of: Version) -> dict[str, tuple[shapes.Shape, ...]]:
    if of == NONE:
        return {}
    rows = MunicipalityBoundary.objects.values_list("municipality_id", "geometry")
    return {code: tuple(shapes.of_geometry(geometry)) for code, geometry in rows}
