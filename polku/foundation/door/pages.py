"""Whose page it is: the one way in to a view, for workers, clients and hosts alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

View = Callable[..., HttpResponse]
Door = Callable[[View], View]


def letting_in(who: Callable[[Viewer], bool], permission: str) -> Door:
    """Let in those whose page it is and whose role has the permission; the view gets the viewer
    second.

    Raises Refused for another role. For anybody else the page is not there.
    """

    def door(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            viewer: Viewer | None = getattr(request, "viewer", None)
            if viewer is None or not who(viewer):
                raise Http404
            check(viewer, permission)
            return view(request, viewer, *args, **kwargs)

        return inner

    return door


def staff(permission: str) -> Door:
    """Let in workers whose role has the permission."""
    return letting_in(lambda viewer: viewer.is_staff, permission)
