"""After a move to another municipality: who serves the client there, and what to do next."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polku.clients.doors import client_or_404
from polku.desk.addresses import address, client_page
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.teamwork import agreements


@require_safe
@staff("clients.change")
def moved(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Say who coaches the clients of the client's municipality, by the agreements of today.

    Under a safety ban the municipality is behind the guarded view: the page names no place.
    """
    client = client_or_404(viewer, client_id)
    audit.record(viewer, "desk.moved", client=client.id)
    served = None
    if client.municipality_id is not None:
        served = agreements.who_serves(viewer, client.municipality_id, clock.today())
    ours = served is not None and served.organisation is not None
    context = {
        "client": client,
        "served": served,
        "ours": ours,
        "same": ours and served.organisation.pk == viewer.organisation_id,  # type: ignore[union-attr]
        "page": client_page(client.id),
        "may_hand_over": can(viewer, "teamwork.hand_over"),
        "close": f"{address('client_turn', client.id, 'close')}?reason=moved"
        if can(viewer, "clients.close", client)
        else "",
    }
    return render(request, "desk/team/moved.html", context)
