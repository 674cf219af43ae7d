"""The door of a staff page: a worker whose role includes it, and clients that they may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from polku.clients.models import Client
from polku.clients.person import Person, person
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

StaffView = Callable[..., HttpResponse]


def staff(permission: str) -> Callable[[StaffView], Callable[..., HttpResponse]]:
    """Let in workers whose role has the permission; the view gets the viewer second.

    Raises Refused for another role. For anybody but a worker the page is not there.
    """

    def door(view: StaffView) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            viewer: Viewer | None = getattr(request, "viewer", None)
            if viewer is None or not viewer.is_staff:
                raise Http404
            check(viewer, permission)
            return view(request, viewer, *args, **kwargs)

        return inner

    return door


def person_or_404(viewer: Viewer, client_id: UUID) -> Person:
    """Return the visible client; foreign, absent and shut-out ones raise the same Http404."""
    try:
        return person(viewer, client_id)
    except Client.DoesNotExist:
        raise Http404 from None
