"""Signing in again over the page one was on: it is covered, not left.

`session.js` shows this page in a dialog. Without script a form that was sent after the end is
held: its fields travel with the sign-in, and can be sent on after it. The server keeps none of it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from polku.foundation.door import devices, judging
from polku.foundation.door.entry import safe_next, sign_in_staff, who_mark
from polku.foundation.door.forms import AgainForm
from polku.foundation.door.public import public
from polku.foundation.door.views_sign_in import go_on, slow
from polku.foundation.models import User
from polku.foundation.staff import ROLE_KEY

HELD = "held."
SKIPPED = ("csrfmiddlewaretoken",)
MOST_HELD = 200_000


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Password and code in one form (in a demo, one click); then back to the same page."""
    if request.method != "POST":
        return _page(request, AgainForm())
    held = _held(request.POST)
    if settings.DEMO and "one_click" in request.POST:
        user = User.objects.filter(
            email__iexact=request.POST.get("email", ""), is_active=True, is_system=False
        ).first()
        if user is not None:
            return _in(request, user, "demo", held)
    form = AgainForm(request.POST)
    if not form.is_valid():
        return _page(request, form, held=held)
    asked = {k: form.cleaned_data[k] for k in ("email", "password", "code")}
    verdict = judging.judge(request, **asked)
    if verdict.state == "slow":
        return slow(request)
    if verdict.state == "in":
        assert verdict.user is not None
        return _in(request, verdict.user, verdict.factor, held)
    if verdict.state == "set_up":
        return go_on(request, verdict)
    # Whether the password alone was right is not told here.
    fresh = AgainForm(initial={"email": form.cleaned_data["email"]})
    return _page(request, fresh, held=held, wrong=True)


def hold_and_ask(request: HttpRequest) -> HttpResponse:
    """Answer a form that was sent after the session's end: ask to sign in, and hold the fields."""
    held = {"to": request.get_full_path(), "fields": _fields(request.POST)}
    if request.FILES or sum(len(value) for _name, value in held["fields"]) > MOST_HELD:
        return redirect("sign_in")
    return _page(request, AgainForm(), held=held)


def _in(request: HttpRequest, user: User, factor: str, held: dict[str, Any]) -> HttpResponse:
    viewer = sign_in_staff(request, user, factor=factor, role_id=request.POST.get("role", ""))
    response: HttpResponse
    if request.headers.get("X-Polku") == "1":
        who = who_mark(user.id, request.session.get(ROLE_KEY, ""))
        response = JsonResponse({"state": "open", "who": who, "csrf": get_token(request)})
    elif held["fields"] and viewer is not None:
        response = render(request, "foundation/held.html", {"held": held})
    else:
        response = redirect(safe_next(request))
    devices.remember(request, response, user)
    return response


def _page(
    request: HttpRequest,
    form: AgainForm,
    *,
    held: dict[str, Any] | None = None,
    wrong: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "held": held or {"to": "", "fields": []},
        "wrong": wrong,
        "next": safe_next(request, ""),
        "demo": settings.DEMO,
        "needs_code": settings.SECOND_FACTOR_REQUIRED,
    }
    return render(request, "foundation/again.html", context)


def _fields(post: Any) -> list[tuple[str, str]]:
    return [(name, value) for name in post if name not in SKIPPED for value in post.getlist(name)]


def _held(post: Any) -> dict[str, Any]:
    to = post.get("held_to", "")
    if not url_has_allowed_host_and_scheme(to, None) or not to.startswith("/"):
        return {"to": "", "fields": []}
    fields = [
        (name.removeprefix(HELD), value) for name, value in _fields(post) if name.startswith(HELD)
    ]
    return {"to": to, "fields": fields}
