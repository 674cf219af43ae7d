"""What a client does with a booked time: it suits, another one, none; and no reminder, please."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from polku.clients import guarded
from polku.contacts import booking, own_times, states, times
from polku.contacts.models import Appointment
from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.viewer import Viewer
from polku.paths import notices
from polku.portal.own.views import own, own_row, show
from polku.web import dates
from polku.web.toasts import toast

SUITS, TAKE, ANOTHER, CANNOT, NO_REMINDER = "suits", "take", "another", "cannot", "no_reminder"


class SayForm(forms.Form):
    """What the client says of a time, as it stood when it was read."""

    what = forms.ChoiceField(choices=[(w, "") for w in (SUITS, TAKE, ANOTHER, CANNOT, NO_REMINDER)])
    starts = forms.CharField(max_length=40, required=False)
    word = forms.CharField(
        label=gettext_lazy("Tell more, if you want"), max_length=200, required=False
    )
    version = forms.IntegerField(min_value=1)


@require_safe
@own("contacts.own_times")
def time(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """One time, and what can be done with it."""
    booked = own_row(request, viewer, own_times.of_mine, appointment_id)
    return _page(request, viewer, booked)


def _page(
    request: HttpRequest, viewer: Viewer, booked: Appointment, *, warns: str = "", word: str = ""
) -> HttpResponse:
    """Show the time as it stands; `word` is what was written and not sent, and `warns` says why."""
    audit.record(viewer, "portal.own_time", client=booked.client_id)
    now = clock.now()
    live = booked.status in states.LIVE and booked.starts_at > now
    context = {
        "booked": booked,
        "when": _when(booked.starts_at),
        "coach": str(booked.worker),
        "live": live,
        "proposed": live and booked.status == states.PROPOSED,
        "in_time": own_times.in_time(booked, now),
        "asks": live and booked.said != Appointment.Said.ANOTHER,
        "reminds": live and booked.remind and booked.reminded_of is None,
        "others": [(one.isoformat(), _when(one)) for one in own_times.offered(booked, now)],
        "warns": warns,
        "word": word,
    }
    answer = show(request, "time", context)
    answer.status_code = 409 if warns else 200
    return answer


@require_POST
@own("contacts.own_times")
def say(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """Say something of one's own time. The same words twice are one."""
    booked = own_row(request, viewer, own_times.of_mine, appointment_id)
    form = SayForm(request.POST)
    if not form.is_valid():
        words = _("Nothing was sent. Write at most 200 letters.")
        return _page(request, viewer, booked, warns=words, word=request.POST.get("word", ""))
    said = form.cleaned_data
    try:
        words = _do(booked, viewer, clock.now(), said)
    except (ChangedMeanwhile, booking.NotFromHere):
        stands = own_times.of_mine(viewer, appointment_id)
        words = _("The time has changed. Nothing was sent. Look at how it stands now.")
        return _page(request, viewer, stands, warns=words, word=said["word"])
    except own_times.TooLate:
        words = _("It begins so soon that it is best to call your coach.")
        return _page(request, viewer, booked, warns=words, word=said["word"])
    except (own_times.NotOffered, booking.DoubleBooked):
        words = _("That time has just gone. Your own time stands. Choose another one.")
        return _page(request, viewer, booked, warns=words)
    if said["what"] != NO_REMINDER:
        notices.tell_coach(
            register_id=booked.register_id, client_id=booked.client_id, at=clock.now()
        )
    toast(request, words)
    return redirect("me")


def _do(booked: Appointment, by: Viewer, at: datetime, said: dict[str, Any]) -> str:
    """Do what was said and return the thanks."""
    word, version = " ".join(said["word"].split()), said["version"]
    if said["what"] == SUITS:
        own_times.suits(booked, by=by, at=at, version=version)
        return _("Thank you! The time is yours. Your coach sees it.")
    if said["what"] == TAKE:
        starts = _moment(said["starts"])
        own_times.take(booked, by=by, at=at, starts_at=starts, version=version)
        when = {"when": _when(starts)}
        if guarded.address_of(booked.client_id):
            return _("Your new time is %(when)s. You get a message of it.") % when
        return _("Your new time is %(when)s. No message of it is sent: write it down.") % when
    if said["what"] == ANOTHER:
        own_times.ask_another(booked, by=by, at=at, word=word, version=version)
        return _("Thank you! Your coach finds another time. This one stands until then.")
    if said["what"] == CANNOT:
        own_times.give_back(booked, by=by, at=at, word=word, version=version)
        return _("Thank you for telling! The time is given back. Your coach gets in touch.")
    own_times.stop_reminding(booked, by=by)
    return _("You get no reminder of this time.")


def _moment(text: str) -> datetime:
    found = times.read(text)
    if found is None:
        raise own_times.NotOffered
    return found


def _when(moment: datetime) -> str:
    """Return a time as a client reads it: `Wednesday 9 December at 9.00`."""
    day = dates.whole_weekday(dates.day_of(moment), clock.today())
    return _("%(day)s at %(time)s") % {"day": capfirst(day), "time": dates.clock_time(moment)}
