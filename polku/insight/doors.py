"""The door of this room's pages: a worker whose role includes asking."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.insight.queries import PERMISSION

View = Callable[..., HttpResponse]


def asker(view: View) -> View:
    """Let in who may ask; the view gets the viewer second. Raises Refused for another role.

    For anybody but a worker the page is not there.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer: Viewer | None = getattr(request, "viewer", None)
        if viewer is None or not viewer.is_staff:
            raise Http404
        check(viewer, PERMISSION)
        return view(request, viewer, *args, **kwargs)

    return inner
