"""Pages of conflicts of interest: one's own, a client's, and those that a lead minds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from polku.clients import queries
from polku.clients.doors import client_or_404
from polku.clients.identity import BadIdentityCode
from polku.foundation import audit, clock
from polku.foundation.models import Recusal
from polku.foundation.permissions import check
from polku.teamwork import recusals


class GroundForm(forms.Form):
    """Why the worker may not handle the client."""

    ground = forms.ChoiceField(
        label=gettext_lazy("What is the conflict"),
        choices=Recusal.Ground,
        widget=forms.RadioSelect,
        initial=Recusal.Ground.RELATIVE,
    )


class DeclareForm(GroundForm):
    """By identity code, for oneself or (lead, administrator) for a worker."""

    identity_code = forms.CharField(
        label=gettext_lazy("Identity code of the person"),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Such as 010190-999X. Only a fingerprint of it is kept."),
    )
    field_order = ["worker", "identity_code", "ground"]


class DeclareForWorkerForm(DeclareForm):
    """The same, with the worker."""

    worker = forms.ModelChoiceField(
        label=gettext_lazy("Worker"), queryset=None, empty_label=gettext_lazy("choose")
    )

    def __init__(self, viewer: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worker: Any = self.fields["worker"]
        worker.queryset = recusals.workers(viewer).order_by("last_name", "first_name")


class ReasonForm(forms.Form):
    """Why a conflict of interest is over."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is over"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stays on record with your name. At least ten characters."),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One conflict of interest of a worker."""

    id: str
    worker: str
    client: str
    client_url: str
    ground: str
    since: str
    still_own: bool
    is_mine: bool


@sensitive_post_parameters("identity_code")
@require_http_methods(["GET", "HEAD", "POST"])
def my_conflicts(request: Any) -> HttpResponse:
    """Tell of a relative, or of oneself, by identity code."""
    check(request.viewer, "teamwork.recuse")
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _declare(request, form):
        return redirect("my_conflicts")
    told = [(_day(when), ground) for when, ground in recusals.mine(request.viewer)]
    return render(request, "teamwork/conflicts/mine.html", {"form": form, "told": told})


@sensitive_post_parameters("identity_code")
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: Any) -> HttpResponse:
    """The workers' conflicts of interest, for their lead or administrator."""
    check(request.viewer, "teamwork.recusals")
    form = DeclareForWorkerForm(request.viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _declare(request, form):
        return redirect("conflicts")
    found = list(recusals.standing(request.viewer).order_by("user__last_name", "starts_at"))
    lines = _lines(request.viewer, found)
    audit.record(request.viewer, "teamwork.conflicts", shown=[r.client_id for r in found])
    return render(request, "teamwork/conflicts/list.html", {"form": form, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def end_conflict(request: Any, recusal_id: UUID) -> HttpResponse:
    """End a conflict of interest, with a reason."""
    check(request.viewer, "teamwork.recusals")
    found = list(recusals.standing(request.viewer).filter(pk=recusal_id))
    if not found:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            recusals.end(by=request.viewer, at=clock.now(), recusal_id=recusal_id, reason=reason)
        except recusals.ReasonMissing:
            form.add_error("reason", _("Say it in at least ten characters."))
        except recusals.NotYours:
            form.add_error(None, _("Nobody ends a conflict of interest of their own."))
        else:
            messages.success(request, _("The conflict of interest is over, with its reason."))
            return redirect("conflicts")
    context = {"form": form, "line": _lines(request.viewer, found)[0]}
    return render(request, "teamwork/conflicts/end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def client_conflict(request: Any, client_id: UUID) -> HttpResponse:
    """Tell, from a client's page, that one may not handle this client."""
    viewer = request.viewer
    client = client_or_404(viewer, client_id)
    check(viewer, "teamwork.recuse", client)
    form = GroundForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ground = form.cleaned_data["ground"]
        recusals.declare_for_client(by=viewer, at=clock.now(), client_id=client.id, ground=ground)
        messages.success(request, _("Told. You no longer see this client, and your lead sees why."))
        return redirect("/")
    audit.record(viewer, "teamwork.conflict_form", client=client.id)
    context = {"form": form, "name": client.name, "client_id": client.id}
    return render(request, "teamwork/conflicts/client.html", context)


def _declare(request: Any, form: DeclareForm) -> bool:
    told = form.cleaned_data
    worker = told.get("worker")
    try:
        recusals.declare_by_code(
            by=request.viewer,
            at=clock.now(),
            identity_code=told["identity_code"],
            ground=told["ground"],
            user_id=worker.id if worker else None,
        )
    except BadIdentityCode:
        form.add_error(
            "identity_code",
            _("That is not a whole identity code, or a character is wrong. Check it once more."),
        )
        return False
    messages.success(
        request,
        _("Told. If the person is a client here, or becomes one, they are out of sight."),
    )
    return True


def _lines(viewer: Any, found: list[Recusal]) -> list[Line]:
    own = recusals.still_own_coach(viewer, found)
    seen = {
        c.id: c.name for c in queries.visible(viewer).filter(pk__in=[r.client_id for r in found])
    }
    return [
        Line(
            id=str(r.id),
            worker=str(r.user),
            client=seen.get(r.client_id) or _("client %s") % str(r.client_id)[:8],
            client_url=f"/clients/{r.client_id}/" if r.client_id in seen else "",
            ground=str(r.get_ground_display()),
            since=_day(r.starts_at),
            still_own=r.id in own,
            is_mine=r.user_id == viewer.user_id,
        )
        for r in found
    ]


def _day(moment: Any) -> str:
    return date_format(clock.local(moment), "SHORT_DATE_FORMAT")
