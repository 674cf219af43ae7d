"""What is pressed in a round: run again, fix, move, refuse, leave out, close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.placements import queries
from polku.placements.models import Opening, Round, RoundPair
from polku.placements.round import deciding, floors, rights
from polku.placements.round.forms import FloorForm, RefuseForm
from polku.placements.round.views import page, round_page
from polku.placements.views.common import or_404
from polku.web.toasts import toast

Act = Callable[[Viewer, RoundPair, Any], object]
EXPECTED = (deciding.Closed, deciding.Settled, deciding.DoesNotFit, deciding.Full)


@require_POST
@page
def ask(request: HttpRequest, viewer: Viewer, found: Round) -> HttpResponse:
    """Have the round worked out again."""
    try:
        deciding.ask(found, by=viewer, at=clock.now())
    except deciding.Closed as error:
        toast(request, problem(error), level="warn")
    return redirect("round", found.id)


@require_POST
@page
def floor(request: HttpRequest, viewer: Viewer, found: Round) -> HttpResponse:
    """Set a floor for a group, or take it away, and have the round worked out with it."""
    form = FloorForm(request.POST)
    if not form.is_valid():
        return round_page(request, viewer, found, floor=form)
    try:
        deciding.set_floor(found, by=viewer, at=clock.now(), **form.cleaned_data)
    except deciding.Closed as error:
        toast(request, problem(error), level="warn")
    except (floors.SmallGroup, floors.TooMany) as error:
        form.refuse(error)
        return round_page(request, viewer, found, floor=form)
    return redirect("round", found.id)


@require_POST
@page
def close(request: HttpRequest, viewer: Viewer, found: Round) -> HttpResponse:
    """Close the round."""
    try:
        deciding.close(found, by=viewer, at=clock.now())
    except deciding.Closed as error:
        toast(request, problem(error), level="warn")
    else:
        toast(request, _("The round is closed. What was sent goes on as it is."))
    return redirect("round", found.id)


@require_POST
@page
def pair(request: HttpRequest, viewer: Viewer, found: Round, client_id: UUID) -> HttpResponse:
    """Do one thing with one client's pair: `do` says which."""
    one = or_404(lambda seen, client: rights.pair(seen, found, client), viewer, client_id)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        raise Http404
    if request.POST["do"] == "refuse":
        form = RefuseForm(request.POST)
        if not form.is_valid():
            return round_page(request, viewer, found, refuse=form, client_id=client_id)
    try:
        said = act(viewer, one, request.POST)
    except EXPECTED as error:
        toast(request, problem(error), level="warn")
    else:
        toast(request, str(said))
    return redirect(_back(request, found, client_id))


def problem(error: Exception) -> str:
    """Return why it can't be done, in words for the page."""
    if isinstance(error, deciding.DoesNotFit):
        why = " · ".join(one.text for one in error.reasons)
        if not why:
            return _("That opening takes nobody in on that day. Nothing was changed.")
        return _("It does not fit: %(why)s. Nothing was changed.") % {"why": why}
    if isinstance(error, deciding.Full):
        return _("All its seats are fixed for others. Nothing was changed.")
    if isinstance(error, deciding.Closed):
        return _("The round is closed. Nothing was changed.")
    return _("This can't be done any more: it was sent, or it changed meanwhile.")


def _back(request: HttpRequest, found: Round, client_id: UUID) -> str:
    # The way of looking stays; only its known words are taken over.
    kept = [
        f"{name}={request.POST[name]}"
        for name in ("show", "page")
        if request.POST.get(name, "").replace("_", "").isalnum()
    ]
    query = "&".join([*kept, f"client={client_id}"])
    return f"{reverse('round', args=[found.id])}?{query}#at-{client_id}"


def _fix(viewer: Viewer, pair: RoundPair, given: Any) -> str:
    deciding.fix(pair, by=viewer, at=clock.now(), fixed=True)
    return _("Fixed: it stays when the round is worked out again.")


def _loosen(viewer: Viewer, pair: RoundPair, given: Any) -> str:
    deciding.fix(pair, by=viewer, at=clock.now(), fixed=False)
    return _("No longer fixed.")


def _move(viewer: Viewer, pair: RoundPair, given: Any) -> str:
    deciding.move(pair, _opening(viewer, given), by=viewer, at=clock.now())
    return _("Moved and fixed. The others are looked at again.")


def _refuse(viewer: Viewer, pair: RoundPair, given: Any) -> str:
    form = RefuseForm(given)
    assert form.is_valid()
    opening = _opening(viewer, given)
    deciding.refuse(pair, opening, by=viewer, at=clock.now(), **form.cleaned_data)
    return _("Written down: this pair is not proposed again.")


def _missing(viewer: Viewer, pair: RoundPair, given: Any) -> str:
    deciding.refuse(pair, None, by=viewer, at=clock.now(), why="")
    return _("Written down: a place is missing. It stands among what the round has taught.")


def _leave_out(viewer: Viewer, pair: RoundPair, given: Any) -> str:
    deciding.leave_out(pair, by=viewer, at=clock.now(), left=True)
    return _("Left out of this round.")


def _take_in(viewer: Viewer, pair: RoundPair, given: Any) -> str:
    deciding.leave_out(pair, by=viewer, at=clock.now(), left=False)
    return _("Taken into the round again.")


def _opening(viewer: Viewer, given: Any) -> Opening:
    try:
        asked = UUID(given.get("opening", ""))
    except ValueError:
        raise Http404 from None
    return or_404(queries.opening, viewer, asked)


ACTS: dict[str, Act] = {
    "fix": _fix,
    "loosen": _loosen,
    "move": _move,
    "refuse": _refuse,
    "missing": _missing,
    "leave_out": _leave_out,
    "take_in": _take_in,
}
