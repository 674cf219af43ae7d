"""Tells every page whether it shows invented people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def demo(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `demo` is True in demo mode, and the layout then says so."""
    return {"demo": settings.DEMO and not settings.PRODUCTION}
