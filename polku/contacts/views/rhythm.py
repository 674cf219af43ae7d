"""How often a client is met: the window in which this client wants to be contacted."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from polku.clients.doors import client_or_404
from polku.contacts import actions
from polku.contacts.models import Rhythm
from polku.contacts.views.common import viewer_of
from polku.foundation import audit, clock
from polku.foundation.permissions import check
from polku.web.forms import DateInput
from polku.web.toasts import toast

# Usual windows in days: not sooner than, not later than.
USUAL = {
    "weekly": (5, 10, gettext_lazy("about every week")),
    "fortnight": (10, 18, gettext_lazy("about every two weeks")),
    "month": (21, 42, gettext_lazy("about once a month")),
    "rarely": (60, 90, gettext_lazy("rarely, every two or three months")),
    "own": (0, 0, gettext_lazy("in days, as set below")),
}


class RhythmForm(forms.Form):
    """The window: one of the usual ones, or in days."""

    usual = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=[(key, words) for key, (_low, _high, words) in USUAL.items()],
        widget=forms.RadioSelect,
    )
    low = forms.IntegerField(
        label=gettext_lazy("Not sooner than, days"), min_value=1, max_value=400, required=False
    )
    high = forms.IntegerField(
        label=gettext_lazy("Not later than, days"), min_value=1, max_value=400, required=False
    )
    wish = forms.CharField(
        label=gettext_lazy("In the client's own words"), max_length=200, required=False
    )
    day_part = forms.ChoiceField(
        label=gettext_lazy("What time of day suits"),
        choices=[("", gettext_lazy("any time")), *Rhythm.DayPart.choices],
        required=False,
    )
    away_until = forms.DateField(
        label=gettext_lazy("Can't be met until and including"), widget=DateInput(), required=False
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        low, high, _words = USUAL.get(str(data.get("usual")), USUAL["own"])
        if low:
            data["low"], data["high"] = low, high
        elif not data.get("low") or not data.get("high"):
            self.add_error("low", _("Give both numbers of days, or choose a usual rhythm."))
        elif data["low"] > data["high"]:
            self.add_error("high", _("The longer time must be at least the shorter one."))
        return data


@require_http_methods(["GET", "HEAD", "POST"])
def rhythm_edit(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Set the window together with the client. What they wished in the own view is the text."""
    viewer = viewer_of(request)
    check(viewer, "contacts.log")
    client = client_or_404(viewer, client_id)
    rhythm = Rhythm.objects.get(client=client)
    now = (rhythm.window_min_days, rhythm.window_max_days)
    usual = next((key for key, value in USUAL.items() if value[:2] == now), "own")
    form = RhythmForm(
        request.POST if request.method == "POST" else None,
        initial={
            "usual": usual,
            "low": now[0],
            "high": now[1],
            "wish": rhythm.wish,
            "day_part": rhythm.day_part,
            "away_until": rhythm.away_until,
        },
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.set_window(
            client,
            by=viewer,
            at=clock.now(),
            low=given["low"],
            high=given["high"],
            wish=given["wish"],
            day_part=given["day_part"],
            away_until=given["away_until"],
        )
        toast(request, _("The rhythm is agreed."))
        return redirect(f"/clients/{client.id}/")
    if request.method != "POST":
        audit.record(viewer, "contacts.rhythm_form", client=client.id)
    context = {
        "client": client,
        "form": form,
        "told": rhythm.wish_told_at,
        "pace": rhythm.get_wish_pace_display(),
        "wish": rhythm.wish,
    }
    return render(request, "contacts/rhythm.html", context, status=422 if form.errors else 200)
