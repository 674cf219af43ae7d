"""One opening: its page, adding and changing it, its turns, seats kept back, "still so"."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polku.foundation import clock
from polku.foundation.door.pages import staff
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import can
from polku.foundation.submissions import UsedAlready
from polku.foundation.viewer import Viewer
from polku.placements import forms, opening_up, queries
from polku.placements.models import Opening
from polku.placements.presenters import one_opening
from polku.placements.seats import NoSeat
from polku.placements.views.common import differing, form_page, or_404, version_of
from polku.web import dates
from polku.web.forms import used_already
from polku.web.toasts import toast

UNDO = "placements_undo"


@require_safe
@staff("placements.map")
def page(request: HttpRequest, viewer: Viewer, opening_id: UUID) -> HttpResponse:
    """Show one opening: what it is, its seats over the coming weeks, what it asks and gives."""
    opening = or_404(queries.opening, viewer, opening_id)
    context = {
        "opening": opening,
        "page": one_opening.page(viewer, opening),
        "form": forms.KeepBackForm(initial={"number": 1, "starts_on": clock.today()}),
        "may_write": can(viewer, "placements.write"),
        "may_confirm": can(viewer, "placements.confirm"),
    }
    return render(request, "placements/opening.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("placements.write")
def new(request: HttpRequest, viewer: Viewer, worksite_id: UUID) -> HttpResponse:
    """Add an opening to a worksite."""
    worksite = or_404(queries.worksite, viewer, worksite_id)
    initial = {
        "seats": 1,
        "confirm_every_days": 90,
        "kinds": ["work_trial"],
        "days_a_week": 5,
    }
    people = queries.supervisors(viewer, worksite_id)
    if len(people) == 1:
        initial["supervisor"] = str(people[0].id)
    form = forms.OpeningForm(request.POST or None, initial=initial, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            opening = opening_up.add_opening(
                worksite,
                by=viewer,
                at=clock.now(),
                submission=form.cleaned_data["submission"],
                **form.values(),
            )
        except UsedAlready:
            used_already(form)
        else:
            toast(request, _("The opening is on the map."))
            return redirect("opening_page", opening_id=opening.id)
    return form_page(request, "opening_form", form, worksite=worksite)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("placements.write")
def change(request: HttpRequest, viewer: Viewer, opening_id: UUID) -> HttpResponse:
    """Change an opening. What somebody else has saved meanwhile is shown beside."""
    opening = or_404(queries.opening, viewer, opening_id)
    people = queries.supervisors(viewer, opening.worksite_id)
    form = forms.OpeningForm(request.POST or None, initial=_initial(opening), people=people)
    version = opening.version
    theirs: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            opening_up.change_opening(
                opening,
                by=viewer,
                at=clock.now(),
                version=version_of(request),
                **form.values(),
            )
        except ChangedMeanwhile as meanwhile:
            version = meanwhile.theirs.version
            theirs = differing(form, _initial(meanwhile.theirs))
        except opening_up.SeatsInUse as error:
            form.add_error(
                "seats",
                _("Seat %(n)d is promised, taken or kept back: there must be at least as many.")
                % {"n": error.highest},
            )
        else:
            toast(request, _("Saved."))
            return redirect("opening_page", opening_id=opening.id)
    return form_page(
        request,
        "opening_form",
        form,
        theirs=theirs,
        opening=opening,
        worksite=opening.worksite,
        version=version,
    )


def _initial(opening: Opening) -> dict[str, Any]:
    fields = {name: getattr(opening, name) for name in opening_up.OPENING_FIELDS}
    supervisor = fields.pop("supervisor_id")
    return fields | {"supervisor": str(supervisor) if supervisor else ""}


BACK = {"pause": "resume", "close": "resume", "resume": "pause"}


@require_POST
@staff("placements.write")
def turn(request: HttpRequest, viewer: Viewer, opening_id: UUID, turned: str) -> HttpResponse:
    """Pause, resume or close an opening."""
    opening = or_404(queries.opening, viewer, opening_id)
    opening_up.turn(opening, by=viewer, at=clock.now(), verb=turned)
    said = {
        "pause": _("The opening is paused: it takes nobody new."),
        "resume": _("The opening is open, and confirmed today."),
        "close": _("The opening is closed. Who is there stays."),
    }[turned]
    toast(request, said, undo=reverse(f"opening_{BACK[turned]}", args=[opening.id]))
    return redirect("opening_page", opening_id=opening.id)


@require_POST
@staff("placements.confirm")
def confirm(request: HttpRequest, viewer: Viewer, opening_id: UUID) -> HttpResponse:
    """Say that what is written still holds; with `undo`, that it was not said."""
    opening = or_404(queries.opening, viewer, opening_id)
    if "undo" in request.GET:
        _unconfirm(request, viewer, opening)
    else:
        before = [opening.confirmed_on.isoformat(), opening.confirmed_by_host]
        opening_up.confirm(opening, by=viewer, at=clock.now())
        request.session[UNDO] = {"opening": str(opening.id), "before": before}
        again = reverse("opening_confirm", args=[opening.id]) + "?undo=1"
        toast(request, _("%(title)s: confirmed today.") % {"title": opening.title}, undo=again)
    return redirect(_next(request, opening))


def _unconfirm(request: HttpRequest, viewer: Viewer, opening: Opening) -> None:
    kept = request.session.pop(UNDO, None) or {}
    if kept.get("opening") != str(opening.id):
        raise Http404
    day, by_host = kept["before"]
    opening_up.unconfirm(
        opening,
        by=viewer,
        at=clock.now(),
        confirmed_on=date.fromisoformat(day),
        by_host=bool(by_host),
    )
    toast(request, _("Taken back."))


def _next(request: HttpRequest, opening: Opening) -> str:
    """Return where to go on: the list that the button stood in, else the opening."""
    there = request.POST.get("next", "")
    if there and url_has_allowed_host_and_scheme(there, allowed_hosts=None):
        return there
    return reverse("opening_page", args=[opening.id])


@require_POST
@staff("placements.write")
def keep_back(request: HttpRequest, viewer: Viewer, opening_id: UUID) -> HttpResponse:
    """Write that the host keeps seats back for a time."""
    opening = or_404(queries.opening, viewer, opening_id)
    form = forms.KeepBackForm(request.POST)
    if form.is_valid():
        try:
            uses = opening_up.keep_back(opening, by=viewer, at=clock.now(), **form.cleaned_data)
        except NoSeat as full:
            form.add_error("number", _no_seats(full))
        except UsedAlready:
            used_already(form)
        else:
            said = ngettext("%(n)d seat is kept back.", "%(n)d seats are kept back.", len(uses))
            toast(request, said % {"n": len(uses)})
            return redirect("opening_page", opening_id=opening.id)
    return form_page(
        request,
        "opening",
        form,
        opening=opening,
        page=one_opening.page(viewer, opening),
        may_write=True,
        may_confirm=can(viewer, "placements.confirm"),
    )


def _no_seats(full: NoSeat) -> str:
    if full.free_from is None:
        return _("So many seats are not free in that time. Nothing was written.")
    return _(
        "So many seats are not free in that time; one frees on %(day)s. Nothing was written."
    ) % {"day": dates.short(full.free_from)}


@require_POST
@staff("placements.write")
def give_back(request: HttpRequest, viewer: Viewer, opening_id: UUID, use_id: UUID) -> HttpResponse:
    """Say that the host no longer keeps a seat back."""
    use = or_404(queries.kept_back, viewer, opening_id, use_id)
    opening_up.give_back(use, by=viewer, at=clock.now())
    toast(
        request, _("The workplace keeps it back no more; it is free unless it is needed otherwise.")
    )
    return redirect("opening_page", opening_id=opening_id)
