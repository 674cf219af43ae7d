"""The client page, and all contacts."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from polku.clients.doors import person_or_404
from polku.clients.guarded import MINUTES_OPEN
from polku.contacts import queries as contacts
from polku.desk.my_day.views import own_target_days
from polku.desk.person.by_law import explained
from polku.desk.person.drawn import history_drawn
from polku.desk.person.history import contact_lines
from polku.desk.person.shown import client_page as shown
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer
from polku.law import in_force

CONTACTS_A_PAGE = 25


@staff("clients.see")
def client_page(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Show one person on one page."""
    person = person_or_404(viewer, client_id)
    page = shown(viewer, person, target_days=own_target_days(viewer))
    audit.record(viewer, "clients.page", client=person.id)
    context = {
        "page": page,
        "person": person,
        "minutes_open": MINUTES_OPEN,
    }
    return render(request, "desk/person/page.html", context)


@staff("clients.see")
def client_contacts(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Show all contacts, a page at a time."""
    person = person_or_404(viewer, client_id)
    around = contacts.around(viewer, client_id=person.id, since=clock.now())
    pages = Paginator(range(around.contact_count if around else 0), CONTACTS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    found = contacts.logged(
        viewer,
        client_id=person.id,
        first=(page.number - 1) * CONTACTS_A_PAGE,
        count=CONTACTS_A_PAGE,
    )
    audit.record(viewer, "clients.contacts", client=person.id)
    lines = contact_lines(found, clock.today(), person.id, at_most=CONTACTS_A_PAGE)
    context = {"person": person, "lines": history_drawn(lines), "page_obj": page}
    return render(request, "desk/person/contacts.html", context)


@staff("clients.see")
def client_law(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Explain the client's dates by law: rule, facts, law of which day, source, how sure."""
    person = person_or_404(viewer, client_id)
    around = contacts.around(viewer, client_id=person.id, since=clock.now())
    audit.record(viewer, "clients.law", client=person.id)
    law = in_force.of(viewer.register_id)
    context = {"person": person, "explained": explained(person, around, clock.today(), law)}
    return render(request, "desk/person/law.html", context)
