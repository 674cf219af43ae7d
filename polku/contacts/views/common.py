"""What every page here does first: find the client, or say that there is none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.clients import careful
from polku.contacts import drafts, reading
from polku.contacts.models import Appointment
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.web.toasts import toast

# Fields of a form that are no part of what was written.
NOT_WRITTEN = frozenset({"csrfmiddlewaretoken", "ticket", "revision", "version", careful.KEEP})


def viewer_of(request: HttpRequest) -> Viewer:
    """Return the viewer; the door has seen to it that there is one."""
    found: Viewer = request.viewer  # type: ignore[attr-defined]
    return found


def in_panel(request: HttpRequest) -> bool:
    """Return whether the page is asked for to stand beside another."""
    return "X-Polku-Panel" in request.headers


def pairs_of(request: HttpRequest) -> drafts.Pairs:
    """Return what was sent in a form, as a draft keeps it."""
    return [
        (name, value)
        for name in request.POST
        if name not in NOT_WRITTEN
        for value in request.POST.getlist(name)
    ]


def keep_for_author(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Answer a form about a client who is no longer the viewer's: refused, but nothing is lost.

    Raises Http404 for who has not been given the form, as for a client who does not exist.
    """
    viewer = viewer_of(request)
    try:
        ticket = drafts.read_ticket(viewer, request.POST.get("ticket", ""))
    except drafts.NoTicket as error:
        raise Http404 from error
    if request.method != "POST" or ticket.client_id != client_id:
        raise Http404
    drafts.save(
        ticket, by=viewer, at=clock.now(), fields=pairs_of(request), revision=0, anyway=True
    )
    response = render(request, "contacts/kept.html", status=403)
    response.keep_changes = True  # type: ignore[attr-defined]
    return response


def initial_of(fields: drafts.Pairs) -> dict[str, Any]:
    """Return a draft's fields as a form's initial values."""
    initial: dict[str, Any] = dict(fields)
    texts = [value for name, value in fields if name == "task_text"]
    days = [value for name, value in fields if name == "task_due"] + [""] * len(texts)
    initial["tasks"] = [
        {"text": text, "due_on": day} for text, day in zip(texts, days, strict=False) if text or day
    ]
    return initial


def appointment_or_404(request: HttpRequest, client_id: UUID, appointment_id: UUID) -> Appointment:
    """Return the appointment of a visible client. Raises Http404, foreign and absent alike."""
    try:
        return reading.appointment(viewer_of(request), client_id, appointment_id)
    except Appointment.DoesNotExist as error:
        raise Http404 from error


def not_from_here(request: HttpRequest, booked: Appointment) -> HttpResponse:
    """Say kindly that nothing was done, and show how the appointment stands now."""
    toast(
        request,
        _("It has been changed meanwhile, so nothing was done. Look at how it stands now."),
        level="warn",
    )
    return redirect("appointment_page", booked.client_id, booked.id)


def closed_by_now(request: HttpRequest, booked: Appointment) -> HttpResponse:
    """Say kindly that nobody is met any more, and show how the appointment stands."""
    toast(request, _("The record is closed. Nothing was changed."), level="warn")
    return redirect("appointment_page", booked.client_id, booked.id)
