"""Letting a worker in, and out again. Every way in (password, demo, personal link) ends here."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from polku.foundation import audit, walls
from polku.foundation.models import User
from polku.foundation.staff import FACTOR_KEY, ROLE_KEY, roles_of
from polku.foundation.viewer import Viewer, for_role

BACKEND = "polku.foundation.door.backend.Backend"
CLEAR = '"cache", "cookies", "storage"'


def sign_in_staff(
    request: HttpRequest, user: User, *, factor: str = "", role_id: str = ""
) -> Viewer | None:
    """Begin a fresh session for the worker and write it down. Return the viewer, if a role is held.

    `factor` names the second step that was taken ("totp", "recovery", "demo"); without one, where
    it is required, the worker is only let to the page that sets it up. `role_id` is the role to
    work in, if it is the worker's own and in force; else the first.
    """
    request.session.flush()
    login(request, user, backend=BACKEND)
    if factor:
        request.session[FACTOR_KEY] = factor
    roles = roles_of(user)
    chosen = next((r for r in roles if str(r.id) == role_id), roles[0] if roles else None)
    if chosen is None:
        return None
    request.session[ROLE_KEY] = str(chosen.id)
    viewer = for_role(chosen, roles=roles, request_id=getattr(request, "id", ""))
    walls.enter(register=viewer.register_id, by=viewer)
    audit.record(viewer, "door.sign_in", reason=factor)
    return viewer


def sign_out(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """End the session, and ask the browser to forget what it kept. Returns the response."""
    logout(request)
    response["Clear-Site-Data"] = CLEAR
    return response


def who_mark(user_id: UUID | str | None, role_id: UUID | str | None) -> str:
    """Return a mark by which a page knows that the same worker, in the same role, is back."""
    text = f"{settings.SECRET_KEY}{user_id}{role_id}"
    return hashlib.sha256(text.encode()).hexdigest()[:16] if user_id else ""


def safe_next(request: HttpRequest, fallback: str = "/") -> str:
    """Return where to go on to: the `next` that was asked for if it is ours, else the fallback."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    secure = request.is_secure()
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=secure):
        return wanted
    return fallback


def source_of(request: HttpRequest) -> str:
    """Return the address that a request comes from; behind a proxy, the one the proxy saw."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return str(forwarded.rsplit(",", 1)[-1].strip())
    return str(request.META.get("REMOTE_ADDR", ""))
