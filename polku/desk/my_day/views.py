"""The first page of a worker."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from polku.desk.context import places
from polku.desk.my_day.shown import my_day
from polku.foundation import audit
from polku.foundation.door.pages import staff
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer


def first_page(request: HttpRequest) -> HttpResponse:
    """Show My day; who has no caseload goes to the first place that their role opens."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if viewer.is_staff and not can(viewer, "clients.list"):
        there = next((place.url for place in places(viewer) if place.url != "/"), "")
        return HttpResponseRedirect(there) if there else render(request, "desk/no_pages.html")
    return my_day_page(request)


@staff("clients.list")
def my_day_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the day; one entry names everybody who stands on the page."""
    day = my_day(viewer, target_days=own_target_days(viewer))
    audit.record(viewer, "desk.my_day", shown=day.shown)
    return render(request, "desk/my_day.html", {"day": day})


def own_target_days(viewer: Viewer) -> int:
    """Return the organisation's own target for the first contact, in working days."""
    role = next((r for r in viewer.roles if r.id == viewer.role_id), None)
    return role.register.first_contact_target_days if role else 2
