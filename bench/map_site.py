"""The site with 20 000 invented openings on its map: a WSGI application for a server.

Only the answer with the rings is taken from here; page, scripts and files are the site's own.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from polku.config.wsgi import application as site
from polku.placements.map import asked, shapes
from polku.placements.map.clusters import Row, clustered, total

OPENINGS = int(os.environ.get("POLKU_BENCH_OPENINGS", "20000"))
POINTS = "/design/map/points.json"
# How many worksites a place of each rank has beside the others.
CROWD = {1: 60, 2: 25, 3: 12, 4: 6, 5: 2, 6: 1}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if environ.get("PATH_INFO") != POINTS:
        return site(environ, start_response)
    box, zoom = asked.view(dict(parse_qsl(environ.get("QUERY_STRING", ""))))
    begun = time.perf_counter()
    rings = clustered(rows(), box, zoom)
    spent = time.perf_counter() - begun
    body = json.dumps({"clusters": [ring.as_json() for ring in rings], "total": total(rows())})
    headers = [
        ("Content-Type", "application/json"),
        ("Server-Timing", f"rings;dur={spent * 1000:.1f}"),
    ]
    start_response("200 OK", headers)
    return [body.encode()]


@cache
def rows(many: int = OPENINGS) -> list[Row]:
    """Return worksites as in a real country: many in towns, few between; always the same."""
    chance = random.Random(62)
    places = [one for one in shapes.names() if one.rank]
    found: list[Row] = []
    for n, place in enumerate(chance.choices(places, [CROWD[p.rank] for p in places], k=many)):
        lon, lat = place.lon + chance.gauss(0, 0.05), place.lat + chance.gauss(0, 0.025)
        seats = chance.choice((0, 0, 1, 2)), chance.randrange(2), chance.randrange(4)
        found.append((lon, lat, *seats, place.fi, f"Paikka {n}", n, chance.random() < 0.05))
    return found
