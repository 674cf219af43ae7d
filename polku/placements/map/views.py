"""The borders as a file, and the map on the living page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polku.foundation.door.public import public
from polku.placements.map import asked, boundaries, samples, tiles, travel
from polku.placements.map.clusters import clustered, total
from polku.placements.map.drawing import Map, Pick
from polku.placements.map.still import fitting

YEAR = 365 * 24 * 3600


@public
@require_safe
def borders(request: HttpRequest) -> HttpResponse:
    """The municipalities' borders, open to all; kept for a year under their version."""
    now = boundaries.edition().version
    tag = f'"{now or "none"}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = HttpResponse(boundaries.collection(now), content_type="application/geo+json")
    fresh = bool(now) and request.GET.get("v") == now
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if fresh else "no-cache"
    response["ETag"] = tag
    return response


@public
@require_safe
def living(request: HttpRequest) -> HttpResponse:
    """The living page of the map: invented worksites, every state of a ring, and picking."""
    view = fitting(samples.BOX)
    shown = Map(
        title=_("Placement map"),
        points_url=reverse("map_living_points"),
        filters="sample-filters",
        list="sample-list",
        view=view,
        rings=clustered(samples.rows(), view.box(), view.zoom),
        own=samples.OWN,
        travel=travel.plain(*samples.HOME),
    )
    picking = Map(
        title=_("Place on the map"), box=samples.BOX, pick=Pick(lat="sample-lat", lon="sample-lon")
    )
    context = {"map": shown, "picking": picking, "rows": samples.listed()}
    return tiles.let_in(render(request, "placements/map/living.html", context))


@public
@require_safe
def living_points(request: HttpRequest) -> HttpResponse:
    """The rings of the living page."""
    try:
        box, zoom = asked.view(request.GET)
    except ValueError as error:
        return JsonResponse({"error": str(error)}, status=400)
    rows = samples.rows(free_only="free" in request.GET)
    return JsonResponse(answer(rows, box, zoom))


def answer(rows: list[Any], box: Any, zoom: float) -> dict[str, Any]:
    """Return what a map's `points_url` answers with."""
    return {"clusters": [r.as_json() for r in clustered(rows, box, zoom)], "total": total(rows)}
