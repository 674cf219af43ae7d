"""What the layout shows around every staff page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def layout(request: HttpRequest) -> dict[str, Any]:
    """Return the layout's values; empty for a stranger. Never asks the database."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or viewer.kind != "staff":
        return {"viewer": viewer}
    return {"viewer": viewer, "viewer_name": viewer.name}
