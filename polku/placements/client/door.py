"""Who comes in here, and the guarded window of a client under a safety ban.

Under a ban every page here is closed until a purpose is written; then it stays open for the ten
minutes of the guarded view, and each page that is shown leaves its entry. Whether there is any
placement is not told before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from polku.clients import careful, guarded
from polku.clients.doors import client_or_404
from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

PageView = Callable[..., HttpResponse]
KEY = "placements_opened"


class Closed(Exception):
    """The guarded window of this client is not open."""


class PurposeForm(forms.Form):
    """What the guarded view is opened for."""

    purpose = forms.CharField(
        label=_("What do you need the places for?"),
        min_length=guarded.SHORTEST_PURPOSE,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Your purpose is written into the log, which the client may see."),
    )


def page(permission: str) -> Callable[[PageView], PageView]:
    """Let in workers whose role includes it, to a client whom they may see.

    The view gets the viewer second and the client third, with what a ban hides opened around it.
    """

    def door(view: PageView) -> PageView:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, client_id: UUID, **kwargs: Any) -> HttpResponse:
            viewer: Viewer | None = getattr(request, "viewer", None)
            if viewer is None or not viewer.is_staff:
                raise Http404
            check(viewer, permission)
            client = client_or_404(viewer, client_id)
            try:
                with opened(request, viewer, client):
                    answer = view(request, viewer, client, *args, **kwargs)
            except Closed:
                return _ask(request, client, PurposeForm())
            return _closing(request, answer, client)

        return inner

    return door


@contextmanager
def opened(request: HttpRequest, viewer: Viewer, client: Client) -> Iterator[None]:
    """Open what a ban hides inside the block. Raises Closed where no purpose was written."""
    if not client.safety_ban:
        yield
        return
    kept = _kept(request, client)
    if kept is None:
        raise Closed
    with guarded.opened(by=viewer, client=client, purpose=kept["purpose"]):
        yield


def _kept(request: HttpRequest, client: Client) -> dict[str, str] | None:
    kept = request.session.get(KEY) or {}
    if kept.get("client") != str(client.id) or _until(kept) <= clock.now():
        return None
    return dict(kept)


def _until(kept: dict[str, str]) -> datetime:
    found = parse_datetime(kept["until"])
    assert found is not None
    return found


def open_up(request: HttpRequest, viewer: Viewer, client: Client, form: PurposeForm) -> None:
    """Keep the purpose in the sealed session, for the time of the guarded view."""
    until = clock.now() + timedelta(minutes=guarded.MINUTES_OPEN)
    request.session[KEY] = {
        "client": str(client.id),
        "until": until.isoformat(),
        "purpose": form.cleaned_data["purpose"],
    }


def opening(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Take the purpose, and go on to the client's placements."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None or not viewer.is_staff:
        raise Http404
    client = client_or_404(viewer, client_id)
    check(viewer, "clients.guarded", client)
    form = PurposeForm(request.POST)
    if form.is_valid() and careful.held_back(form.cleaned_data["purpose"], client):
        form.add_error("purpose", careful.said_of_purpose())
    if not form.is_valid():
        return _ask(request, client, form)
    open_up(request, viewer, client, form)
    with opened(request, viewer, client):
        return redirect("client_placements", client_id=client.id)


def _ask(request: HttpRequest, client: Client, form: PurposeForm) -> HttpResponse:
    context = {"client": client, "form": form, "minutes": guarded.MINUTES_OPEN}
    status = 422 if form.errors else 200
    return render(request, "placements/client/closed.html", context, status=status)


def _closing(request: HttpRequest, answer: HttpResponse, client: Client) -> HttpResponse:
    """Let the browser leave by itself when the guarded window closes."""
    kept = _kept(request, client) if client.safety_ban else None
    if kept is not None and answer.status_code == 200:
        left = max(1, int((_until(kept) - clock.now()).total_seconds()))
        answer["Refresh"] = f"{left}; url=/clients/{client.id}/"
    return answer
