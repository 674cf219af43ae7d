"""The placement map with a client chosen, and choosing one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from polku.clients.models import Client
from polku.foundation import audit
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.placements.client.chosen import Chosen
from polku.placements.client.waiting import Chooser, chooser
from polku.placements.presenters.for_whom import for_whom
from polku.placements.queries import Wanted
from polku.web.parts.lists import query_with
from polku.web.toasts import toast

LOOK = "placements.map_for_client"


def ordered(request: HttpRequest, wish: Wanted, chosen: Chosen | None) -> Wanted:
    """Return the wish with the best fit first, unless another order was asked for."""
    if chosen and not request.GET.get("sort"):
        return replace(wish, sort="fit")
    return replace(wish, sort="free") if wish.sort == "fit" and not chosen else wish


def context(request: HttpRequest, viewer: Viewer, chosen: Chosen | None) -> dict[str, Any]:
    """Return what the page shows of the chosen client and of choosing; it is on record."""
    if not can(viewer, "placements.suggest"):
        return {}
    opened = chooser(request, viewer) if "choose" in request.GET else None
    _record(viewer, chosen, opened)
    return {
        "chosen": chosen,
        "for_whom": for_whom(request, chosen) if chosen else None,
        "chooser": opened,
        "choose": query_with(request, choose="1", page=None),
    }


def _record(viewer: Viewer, chosen: Chosen | None, opened: Chooser | None) -> None:
    shown = [row.id for row in opened.rows] if opened else []
    if chosen:
        look(viewer, chosen.client, shown)
    elif opened:
        audit.record(viewer, "placements.choose_client", shown=shown)


def look(viewer: Viewer, client: Client, shown: list[Any] | None = None) -> None:
    """Write down that a client was looked at beside the map, and who stood in the chooser."""
    audit.record(viewer, LOOK, client=client.id, shown=shown or ())


def turned_away(request: HttpRequest, viewer: Viewer, client: Client) -> HttpResponse:
    """Send on to the client's own page, with a sentence why they are on no map."""
    look(viewer, client)
    if client.safety_ban:
        said = _(
            "Under a safety ban nobody is shown on the map, and no start of travel is kept. "
            "Suggest a place from this page."
        )
    else:
        said = _("The record is closed: no place is looked for.")
    toast(request, said, level="warn")
    return redirect("client_page", client_id=client.id)
