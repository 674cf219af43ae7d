"""An operator's own tiles or style, by setting; their server is let into a map page's policy.

What a browser asks of such a server tells it which place is looked at, so a page about somebody
under a safety ban never asks (`drawing.Map.guarded`).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from polku.foundation.middleware import let_further


def raster() -> str:
    """Return the address of raster tiles ({z}, {x}, {y} in it), or ''."""
    return str(settings.MAP_TILES)


def style() -> str:
    """Return the address of a MapLibre style, or ''. Tiles go before a style."""
    return "" if raster() else str(settings.MAP_STYLE)


def attribution() -> str:
    return str(settings.MAP_ATTRIBUTION)


def origin() -> str:
    """Return the one origin that a map page may ask besides our own, or ''."""
    parts = urlsplit(raster() or style())
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def let_worker() -> None:
    """Let MapLibre's worker ask that origin: it fetches the tiles of a style."""
    if origin():
        let_further(f"{settings.STATIC_URL}vendor/maplibre/", origin())


def let_in(response: HttpResponse) -> HttpResponse:
    """Widen the policy of a page with an unguarded map by that origin, for images and requests."""
    response.further_origin = origin()
    return response
