"""The placement map's list, the worksites' list, and what needs confirming."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polku.foundation import clock
from polku.foundation.door.pages import staff
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.placements import queries
from polku.placements.client import chosen as chosen_client
from polku.placements.client.waiting import without
from polku.placements.forms import big
from polku.placements.map import asked, tiles
from polku.placements.map.views import answer
from polku.placements.models import Worksite
from polku.placements.presenters import map_of
from polku.placements.presenters.fit_rows import groups
from polku.placements.presenters.for_whom import travel
from polku.placements.presenters.rows import opening_rows, site_rows
from polku.placements.queries.openings import PAGE, SOON
from polku.placements.queries.wanted import Wanted, wanted
from polku.placements.views import for_client
from polku.placements.views.choices import choices
from polku.web import dates
from polku.web.context import NavItem
from polku.web.parts.lists import query_with

SHOWS = (
    ("", gettext_lazy("All workplaces")),
    ("without", gettext_lazy("Without openings")),
    ("unplaced", gettext_lazy("Not on the map")),
    ("closed", gettext_lazy("No longer asked")),
)


class Counted(Paginator):
    """Pages of a list whose length is already known and whose rows are already here."""

    def __init__(self, count: int) -> None:
        super().__init__(range(count), PAGE)


def tabs(viewer: Viewer, here: str) -> list[NavItem]:
    """Return the pages that belong together with the placement map."""
    items = [
        (_("Openings"), "places"),
        (_("Workplaces"), "worksites"),
        (_("Next talks"), "talks"),
        (_("To confirm"), "places_to_confirm"),
    ]
    if can(viewer, "placements.round"):
        items.append((_("Matching rounds"), "rounds"))
    return [NavItem(word, reverse(name), name == here) for word, name in items]


@require_safe
@staff("placements.map")
def places(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the openings, fifty to a page; beyond the last page lies the first.

    With `client=` they stand beside that client: what fits first, and why the others do not.
    """
    wish = wanted(request.GET)
    try:
        chosen = chosen_client.chosen(viewer, request.GET, wish.by)
    except chosen_client.OffTheMap as off:
        return for_client.turned_away(request, viewer, off.client)
    wish = for_client.ordered(request, wish, chosen)
    found = queries.openings(viewer, wish, chosen and chosen.fit)
    if not found.rows and wish.page > 1:
        return HttpResponseRedirect(query_with(request, page=None))
    today = clock.today()
    towns = queries.towns(viewer)
    # A ring that was pressed leaves the others on the map.
    everywhere = replace(wish, site=None)
    points = queries.points(viewer, everywhere, chosen and chosen.fit, tolerant=found.likened)
    shown = map_of.places(
        points,
        [code for code, _fi, _sv in towns],
        travel(chosen.seeker) if chosen else None,
        site=wish.site,
        listed=frozenset(str(row.worksite_id) for row in found.rows),
        elsewhere=query_with(request, site=None, page=None, fits="all" if chosen else None),
    )
    context = {
        "map": shown,
        "groups": groups(found.rows, chosen, today),
        "found": found,
        "summary": summary(found, today),
        "wish": wish,
        "page_obj": Counted(found.total).page(wish.page) if found.total else None,
        "choices": choices(wish, towns, chosen=chosen is not None),
        "cleared": f"?client={chosen.client.id}" if chosen else reverse("places"),
        "all_sites": without(request, "site"),
        "tabs": tabs(viewer, "places"),
        "may_write": can(viewer, "placements.write"),
        **for_client.context(request, viewer, chosen),
    }
    return tiles.let_in(render(request, "placements/places.html", context))


@require_safe
@staff("placements.map")
def places_points(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Answer the map with rings for what is in view: `bbox=w,s,e,n&zoom=z` and the list's choices.

    A search that finds nothing in its own letters is stretched as the list's is. A client is let in
    by the same door as on the page; who is on no map is not there.
    """
    try:
        box, zoom = asked.view(request.GET)
    except ValueError as error:
        return JsonResponse({"error": str(error)}, status=400)
    wish = replace(wanted(request.GET), site=None)
    try:
        chosen = chosen_client.chosen(viewer, request.GET, wish.by)
    except chosen_client.OffTheMap:
        raise Http404 from None
    if chosen:
        for_client.look(viewer, chosen.client)
    fit = chosen and chosen.fit
    rows = queries.points(viewer, wish, fit)
    if not rows and wish.q:
        rows = queries.points(viewer, wish, fit, tolerant=True)
    return JsonResponse(answer(rows, box, zoom))


def summary(found: queries.Found, today: Any) -> str:
    """Return in a line what the list holds: seats free, and how many places free up soon."""
    free = ngettext("%(free)d seat free of %(n)d", "%(free)d seats free of %(n)d", found.free)
    parts = [free % {"free": found.free, "n": found.offered}]
    if found.freeing:
        said = ngettext(
            "%(n)d full place frees up by %(day)s", "%(n)d full places free up by %(day)s",
            found.freeing,
        )  # fmt: skip
        parts.append(said % {"n": found.freeing, "day": dates.short(today + SOON, today)})
    return " · ".join(parts)


@require_safe
@staff("placements.map")
def worksites(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the worksites, those without openings and those not on the map too."""
    wish = wanted(request.GET)
    show = request.GET.get("show", "")
    readiness = request.GET.get("readiness", "")
    show = show if show in dict(SHOWS) else ""
    readiness = readiness if readiness in Worksite.Readiness.values else ""
    found = queries.worksites(
        viewer, q=wish.q, town=wish.town, readiness=readiness, show=show, page=wish.page
    )
    if not found and wish.page > 1:
        return HttpResponseRedirect(query_with(request, page=None))
    total = found[0].total if found else 0
    swedish = (get_language() or "").startswith("sv")
    towns = [(code, sv if swedish else fi) for code, fi, sv in queries.towns(viewer)]
    context = {
        "rows": site_rows(found, clock.today(), viewer.user_id),
        "total": total,
        "wish": wish,
        "readiness": readiness,
        "show": show,
        "shows": SHOWS,
        "all_readiness": [("", _("Ready or not")), *big(Worksite.Readiness.choices)],
        "towns": [("", _("All municipalities")), *towns],
        "page_obj": Counted(total).page(wish.page) if total else None,
        "tabs": tabs(viewer, "worksites"),
        "may_write": can(viewer, "placements.write"),
    }
    return render(request, "placements/worksites.html", context)


@require_safe
@staff("placements.map")
def to_confirm(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the openings whose rhythm of confirmation has run out or is about to."""
    wish = wanted(request.GET)
    asked = Wanted(town=wish.town, fresh="due", sort="confirmed", page=wish.page)
    found = queries.openings(viewer, asked)
    if not found.rows and wish.page > 1:
        return HttpResponseRedirect(query_with(request, page=None))
    today = clock.today()
    swedish = (get_language() or "").startswith("sv")
    towns = [(code, sv if swedish else fi) for code, fi, sv in queries.towns(viewer)]
    context = {
        "rows": opening_rows(found.rows, today),
        "found": found,
        "wish": asked,
        "towns": [("", _("All municipalities")), *towns],
        "page_obj": Counted(found.total).page(wish.page) if found.total else None,
        "tabs": tabs(viewer, "places_to_confirm"),
        "may_confirm": can(viewer, "placements.confirm"),
    }
    return render(request, "placements/to_confirm.html", context)
