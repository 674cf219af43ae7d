"""Offering a client a choice of times, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polku.clients import careful, guarded
from polku.clients.doors import client_or_404
from polku.clients.models import Client
from polku.contacts import presenters, reading, slots
from polku.contacts.forms import fresh_submission
from polku.contacts.models import TimeOffer
from polku.contacts.offers import making, presenting
from polku.contacts.offers.forms import OfferForm, span_shown
from polku.contacts.reading import Beside
from polku.contacts.resources import alike, fitting, reads
from polku.contacts.resources.fitting import Around
from polku.contacts.views.booking import FAR, LENGTH, window_of
from polku.contacts.views.common import viewer_of
from polku.foundation import audit, clock
from polku.foundation.permissions import check
from polku.web.forms import day_of
from polku.web.toasts import toast

CHECKED = 6
# Rooms and interpreters are looked at as far ahead as times can be offered.
NEAR = timedelta(days=60)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_new(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Offer free times of one's own, of which the client chooses one."""
    viewer = viewer_of(request)
    check(viewer, "contacts.book")
    client = client_or_404(viewer, client_id)
    there = reads.around(viewer, clock.today(), clock.today() + NEAR)
    speakers = fitting.interpreters(there, client.language) if client.interpreter else []
    why = making.what_forbids(client, interpreted=bool(speakers))
    if request.method != "POST" or why or "look" in request.POST:
        audit.record(viewer, "contacts.offer_form", client=client.id)
    if why:
        context = {"client": client, "why": presenting.why_not(why)}
        return render(request, "contacts/offer.html", context, status=409 if request.POST else 200)
    beside = reading.beside(viewer, client, clock.now() - FAR)
    form = _form(request, client, beside, there)
    if form.is_bound and form.is_valid() and _may_keep(request, client, form):
        made = _make(request, client, form)
        if made is not None:
            told = guarded.told(client, _("The client gets a message with a link."))
            toast(request, f"{_('Offered.')} {told}")
            return redirect("offer_page", client.id, made.id)
    return _draw(request, client, form, beside)


def _make(request: HttpRequest, client: Client, form: OfferForm) -> TimeOffer | None:
    given = form.cleaned_data
    names = ("starts", "minutes", "kind", "purpose", "place", "submission")
    speakers = fitting.interpreters(form.there, client.language, given["kind"])
    try:
        return making.make(
            client, by=viewer_of(request), at=clock.now(), room=form.rooms.get(given.get("room")),
            interpreter=speakers[0].id if client.interpreter and speakers else None,
            **{name: given[name] for name in names},
        )  # fmt: skip
    except making.CannotOffer as refused:
        form.add_error(None, presenting.why_not(str(refused)))
        form.data = form.data.copy()
        form.data["submission"] = fresh_submission()
        return None


def _form(request: HttpRequest, client: Client, beside: Beside, there: list[Around]) -> OfferForm:
    """Return the form with the hours that may be chosen; "look" asks for other days, sends none."""
    start = _start(beside)
    rooms = fitting.rooms(there)
    start["room"] = str(rooms[0].id) if rooms and rooms[0].used_at else ""
    speakers = fitting.interpreters(there, client.language)
    ways = {way for one in speakers for way in one.ways} if client.interpreter else None
    values: dict[str, Any] = {**start, **request.POST.dict()} if request.POST else start
    due = making.last_day(str(values["purpose"]), beside.rhythm, clock.today())
    sends = request.method == "POST" and "look" not in request.POST
    of = {"due": due, "rooms": rooms, "ways": ways}
    form = OfferForm(request.POST, **of) if sends else OfferForm(initial=values, **of)
    form.there = there
    first, last = _days(values, start, due)
    minutes = _minutes(values["minutes"])
    busy = reading.busy(viewer_of(request), client.id, first, last) if first <= last else []
    fits = _fits(client, values, there)
    free = making.hours(first, last, minutes=minutes, busy=busy, after=clock.now(), fits=fits)
    form.let_choose(free)
    if not sends:
        few = slots.propose(
            first,
            last,
            minutes=minutes,
            busy=busy,
            after=clock.now(),
            count=CHECKED,
            fits=fits,
        )
        form.initial["starts"] = [one.isoformat() for one in presenting.nearest(few, free)]
    return form


def _fits(client: Client, values: dict[str, Any], there: list[Around]) -> slots.Fits:
    """Return whether, at a time, a room as good as the chosen one and an interpreter are free."""
    room = next((one for one in there if str(one.id) == values.get("room")), None)
    speakers = fitting.interpreters(there, client.language, str(values["kind"]))
    asked = alike.wanted(
        there,
        room=room.id if room and values["kind"] == "visit" else None,
        interpreter=speakers[0].id if client.interpreter and speakers else None,
        language=client.language,
        way=str(values["kind"]),
    )
    return fitting.fits(*(some for _sort, some, _named in asked))


def _minutes(value: object) -> int:
    known = str(value)
    return int(known) if known in ("15", "30", "45", "60", "90") else LENGTH


def _days(values: dict[str, Any], start: dict[str, Any], due: date | None) -> tuple[date, date]:
    first = day_of(values["first"]) or start["first"]
    return span_shown(first, day_of(values["last"]) or start["last"], due)


def _start(beside: Beside) -> dict[str, Any]:
    today, row = clock.today(), beside.rhythm
    first, last = window_of(row, today)
    return {
        "kind": row.next_kind if row.next_kind in ("visit", "video", "call") else "visit",
        "purpose": presenters.suggest_purpose(row, today),
        "place": beside.service_point or next(iter(beside.places), ""),
        "minutes": str(LENGTH),
        "first": first,
        "last": min(last, first + making.LONGEST),
        "submission": fresh_submission(),
    }


def _may_keep(request: HttpRequest, client: Client, form: OfferForm) -> bool:
    place = form.cleaned_data["place"]
    return careful.may_keep(form, request, client, besides=("place",), known=[place])


def _draw(request: HttpRequest, client: Client, form: OfferForm, beside: Beside) -> HttpResponse:
    places = [place for place in (beside.service_point, *beside.places) if place]
    context = {
        "client": client,
        "form": form,
        "days": presenting.days(form.free, set(form["starts"].value() or ())),
        "law": presenting.law_words(form.due),
        "places": list(dict.fromkeys(places)),
        "reached": guarded.reached(client),
    }
    return render(request, "contacts/offer.html", context)


def _offer_or_404(request: HttpRequest, client_id: UUID, offer_id: UUID) -> TimeOffer:
    try:
        return making.of(viewer_of(request), client_id, offer_id)
    except TimeOffer.DoesNotExist as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD"])
def offer_page(request: HttpRequest, client_id: UUID, offer_id: UUID) -> HttpResponse:
    """What was offered, how it stands, and what can be done with it."""
    viewer = viewer_of(request)
    check(viewer, "contacts.read")
    offer = _offer_or_404(request, client_id, offer_id)
    audit.record(viewer, "contacts.offer_page", client=offer.client_id)
    now = clock.now()
    context = {
        "client": offer.client,
        "offer": offer,
        "state": presenting.state(offer, now),
        "open": not offer.standing(now),
        "unread": bool(offer.standing(now)) and offer.read_at is None,
        "times": presenters.time_choices(offer.starts),
        "facts": presenting.facts(offer),
    }
    return render(request, "contacts/offered.html", context)


@require_POST
def offer_withdraw(request: HttpRequest, client_id: UUID, offer_id: UUID) -> HttpResponse:
    """Take the offer back: the link opens nothing from now on."""
    check(viewer_of(request), "contacts.book")
    offer = _offer_or_404(request, client_id, offer_id)
    if making.withdraw(offer, by=viewer_of(request), at=clock.now()):
        toast(request, _("Withdrawn. The link opens nothing any more."))
    else:
        toast(request, _("It had ended already. Look at how it stands now."), level="warn")
    return redirect("offer_page", client_id, offer_id)


@require_POST
def offer_read(request: HttpRequest, client_id: UUID, offer_id: UUID) -> HttpResponse:
    """Note that one has read how the offer ended."""
    check(viewer_of(request), "contacts.book")
    offer = _offer_or_404(request, client_id, offer_id)
    if making.read(offer, by=viewer_of(request), at=clock.now()):
        toast(request, _("Noted as read."))
    return redirect("my_day")
