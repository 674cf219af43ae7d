"""What opens only by pressing, for a while, and leaves an entry: identity code, guarded details."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polku.clients import careful, guarded, identity
from polku.clients.doors import client_or_404
from polku.clients.models import Client, ContactDetails, GuardedText
from polku.desk.addresses import client_page
from polku.foundation import audit
from polku.foundation.door.pages import staff
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

IDENTITY_SECONDS = 60


@require_POST
@staff("clients.identity")
def client_identity(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Show the identity code for a minute."""
    client = client_or_404(viewer, client_id)
    check(viewer, "clients.identity", client)
    audit.record(viewer, "clients.identity", client=client.id, fields=["identity_code"])
    context = {"client": client, "code": identity.read(client), "seconds": IDENTITY_SECONDS}
    return _closing(render(request, "desk/person/identity.html", context), client, IDENTITY_SECONDS)


@require_POST
@staff("clients.see")
def client_guarded(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Open the guarded view of a client under a safety ban, with a purpose, for ten minutes."""
    client = client_or_404(viewer, client_id)
    seconds = guarded.MINUTES_OPEN * 60
    context = {"client": client, "seconds": seconds, "minutes": guarded.MINUTES_OPEN}
    purpose = request.POST.get("purpose", "")
    if careful.held_back(purpose, client):
        context |= {"error": careful.said_of_purpose(), "purpose": purpose}
        return render(request, "desk/person/guarded.html", context, status=422)
    try:
        with guarded.opened(by=viewer, client=client, purpose=purpose):
            context["details"] = ContactDetails.objects.filter(client=client).first()
            context["places"] = list(
                GuardedText.objects.filter(client=client, field="place").values_list(
                    "text", flat=True
                )
            )
    except guarded.PurposeMissing:
        context["error"] = _("Say in a few words what you need the details for.")
        context["purpose"] = purpose
        return render(request, "desk/person/guarded.html", context, status=422)
    return _closing(render(request, "desk/person/guarded.html", context), client, seconds)


def _closing(response: HttpResponse, client: Client, seconds: int) -> HttpResponse:
    # Without script the browser itself goes back when the time is up.
    response["Refresh"] = f"{seconds}; url={client_page(client.id)}"
    return response
