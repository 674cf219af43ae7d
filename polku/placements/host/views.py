"""Pages of somebody at a host. Each is small, plain, and works without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from polku.foundation import audit, clock
from polku.foundation.door.pages import letting_in
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.viewer import Viewer
from polku.placements.host import confirming
from polku.placements.host.forms import ConfirmForm
from polku.placements.host.showing import OpeningCard, opening_card
from polku.placements.models import HostLink, Opening, Worksite
from polku.web.toasts import toast

HostView = Callable[..., HttpResponse]


def host(permission: str) -> Callable[[HostView], HostView]:
    """Let in whoever came by a host's link; the view gets the viewer second. Else: not there."""

    let_in = letting_in(lambda viewer: viewer.kind == "host", permission)
    return lambda view: never_cache(let_in(view))


@require_safe
@host("placements.confirm")
def host_home(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Lead to what the link is for: one placement, or the worksite's openings."""
    return redirect("host_placement" if viewer.placement_id else "host_openings")


@require_safe
@host("placements.confirm")
def host_openings(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every opening of the worksite with the question whether it stands."""
    if viewer.placement_id is not None:
        raise Http404
    audit.record(viewer, "placements.host_openings")
    return _openings(request, viewer)


@require_POST
@host("placements.confirm")
def host_confirm(request: HttpRequest, viewer: Viewer, opening_id: UUID) -> HttpResponse:
    """Take an answer about one opening."""
    if viewer.placement_id is not None:
        raise Http404
    found = confirming.openings(viewer).filter(pk=opening_id).first()
    if found is None:
        raise Http404
    form = ConfirmForm(request.POST, prefix=str(opening_id))
    if not form.is_valid():
        audit.record(viewer, "placements.host_openings")
        return _openings(request, viewer, bound={opening_id: form})
    try:
        confirming.confirm(found, by=viewer, at=clock.now(), **form.cleaned_data)
    except ChangedMeanwhile:
        toast(
            request,
            _("Somebody changed this place meanwhile. Nothing was lost: look and answer again."),
            level="warn",
        )
        return redirect("host_openings")
    toast(request, _("Thank you. %(place)s is up to date.") % {"place": found.title})
    return redirect("host_openings")


def _openings(
    request: HttpRequest, viewer: Viewer, *, bound: dict[UUID, ConfirmForm] | None = None
) -> HttpResponse:
    today = clock.today()
    cards: list[OpeningCard] = [
        opening_card(one, (bound or {}).get(one.id) or _fresh(one), today)
        for one in confirming.openings(viewer)
    ]
    worksite = Worksite.objects.filter(pk=viewer.host_id).first()
    context = {
        "cards": cards,
        "waiting": sum(card.waits for card in cards),
        "worksite": worksite,
        "called": viewer.name,
        "purpose": HostLink.Purpose.CONFIRM,
    }
    return show(request, "openings", context)


def _fresh(opening: Opening) -> ConfirmForm:
    answer = confirming.PAUSE if opening.state == Opening.State.PAUSED else confirming.STILL
    return ConfirmForm(
        initial={"answer": answer, "seats": opening.seats, "version": opening.version},
        prefix=str(opening.id),
    )


def show(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    shell = {"home_url": "/host/", "sign_out_url": "/host/out/"}
    return render(request, f"placements/host/{name}.html", shell | context)


@require_POST
@host("placements.confirm")
def host_sign_out(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """End the session; the link stands and opens again in this browser."""
    audit.record(viewer, "placements.host_went_out")
    request.session.flush()
    return redirect("host_out")
