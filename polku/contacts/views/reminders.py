"""Reminders: something to do for a client on a day."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polku.clients import careful
from polku.clients.doors import client_or_404
from polku.contacts import actions, presenters, reading
from polku.contacts.forms_booking import ReminderForm
from polku.contacts.models import Reminder
from polku.contacts.views.common import in_panel, viewer_of
from polku.foundation import audit, clock, submissions
from polku.foundation.permissions import check
from polku.foundation.submissions import UsedAlready
from polku.web.forms import used_already
from polku.web.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_new(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Make a reminder for oneself about a client."""
    viewer = viewer_of(request)
    check(viewer, "contacts.remind")
    client = client_or_404(viewer, client_id)
    form = ReminderForm(
        request.POST if request.method == "POST" else None,
        initial={
            "on": presenters.first_working_day(clock.today()),
            "submission": submissions.fresh(),
        },
    )
    if request.method == "POST" and form.is_valid() and careful.may_keep(form, request, client):
        try:
            made = actions.remind(client, by=viewer, at=clock.now(), **form.cleaned_data)
        except UsedAlready:
            used_already(form)
        else:
            words = _("Reminder: %(day)s") % {"day": presenters.day_words(made.on)}
            toast(request, words, undo=_address(made, "done"))
            return redirect(_back(request))
    if request.method != "POST":
        audit.record(viewer, "contacts.reminder_form", client=client.id)
    context = {"client": client, "form": form, "in_panel": in_panel(request)}
    return render(request, "contacts/remind.html", context)


@require_POST
def reminder_done(
    request: HttpRequest, client_id: UUID, reminder_id: UUID, what: str
) -> HttpResponse:
    """Mark a reminder done, or put it back."""
    viewer = viewer_of(request)
    check(viewer, "contacts.remind")
    if what not in ("done", "undone"):
        raise Http404
    try:
        reminder = reading.reminder(viewer, client_id, reminder_id)
    except Reminder.DoesNotExist as error:
        raise Http404 from error
    done = what == "done"
    actions.finish_reminder(reminder, by=viewer, at=clock.now(), done=done)
    if done:
        toast(
            request,
            _("Done: %(text)s") % {"text": reminder.text},
            undo=_address(reminder, "undone"),
        )
    else:
        toast(request, _("The reminder is back."))
    return redirect(_back(request))


def _address(reminder: Reminder, what: str) -> str:
    return reverse("reminder_done", args=[reminder.client_id, reminder.id, what])


def _back(request: HttpRequest) -> str:
    """Return the page that the button stood on, if it is ours; else My day."""
    here = request.POST.get("next") or ""
    if url_has_allowed_host_and_scheme(here, {request.get_host()}):
        return here
    return "/"
