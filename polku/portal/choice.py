"""One page on which a client chooses a time: what it shows, and what a press does.

The same by the link, where nobody has told who they are, and in the client's own session.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from polku.clients import guarded
from polku.contacts import times
from polku.contacts.models import Appointment, TimeOffer
from polku.contacts.offers import choosing, presenting
from polku.foundation import audit, clock
from polku.foundation.viewer import Viewer
from polku.paths import notices

USED = (TimeOffer.End.CHOSEN, TimeOffer.End.NONE)


class ChoiceForm(forms.Form):
    """A press on one of the times, or that none suits."""

    starts = forms.CharField(max_length=40, required=False)
    none = forms.BooleanField(required=False)
    word = forms.CharField(max_length=200, required=False)


def page(
    request: HttpRequest,
    offer: TimeOffer,
    by: Viewer,
    shell: dict[str, Any],
    *,
    warns: str = "",
    word: str = "",
) -> HttpResponse:
    """Show the times that can still be had; `word` is what was written and not sent."""
    looked = "portal.own_choice" if by.kind == "client" else "contacts.offer_opened"
    audit.record(by, looked, client=offer.client_id)
    left = choosing.left(offer, clock.now())
    context = {
        "url": request.path,
        "lines": presenting.how_it_is_held(offer),
        "left": [(one.isoformat(), presenting.when(one)) for one in left],
        "warns": warns,
        "word": word,
    }
    status = 409 if warns else 200
    return render(request, "portal/choice/choose.html", shell | context, status=status)


def closed(
    request: HttpRequest, how: str = "", shell: dict[str, Any] | None = None
) -> HttpResponse:
    """Say that there is nothing to choose; one who made the choice is told that it was made."""
    context = (shell or {}) | {"used": how in USED}
    return render(request, "portal/choice/closed.html", context, status=410 if how else 404)


def answer(
    request: HttpRequest, offer: TimeOffer, by: Viewer, shell: dict[str, Any]
) -> HttpResponse:
    """Do what was pressed. The same press twice ends on the same page."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        words = _("Nothing was sent. Write at most 200 letters.")
        return page(request, offer, by, shell, warns=words, word=request.POST.get("word", ""))
    said = form.cleaned_data
    booked = None
    try:
        if said["none"]:
            word = " ".join(said["word"].split())
            choosing.none_suits(offer, by=by, at=clock.now(), word=word)
        else:
            starts = _moment(said["starts"])
            booked = choosing.choose(offer, by=by, at=clock.now(), starts_at=starts)
    except choosing.Over as over:
        return closed(request, str(over), shell)
    except choosing.Gone:
        words = _("That time has just gone. Nothing was booked. Choose another one.")
        return page(request, offer, by, shell, warns=words)
    notices.tell_coach(register_id=offer.register_id, client_id=offer.client_id, at=clock.now())
    return _thanks(request, offer, booked, shell)


def _thanks(
    request: HttpRequest, offer: TimeOffer, booked: Appointment | None, shell: dict[str, Any]
) -> HttpResponse:
    context: dict[str, Any] = {}
    if booked is not None:
        context = {
            "when": presenting.when(booked.starts_at),
            "lines": presenting.how_it_is_held(offer),
            "told": bool(guarded.address_of(offer.client_id)),
        }
    return render(request, "portal/choice/done.html", shell | context)


def _moment(text: str) -> datetime:
    found = times.read(text)
    if found is None:
        raise choosing.Gone
    return found
