"""The door of every request: an id, who asks, the register named, one transaction, one entry."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from polku.foundation import audit, viewer, walls

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Gives each request an id that an error page can quote."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = secrets.token_hex(8)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        return response


class DoorMiddleware:
    """Finds the viewer, names the register, and holds the request in one transaction.

    A refused or failed request is rolled back whole; what remains of it is an entry that says so.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        audit.begin_request()
        with transaction.atomic():
            who = viewer.resolve(request)
            request.viewer = who  # type: ignore[attr-defined]
            if who is not None:
                walls.enter(
                    register=who.register_id, client=who.client_id, host=who.host_id, by=who
                )
            response = self.get_response(request)
            failed = response.status_code >= 400 and not getattr(response, "keep_changes", False)
            if who is not None and not failed and audit.written() == 0:
                audit.record(who, f"page.{_name(request)}")
            if not failed:
                request.session.keep()  # type: ignore[attr-defined]
            transaction.set_rollback(failed)
        if who is not None and failed:
            with transaction.atomic():
                walls.enter(register=who.register_id, client=who.client_id)
                audit.record(who, f"refused.{_name(request)}", reason=str(response.status_code))
        if who is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name if match and match.view_name else "unknown")[:40]


# Under these paths files may ask one origin more than the policy says (a worker's own policy is
# that of its file). A port, set at start.
_further: dict[str, str] = {}


def let_further(path: str, origin: str) -> None:
    """Let the files under a path ask for images and data of this origin too."""
    _further[path] = origin


class SecurityHeadersMiddleware:
    """A strict policy on every page: nothing from elsewhere, nothing inline."""

    POLICY = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Content-Security-Policy"] = self._policy(request, response)
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
        # A link that opens by itself may be pasted where a search engine reads.
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    def _policy(self, request: HttpRequest, response: HttpResponse) -> str:
        """A page may ask for images and data of one origin more (the operator's map tiles)."""
        origin = getattr(response, "further_origin", "")
        if not origin and _further:
            origin = next((o for path, o in _further.items() if request.path.startswith(path)), "")
        if not origin:
            return self.POLICY
        widened = self.POLICY.replace("img-src 'self'", f"img-src 'self' {origin}")
        return widened.replace("connect-src 'self'", f"connect-src 'self' {origin}")
