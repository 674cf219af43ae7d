"""The pages of early signs for workers: beside one client, and how all of it is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polku.clients.models import Client
from polku.clients.person import person
from polku.foundation import audit, clock
from polku.foundation.permissions import can, check
from polku.foundation.viewer import Viewer
from polku.insight.early import accounts, presenters, queries

View = Callable[..., HttpResponse]


def staff(permission: str) -> Callable[[View], View]:
    """Let in workers whose role includes it; the view gets the viewer second."""

    def door(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            viewer: Viewer | None = getattr(request, "viewer", None)
            if viewer is None or not viewer.is_staff:
                raise Http404
            check(viewer, permission)
            return view(request, viewer, *args, **kwargs)

        return inner

    return door


@require_safe
@staff("insight.outlook")
def outlook(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Show beside one client how it went for others. Of a closed record nothing is told."""
    try:
        whose = person(viewer, client_id)
    except Client.DoesNotExist:
        raise Http404 from None
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
