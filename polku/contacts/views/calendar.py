"""The worker's own times in their own calendar program: the private address, and what it gives."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polku.contacts import addresses, calendars, feeds, presenters
from polku.contacts.resources import feeds as resource_feeds
from polku.contacts.views.common import viewer_of
from polku.foundation import audit, clock, submissions
from polku.foundation.door.public import public
from polku.foundation.permissions import check
from polku.web.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
def own_calendar(request: HttpRequest) -> HttpResponse:
    """Tell of the address and whether it is read; a press makes one, which is shown this once."""
    viewer = viewer_of(request)
    check(viewer, "contacts.calendar")
    made = ""
    if request.method == "POST":
        token = feeds.make(by=viewer, at=clock.now(), submission=submissions.mark(request.POST))
        path = reverse("calendar_feed", args=[viewer.register_id, token])
        made = settings.POLKU_ADDRESS + path
    else:
        audit.record(viewer, "contacts.calendar_page")
    buttons = {"make": reverse("calendar"), "end": reverse("calendar_end"), "kind": "main"}
    context = {
        "made": made,
        "address": presenters.private_address(feeds.own(viewer), **buttons),
        "behind": addresses.BEHIND.days,
        "ahead": addresses.AHEAD.days,
    }
    return render(request, "contacts/calendar.html", context)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End the address."""
    viewer = viewer_of(request)
    feeds.end(by=viewer, at=clock.now())
    toast(request, _("The address has ended. Your calendar gets nothing from Polku any more."))
    return redirect("calendar")


@public
@never_cache
@require_safe
def feed(request: HttpRequest, register_id: UUID, token: str) -> HttpResponse:
    """Give the times of a worker, a room or an interpreter to whoever knows the address.

    A wrong one and an ended one look alike.
    """
    now = clock.now()
    found = feeds.read(register_id, token, at=now)
    held = resource_feeds.read(register_id, token, at=now) if found is None else None
    with translation.override("fi"):
        if found is not None:
            text = calendars.feed(found[1], at=now, name=f"Polku, {found[0]}")
        elif held is not None:
            name = f"Polku, {held[0]}"
            text = calendars.feed_of_a_resource(held[1], at=now, name=name)
        else:
            raise Http404
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
