"""The pages of early signs for workers: beside one client, and how all of it is made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polku.clients.doors import person_or_404
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.insight.early import accounts, presenters, queries


@require_safe
@staff("insight.outlook")
def outlook(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Show beside one client how it went for others. Of a closed record nothing is told."""
    whose = person_or_404(viewer, client_id)
    audit.record(viewer, "insight.outlook", client=whose.id)
    context: dict[str, Any] = {"person": whose, "closed": whose.closed_on is not None}
    if whose.closed_on is None:
        context |= presenters.page(queries.outlook(viewer, whose, clock.today()))
        context["hidden"] = queries.hidden(whose.id)
        context["may_read_how"] = can(viewer, "insight.early_signs")
    return render(request, "insight/early/outlook.html", context)


@require_safe
@staff("insight.early_signs")
def made(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show how early signs are made, how often they were wrong, by group, and what they refuse."""
    kept = queries.made(viewer)
    audit.record(viewer, "insight.early_signs")
    context = accounts.account(kept) if kept else {}
    return render(request, "insight/early/made.html", context)
