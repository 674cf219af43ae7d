"""One placement as its workplace sees it: who comes, what was agreed, how it goes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.viewer import Viewer
from polku.placements import agreeing, calling_off, following, states
from polku.placements.absences import NotKnownYet
from polku.placements.host.forms import AbsenceForm, RefusalForm, SignForm, TickForm, assess_form
from polku.placements.host.showing import placement_page
from polku.placements.host.views import host, show
from polku.placements.mine import checked
from polku.placements.models import Assessment, Placement, Signature
from polku.placements.running import NotInThePeriod
from polku.placements.seats import NoSeat
from polku.placements.terms import Party
from polku.web import dates
from polku.web.toasts import toast


def _placement(viewer: Viewer) -> Placement:
    """Return the placement that the link opens; what hides or is not theirs is not there."""
    found = None
    if viewer.placement_id is not None:
        rows = Placement.objects.filter(pk=viewer.placement_id, worksite_id=viewer.host_id)
        found = rows.select_related("worksite", "supervisor").first()
    if found is None:
        raise Http404
    return checked(viewer, found)


@require_safe
@host("placements.see")
def host_placement(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The whole placement on one page, the next thing first."""
    placement = _placement(viewer)
    audit.record(viewer, "placements.host_page", client=placement.client_id)
    return _page(request, placement)


def _page(request: HttpRequest, placement: Placement, **bound: Any) -> HttpResponse:
    page = placement_page(placement, clock.today(), **bound)
    return show(request, "placement", {"page": page})


@require_POST
@host("placements.sign")
def host_sign(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Accept the agreement as it was read."""
    placement = _placement(viewer)
    form = SignForm(request.POST)
    if not form.is_valid():
        audit.record(viewer, "placements.host_page", client=placement.client_id)
        return _page(request, placement, sign=form)
    try:
        agreeing.sign(
            placement,
            by=viewer,
            at=clock.now(),
            party=Party.HOST,
            how=Signature.How.LINK,
            name=viewer.name,
            terms=form.cleaned_data["terms"],
        )
    except ChangedMeanwhile:
        return _again(request, _("The agreement was changed meanwhile. Read it once more."))
    except NoSeat:
        return _again(request, _("The seat has gone to another meanwhile. We will call you."))
    except (states.NotNow, agreeing.TermsMissing):
        return _again(request, _("There is nothing to accept just now."))
    toast(request, _("Thank you. You have accepted the agreement."))
    return redirect("host_placement")


@require_POST
@host("placements.tell")
def host_refuse(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Say that it does not suit after all, and why."""
    placement = _placement(viewer)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        audit.record(viewer, "placements.host_page", client=placement.client_id)
        return _page(request, placement, refusal=form)
    try:
        calling_off.refuse(placement, by=viewer, at=clock.now(), **form.cleaned_data)
    except states.NotNow:
        return _again(request, _("It has moved on meanwhile. Please call the person named here."))
    except ChangedMeanwhile:
        return _again(request, _("It was changed meanwhile. Look, and answer again."))
    toast(request, _("Thank you for telling. The reason helps us to do better next time."))
    return redirect("host_placement")


@require_POST
@host("placements.tell")
def host_tick(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Tick a line of the first day's list, or take the tick back."""
    placement = _placement(viewer)
    form = TickForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        following.tick(placement, by=viewer, at=clock.now(), on=clock.today(), **form.cleaned_data)
    except (ValueError, states.NotNow):
        return _again(request, _("That line is no longer on the list."))
    return redirect("host_placement")


@require_POST
@host("placements.tell")
def host_absence(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Tell a day on which the person did not come."""
    placement = _placement(viewer)
    form = AbsenceForm(request.POST)
    if form.is_valid():
        try:
            following.note_absence(placement, by=viewer, at=clock.now(), **form.cleaned_data)
        except NotKnownYet as error:
            form.add_error(
                "on",
                _("Nobody can know of that day yet. This can be told to %(day)s at the latest.")
                % {"day": dates.full(error.latest)},
            )
        except (NotInThePeriod, states.NotNow):
            form.add_error("on", _("The day is not within the agreed period."))
        else:
            toast(request, _("Written down. The coach gets to know by itself."))
            return redirect("host_placement")
    audit.record(viewer, "placements.host_page", client=placement.client_id)
    return _page(request, placement, absence=form)


@require_POST
@host("placements.tell")
def host_assess(request: HttpRequest, viewer: Viewer, moment: str) -> HttpResponse:
    """Answer an assessment, or say that it has been told already in another way."""
    placement = _placement(viewer)
    row = (
        Assessment.objects.filter(placement=placement, party=Party.HOST, moment=moment)
        .select_related("placement")
        .first()
    )
    if row is None:
        raise Http404
    form = assess_form(row, request.POST)
    if "stop" in request.POST and not form.says_something():
        following.stop_reminding(row, by=viewer, at=clock.now())
        toast(request, _("All right. We ask no more."))
        return redirect("host_placement")
    # Whoever has filled something in and presses "ask no more" has told it now: that is kept.
    if not form.is_valid():
        audit.record(viewer, "placements.host_page", client=placement.client_id)
        return _page(request, placement, assess=form)
    try:
        following.answer_assessment(
            row,
            by=viewer,
            at=clock.now(),
            answers=form.answers(),
            word=form.cleaned_data["word"],
            name=viewer.name,
            version=form.cleaned_data["version"],
        )
    except ChangedMeanwhile:
        return _again(request, _("It was answered meanwhile. What stands now is shown here."))
    toast(request, _("Thank you. The coach gets your answer by itself."))
    return redirect("host_placement")


def _again(request: HttpRequest, why: str) -> HttpResponse:
    toast(request, why, level="warn")
    return redirect("host_placement")
