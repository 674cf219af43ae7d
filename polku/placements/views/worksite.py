"""One worksite: all about it on one page; adding, changing, closing it, its place on the map."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import can
from polku.foundation.reaching import in_words, reach
from polku.foundation.viewer import Viewer
from polku.placements import (
    arranging,
    checklists,
    employers,
    forms,
    keeping,
    newcomers,
    queries,
    supervisors,
)
from polku.placements.host import asking
from polku.placements.map import tiles
from polku.placements.models import Worksite
from polku.placements.presenters import map_of, site
from polku.placements.terms import Precision
from polku.placements.views.common import differing, form_page, or_404, version_of
from polku.web import dates
from polku.web.toasts import toast


@require_safe
@staff("placements.map")
def page(request: HttpRequest, viewer: Viewer, worksite_id: UUID) -> HttpResponse:
    """Show one worksite; the names of clients there only where the viewer may see them."""
    worksite = or_404(queries.whole, viewer, worksite_id)
    there = queries.there_now(viewer, worksite_id)
    shown = site.page(viewer, worksite, there)
    audit.record(
        viewer,
        "placements.worksite",
        shown=dict.fromkeys(one.client_id for one in there),
        reason=f"worksite={worksite.id}",
    )
    context = {
        "worksite": worksite,
        "page": shown,
        "may_write": can(viewer, "placements.write"),
        "may_confirm": can(viewer, "placements.confirm"),
    }
    return render(request, "placements/worksite.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("placements.write")
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Add a worksite, with its employer and the first person there."""
    initial = {"readiness": "unknown", "languages": ["fi"]}
    form = forms.NewWorksiteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = _add(request, viewer, form)
        if answer is not None:
            return answer
    return form_page(request, "worksite_new", form, hosts=queries.host_names(viewer))


def _add(request: HttpRequest, viewer: Viewer, form: forms.NewWorksiteForm) -> HttpResponse | None:
    said = form.employer()
    known = queries.host_like(viewer, said.name, said.business_id)
    if known is None and not said.legal_form:
        form.add_error("legal_form", _("This employer is new here: what is it?"))
        return None
    try:
        worksite, made = arranging.add_worksite(
            said,
            by=viewer,
            at=clock.now(),
            point=form.cleaned_data["point"],
            precision=Precision.EXACT,
            contact=form.contact(),
            **form.values(),
        )
    except employers.HostTaken as taken:
        form.add_error(
            "business_id",
            _("%(name)s stands here with another business id, %(id)s.")
            % {"name": taken.host.name, "id": taken.host.business_id},
        )
        return None
    if made:
        lines = newcomers.first_days()
        checklists.set_orientation(
            worksite, by=viewer, at=clock.now(), lines=lines, stood=keeping.mark([])
        )
        toast(request, _("The workplace is here. What could be done there?"))
    else:
        toast(request, _("This workplace was here already: nothing was added."), level="now")
    return redirect("worksite_page", worksite_id=worksite.id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("placements.write")
def change(request: HttpRequest, viewer: Viewer, worksite_id: UUID) -> HttpResponse:
    """Change a worksite. What somebody else has saved meanwhile is shown beside."""
    worksite = or_404(queries.worksite, viewer, worksite_id)
    form = forms.WorksiteForm(request.POST or None, initial=_initial(worksite))
    version = worksite.version
    theirs: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            arranging.change_worksite(
                worksite,
                by=viewer,
                at=clock.now(),
                version=version_of(request),
                point=form.cleaned_data["point"],
                **form.values(),
            )
        except ChangedMeanwhile as meanwhile:
            version = meanwhile.theirs.version
            stored = _initial(meanwhile.theirs)
            stored.pop("point", None)
            theirs = differing(form, stored)
        else:
            toast(request, _("Saved."))
            return redirect("worksite_page", worksite_id=worksite.id)
    return form_page(
        request, "worksite_change", form, theirs=theirs, worksite=worksite, version=version
    )


def _initial(worksite: Worksite) -> dict[str, Any]:
    fields = {name: getattr(worksite, name) for name in arranging.WORKSITE_FIELDS}
    return fields | {"municipality": worksite.municipality}


@require_http_methods(["GET", "HEAD", "POST"])
@staff("placements.write")
def point(request: HttpRequest, viewer: Viewer, worksite_id: UUID) -> HttpResponse:
    """Put a worksite on the map by hand."""
    worksite = or_404(queries.worksite, viewer, worksite_id)
    initial: dict[str, Any] = {}
    if worksite.lat is not None:
        initial = {"lat": f"{worksite.lat:.5f}", "lon": f"{worksite.lon:.5f}"}
    form = forms.PointForm(request.POST or None, initial=initial)
    version = worksite.version
    theirs: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        lat, lon = form.cleaned_data["point"]
        try:
            arranging.put_on_map(
                worksite, by=viewer, at=clock.now(), version=version_of(request), lat=lat, lon=lon
            )
        except ChangedMeanwhile as meanwhile:
            version = meanwhile.theirs.version
            now = meanwhile.theirs
            theirs = differing(form, {"lat": f"{now.lat}", "lon": f"{now.lon}"})
        else:
            toast(request, _("The place is on the map."))
            return redirect("worksite_page", worksite_id=worksite.id)
    page = form_page(
        request,
        "worksite_point",
        form,
        theirs=theirs,
        worksite=worksite,
        version=version,
        where=site.where(worksite),
        map=map_of.picking(worksite),
    )
    return tiles.let_in(page)


@require_POST
@staff("placements.write")
def close(request: HttpRequest, viewer: Viewer, worksite_id: UUID) -> HttpResponse:
    """Say that a worksite is no longer asked, or with `undo` that it is."""
    worksite = or_404(queries.worksite, viewer, worksite_id)
    undo = "undo" in request.GET
    arranging.close_worksite(worksite, by=viewer, at=clock.now(), closed=not undo)
    if undo:
        toast(request, _("The workplace is on the map again."))
    else:
        again = reverse("worksite_close", args=[worksite.id]) + "?undo=1"
        toast(
            request, _("The workplace is no longer asked; its openings left the map."), undo=again
        )
    return redirect("worksite_page", worksite_id=worksite.id)


@require_POST
@staff("placements.write")
def ask(request: HttpRequest, viewer: Viewer, worksite_id: UUID) -> HttpResponse:
    """Mail somebody at the worksite a link by which they tell whether its openings stand."""
    worksite = or_404(queries.worksite, viewer, worksite_id)
    try:
        asking.ask(worksite, by=viewer, at=clock.now())
    except asking.AskedLately as lately:
        day = dates.full(dates.day_of(lately.at))
        said = _("The workplace was asked on %(day)s already. Nothing was sent.")
        toast(request, said % {"day": day}, level="warn")
    except asking.NobodyToAsk:
        toast(request, site.nobody_reached(), level="warn")
    else:
        toast(request, _("Asked. The workplace answers by its own link, without an account."))
    return redirect("worksite_page", worksite_id=worksite.id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("placements.write")
def host(request: HttpRequest, viewer: Viewer, host_id: UUID) -> HttpResponse:
    """Change an employer; limits of months are counted by it, so that it should be one."""
    found = or_404(queries.host, viewer, host_id)
    initial = {name: getattr(found, name) for name in employers.HOST_FIELDS}
    form = forms.HostForm(request.POST or None, initial=initial)
    version = found.version
    theirs: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            employers.change_host(
                found, by=viewer, at=clock.now(), version=version_of(request), **form.cleaned_data
            )
        except ChangedMeanwhile as meanwhile:
            version = meanwhile.theirs.version
            stored = {name: getattr(meanwhile.theirs, name) for name in employers.HOST_FIELDS}
            theirs = differing(form, stored)
        except employers.HostTaken as taken:
            same_id = taken.host.business_id and (
                taken.host.business_id == form.cleaned_data["business_id"]
            )
            form.add_error(
                "business_id" if same_id else "name",
                _("%(name)s has it already.") % {"name": taken.host.name},
            )
        else:
            toast(request, _("Saved."))
            return redirect("worksites")
    return form_page(request, "host", form, theirs=theirs, host=found, version=version)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("placements.write")
def person(
    request: HttpRequest, viewer: Viewer, worksite_id: UUID, supervisor_id: UUID | None = None
) -> HttpResponse:
    """Add a person at a worksite, or change one, beside what somebody has saved meanwhile."""
    worksite = or_404(queries.worksite, viewer, worksite_id)
    found = supervisor_id and or_404(queries.supervisor, viewer, worksite_id, supervisor_id)
    stands: dict[str, Any] = supervisors.of_person(found) if found else {"language": "fi"}
    form = forms.SupervisorForm(request.POST or None, initial=stands)
    theirs: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            _keep_person(request, viewer, worksite, found, form.cleaned_data)
        except ChangedMeanwhile as meanwhile:
            stands = supervisors.of_person(meanwhile.theirs)
            theirs = differing(form, stands)
        else:
            reached = reach(email=form.cleaned_data["email"], phone=form.cleaned_data["phone"])
            said = " ".join((_("Saved."), in_words(reached)))
            toast(request, said, level="ok" if reached else "warn")
            return redirect("worksite_page", worksite_id=worksite.id)
    context = {"worksite": worksite, "supervisor": found, "stood": keeping.mark(stands)}
    return form_page(request, "supervisor", form, theirs=theirs, **context)


def _keep_person(
    request: HttpRequest, viewer: Viewer, worksite: Worksite, found: Any, said: dict[str, Any]
) -> None:
    if found:
        stood = request.POST.get("stood", "")
        supervisors.change_supervisor(found, by=viewer, at=clock.now(), stood=stood, **said)
    else:
        supervisors.add_supervisor(worksite, by=viewer, at=clock.now(), **said)


@require_POST
@staff("placements.write")
def person_gone(
    request: HttpRequest, viewer: Viewer, worksite_id: UUID, supervisor_id: UUID
) -> HttpResponse:
    """Say that a person is no longer there, or with `undo` that they are."""
    found = or_404(queries.supervisor, viewer, worksite_id, supervisor_id)
    undo = "undo" in request.GET
    supervisors.end_supervisor(found, by=viewer, at=clock.now(), ended=not undo)
    again = reverse("supervisor_gone", args=[worksite_id, supervisor_id]) + "?undo=1"
    if undo:
        toast(request, _("%(name)s is there again.") % {"name": found.name})
    else:
        toast(request, _("%(name)s is no longer there.") % {"name": found.name}, undo=again)
    return redirect("worksite_page", worksite_id=worksite_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("placements.write")
def checklist(request: HttpRequest, viewer: Viewer, worksite_id: UUID) -> HttpResponse:
    """Write the checklist for newcomers, beside what somebody has saved meanwhile."""
    worksite = or_404(queries.worksite, viewer, worksite_id)
    lines = queries.orientation(viewer, worksite_id)
    form = forms.OrientationForm(request.POST or None, initial={"lines": "\n".join(lines)})
    theirs: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        wanted, stood = form.cleaned_data["lines"], request.POST.get("stood", "")
        try:
            checklists.set_orientation(
                worksite, by=viewer, at=clock.now(), lines=wanted, stood=stood
            )
        except ChangedMeanwhile as meanwhile:
            lines = meanwhile.theirs
            theirs = differing(form, {"lines": lines})
        else:
            toast(request, _("Saved."))
            return redirect("worksite_page", worksite_id=worksite.id)
    context = {"worksite": worksite, "stood": keeping.mark(lines)}
    return form_page(request, "checklist", form, theirs=theirs, **context)
