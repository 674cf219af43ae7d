"""One booked time: what it is, what became of it, and what the client said of it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polku.clients import careful, guarded
from polku.clients.models import Client
from polku.contacts import booking, own_times, presenters, states
from polku.contacts.booking import DoubleBooked, NotFromHere, RecordClosed
from polku.contacts.forms_booking import MissedForm
from polku.contacts.models import Appointment
from polku.contacts.resources import reads
from polku.contacts.views.common import (
    appointment_or_404,
    closed_by_now,
    not_from_here,
    viewer_of,
)
from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.web.toasts import toast

# Of a version's digits, in an address.
LONGEST = 9


@require_http_methods(["GET", "HEAD"])
def appointment_page(request: HttpRequest, client_id: UUID, appointment_id: UUID) -> HttpResponse:
    """One appointment: what it is, and what can be done with it."""
    viewer = viewer_of(request)
    check(viewer, "contacts.read")
    booked = appointment_or_404(request, client_id, appointment_id)
    audit.record(viewer, "contacts.appointment", client=booked.client_id)
    log = reverse("contact_new", args=[client_id]) + f"?appointment={booked.id}"
    context = {
        "client": booked.client,
        "booked": booked,
        "title": presenters.appointment_words(booked),
        "facts": presenters.appointment_facts(booked) + _interpreted_by(booked),
        "live": booked.status in states.LIVE,
        "past": booked.starts_at <= clock.now(),
        "log_url": log,
        "said_unread": booked.said in own_times.TO_READ and booked.said_read_at is None,
        "guarded": booked.client.safety_ban and not booked.place and booked.kind == "visit",
    }
    return render(request, "contacts/appointment.html", context)


def _interpreted_by(booked: Appointment) -> list[tuple[str, str]]:
    """Return who interprets; the room is the place, which a safety ban hides, and stands there."""
    if not booked.interpreter:
        return []
    names = [
        one.resource.name
        for one in reads.of_appointment(booked.id)
        if one.sort == "interpreter" and one.freed_at is None
    ]
    return [(_("Interpreter"), ", ".join(names) or _("booked elsewhere"))]


@require_POST
def appointment_status(
    request: HttpRequest, client_id: UUID, appointment_id: UUID, status: str
) -> HttpResponse:
    """Confirm or cancel; with `?undo` put it back as it was.

    Of one that has been changed since the page was read (`?version`) nothing is done.
    """
    viewer = viewer_of(request)
    check(viewer, "contacts.book")
    if status not in (*states.LIVE, states.CANCELLED):
        raise Http404
    booked = appointment_or_404(request, client_id, appointment_id)
    before, version = booked.status, _seen(request) if "version" in request.GET else None
    try:
        booking.set_status(booked, by=viewer, at=clock.now(), status=status, version=version)
    except (NotFromHere, ChangedMeanwhile):
        return not_from_here(request, booked)
    except RecordClosed:
        return closed_by_now(request, booked)
    except DoubleBooked as refused:
        gone = _("The time has been given to somebody else meanwhile. Book another one.")
        if refused.whose in ("room", "interpreter"):
            gone = _("The room or the interpreter has been given to somebody else meanwhile.")
        toast(request, gone, level="warn")
        return redirect("appointment_page", client_id, appointment_id)
    undo = ""
    if "undo" not in request.GET and before in states.LIVE and status != before:
        undo = reverse("appointment_status", args=[client_id, appointment_id, before]) + "?undo"
        undo = undo if states.may_become(status, before) else ""
    said = _("Taken back.") if "undo" in request.GET else _said(status, booked.client)
    toast(request, said, undo=undo)
    return redirect("appointment_page", client_id, appointment_id)


@require_POST
def appointment_said(request: HttpRequest, client_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Note that what the client said of this time has been read."""
    viewer = viewer_of(request)
    check(viewer, "contacts.book")
    booked = appointment_or_404(request, client_id, appointment_id)
    if own_times.read(booked, by=viewer, at=clock.now(), version=_seen(request)):
        toast(request, _("Noted as read."))
        return redirect("my_day")
    return not_from_here(request, booked)


def _seen(request: HttpRequest) -> int:
    """Return the version that was read; 0, which none is, for nonsense."""
    seen = request.GET.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < LONGEST else 0


def _said(status: str, client: Client) -> str:
    if status == states.CANCELLED:
        told = guarded.told(client, _("The client gets a message in two minutes."))
        return f"{_('Cancelled.')} {told}"
    return _("Confirmed.")


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_missed(request: HttpRequest, client_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Say that a time did not take place: on whose side, and why."""
    viewer = viewer_of(request)
    check(viewer, "contacts.book")
    booked = appointment_or_404(request, client_id, appointment_id)
    form = MissedForm(request.POST if request.method == "POST" else None)
    ready = request.method == "POST" and form.is_valid()
    if ready and careful.may_keep(form, request, booked.client):
        before = booked.status
        try:
            booking.set_status(
                booked, by=viewer, at=clock.now(), status=states.MISSED, **form.cleaned_data
            )
        except NotFromHere:
            return not_from_here(request, booked)
        undo = reverse("appointment_status", args=[client_id, appointment_id, before]) + "?undo"
        toast(request, _("Marked: it did not take place. Book a new time?"), undo=undo)
        return redirect(reverse("appointment_new", args=[client_id]))
    if request.method != "POST":
        audit.record(viewer, "contacts.missed_form", client=booked.client_id)
    context = {
        "client": booked.client,
        "booked": booked,
        "form": form,
        "title": presenters.appointment_words(booked),
    }
    return render(request, "contacts/missed.html", context)
