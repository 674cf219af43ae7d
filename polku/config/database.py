"""Which database, and as which role: the site never connects as the owner of its tables."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote, urlparse

from django.core.exceptions import ImproperlyConfigured


def from_url(url: str) -> dict[str, Any]:
    """Return Django's settings for a postgres:// address."""
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://.")
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


def databases() -> dict[str, dict[str, Any]]:
    """Return DATABASES: `default`, as polku_app unless POLKU_DB_USER says otherwise."""
    as_owner = os.environ.get("POLKU_DB_USER") == "polku_owner"
    url = os.environ.get("POLKU_OWNER_DATABASE_URL") if as_owner else None
    url = url or os.environ.get("DATABASE_URL")
    place = (
        from_url(url)
        if url
        else {
            "NAME": os.environ.get("POLKU_DB_NAME", "polku"),
            "USER": os.environ.get("POLKU_DB_USER", "polku_app"),
            "PASSWORD": "",
            "HOST": os.environ.get("POLKU_DB_HOST", ""),
            "PORT": os.environ.get("POLKU_DB_PORT", ""),
        }
    )
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": False,
            "OPTIONS": {"application_name": "polku"},
            **place,
        }
    }
