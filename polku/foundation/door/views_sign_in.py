"""Coming in and going out: password, second step, role, and how long the session lasts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from polku.foundation import audit, clock, walls
from polku.foundation.door import devices, judging
from polku.foundation.door.entry import safe_next, sign_in_staff, who_mark
from polku.foundation.door.entry import sign_out as end_session
from polku.foundation.door.forms import BothForm, CodeForm, SignInForm
from polku.foundation.door.presenters import role_lines
from polku.foundation.door.public import public
from polku.foundation.models import User
from polku.foundation.staff import FACTOR_KEY, ROLE_KEY, roles_of
from polku.foundation.viewer import for_role, system

PENDING = "half_in"
PENDING_SECONDS = 600


@public
@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail and password; after too many tries the code as well, in the same form."""
    if request.method != "POST":
        if getattr(request, "viewer", None) is not None:
            return redirect(safe_next(request))
        return _page(request, SignInForm())
    form = SignInForm(request.POST)
    both = form.is_valid() and judging.must_give_both(request, form.cleaned_data["email"])
    if both:
        form = BothForm(request.POST)
        if "code" not in request.POST:
            form = BothForm(initial={"email": request.POST["email"]})
            return _page(request, form, both=True)
    if not form.is_valid():
        return _page(request, form, both=both)
    verdict = judging.judge(request, **form.cleaned_data)
    if verdict.state == "slow":
        return slow(request)
    if verdict.state in ("wrong", "both"):
        _write_down(request, "door.sign_in_failed")
        both = verdict.state == "both"
        kind = BothForm if both else SignInForm
        return _page(request, kind(initial={"email": form.cleaned_data["email"]}), both, wrong=True)
    return go_on(request, verdict)


def go_on(request: HttpRequest, verdict: judging.Verdict) -> HttpResponse:
    """Take someone whose password was right one step further, or all the way in."""
    user, onward = verdict.user, safe_next(request)
    assert user is not None
    if verdict.state == "in":
        return _let_in(request, user, verdict.factor, onward)
    if verdict.state == "set_up":
        sign_in_staff(request, user)
        request.session["next"] = onward
        return redirect("second_step_set_up")
    request.session.flush()
    request.session[PENDING] = {
        "user": str(user.id),
        "at": clock.now().timestamp(),
        "next": onward,
    }
    return redirect("sign_in_code")


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step."""
    user, onward = _half_in(request)
    if user is None:
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    wrong = False
    if request.method == "POST" and form.is_valid():
        verdict = judging.judge_code(request, user, form.cleaned_data["code"])
        if verdict.state == "in":
            return _let_in(request, user, verdict.factor, onward)
        if verdict.state == "slow":
            return slow(request, waits=True)
        _write_down(request, "door.code_failed", user)
        form, wrong = CodeForm(), True
    return render(request, "foundation/code.html", {"form": form, "wrong": wrong})


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. In another tab it is over too, at its next request."""
    viewer = request.viewer
    if viewer is not None:
        audit.record(viewer, "door.sign_out")
    onward = reverse("sign_in") if viewer is None or viewer.is_staff else "/c/"
    return end_session(request, HttpResponseRedirect(onward))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Tell how long the session lasts. Asking (GET) is no use of it; a POST is."""
    store: Any = request.session
    user: Any = request.user
    if not user.is_authenticated:
        return JsonResponse({"state": "ended", "left": 0})
    if settings.SECOND_FACTOR_REQUIRED and not store.get(FACTOR_KEY):
        return JsonResponse({"state": "ended", "left": 0})
    role = store.get(ROLE_KEY, "")
    told = {
        "state": "open",
        "left": store.seconds_left(),
        "who": who_mark(user.id, role),
        "email": user.email,
        "role": role,
        "csrf": get_token(request),
    }
    return JsonResponse(told)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest) -> HttpResponse:
    """Choose the role, and with it the register, to work in."""
    user: Any = request.user
    lacks_factor = getattr(request, "lacks_factor", False)
    if not user.is_authenticated or lacks_factor:
        return redirect("sign_in")
    roles = roles_of(user)
    viewer = request.viewer
    if request.method == "POST":
        chosen = next((r for r in roles if str(r.id) == request.POST.get("id")), None)
        if chosen is not None:
            request.session[ROLE_KEY] = str(chosen.id)
            new = for_role(chosen, roles=roles, request_id=getattr(request, "id", ""))
            walls.enter(register=chosen.register_id, by=new)
            audit.record(new, "door.role")
            return redirect("/")
    current = viewer.role_id if viewer else None
    context = {"roles": role_lines(roles, current=current), "refused": request.method == "POST"}
    status = 403 if request.method == "POST" else 200
    return render(request, "foundation/role.html", context, status=status)


def slow(request: HttpRequest, *, waits: bool = False) -> HttpResponse:
    """Say that it is time for a pause. What was counted stays counted."""
    response = render(request, "foundation/slow.html", {"waits": waits}, status=429)
    response["Retry-After"] = "900"
    response.keep_changes = True
    return response


def _let_in(request: HttpRequest, user: User, factor: str, onward: str) -> HttpResponse:
    sign_in_staff(request, user, factor=factor)
    response = redirect(onward)
    devices.remember(request, response, user)
    return response


def _half_in(request: HttpRequest) -> tuple[User | None, str]:
    kept = request.session.get(PENDING) or {}
    if not kept or clock.now().timestamp() - kept["at"] > PENDING_SECONDS:
        return None, "/"
    return User.objects.filter(pk=kept["user"], is_active=True).first(), kept["next"]


def _page(
    request: HttpRequest, form: Any, both: bool = False, *, wrong: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "both": both,
        "wrong": wrong,
        "next": safe_next(request, ""),
        "demo": settings.DEMO,
        "ended": "ended" in request.GET,
    }
    return render(request, "foundation/sign_in.html", context)


def _write_down(request: HttpRequest, action: str, user: User | None = None) -> None:
    """Write a failed try into the record. It names no account that was only typed."""
    who = system(None, user_id=user.id if user else None)
    audit.record(who, action)
