"""Booking a time with the day beside it, and moving it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polku.clients import careful, guarded
from polku.clients.doors import client_or_404
from polku.clients.models import Client
from polku.contacts import booking, presenters, reading, rhythm, slots, states, times, turned
from polku.contacts.booking import DoubleBooked, NotFromHere, RecordClosed
from polku.contacts.forms_booking import AppointmentForm
from polku.contacts.models import Appointment, Rhythm
from polku.contacts.reading import Beside, Taken
from polku.contacts.resources import choosing, reads
from polku.contacts.views.common import (
    appointment_or_404,
    closed_by_now,
    not_from_here,
    viewer_of,
)
from polku.foundation import audit, clock, submissions
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.submissions import UsedAlready
from polku.foundation.viewer import Viewer
from polku.web.forms import day_of, used_already
from polku.web.toasts import toast

LENGTH = 45
FAR = choosing.FAR


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_new(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Book a time: free times inside the client's window, and the worker's day beside."""
    viewer = viewer_of(request)
    check(viewer, "contacts.book")
    client = client_or_404(viewer, client_id)
    if client.closed_on is not None:
        audit.record(viewer, "contacts.booking_form", client=client.id)
        return render(request, "contacts/closed.html", {"client": client})
    if request.method != "POST":
        audit.record(viewer, "contacts.booking_form", client=client.id)
        beside = _beside(request, client)
        begun = _start(request, client, beside)
        of = _of(request, client, begun["day"])
        form = AppointmentForm(initial=begun | choosing.start(of["found"], client), **of)
        return _draw(request, client, form, beside=beside)
    of = _of(request, client, day_of(request.POST.get("day")))
    form = AppointmentForm(request.POST, **of)
    if _only_looks(request, form):
        audit.record(viewer, "contacts.booking_form", client=client.id)
        return _draw(request, client, _picked(request, of), looks=True)
    if form.is_valid() and _may_keep(request, client, form):
        given = form.cleaned_data
        taken = _times_taken(request, client, given["starts_at"])
        # Asked first: who comes second is told so without a booking begun and rolled back. Who
        # comes at the same moment is refused by the database.
        whose = _in_the_way(form, taken, viewer)
        if whose:
            return _taken(request, client, form, whose, taken=taken)
        try:
            booked = booking.book(
                client,
                by=viewer,
                at=clock.now(),
                worker_id=viewer.user_id,  # type: ignore[arg-type]
                starts_at=given["starts_at"],
                ends_at=given["ends_at"],
                submission=given["submission"],
                tell=given["tell"],
                status=states.PROPOSED if given["proposed"] else states.CONFIRMED,
                resources=choosing.chosen(form),
                **_details(form),
            )
        except DoubleBooked as refused:
            return _taken(request, client, form, refused.whose)
        except RecordClosed:
            return render(request, "contacts/closed.html", {"client": client})
        except UsedAlready:
            used_already(form)
            return _draw(request, client, form)
        toast(request, _booked_words(client, booked, told=given["tell"]))
        return redirect("appointment_page", client.id, booked.id)
    return _draw(request, client, form)


def _in_the_way(form: AppointmentForm, taken: list[Taken], viewer: Viewer) -> str:
    """Return what is not free at the form's time; "" for a form that has been booked already."""
    given = form.cleaned_data
    mark = given["submission"]
    whose = booking.in_the_way(
        taken, given["starts_at"], given["ends_at"], by=viewer, submission=mark
    )
    if whose or any(row.submission == mark for row in taken):
        return whose
    return choosing.in_the_way(form)


def _may_keep(request: HttpRequest, client: Client, form: AppointmentForm) -> bool:
    place = form.cleaned_data["place"]
    return careful.may_keep(form, request, client, besides=("place",), known=[place])


def _booked_words(client: Client, booked: Appointment, *, told: bool) -> str:
    when = presenters.appointment_words(booked)
    if told:
        said = _("Booked: %(when)s.") % {"when": when}
        return f"{said} {guarded.told(client, _('The client gets a message.'))}"
    return _("Booked: %(when)s. No message was written.") % {"when": when}


def _only_looks(request: HttpRequest, form: AppointmentForm) -> bool:
    return "look" in request.POST or "pick" in request.POST


def _picked(request: HttpRequest, of: dict[str, Any]) -> AppointmentForm:
    """Return the form as it was filled in, with the time that was picked; nothing is lost."""
    values: dict[str, Any] = request.POST.dict()
    day, _t, at = request.POST.get("pick", "").partition("T")
    if at:
        values |= {"day": day, "time": at}
    for box in ("interpreter", "proposed", "tell", "odd"):
        values[box] = box in request.POST
    form = AppointmentForm(initial=values, **of)
    choosing.still(values, form)
    return form


def _of(
    request: HttpRequest, client: Client, day: date | None, booked: Appointment | None = None
) -> dict[str, Any]:
    """Return what a form is made with: the rooms and interpreters around its day, and what of the
    client it heeds.
    """
    but = booked.id if booked else None
    found = choosing.found_for(viewer_of(request), clock.today(), day, but)
    language = booked.language if booked else client.language
    return {"language": language, "guarded": client.safety_ban, "found": found}


def _details(form: AppointmentForm) -> dict[str, Any]:
    given = form.cleaned_data
    names = ("kind", "purpose", "language", "interpreter", "note")
    place = given["place"] if given["kind"] == "visit" else ""
    return {name: given[name] for name in names} | {"place": place}


def _beside(request: HttpRequest, client: Client) -> Beside:
    return reading.beside(viewer_of(request), client, clock.now() - FAR)


def _start(request: HttpRequest, client: Client, beside: Beside) -> dict[str, Any]:
    today, row = clock.today(), beside.rhythm
    on = day_of(request.GET.get("on")) or _first_day(row, today)
    asked = request.GET.get("time", "")
    purpose = presenters.suggest_purpose(row, today)
    return {
        "day": on,
        "time": asked.replace(".", ":") if asked else "",
        "minutes": str(LENGTH),
        "kind": row.next_kind if row.next_kind in ("visit", "video", "call") else "visit",
        "purpose": purpose,
        "place": beside.service_point or next(iter(beside.places), ""),
        "language": client.language if client.interpreter else client.service_language,
        "interpreter": client.interpreter,
        "tell": True,
        "submission": submissions.fresh(),
    }


def _first_day(row: Rhythm, today: date) -> date:
    if row.next_on and row.next_on > today:
        return row.next_on
    return presenters.first_working_day(today)


def _draw(
    request: HttpRequest,
    client: Client,
    form: AppointmentForm,
    *,
    booked: Appointment | None = None,
    others: list[datetime] | None = None,
    looks: bool = False,
    busy: slots.Busy | None = None,
    beside: Beside | None = None,
) -> HttpResponse:
    now, today = clock.now(), clock.today()
    beside = beside or _beside(request, client)
    row = beside.rhythm
    first, last = window_of(row, today)
    if busy is None:
        but = booked.id if booked else None
        busy = reading.busy(
            viewer_of(request), client.id, today, today + FAR, but=but, shut=form.shut
        )
    minutes = _minutes(form)
    day = day_of(form["day"].value()) or first
    known_places = [beside.service_point, *beside.places]
    fits = choosing.needs(form)
    context = {
        "client": client,
        "form": form,
        "booked": booked,
        "others": presenters.time_choices(others or []),
        "next_valid": presenters.time_choices([form.next_valid] if form.next_valid else []),
        "proposed": presenters.time_choices(
            slots.propose(first, last, minutes=minutes, busy=busy, after=now, fits=fits)
        ),
        "window": presenters.window_words(row, first, last),
        "day": presenters.day_words(day),
        "lines": presenters.day_lines(day, busy, minutes=minutes, now=now, fits=fits),
        "not_free": choosing.narrow(form),
        "places": list(dict.fromkeys(place for place in known_places if place)),
        "guarded": client.safety_ban,
        "reached": guarded.reached(client),
        "looks": looks,
    }
    return render(request, "contacts/book.html", context)


def _times_taken(request: HttpRequest, client: Client, starts: datetime) -> list[Taken]:
    """Return what is taken up to the days that are offered instead of this time."""
    today = clock.today()
    last = max(today + FAR, clock.local(starts).date() + timedelta(days=22))
    return reading.taken(viewer_of(request), client.id, today, last)


def window_of(row: Rhythm, today: date) -> tuple[date, date]:
    """Return the days between which a time is proposed: the client's window, the law's last day."""
    soonest = today + timedelta(days=1)
    if row.last_reached_at is None:
        low, high = soonest, row.interview_due_on or today + timedelta(days=10)
    else:
        last = clock.local(row.last_reached_at).date()
        low = max(last + timedelta(days=row.window_min_days), soonest)
        high = last + timedelta(days=row.window_max_days)
    if row.discussion_due_on and row.discussion_due_on > today:
        high = min(high, row.discussion_due_on)
    if high < low:
        low = soonest
    low = rhythm.next_working_day(low)
    return low, high if high >= low else low + timedelta(days=7)


def _minutes(form: AppointmentForm) -> int:
    return times.length_of(form["minutes"].value()) or LENGTH


def _taken(
    request: HttpRequest,
    client: Client,
    form: AppointmentForm,
    whose: str,
    booked: Appointment | None = None,
    taken: list[Taken] | None = None,
) -> HttpResponse:
    """Say kindly that the time is taken, and offer the next free ones. Nothing is lost."""
    if whose in choosing.FIELD:
        choosing.refuse(form, whose)
    else:
        form.add_error("time", presenters.taken_words(whose, client))
    given = form.cleaned_data
    starts = given["starts_at"]
    if taken is None:
        taken = _times_taken(request, client, starts)
    # Asked for once, for what is offered instead and for the day beside.
    busy = [one[:2] for one in taken]
    free = slots.next_free(
        starts,
        minutes=given["minutes"],
        busy=busy,
        after=clock.now(),
        fits=choosing.needs(form),
    )
    own_day = busy if booked is None else None
    return _draw(request, client, form, booked=booked, others=free, busy=own_day)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_move(request: HttpRequest, client_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Move an appointment, or change how it is held."""
    viewer = viewer_of(request)
    check(viewer, "contacts.book")
    booked = appointment_or_404(request, client_id, appointment_id)
    client = booked.client
    held = reads.held_by(booked)
    of = _of(request, client, clock.local(booked.starts_at).date(), booked)
    of["kept"] = choosing.kept_of(held, of["found"], banned=client.safety_ban)
    if request.method != "POST":
        audit.record(viewer, "contacts.booking_form", client=client.id)
        begun = _standing(booked) | choosing.standing(held, of["kept"])
        return _draw(request, client, AppointmentForm(initial=begun, **of), booked=booked)
    form = AppointmentForm(request.POST, **of)
    if _only_looks(request, form):
        audit.record(viewer, "contacts.booking_form", client=client.id)
        return _draw(request, client, _picked(request, of), booked=booked, looks=True)
    if not form.is_valid() or not _may_keep(request, client, form):
        return _draw(request, client, form, booked=booked)
    given, details = form.cleaned_data, _details(form)
    if client.safety_ban and not given["place"]:
        details.pop("place")
    if (sort := choosing.in_the_way(form)) and not _moved_meanwhile(booked, given):
        return _taken(request, client, form, sort, booked)
    try:
        booking.move(
            booked, by=viewer, at=clock.now(), version=given["version"], tell=given["tell"],
            starts_at=given["starts_at"], ends_at=given["ends_at"],
            resources=choosing.chosen(form), **details,
        )  # fmt: skip
    except DoubleBooked as refused:
        return _taken(request, client, form, refused.whose, booked)
    except ChangedMeanwhile as meanwhile:
        stands = presenters.appointment_words(meanwhile.theirs)
        form.data = {**request.POST.dict(), "version": str(meanwhile.theirs.version)}
        words = _("It has been changed meanwhile: now %(when)s. Save again if yours shall stand.")
        form.add_error(None, words % {"when": stands})
        return _draw(request, client, form, booked=meanwhile.theirs)
    except NotFromHere:
        return not_from_here(request, booked)
    except RecordClosed:
        return closed_by_now(request, booked)
    toast(request, _("Saved."))
    return redirect("appointment_page", client_id, appointment_id)


def _moved_meanwhile(booked: Appointment, given: dict[str, Any]) -> bool:
    return given["version"] is not None and given["version"] != booked.version


def _standing(booked: Appointment) -> dict[str, Any]:
    starts = clock.local(booked.starts_at)
    names = ("kind", "purpose", "place", "language", "interpreter", "note", "version")
    return {name: getattr(booked, name) for name in names} | {
        "day": starts.date(),
        "time": starts.strftime("%H:%M"),
        "which": turned.which_of(starts),
        "minutes": str(times.minutes_between(booked.starts_at, booked.ends_at)),
        "tell": True,
    }
