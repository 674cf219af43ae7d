"""Says on every page of a demo that the people are invented."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def demo(request: HttpRequest) -> dict[str, Any]:
    """Context processor: in demo mode, the `ribbon` that stands above every page."""
    if settings.PRODUCTION or not settings.DEMO:
        return {}
    return {"ribbon": "demo/banner.html"}
