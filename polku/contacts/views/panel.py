"""The contact panel: logging while on the phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polku.clients import careful, guarded, queries
from polku.clients.doors import client_or_404
from polku.clients.models import Client
from polku.contacts import drafts, following, presenters, reading, slots, times, trying, turned
from polku.contacts.booking import DoubleBooked, NotFromHere, RecordClosed
from polku.contacts.forms import PanelForm
from polku.contacts.models import Appointment, Contact, Rhythm
from polku.contacts.views.common import in_panel, initial_of, keep_for_author, viewer_of
from polku.foundation import audit, clock, submissions
from polku.foundation.permissions import check
from polku.foundation.submissions import UsedAlready
from polku.web.forms import day_of, used_already
from polku.web.toasts import toast

FORM = "contact"


@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Log a contact, and with it what follows; the panel beside a page, or a page of its own."""
    viewer = viewer_of(request)
    check(viewer, "contacts.log")
    try:
        client = queries.get(viewer, client_id)
    except Client.DoesNotExist:
        return keep_for_author(request, client_id)
    rhythm = reading.rhythm_of(client)
    if request.method != "POST":
        return show(request, client, rhythm)
    held = _appointment(request, client, request.POST.get("appointment", ""))
    form = PanelForm(request.POST)
    if form.is_valid() and _may_keep(request, client, form):
        try:
            return _logged(request, client, _log(request, client, form, held))
        except DoubleBooked as taken:
            _offer_others(request, client, form, taken)
        except RecordClosed:
            form.add_error(
                "book_time",
                _("The record is closed, so no time is booked. Empty the time and save the rest."),
            )
        except NotFromHere:
            form.add_error(None, _("The appointment has been changed meanwhile. Look at it first."))
        except UsedAlready:
            used_already(form)
    return draw(request, client, rhythm, form, held=held)


def _may_keep(request: HttpRequest, client: Client, form: PanelForm) -> bool:
    place = form.cleaned_data["book_place"] if form.cleaned_data["book_at"] else ""
    return careful.may_keep(
        form, request, client,
        besides=("book_place",), also=form.further_texts(), known=[place],
    )  # fmt: skip


def _log(
    request: HttpRequest, client: Client, form: PanelForm, held: Appointment | None
) -> following.Logged:
    given, now = form.cleaned_data, clock.now()
    asked = remember = None
    if given["book_at"]:
        starts, ends = times.span(given["book_at"], given["book_minutes"])
        fields = {
            "kind": given["book_kind"] or "visit",
            "language": client.language,
            "interpreter": client.interpreter,
        }
        place = given["book_place"] if fields["kind"] == "visit" else ""
        asked = following.Booking(starts, ends, place, fields)
    if given["remind_on"]:
        remember = following.Remembering(given["remind_on"], given["remind_text"])
    return following.log_with(
        client,
        by=viewer_of(request),
        at=now,
        submission=given["submission"],
        booking_asked=asked,
        reminder_asked=remember,
        held=held,
        when=given["when"],
        kind=given["kind"],
        purpose=given["purpose"],
        reached=given["reached"],
        initiative=given["initiative"],
        next_kind=given["next_kind"] if given["next_on"] else "",
        **form.contact_fields(),
    )


def _logged(request: HttpRequest, client: Client, done: following.Logged) -> HttpResponse:
    from polku.contacts.views.contact import text_of

    said = _("Contact logged.") if done.contact.reached else _("Try logged.")
    follows = []
    if done.appointment:
        follows.append(
            _("Booked: %(when)s") % {"when": presenters.appointment_words(done.appointment)}
        )
        follows.append(guarded.reached(client))
    if done.reminder:
        follows.append(_("Reminder: %(day)s") % {"day": presenters.day_words(done.reminder.on)})
    if not in_panel(request):
        toast(request, " ".join([said, *follows]))
        return redirect("contact_page", client.id, done.contact.id)
    contact = done.contact
    if contact.next_on:
        follows.insert(0, _("Next: %(day)s") % {"day": presenters.day_words(contact.next_on)})
    context = {
        "client": client,
        "said": said,
        "follows": follows,
        "copy": text_of(client, contact) if contact.copied_at is None else None,
        "contact_url": reverse("contact_page", args=[client.id, contact.id]),
        "reached": contact.reached,
    }
    return render(request, "contacts/logged.html", context)


def _offer_others(
    request: HttpRequest, client: Client, form: PanelForm, taken: DoubleBooked
) -> None:
    form.add_error("book_time", presenters.taken_words(taken.whose, client))
    starts, minutes = form.cleaned_data["book_at"], form.cleaned_data["book_minutes"]
    day = clock.local(starts).date()
    busy = reading.busy(viewer_of(request), client.id, day, day + timedelta(days=21))
    free = slots.next_free(starts, minutes=minutes, busy=busy, after=clock.now())
    form.others = presenters.time_choices(free)  # type: ignore[attr-defined]


def show(
    request: HttpRequest,
    client: Client,
    rhythm: Rhythm,
    *,
    discarded: UUID | None = None,
    looked: bool = True,
) -> HttpResponse:
    """Draw the panel as it opens: from an unfinished draft, else by what is known.

    `looked` writes the entry; False after an action that has written its own.
    """
    viewer, now = viewer_of(request), clock.now()
    kept = None if discarded else drafts.find(viewer, client.id, FORM, now=now)
    held = _appointment(request, client, request.GET.get("appointment", ""))
    initial = _start(request, client, rhythm, held)
    if kept is not None:
        initial |= initial_of(kept.fields)
        if reading.was_sent(client.id, initial.get("submission", "")):
            # Kept in the very moment in which it was logged. New words must not pass for the old.
            initial["submission"] = submissions.fresh()
    if looked:
        audit.record(viewer, "contacts.panel", client=client.id)
    form = PanelForm(initial=initial)
    return draw(request, client, rhythm, form, kept=kept, held=held, discarded=discarded)


def draw(
    request: HttpRequest,
    client: Client,
    rhythm: Rhythm,
    form: PanelForm,
    *,
    kept: drafts.Kept | None = None,
    held: Appointment | None = None,
    discarded: UUID | None = None,
) -> HttpResponse:
    """Draw the panel with this form in it."""
    viewer, now, today = viewer_of(request), clock.now(), clock.today()
    purpose = str(form["purpose"].value() or "")
    ahead = presenters.next_of(rhythm, today, purpose)
    near = reading.busy(viewer, client.id, today, today + timedelta(days=100))
    context = {
        "client": client,
        "closed": client.closed_on is not None,
        "form": form,
        "rows": form.task_rows(),
        "blank_rows": range(max(1, 3 - len(form.task_rows()))),
        "standing": presenters.standing_words(rhythm, today),
        "days": (today - clock.local(rhythm.last_reached_at).date()).days
        if rhythm.last_reached_at
        else None,
        "rhythm": rhythm,
        "ahead": ahead,
        "after_try_kind": _kind_after_try(client, rhythm),
        "purpose_hint": presenters.purpose_hint(rhythm, presenters.suggest_purpose(rhythm, today)),
        "suggested_purpose": presenters.suggest_purpose(rhythm, today),
        "free": presenters.time_choices(_free(form, near, now)),
        "others": getattr(form, "others", []),
        "held": presenters.appointment_words(held) if held else "",
        "draft": presenters.draft_note(kept),
        "discarded": reverse("draft_restore", args=[discarded]) if discarded else "",
        "keep": presenters.keeping(viewer, client, FORM, kept),
        "opened": int(now.timestamp()),
        "follow_open": bool(form["book_time"].value() or form["remind_text"].value()),
        "note_open": any(form[name].value() for name in ("what_works", "scale", "next_small_step")),
        "private_open": bool(form["private_note"].value()),
    }
    if request.method == "POST" and form.errors:
        # A form that was sent and refused goes on being kept from the revision it had.
        context["keep"] = _going_on(request, context["keep"])
    return render(request, "contacts/panel.html", context)


def _going_on(request: HttpRequest, keep: presenters.Keeping) -> presenters.Keeping:
    revision = request.POST.get("revision", "0")
    return replace(keep, revision=int(revision) if revision.isdigit() else 0)


def _free(form: PanelForm, near: slots.Busy, now: datetime) -> list[datetime]:
    day = day_of(form["book_day"].value() or form["next_on"].value())
    if day is None:
        return []
    return slots.apart(slots.free(day, minutes=45, busy=near, after=now), 90)[:4]


def _kind_after_try(client: Client, rhythm: Rhythm) -> str:
    """Return how to try next if this try, a call, is not answered either."""
    if not rhythm.attempts:
        return trying.next_kind(["call"], 1)
    tried = reading.last_tries(client, rhythm)
    return trying.next_kind(["call", *tried], len(tried) + 1)


def _start(
    request: HttpRequest, client: Client, rhythm: Rhythm, held: Appointment | None
) -> dict[str, Any]:
    today, local = clock.today(), clock.local(clock.now())
    purpose = presenters.suggest_purpose(rhythm, today)
    ahead = presenters.next_of(rhythm, today, purpose)
    no_answer = request.GET.get("reached") == "0"
    start = {
        "reached": "0" if no_answer else "1",
        "kind": "call",
        "purpose": purpose,
        "initiative": Contact.Initiative.WORKER.value,
        "day": today,
        "time": local.strftime("%H:%M"),
        "next_on": ahead.after_try if no_answer else ahead.suggested,
        "next_kind": _kind_after_try(client, rhythm) if no_answer else "call",
        "book_kind": "visit",
        "book_minutes": "45",
        "book_place": reading.service_point(viewer_of(request)),
        "submission": submissions.fresh(),
    }
    if client.closed_on is not None:
        start["next_on"] = None
    if held is not None:
        starts = clock.local(held.starts_at)
        start |= {
            "kind": held.kind,
            "purpose": held.purpose if held.purpose != "coaching" else purpose,
            "day": starts.date(),
            "time": starts.strftime("%H:%M"),
            "which": turned.which_of(starts),
            "minutes": times.minutes_between(held.starts_at, held.ends_at),
            "appointment": str(held.id),
        }
    return start


def _appointment(request: HttpRequest, client: Client, asked: str) -> Appointment | None:
    if not asked:
        return None
    try:
        return reading.appointment(viewer_of(request), client.id, UUID(asked))
    except (ValueError, Appointment.DoesNotExist) as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD"])
def free_times(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The free times of one day, as a piece of a page for the panel's script."""
    viewer = viewer_of(request)
    check(viewer, "contacts.book")
    client = client_or_404(viewer, client_id)
    day = day_of(request.GET.get("on"))
    length = times.length_of(request.GET.get("minutes")) or 45
    starts = []
    if day is not None:
        busy = reading.busy(viewer, client.id, day, day)
        starts = slots.apart(slots.free(day, minutes=length, busy=busy, after=clock.now()), length)
    audit.record(viewer, "contacts.free_times", client=client.id)
    context = {"free": presenters.time_choices(starts[:8]), "day": day}
    return render(request, "contacts/free.html", context)
