"""A worker's own hours and days away; and what the lead does with a date that was raised."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polku.contacts.models import TimeAway
from polku.contacts.weeks import deciding, reads
from polku.desk.week import asking
from polku.desk.week.forms import AwayForm, HoursForm
from polku.desk.week.views import page_of
from polku.foundation import clock
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer
from polku.web import dates
from polku.web.toasts import toast

FAR = timedelta(days=400)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("contacts.week")
def week_hours(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show and keep when the worker meets clients, and what is own time."""
    form = HoursForm(request.POST or None, own=reads.own_week(viewer))
    if request.method == "POST" and form.is_valid():
        asking.keep_hours(by=viewer, at=clock.now(), **form.given())
        toast(request, _("Your hours are saved. Your weeks are planned anew."))
        return redirect("week")
    return _page(request, viewer, form, AwayForm(initial={"first_on": clock.today()}))


@require_POST
@staff("contacts.week")
def go_away(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Write down days away; what was proposed for them is proposed elsewhere."""
    form = AwayForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, HoursForm(own=reads.own_week(viewer)), form)
    away = asking.go_away(by=viewer, at=clock.now(), **form.cleaned_data)
    words = _("Away %(days)s. The rest of the week is planned anew; booked times stay.")
    toast(request, words % {"days": _days(away)})
    return redirect(page_of(clock.monday_of(max(away.first_on, clock.today()))))


@require_POST
@staff("contacts.week")
def come_back(request: HttpRequest, viewer: Viewer, away_id: UUID) -> HttpResponse:
    """Take days away back."""
    away = TimeAway.objects.filter(
        pk=away_id, register_id=viewer.register_id, user_id=viewer.user_id
    ).first()
    if away is None:
        raise Http404
    asking.come_back(away, by=viewer, at=clock.now())
    toast(request, _("Taken back: you are there %(days)s.") % {"days": _days(away)})
    return redirect("week_hours")


@require_POST
@staff("teamwork.assign")
def settled(request: HttpRequest, viewer: Viewer, proposal_id: UUID) -> HttpResponse:
    """Note that the lead has seen to a date that was raised."""
    row = deciding.of_team(viewer, proposal_id)
    if row is None:
        raise Http404
    deciding.settle(row, by=viewer, at=clock.now())
    toast(request, _("Noted: seen to."))
    return redirect("team")


def _days(away: TimeAway) -> str:
    first, last = dates.short_weekday(away.first_on), dates.short_weekday(away.last_on)
    return first if away.first_on == away.last_on else f"{first}–{last}"


def _page(
    request: HttpRequest, viewer: Viewer, form: HoursForm, away_form: AwayForm
) -> HttpResponse:
    today = clock.today()
    coming = [
        (away, _days(away), away.get_kind_display())
        for away in reads.away(viewer, today, today + FAR)
    ]
    context = {"form": form, "away_form": away_form, "coming": coming}
    status = 422 if form.errors or away_form.errors else 200
    return render(request, "desk/week/hours.html", context, status=status)
