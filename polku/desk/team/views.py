"""The team at a glance, taking a client, reading a hand-over, one's own settings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polku.clients import queries as clients
from polku.clients.models import Client
from polku.contacts.models import Purpose
from polku.contacts.weeks.reads import Raised, away_column, raised
from polku.desk.addresses import address, client_page
from polku.desk.division.shown import divisions_of
from polku.desk.team.forms import MinutesForm, NotificationForm
from polku.desk.team.rows import AWAY_AHEAD, absences, row
from polku.desk.week.wording import law
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.permissions import can, check
from polku.foundation.viewer import Viewer
from polku.teamwork import actions
from polku.teamwork.caseloads import WORKING_WEEK, caseloads, minutes_table
from polku.teamwork.models import HandOver, MinutesAssumption, NotificationSetting
from polku.teamwork.queries import without_a_coach
from polku.teamwork.rules.reads import rules_and
from polku.teamwork.rules.wording import town_names
from polku.web import people
from polku.web.toasts import toast


def _ids(*lists: Any) -> list[UUID]:
    return list(dict.fromkeys(one.client_id for rows in lists for one in rows))


def _raised(one: Raised) -> dict[str, Any]:
    """Return a date that no plan of the own coach's week meets, in words."""
    today = clock.today()
    return {
        "id": one.id,
        "client_id": one.client_id,
        "name": people.name(one),
        "url": client_page(one.client_id),
        "law": law(one.due_on, one.purpose == Purpose.INITIAL_INTERVIEW, today),
        "coach": f"{one.coach_first_name} {one.coach_last_name}".strip(),
    }


@staff("teamwork.caseloads")
def team(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Caseloads by coach in heads and expected minutes, and who waits for a coach."""
    today = clock.today()
    table = minutes_table(viewer)
    loads = [one for one in caseloads(viewer, today, table) if one.user_id]
    names = {one.user_id: one.name for one in loads if one.user_id}
    ahead = away_column(viewer, today, today + AWAY_AHEAD)
    held, spans = rules_and(viewer, list(names), today, ahead)
    towns = town_names()
    rows = [row(one, held[one.user_id], towns) for one in loads if one.user_id]
    may_divide = can(viewer, "teamwork.divide")
    asked = divisions_of(viewer) if may_divide else []
    without = without_a_coach(viewer)
    needing = [one for one in without if one.another]
    waiting = [one for one in without if not one.another]
    found = raised(viewer, clock.now())
    audit.record(viewer, "teamwork.team", shown=_ids(without, found))
    return render(
        request,
        "desk/team/team.html",
        {
            "rows": rows,
            "heads": sum(one.heads for one in rows),
            "minutes": sum(one.minutes for one in rows),
            "week": WORKING_WEEK,
            "waiting": waiting,
            "needing": needing,
            "raised": [_raised(one) for one in found],
            "assumed": [
                (label, table[situation])
                for situation, label in MinutesAssumption.Situation.choices
            ],
            "away": absences(spans, names, asked),
            "asked": {one.question: address("division", one.id) for one in asked},
            "may_divide": may_divide,
            "coaches": names,
            "today": today,
            "may_change": can(viewer, "teamwork.minutes"),
            "may_hand_over": can(viewer, "teamwork.hand_over"),
            "may_settle": can(viewer, "teamwork.assign"),
        },
    )


@staff("teamwork.minutes")
def minutes(request: Any, viewer: Viewer) -> HttpResponse:
    """The table of expected minutes: an assumption, and said to be one."""
    form = MinutesForm(request.POST or None, initial=minutes_table(viewer))
    if request.method == "POST" and form.is_valid():
        actions.set_minutes(by=viewer, at=clock.now(), minutes=form.cleaned_data)
        toast(request, _("The minutes are changed."))
        return redirect("team")
    status = 422 if form.errors else 200
    return render(request, "desk/team/minutes.html", {"form": form}, status=status)


def _client(viewer: Viewer, client_id: UUID) -> Client:
    try:
        return clients.get(viewer, client_id)
    except Client.DoesNotExist:
        raise Http404 from None


@require_POST
@staff("teamwork.take")
def take(request: Any, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Take a client of the team who has no own coach."""
    client = _client(viewer, client_id)
    try:
        actions.take(client, by=viewer, at=clock.now())
        toast(request, _("%(name)s is now your client.") % {"name": client.name})
    except actions.TakenMeanwhile:
        toast(request, _("A colleague has just taken this client."), level="warn")
        return redirect("my_day")
    return redirect(client_page(client.id))


@require_POST
@staff("clients.list")
def read(request: Any, viewer: Viewer, hand_over_id: UUID) -> HttpResponse:
    """Mark a hand-over's note as read."""
    found = HandOver.objects.filter(pk=hand_over_id, to_user_id=viewer.user_id).first()
    if found is None:
        raise Http404
    actions.read_hand_over(found, by=viewer, at=clock.now())
    onward = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        onward = client_page(found.client_id)
    return redirect(onward)


def settings(request: Any) -> HttpResponse:
    """One's own settings: which messages come by e-mail."""
    viewer: Viewer = request.viewer
    if not viewer.is_staff:
        raise Http404
    check(viewer, "teamwork.own_settings")
    kept = dict(
        NotificationSetting.objects.filter(
            register_id=viewer.register_id, user_id=viewer.user_id
        ).values_list("event", "by_email")
    )
    initial = {event: kept.get(event, True) for event in NotificationSetting.Event.values}
    form = NotificationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_notifications(by=viewer, at=clock.now(), by_email=form.cleaned_data)
        toast(request, _("Your settings are saved."))
        return redirect("settings")
    return render(request, "desk/team/settings.html", {"form": form})
