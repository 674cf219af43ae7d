"""Who may sign: naming officials, and ending it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.permissions import Refused
from polku.foundation.viewer import Viewer
from polku.statements import officials
from polku.statements.forms import OfficialForm
from polku.web.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@staff("statements.officials")
def officials_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The officials in force, and the form that names one."""
    now = clock.now()
    roles = list(officials.may_be_named(viewer, at=now))
    form = OfficialForm(request.POST or None, roles=roles, initial={"starts_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        role = next(one for one in roles if str(one.id) == form.cleaned_data["worker"])
        starts_on = form.cleaned_data["starts_on"]
        officials.name(role.user, role.organisation_id, by=viewer, at=now, starts_on=starts_on)
        toast(request, _("Named. From that day on they may sign."))
        return redirect("officials")
    audit.record(viewer, "statements.officials")
    context = {
        "form": form,
        "named": list(officials.to_show(viewer, on=clock.today())),
        "me": viewer.user_id,
    }
    status = 422 if form.errors else 200
    return render(request, "statements/officials.html", context, status=status)


@require_POST
@staff("statements.officials")
def official_end(request: HttpRequest, viewer: Viewer, official_id: UUID) -> HttpResponse:
    """Let an official sign no more."""
    found = officials.to_show(viewer, on=clock.today()).filter(pk=official_id).first()
    if found is None:
        raise Http404
    try:
        officials.end(found, by=viewer, at=clock.now())
    except Refused as error:
        toast(request, str(error), level="warn")
    else:
        toast(request, _("They sign no more. What was signed stays."))
    return redirect("officials")
