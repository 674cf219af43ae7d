"""Times that the coach has offered, in the client's own view."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from polku.contacts.offers import choosing
from polku.foundation import audit, clock
from polku.foundation.viewer import Viewer
from polku.portal import choice
from polku.portal.own.views import own, own_row


@require_http_methods(["GET", "HEAD", "POST"])
@own("contacts.own_times")
def choose(request: HttpRequest, viewer: Viewer, offer_id: UUID) -> HttpResponse:
    """Show what can be chosen, and take one press."""
    offer = own_row(request, viewer, choosing.of_mine, offer_id)
    shell = {"home_url": reverse("me"), "sign_out_url": reverse("me_sign_out")}
    if request.method == "POST":
        return choice.answer(request, offer, viewer, shell)
    how = offer.standing(clock.now())
    if not how:
        return choice.page(request, offer, viewer, shell)
    audit.record(viewer, "portal.own_choice", client=offer.client_id)
    return choice.closed(request, how, shell)
