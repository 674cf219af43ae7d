"""Setting up: the second step, its recovery codes, and what a personal link opens."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from polku.foundation import audit, clock
from polku.foundation.door import accounts, devices, limits, links, mails, second_step
from polku.foundation.door.entry import sign_in_staff, source_of
from polku.foundation.door.forms import (
    CodeForm,
    FirstAdministratorForm,
    ForgottenForm,
    InviteeForm,
    NewPasswordForm,
    PresentPasswordForm,
)
from polku.foundation.door.public import public
from polku.foundation.door.views_sign_in import slow
from polku.foundation.models import EntryLink, User
from polku.foundation.staff import FACTOR_KEY
from polku.foundation.viewer import system

SHOWS = "shows_recovery_codes"
FORMS = {
    "invite": InviteeForm,
    "password": NewPasswordForm,
    "factor": PresentPasswordForm,
    "first": FirstAdministratorForm,
}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: Any) -> HttpResponse:
    """Set up the second step: a picture for the app, and a code to show that it works."""
    user = request.user
    if not user.is_authenticated:
        return redirect("sign_in")
    if second_step.is_set_up(user):
        return redirect("account" if request.session.get(FACTOR_KEY) else "sign_in")
    secret = second_step.new_secret(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second_step.take_into_use(request, user, form.cleaned_data["code"]):
            onward = request.session.get("next", "/")
            sign_in_staff(request, user, factor="totp")
            request.session["next"] = onward
            request.session[SHOWS] = True
            response = redirect("recovery_codes")
            devices.remember(request, response, user)
            return response
        form.add_error("code", _("That is not the code of this picture. Try the newest code."))
    spaced = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return render(request, "foundation/set_up.html", {"form": form, "secret": spaced})


@public
@never_cache
@require_safe
def picture(request: Any) -> HttpResponse:
    """The QR code of the key that is being set up."""
    user = request.user
    if not user.is_authenticated or second_step.is_set_up(user):
        return HttpResponse(status=404)
    svg = second_step.picture(user, second_step.new_secret(request))
    return HttpResponse(svg, content_type="image/svg+xml")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: Any) -> HttpResponse:
    """Show fresh recovery codes until the worker says that they are kept; never again after."""
    if not request.user.is_authenticated or request.lacks_factor:
        return redirect("sign_in")
    onward = request.session.get("next", "/")
    if request.method == "POST" or not request.session.get(SHOWS):
        request.session.pop(SHOWS, None)
        request.session.pop("next", None)
        return redirect(onward)
    codes = second_step.recovery_codes(request.user)
    if "file" in request.GET:
        response = HttpResponse("\r\n".join(["Polku", "", *codes, ""]), content_type="text/plain")
        response["Content-Disposition"] = 'attachment; filename="polku.txt"'
        return response
    return render(request, "foundation/recovery_codes.html", {"codes": codes})


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: Any, token: str) -> HttpResponse:
    """What an entry link opens. Links that are used, old, void or made up look alike."""
    link = links.find(token, clock.now(), lock=request.method == "POST")
    if link is None:
        return _closed(request)
    source = limits.address(source_of(request))
    if limits.is_full(source, limits.FLOOD):
        return slow(request)
    form = _form_for(link, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = _accept(request, link, form)
        if user is not None:
            return _begin(request, user, link)
    context = {"form": form, "link": link, "purpose": link.purpose}
    return render(request, "foundation/welcome.html", context)


def _form_for(link: EntryLink, data: Any) -> Any:
    kind = FORMS[link.purpose]
    if link.purpose == "factor":
        return kind(data)
    user = link.user
    initial = {"first_name": user.first_name, "last_name": user.last_name} if user else {}
    return kind(data, user=user, initial=initial)


def _accept(request: HttpRequest, link: EntryLink, form: Any) -> User | None:
    """Do what the link is for. Return the worker, or None with the reason on the form."""
    told, now = form.cleaned_data, clock.now()
    if link.purpose == "first":
        try:
            return accounts.open_house(link=link, at=now, told=told)
        except accounts.AddressTaken:
            form.add_error("email", _("Someone has an account with this address already."))
            return None
    assert link.user is not None
    if link.purpose == "factor":
        own = limits.account(link.user.email, "link")
        if limits.is_full(own):
            form.add_error("password", _("Too many tries. Wait a quarter of an hour."))
            return None
        if authenticate(request, email=link.user.email, password=told["password"]) != link.user:
            limits.failed(own)
            form.add_error("password", _("That is not your password."))
            return None
    return accounts.accept(link=link, at=now, told=told)


def _begin(request: Any, user: User, link: EntryLink) -> HttpResponse:
    if link.purpose == "password":
        # The second step stays, and is asked for as always.
        return render(request, "foundation/password_changed.html")
    sign_in_staff(request, user)
    if link.purpose == "first":
        request.session["next"] = reverse("staff")
    return redirect("second_step_set_up")


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "foundation/link_closed.html", status=404)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link for a new password. The answer is the same whether there is an account."""
    form = ForgottenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "foundation/forgotten.html", {"form": form})
    source = limits.bucket("forgotten", source_of(request))
    asked = limits.bucket("forgotten", form.cleaned_data["email"].lower())
    if limits.is_full(source, limits.TRIES_FROM_ADDRESS):
        return slow(request)
    if not limits.is_full(asked):
        _send_link(form.cleaned_data["email"])
    limits.failed(source, asked)
    return render(request, "foundation/forgotten.html", {"sent": True})


def _send_link(email: str) -> None:
    from polku.foundation import walls

    user = User.objects.filter(email__iexact=email, is_active=True, is_system=False).first()
    register: Any = mails.register_of(user) if user else None
    if user is None or register is None or not user.has_usable_password():
        return
    now = clock.now()
    with walls.inside(register):
        _link, address = links.make(purpose="password", user=user, at=now)
        mails.new_password(by=system(register), user=user, address=address, at=now)
        audit.record(system(register), "door.link_mail", shown=[user.id])
