"""Every address. A room adds its own `urls.py` here.

Addresses are tried in this order, so the rooms whose pages are opened most stand first. No two
rooms share an address.
"""

from importlib.util import find_spec

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, URLResolver, include, path

ROOMS = (
    "desk",
    "foundation",
    "law",
    "clients",
    "contacts",
    "paths",
    "placements",
    "statements",
    "insight",
    "teamwork",
    "portal",
    "exchange",
    "demo",
    "web",
)


def health(request: HttpRequest) -> JsonResponse:
    """Say that pages can be served: the database answers."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


PARTS = ("teamwork.recusal_urls", "placements.map.urls")

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    *(path("", include(f"polku.{room}.urls")) for room in ROOMS if find_spec(f"polku.{room}.urls")),
    *(path("", include(f"polku.{part}")) for part in PARTS),
]

handler400 = "polku.web.views.bad_request"
handler403 = "polku.web.views.forbidden"
handler404 = "polku.web.views.not_found"
handler500 = "polku.web.views.server_error"
