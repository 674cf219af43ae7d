"""Letters as PDFs. Under a safety ban they open as the guarded view does: by a purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from polku.clients import careful, guarded
from polku.clients.models import Client
from polku.contacts import reading, states
from polku.contacts.models import Appointment
from polku.contacts.views.common import viewer_of
from polku.foundation import audit, clock
from polku.foundation.models import User
from polku.foundation.permissions import check
from polku.portal import access_views, letters

Make = Callable[[], bytes]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appointment_letter(request: HttpRequest, client_id: UUID, appointment_id: UUID) -> HttpResponse:
    """The invitation to a booked time, for an envelope with a window."""
    viewer = viewer_of(request)
    check(viewer, "contacts.book")
    try:
        booked = reading.appointment(viewer, client_id, appointment_id)
    except Appointment.DoesNotExist as error:
        raise Http404 from error
    if booked.status not in states.LIVE or booked.starts_at <= clock.now():
        raise Http404
    client = booked.client
    check(viewer, "contacts.book", client)

    def make() -> bytes:
        sender = letters.sender_of(client, booked.worker, reading.service_point(viewer))
        return letters.invitation(client, booked, sender, clock.today())

    return _answer(request, client, make, "contacts.letter")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def access_letter(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The letter with link and codes that was just made, for an envelope with a window."""
    client = access_views.client_of(request, client_id)
    kept = access_views.kept_letter(request, client)
    if kept is None:
        return redirect("client_access", client.id)
    viewer = viewer_of(request)

    def make() -> bytes:
        worker = User.objects.get(pk=viewer.user_id)
        sender = letters.sender_of(client, worker, reading.service_point(viewer))
        body = access_views.letter_body(request, client, kept, for_paper=True)
        return letters.way_in(client, sender, clock.today(), body=body)

    return _answer(request, client, make, "portal.letter")


def _answer(request: HttpRequest, client: Client, make: Make, action: str) -> HttpResponse:
    """Give the letter, or ask for a purpose first under a ban, or say that no address is known."""
    try:
        if client.safety_ban:
            return _guarded(request, client, make)
        audit.record(viewer_of(request), action, client=client.id)
        return _given(make())
    except letters.NoAddress:
        return _page(request, client, {"missing": True}, 200)


def _guarded(request: HttpRequest, client: Client, make: Make) -> HttpResponse:
    viewer, purpose = viewer_of(request), request.POST.get("purpose", "")
    check(viewer, "clients.guarded", client)
    if request.method != "POST":
        audit.record(viewer, "contacts.letter_form", client=client.id)
        return _page(request, client, {}, 200)
    if careful.held_back(purpose, client):
        return _page(request, client, {"error": careful.said_of_purpose(), "purpose": purpose}, 422)
    try:
        # The look at the guarded address is on record by this.
        with guarded.opened(by=viewer, client=client, purpose=purpose):
            return _given(make())
    except guarded.PurposeMissing:
        error = _("Say in a few words what you need the details for.")
        return _page(request, client, {"error": error, "purpose": purpose}, 422)


def _page(request: HttpRequest, client: Client, more: dict[str, Any], status: int) -> HttpResponse:
    context = {"client": client, "url": request.path, **more}
    return render(request, "portal/letter/ask.html", context, status=status)


def _given(pdf: bytes) -> HttpResponse:
    made = HttpResponse(pdf, content_type="application/pdf")
    made["Content-Disposition"] = 'inline; filename="polku-letter.pdf"'
    return made
