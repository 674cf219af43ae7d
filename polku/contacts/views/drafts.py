"""Keeping what is half-written: the autosave's door, one's own drafts, discarding with undo."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polku.clients.doors import client_or_404
from polku.clients.models import Client
from polku.contacts import drafts, presenters, reading
from polku.contacts.models import Draft
from polku.contacts.views import panel
from polku.contacts.views.common import in_panel, viewer_of
from polku.foundation import audit, clock
from polku.foundation.permissions import check
from polku.web.toasts import toast


@require_POST
def draft_save(request: HttpRequest) -> JsonResponse:
    """Keep a draft. Answers with its revision, or with the newer one that stands (409)."""
    viewer = viewer_of(request)
    check(viewer, "contacts.draft")
    post = request.POST
    try:
        ticket = drafts.read_ticket(viewer, post.get("ticket", ""))
        fields = _fields(post.get("fields", ""))
        revision = int(post.get("revision") or 0)
    except (drafts.NoTicket, ValueError):
        return JsonResponse({"state": "unreadable"}, status=400)
    if reading.was_sent(ticket.client_id, dict(fields).get("submission", "")):
        audit.record(viewer, "contacts.draft_late", client=ticket.client_id)
        return JsonResponse({"state": "sent"})
    now = clock.now()
    try:
        kept, sees = drafts.save(
            ticket,
            by=viewer,
            at=now,
            fields=fields,
            revision=revision,
            anyway=post.get("anyway") == "1",
        )
    except drafts.NewerDraft as newer:
        return JsonResponse(_newer(newer.kept), status=409)
    told = {"state": "saved", "revision": kept, "at": presenters.time_words(now), "sees": sees}
    return JsonResponse(told)


def _fields(text: str) -> drafts.Pairs:
    """Return the form's pairs. Raises ValueError for what is not a list of pairs of text."""
    if len(text) > drafts.LONGEST:
        raise ValueError("too long")
    try:
        pairs = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(pairs, list) or len(pairs) > 500:
        raise ValueError("no list of pairs")
    for pair in pairs:
        if not (
            isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) for p in pair)
        ):
            raise ValueError("no pair of text")
    return [(name, value) for name, value in pairs]


def _newer(kept: drafts.Kept) -> dict[str, Any]:
    return {
        "state": "newer",
        "revision": kept.revision,
        "at": presenters.time_words(kept.saved_at),
        "fields": kept.fields,
        "words": "\n\n".join(kept.words()),
    }


@require_safe
def draft_key(request: HttpRequest) -> JsonResponse:
    """Give the page the worker's own key, to bring back what a dead tab has left on the device."""
    viewer = viewer_of(request)
    check(viewer, "contacts.draft")
    audit.record(viewer, "contacts.draft_key")
    return JsonResponse({"key": drafts.buffer_key(viewer), "save": reverse("draft_save")})


@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    """One's own drafts; also those about clients who have gone to somebody else."""
    viewer = viewer_of(request)
    check(viewer, "contacts.draft")
    found = drafts.mine(viewer, now=clock.now())
    audit.record(viewer, "contacts.drafts", shown=[c.id for _kept, c in found if c is not None])
    lines = [_line(kept, client) for kept, client in found]
    return render(request, "contacts/drafts.html", {"drafts": lines})


def _line(kept: drafts.Kept, client: Client | None) -> dict[str, Any]:
    onward = ""
    if client is not None:
        onward = (
            reverse("contact_change", args=[client.id, kept.about])
            if kept.about
            else reverse("contact_new", args=[client.id])
        )
    return {
        "id": kept.id,
        "name": client.name if client else _("A client who is no longer yours"),
        "gone": client is None,
        "saved": presenters.moment_words(kept.saved_at),
        "text": "\n\n".join(kept.words()),
        "onward": onward,
        "change": kept.form == "change",
        "discard_url": reverse("draft_discard", args=[kept.id]),
    }


@require_POST
def draft_discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Discard a draft; it can be taken back."""
    row = _set(request, draft_id, discarded=True)
    if in_panel(request) and row.form == panel.FORM:
        return _panel_again(request, row, discarded=row.id)
    toast(request, _("Draft discarded."), undo=reverse("draft_restore", args=[row.id]))
    return redirect("draft_list")


@require_POST
def draft_restore(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Take a discarded draft back."""
    row = _set(request, draft_id, discarded=False)
    if in_panel(request) and row.form == panel.FORM:
        return _panel_again(request, row)
    toast(request, _("The draft is back."))
    return redirect("draft_list")


def _set(request: HttpRequest, draft_id: UUID, *, discarded: bool) -> Draft:
    viewer = viewer_of(request)
    check(viewer, "contacts.draft")
    try:
        return drafts.discard(draft_id, by=viewer, at=clock.now(), discarded=discarded)
    except Draft.DoesNotExist as error:
        raise Http404 from error


def _panel_again(
    request: HttpRequest, row: Draft, *, discarded: UUID | None = None
) -> HttpResponse:
    viewer = viewer_of(request)
    client = client_or_404(viewer, row.client_id)
    return panel.show(request, client, reading.rhythm_of(client), discarded=discarded, looked=False)
