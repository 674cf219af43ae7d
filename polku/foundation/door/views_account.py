"""A worker's own account: password, recovery codes, and the browsers one is signed in on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from polku.foundation import audit
from polku.foundation.door import limits, second_step, sessions
from polku.foundation.door.forms import ChangePasswordForm, PresentPasswordForm
from polku.foundation.door.views_set_up import SHOWS
from polku.foundation.models import Session
from polku.foundation.permissions import check


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Any) -> HttpResponse:
    """Show the account, and change it: what is changed is told by `do`."""
    check(request.viewer, "staff.account")
    do = request.POST.get("do") if request.method == "POST" else None
    change = ChangePasswordForm(request.POST if do == "password" else None, user=request.user)
    renew = PresentPasswordForm(request.POST if do == "codes" else None, prefix="codes")
    if do == "password" and _knows(request, change, "old"):
        _change_password(request, change.cleaned_data["password"])
        return redirect("account")
    if do == "codes" and _knows(request, renew, "password"):
        second_step.renew_recovery_codes(request.user)
        request.session[SHOWS], request.session["next"] = True, "/account/"
        audit.record(request.viewer, "door.new_recovery_codes")
        return redirect("recovery_codes")
    if do == "others":
        sessions.revoke(request.user.id, but=request.session.session_key)
        audit.record(request.viewer, "door.end_other_sessions")
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("account")
    context = {
        "change": change,
        "renew": renew,
        "email": request.user.email,
        "has_step": second_step.is_set_up(request.user),
        "codes_left": len(second_step.recovery_codes(request.user)),
        "others": max(0, Session.objects.filter(user=request.user).count() - 1),
    }
    return render(request, "foundation/account.html", context)


def _knows(request: Any, form: Any, field: str) -> bool:
    """Return whether the form is right, the present password too; tries are counted."""
    if not form.is_valid():
        return False
    own = limits.account(request.user.email, "account")
    if not limits.is_full(own) and request.user.check_password(form.cleaned_data[field]):
        return True
    limits.failed(own)
    form.add_error(field, _("That is not your password."))
    return False


def _change_password(request: Any, password: str) -> None:
    request.user.set_password(password)
    request.user.save(update_fields=["password"])
    sessions.revoke(request.user.id, but=request.session.session_key)
    update_session_auth_hash(request, request.user)
    audit.record(request.viewer, "door.new_password")
    messages.success(request, _("The password has been changed, and other browsers signed out."))
