"""Talks with hosts: writing one down, who talks next, and my next ones."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polku.foundation import clock
from polku.foundation.door.pages import staff
from polku.foundation.permissions import can
from polku.foundation.submissions import UsedAlready
from polku.foundation.viewer import Viewer
from polku.placements import canvassing, forms, queries
from polku.placements.presenters.talks import next_rows, warning
from polku.placements.views.common import form_page, or_404
from polku.placements.views.listing import tabs
from polku.web.forms import used_already
from polku.web.toasts import toast


@require_safe
@staff("placements.map")
def talks(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the talks that are to come: the viewer's own, or everybody's."""
    everybody = request.GET.get("whose") == "all"
    found = canvassing.next_talks(viewer, everybody=everybody)
    context = {
        "rows": next_rows(found, clock.today(), viewer.user_id),
        "everybody": everybody,
        "tabs": tabs(viewer, "talks"),
        "may_write": can(viewer, "placements.write"),
    }
    return render(request, "placements/talks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("placements.write")
def new(request: HttpRequest, viewer: Viewer, worksite_id: UUID) -> HttpResponse:
    """Write down a talk. Who has asked there of late, or is about to, is told before."""
    worksite = or_404(queries.worksite, viewer, worksite_id)
    people = queries.supervisors(viewer, worksite_id)
    workers = canvassing.workers(viewer)
    form = forms.TalkForm(
        request.POST or None,
        initial={"how": "call"},
        people=people,
        workers=workers,
        me=viewer.user_id,
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        person, next_by = data.pop("supervisor"), data.pop("next_by")
        try:
            canvassing.log_talk(
                worksite,
                by=viewer,
                at=clock.now(),
                supervisor=next((one for one in people if str(one.id) == person), None),
                next_by=UUID(next_by) if next_by else None,
                **data,
            )
        except UsedAlready:
            used_already(form)
        else:
            toast(request, _("The talk is written down."))
            return redirect("worksite_page", worksite_id=worksite.id)
    today = clock.today()
    context = {
        "worksite": worksite,
        "people": people,
        "warning": warning(canvassing.peace_of(viewer, worksite_id), today),
        "soon": today + timedelta(days=30),
    }
    return form_page(request, "talk", form, **context)


@require_POST
@staff("placements.write")
def leave(request: HttpRequest, viewer: Viewer, worksite_id: UUID, talk_id: UUID) -> HttpResponse:
    """Say that a next talk is not needed, or with `undo` that it is."""
    talk = or_404(canvassing.talk, viewer, worksite_id, talk_id)
    undo = "undo" in request.GET
    canvassing.leave_next(talk, by=viewer, at=clock.now(), left=not undo)
    if undo:
        toast(request, _("The talk is to come again."))
    else:
        again = reverse("talk_leave", args=[worksite_id, talk_id]) + "?undo=1"
        toast(request, _("The next talk is left out."), undo=again)
    return redirect("talks")
