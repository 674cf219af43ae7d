"""Who comes in to one matter: the client's workers, and from the draft on a named official."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer
from polku.statements import queries
from polku.statements.models import Matter
from polku.statements.queries import Found

PageView = Callable[..., HttpResponse]


def of_matter(permission: str, *, near: bool = True) -> Callable[[PageView], PageView]:
    """Let in workers whose role has the permission; the view gets the viewer and the matter found.

    With `near` only those who may see the client; without, a named official too.
    """

    def door(view: PageView) -> PageView:
        @staff(permission)
        @wraps(view)
        def inner(
            request: HttpRequest, viewer: Viewer, *, client_id: UUID, matter_id: UUID, **more: Any
        ) -> HttpResponse:
            try:
                found: Found = queries.get(viewer, client_id, matter_id)
            except Matter.DoesNotExist:
                raise Http404 from None
            if near and not found.near:
                raise Http404
            return view(request, viewer, found, **more)

        return inner

    return door
