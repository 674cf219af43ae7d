"""The administrators' pages: who works here, and one worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polku.foundation import clock
from polku.foundation.door import second_step
from polku.foundation.models import RoleAssignment, User
from polku.foundation.permissions import check
from polku.foundation.workers import actions, presenters, queries
from polku.foundation.workers.forms import EndForm, InviteForm, RoleForm, ends
from polku.foundation.workers.words import REASONS


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the list."""

    label: str
    url: str
    current: bool
    count: int


@require_safe
def staff(request: Any) -> HttpResponse:
    """Who works here: roles, second steps, states; sorted and filtered."""
    check(request.viewer, "staff.manage")
    everyone = presenters.lines(request.viewer)
    show = request.GET.get("show", "")
    views = {
        "": _("All"),
        "active": _("In use"),
        "invited": _("Invited"),
        "disabled": _("Closed accounts"),
    }
    tabs = [
        Tab(label, f"?show={key}" if key else "?", show == key, _count(everyone, key))
        for key, label in views.items()
    ]
    found = [line for line in everyone if not show or line.state == show]
    context = {
        "lines": presenters.in_order(found, request.GET.get("sort", "name")),
        "tabs": tabs,
        "missing_step": sum(not x.second_step and x.state == "active" for x in everyone),
    }
    return render(request, "foundation/staff/list.html", context)


def _count(everyone: list[presenters.Line], key: str) -> int:
    return sum(not key or line.state == key for line in everyone)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Any) -> HttpResponse:
    """Invite a worker."""
    check(request.viewer, "staff.manage")
    form = InviteForm(request.viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now, told = clock.now(), form.cleaned_data
        who = {k: told[k] for k in ("email", "first_name", "last_name", "language")}
        try:
            user = actions.invite(by=request.viewer, at=now, **who, **form.given(now))
        except actions.NotPossible as error:
            form.add_error(None, REASONS[str(error)])
        else:
            messages.success(request, _("The invitation is on its way to %s.") % user.email)
            return redirect("staff_person", user.id)
    return render(request, "foundation/staff/invite.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Any, user_id: UUID) -> HttpResponse:
    """One worker: roles with their history, the account, and a new role."""
    check(request.viewer, "staff.manage")
    user = _person(request, user_id)
    form = RoleForm(request.viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        try:
            actions.give_role(by=request.viewer, at=now, user=user, **form.given(now))
        except actions.NotPossible as error:
            form.add_error(None, REASONS[str(error)])
        else:
            messages.success(request, _("The role has been given."))
            return redirect("staff_person", user.id)
    return render(request, "foundation/staff/person.html", _page(request.viewer, user, form))


def _page(viewer: Any, user: User, form: RoleForm) -> dict[str, Any]:
    roles = queries.roles(viewer).filter(user=user).select_related("given_by", "organisation")
    listed = presenters.role_lines(roles.order_by("-starts_at"), viewer.at)
    if not user.is_active:
        state = "disabled"
    else:
        state = "active" if user.has_usable_password() else "invited"
    return {
        "form": form,
        "person": user,
        "state": state,
        "roles": listed,
        "has_step": second_step.is_set_up(user),
        "seen": presenters.day(user.last_login),
        "own_clients": queries.own_clients(viewer, user),
        "is_me": user.id == viewer.user_id,
        "in_reach": queries.reaches_account(viewer, user),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: Any, role_id: UUID) -> HttpResponse:
    """End a role, at once or on a day."""
    check(request.viewer, "staff.manage")
    try:
        role = queries.roles(request.viewer).select_related("user").get(pk=role_id)
    except RoleAssignment.DoesNotExist as error:
        raise Http404 from error
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        moment = ends(form.cleaned_data["last_day"]) or now
        try:
            actions.end_role(by=request.viewer, at=now, role=role, ends_at=moment)
        except actions.NotPossible as error:
            form.add_error(None, REASONS[str(error)])
        else:
            messages.success(request, _("The role ends, and with it what it opened."))
            return redirect("staff_person", role.user_id)
    context = {
        "form": form,
        "person": role.user,
        "line": presenters.role_lines([role], request.viewer.at)[0],
        "own_clients": queries.own_clients(request.viewer, role.user),
    }
    return render(request, "foundation/staff/end_role.html", context)


@require_POST
def account(request: Any, user_id: UUID) -> HttpResponse:
    """Disable, open again, reset a second step, send a link. `do` says which."""
    check(request.viewer, "staff.manage")
    user = _person(request, user_id)
    do = request.POST.get("do") or request.GET.get("do")
    given: dict[str, Any] = {"by": request.viewer, "at": clock.now(), "user": user}
    try:
        if do == "disable":
            actions.disable(**given)
            back = reverse("staff_account", args=[user.id]) + "?do=enable"
            text = _("The account is disabled; the next request is refused.")
            messages.success(request, text, extra_tags=f"undo={back}")
        elif do == "enable":
            actions.enable(**given)
            messages.success(request, _("The account is open again."))
        elif do == "reset":
            actions.reset_second_step(**given)
            messages.success(request, _("The second step is removed; a link is on its way."))
        elif do == "link":
            actions.send_link(**given)
            messages.success(request, _("A new link is on its way; older ones are void."))
    except actions.NotPossible as error:
        messages.error(request, REASONS[str(error)])
    return redirect("staff_person", user.id)


def _person(request: Any, user_id: UUID) -> User:
    try:
        return queries.get(request.viewer, user_id)
    except User.DoesNotExist as error:
        raise Http404 from error
