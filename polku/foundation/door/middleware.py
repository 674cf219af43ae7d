"""Every page outside a small public list asks who you are, and says kindly why it stays closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from polku.foundation.door import public

GetResponse = Callable[[HttpRequest], HttpResponse]


class SignInRequired:
    """Stands inside DoorMiddleware, which has found the viewer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if public.is_public(view, request.resolver_match.view_name or ""):
            return None
        if request.viewer is None:
            return self._stranger(request)
        if request.viewer.kind == "client" and not public.is_for_clients(request.path):
            if request.path == "/":
                return HttpResponseRedirect("/me/")
            raise PermissionDenied(_("This page is for workers."))
        if request.viewer.kind == "host" and not public.is_for_hosts(request.path):
            if request.path == "/":
                return HttpResponseRedirect(public.host_home())
            raise PermissionDenied(_("This page is for workers."))
        return None

    def _stranger(self, request: Any) -> HttpResponse:
        signed_in = request.user.is_authenticated
        if signed_in and request.lacks_factor:
            return HttpResponseRedirect(reverse("second_step_set_up"))
        if signed_in:
            return _no_role(request)
        if request.headers.get("X-Polku") == "1":
            return JsonResponse({"state": "ended"}, status=401)
        if public.is_for_clients(request.path) and public.client_door():
            return HttpResponseRedirect(reverse(public.client_door()))
        if public.is_for_hosts(request.path) and public.host_door():
            return HttpResponseRedirect(reverse(public.host_door()))
        if request.method not in ("GET", "HEAD") and "X-Polku-Panel" not in request.headers:
            from polku.foundation.door.again import hold_and_ask

            return hold_and_ask(request)
        here = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        where = "" if here == "/" else "?" + urlencode({"next": here})
        return HttpResponseRedirect(f"{resolve_url('sign_in')}{where}")


def _no_role(request: Any) -> HttpResponse:
    """Say that no role is in force, or that the one worked in has ended and which are left."""
    if request.headers.get("X-Polku") == "1":
        return JsonResponse({"state": "no-role"}, status=403)
    from polku.foundation.door.presenters import role_lines
    from polku.foundation.staff import roles_of

    lines = role_lines(roles_of(request.user), current=None)
    context = {"roles": lines, "ended": request.role_ended}
    return render(request, "foundation/no_role.html", context, status=403)
