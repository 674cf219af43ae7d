"""The stage: who uses Polku, a story to try, one click to step in. In demo mode only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from polku.demo import cast, parts, stage
from polku.foundation import clock, walls
from polku.foundation.door.entry import sign_in_staff
from polku.foundation.door.public import public
from polku.foundation.viewer import system


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hide the page altogether where this is no demo, and in production always."""

    @public
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO or settings.PRODUCTION:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@require_safe
def stage_page(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/stage.html", {"scenes": stage.scenes()})


@demo_only
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Step in as `role`, by `area` and `nth`; 404 for a role, place or number that is not there."""
    role, area = request.POST.get("role", ""), request.POST.get("area", "")
    nth = request.POST.get("nth") or "0"
    part = parts.built(role)
    if part is None or not (nth.isascii() and nth.isdigit()) or len(nth) > 6:
        raise Http404
    try:
        if role == "client":
            _as_client(request, area, int(nth))
        elif role == "supervisor":
            return _as_supervisor(request, area, int(nth))
        else:
            _as_worker(request, role, area, int(nth))
    except cast.NobodyThere as error:
        raise Http404 from error
    return redirect(part.lands_on)


def _as_worker(request: HttpRequest, role: str, area: str, nth: int) -> None:
    """Sign the worker in without password and second step: this is the demo's own door."""
    assignment = cast.worker(role, area, nth)
    sign_in_staff(request, assignment.user, factor="demo", role_id=str(assignment.id))


def _as_client(request: HttpRequest, area: str, nth: int) -> None:
    from polku.portal.door import sign_in_client

    person = cast.client(area, nth)
    request.session.flush()
    sign_in_client(request, person.register_id, person.client_id)


def _as_supervisor(request: HttpRequest, area: str, nth: int) -> HttpResponse:
    """Make a personal link to a placement, as a mail would bring it, and open it here."""
    from polku.placements.host import door, links

    one = cast.supervisor(area, nth)
    who = system(one.register_id)
    assert one.placement.supervisor is not None
    with walls.inside(one.register_id):
        address = links.make(
            one.placement.supervisor,
            by=who,
            at=clock.now(),
            purpose="placement",
            placement=one.placement,
        )
    return door.come_in(request, links.of_address(address))
