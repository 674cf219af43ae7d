"""What one client's page leads to: who has looked, and what has been changed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polku.clients.doors import person_or_404
from polku.desk.record import looked
from polku.desk.record.changed import history_page
from polku.desk.record.fields import PARTS
from polku.desk.record.tabs import part_tabs
from polku.foundation import access_log, audit, clock, walls
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer


@require_safe
@staff("clients.list")
def client_log(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Show who has looked at this client or changed something, by day and person."""
    person = person_or_404(viewer, client_id)
    now, count = clock.now(), looked.LAST
    found = access_log.looks(viewer, person.id, until=now, at_most=count, own=True)
    cut = len(found) == count
    found = access_log.whole_days(found, count)
    audit.record(viewer, "clients.access_log", client=person.id)
    context = {"person": person, "days": looked.days(found, clock.today()), "cut": cut}
    return render(request, "desk/record/looked.html", context)


@require_safe
@staff("clients.list")
def client_history(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Show what has been changed about this client: by whom, when, from what to what."""
    person = person_or_404(viewer, client_id)
    if not person.safety_ban:
        # Without a ban the contact details stand on the client page, and their history here.
        walls.enter(register=viewer.register_id, guarded=person.id)
    part = request.GET.get("about", "")
    part = part if part in PARTS else ""
    before = request.GET.get("before", "")
    number = int(before) if before.isdecimal() and len(before) < 18 else None
    page = history_page(viewer, person.id, part=part, before=number, today=clock.today())
    audit.record(viewer, "clients.history", client=person.id)
    older = f"?about={part}&before={page.older}" if page.older else ""
    context = {"person": person, "page": page, "older": older, "tabs": part_tabs(part)}
    return render(request, "desk/record/changed.html", context)
