"""Known devices: browsers on which the worker has come the whole way in before.

The cookie proves it and lets nobody in: it only gives the device a bucket of tries of its own. It
is void once the password or the second step changes.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from polku.foundation import crypto
from polku.foundation.models import User

COOKIE = "polku_device"
AGE = timedelta(days=180)
MOST = 4


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Make the browser known for this worker."""
    mark = secrets.token_urlsafe(9)
    kept = [m for m in _marks(request) if _device(m, user) == ""][: MOST - 1]
    value = ".".join([f"{mark}-{_proof(mark, user)}", *kept])
    response.set_cookie(
        COOKIE,
        value,
        max_age=int(AGE.total_seconds()),
        path="/sign-in/",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def known(request: HttpRequest, user: User | None) -> str:
    """Return the name of this device if the worker has come in on it before, else ''."""
    if user is None:
        return ""
    return next((found for mark in _marks(request) if (found := _device(mark, user))), "")


def _marks(request: HttpRequest) -> list[str]:
    return [m for m in request.COOKIES.get(COOKIE, "").split(".") if m][:MOST]


def _device(mark: str, user: User) -> str:
    # The name has a `-` at times, the proof never.
    name, _dash, proof = mark.rpartition("-")
    return name if name and hmac.compare_digest(proof, _proof(name, user)) else ""


def _proof(name: str, user: User) -> str:
    steps = Authenticator.objects.filter(user_id=user.id).order_by("pk").values_list("pk", "type")
    text = f"{name}|{user.id}|{user.password}|{list(steps)}"
    return crypto.keyed_hash("device", text.encode()).hex()
