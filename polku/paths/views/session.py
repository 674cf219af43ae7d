"""The plan session: both look at one screen, agree item by item, and keep a version."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polku.clients.doors import client_or_404, person_or_404
from polku.contacts import wishes
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer
from polku.paths import actions, queries, reads, undoing
from polku.paths.forms import TURNS, AgreeForm, GoalForm
from polku.paths.presenters.session import session, wish_card
from polku.paths.presenters.versions import version_pages
from polku.paths.views.common import (
    UNDO,
    back,
    goal_or_404,
    record_is_closed,
    step_or_404,
    undo_address,
)
from polku.rules.calendar import add_months, is_working_day
from polku.web.toasts import toast

MONTHS_TO_REVIEW = 3


@require_safe
@staff("paths.see")
def plan_page(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Show the plan as one list, with everything that may be done to it."""
    whose = person_or_404(viewer, client_id)
    audit.record(viewer, "paths.session", client=client_id)
    today = clock.today()
    plan = queries.plan_now(viewer, client_id=client_id)
    steps = queries.steps(viewer, client_id=client_id)
    versions = reads.versions(viewer, client_id=client_id, count=1)
    page = session(whose, plan, steps, versions, reads.content_now(plan, steps), today)
    kept = plan.review_on if plan and plan.review_on and plan.review_on > today else None
    context = {
        "page": page,
        "agree": AgreeForm(initial={"review_on": kept or _day_of_review(today)}),
        "goal_form": GoalForm(auto_id="new_%s"),
        "turns": TURNS,
        "wish": wish_card(wishes.wish_of(client_id), today),
    }
    return render(request, "paths/plan.html", context)


def _day_of_review(today: Any) -> Any:
    day = add_months(today, MONTHS_TO_REVIEW)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@require_POST
@staff("paths.agree_plan")
def agree(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Keep the plan as it stands as the version that was agreed."""
    client = client_or_404(viewer, client_id)
    form = AgreeForm(request.POST)
    if record_is_closed(request, client):
        return back(client_id)
    if not form.is_valid():
        toast(request, _("That is not a day. Nothing was agreed yet."), level="warn")
        return back(client_id, "agree")
    plan = reads.open_plan(client_id)
    if plan is None:
        toast(request, _("There is nothing to agree yet: begin with a goal."), level="warn")
        return back(client_id)
    before = {
        name: day.isoformat() if (day := getattr(plan, name)) else None
        for name in ("agreed_on", "review_on")
    }
    agreed = actions.agree_plan(
        plan, by=viewer, at=clock.now(), review_on=form.cleaned_data["review_on"]
    )
    number = agreed.versions.count()
    undo = undo_address(request, client_id, plan=str(plan.id), number=number, before=before)
    toast(request, _("The plan is agreed and kept as version %(n)d.") % {"n": number}, undo=undo)
    return back(client_id, "agree")


@require_POST
@staff("paths.write")
def undo(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Take back the last change of this session, unless somebody has gone on from it."""
    kept = request.session.get(UNDO) or {}
    if kept.get("client") != str(client_id):
        client_or_404(viewer, client_id)
        toast(request, _("There is nothing to take back any more."), level="warn")
        return back(client_id)
    try:
        anchor = _take_back(viewer, client_id, kept)
    except actions.ChangedMeanwhile:
        toast(
            request,
            _("It has been changed since, so it was not taken back. See how it stands now."),
            level="warn",
        )
        return back(client_id)
    request.session.pop(UNDO, None)
    toast(request, _("Taken back."))
    return back(client_id, anchor)


def _take_back(viewer: Viewer, client_id: UUID, kept: dict[str, Any]) -> str:
    given = {"by": viewer, "at": clock.now()}
    if "goal" in kept:
        goal = goal_or_404(viewer, client_id, UUID(kept["goal"]))
        undoing.put_goal_back(goal, version=kept["version"], before=kept["before"], **given)
        return f"goal-{goal.id}" if kept["before"] else ""
    if "plan" in kept:
        client_or_404(viewer, client_id)
        plan = reads.open_plan(client_id)
        if plan is None or str(plan.id) != kept["plan"]:
            raise Http404
        undoing.disagree(plan, number=kept["number"], before=kept["before"], **given)
        return "agree"
    step = step_or_404(viewer, client_id, UUID(kept["step"]))
    if kept["before"] is None:
        undoing.take_away(step, version=kept["version"], **given)
        return ""
    undoing.put_back(step, version=kept["version"], before=kept["before"], **given)
    return f"step-{step.id}"


@require_safe
@staff("paths.see")
def versions(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Show every version that was agreed, each with what changed in it."""
    client = client_or_404(viewer, client_id)
    audit.record(viewer, "paths.versions", client=client_id)
    kept = reads.versions(viewer, client_id=client_id)
    context = {"client": client, "pages": version_pages(kept, client.called, clock.today())}
    return render(request, "paths/versions.html", context)
