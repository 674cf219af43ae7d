"""Pages of rooms and interpreters: the list, one with its week, what is kept of it, its feed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polku.clients.models import Client
from polku.clients.queries import seen
from polku.contacts import presenters
from polku.contacts.models import Resource, ResourceAway, ResourceBooking
from polku.contacts.resources import feeds, keeping, presenting, reads
from polku.contacts.resources.forms import (
    USUAL,
    AwayForm,
    ResourceForm,
    form_of,
    hours_shown,
    initial_of,
)
from polku.foundation import audit, clock, submissions
from polku.foundation.door.pages import staff
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.models import Organisation, Team
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.web import dates
from polku.web.forms import day_of
from polku.web.toasts import toast

SHOWN = timedelta(days=7)
FAR = timedelta(days=400)


@require_safe
@staff("contacts.rooms")
def room_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every room and interpreter, and which are in use."""
    audit.record(viewer, "contacts.rooms")
    today = clock.today()
    lines = [
        {"one": one, "words": presenting.in_short(one), "hours": presenting.open_words(one)}
        for one in reads.kept(viewer)
    ]
    standing = [line for line in lines if not _over(line["one"], today)]
    context = {
        "parts": [
            (_("Rooms"), [one for one in standing if one["one"].sort == "room"]),
            (_("Interpreters"), [one for one in standing if one["one"].sort == "interpreter"]),
        ],
        "over": [line for line in lines if _over(line["one"], today)],
        "may": can(viewer, "contacts.resources"),
    }
    return render(request, "contacts/resources/list.html", context)


def _over(one: Any, today: date) -> bool:
    return one.valid_until is not None and one.valid_until < today


@require_http_methods(["GET", "HEAD", "POST"])
@staff("contacts.resources")
def room_new(request: HttpRequest, viewer: Viewer, sort: str) -> HttpResponse:
    """Add a room or an interpreter."""
    if sort not in Resource.Sort.values:
        raise Http404
    start = {"valid_from": clock.today(), "submission": submissions.fresh(), "buffer_minutes": "0"}
    start |= {"organisation": viewer.organisation_id} | hours_shown(USUAL)
    form = form_of(sort)(request.POST or None, owners=_owners(viewer), initial=start)
    if request.method == "POST" and form.is_valid():
        made = keeping.add(
            by=viewer, at=clock.now(), sort=sort,
            submission=form.cleaned_data["submission"], **form.given(),
        )  # fmt: skip
        toast(request, _("Added: %(name)s. It can be booked now.") % {"name": made.name})
        return redirect("room", made.id)
    if request.method != "POST":
        audit.record(viewer, "contacts.resource_form")
    return _draw(request, form, sort)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("contacts.resources")
def room_change(request: HttpRequest, viewer: Viewer, resource_id: UUID) -> HttpResponse:
    """Change what is known of it; what is booked stays booked."""
    one = _or_404(viewer, resource_id)
    owners = _owners(viewer, one.organisation_id)
    form = form_of(one.sort)(request.POST or None, owners=owners, initial=initial_of(one))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            keeping.change(one, by=viewer, at=clock.now(), version=version, **form.given())
        except ChangedMeanwhile as meanwhile:
            # A copy of all that was sent: of languages and ways there are several.
            form.data = request.POST.copy()
            form.data["version"] = str(meanwhile.theirs.version)
            form.add_error(
                None, _("Somebody has changed it meanwhile. Save again if yours shall stand.")
            )
            return _draw(request, form, one.sort, one)
        toast(request, _("Saved."))
        return redirect("room", one.id)
    if request.method != "POST":
        audit.record(viewer, "contacts.resource_form")
    return _draw(request, form, one.sort, one)


def _draw(
    request: HttpRequest, form: ResourceForm, sort: str, one: Resource | None = None
) -> HttpResponse:
    context = {"form": form, "sort": sort, "one": one}
    status = 422 if form.errors else 200
    return render(request, "contacts/resources/form.html", context, status=status)


@require_safe
@staff("contacts.rooms")
def room(request: HttpRequest, viewer: Viewer, resource_id: UUID) -> HttpResponse:
    """One of them: its week, when it is closed, and its calendar's address."""
    one = _or_404(viewer, resource_id)
    audit.record(viewer, "contacts.room")
    return _page(request, viewer, one)


def _page(
    request: HttpRequest, viewer: Viewer, one: Resource, *, form: AwayForm | None = None,
    made: str = "",
) -> HttpResponse:  # fmt: skip
    today = clock.today()
    wished = day_of(request.GET.get("from")) or today
    monday = clock.monday_of(wished)
    since, until = clock.day_begins(monday), clock.day_begins(monday + SHOWN)
    held = reads.held_in(one, since, until)
    make, end = (reverse(name, args=[one.id]) for name in ("room_calendar", "room_calendar_end"))
    coming = reads.away_in(one, clock.day_begins(today), clock.day_begins(today + FAR))
    context = {
        "one": one,
        "facts": presenting.facts(one),
        "over": _over(one, today),
        "week": presenting.week(
            monday, held, reads.away_in(one, since, until), _names(viewer, held)
        ),
        "title": _("Week %(n)d: %(first)s–%(last)s") % _of_week(monday),
        "before": monday - SHOWN,
        "after": monday + SHOWN,
        "may": can(viewer, "contacts.resources"),
        "form": form or AwayForm(initial={"first_on": today}),
        "coming": [(gone, presenting.moment(gone.starts_at), presenting.moment(gone.ends_at))
                   for gone in coming],
        "address": presenters.private_address(feeds.standing(one), make=make, end=end),
        "made": made,
    }  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    return render(request, "contacts/resources/one.html", context, status=status)


def _of_week(monday: date) -> dict[str, Any]:
    last = monday + timedelta(days=6)
    return {
        "n": monday.isocalendar().week, "first": dates.short(monday), "last": dates.short(last),
    }  # fmt: skip


def _names(viewer: Viewer, held: list[ResourceBooking]) -> dict[UUID, str]:
    """Return the names of those whom the viewer may see; where somebody under a safety ban is
    going to be is told to nobody here.
    """
    ids = {one.appointment.client_id for one in held}
    if not ids or not can(viewer, "clients.list"):
        return {}
    found = Client.objects.filter(seen(viewer, "pk"), pk__in=ids, safety_ban=False)
    return {client.id: client.name for client in found}


@require_POST
@staff("contacts.resources")
def room_close(request: HttpRequest, viewer: Viewer, resource_id: UUID) -> HttpResponse:
    """Take it out of use after today; what is booked beyond stands until somebody moves it."""
    one = _or_404(viewer, resource_id)
    left = keeping.close(one, by=viewer, at=clock.now())
    toast(request, " ".join([_("Closed after today."), _stand(left)]).strip())
    return redirect("room", one.id)


@require_POST
@staff("contacts.resources")
def room_away(request: HttpRequest, viewer: Viewer, resource_id: UUID) -> HttpResponse:
    """Write down when it is closed."""
    one = _or_404(viewer, resource_id)
    form = AwayForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, one, form=form)
    row = keeping.close_for(one, by=viewer, at=clock.now(), **form.given())
    said = _("Written down: nothing is offered there then.")
    toast(request, f"{said} {_stand(keeping.in_the_way(row))}".strip())
    return redirect("room", one.id)


def _stand(many: int) -> str:
    if not many:
        return ""
    return ngettext(
        "%(n)d booked time stands there: who booked it has to move it.",
        "%(n)d booked times stand there: who booked them has to move them.",
        many,
    ) % {"n": many}


@require_POST
@staff("contacts.resources")
def room_back(
    request: HttpRequest, viewer: Viewer, resource_id: UUID, closure_id: UUID
) -> HttpResponse:
    """Take a closure back."""
    row = ResourceAway.objects.filter(
        pk=closure_id, resource=resource_id, register_id=viewer.register_id
    ).first()
    if row is None:
        raise Http404
    keeping.open_again(row, by=viewer, at=clock.now())
    toast(request, _("Taken back."))
    return redirect("room", resource_id)


@require_POST
@staff("contacts.resources")
def room_calendar(request: HttpRequest, viewer: Viewer, resource_id: UUID) -> HttpResponse:
    """Make the private address of its calendar, which is shown this once."""
    one = _or_404(viewer, resource_id)
    mark = submissions.mark(request.POST)
    token = feeds.make(one, by=viewer, at=clock.now(), submission=mark)
    path = reverse("calendar_feed", args=[viewer.register_id, token])
    return _page(request, viewer, one, made=settings.POLKU_ADDRESS + path)


@require_POST
@staff("contacts.resources")
def room_calendar_end(request: HttpRequest, viewer: Viewer, resource_id: UUID) -> HttpResponse:
    """End the address."""
    one = _or_404(viewer, resource_id)
    feeds.end(one, by=viewer, at=clock.now())
    toast(request, _("The address has ended. Nothing reads this calendar any more."))
    return redirect("room", one.id)


def _or_404(viewer: Viewer, resource_id: UUID) -> Resource:
    found = reads.one(viewer, resource_id)
    if found is None:
        raise Http404
    return found


def _owners(viewer: Viewer, now: UUID | None = None) -> Any:
    """Return whose it may be; also whose it is `now`, which a form that lacks it would change."""
    teams = Team.objects.filter(register_id=viewer.register_id)
    ids = [*teams.values_list("organisation_id", flat=True), viewer.organisation_id, now]
    return Organisation.objects.filter(pk__in=[one for one in ids if one])
