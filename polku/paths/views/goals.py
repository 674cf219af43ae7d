"""A goal: adding, rewording, reaching, leaving aside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polku.clients import careful
from polku.clients.doors import client_or_404
from polku.clients.person import person
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.viewer import Viewer
from polku.paths import actions, arranging
from polku.paths.forms import GoalForm
from polku.paths.presenters.meanwhile import differing
from polku.paths.views.common import as_it_is, back, goal_or_404, record_is_closed, undo_of_goal
from polku.web.toasts import toast

# A fact's topic says under which theme a goal that grows from it falls.
THEME_OF_TOPIC = {
    "learning": "learning",
    "language": "learning",
    "digital": "learning",
    "health": "health",
    "everyday": "everyday",
    "money": "everyday",
    "family": "everyday",
    "travel": "everyday",
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff("paths.write")
def new(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Add a goal, perhaps from what the client has told."""
    client = client_or_404(viewer, client_id)
    if record_is_closed(request, client):
        return back(client_id)
    if request.method != "POST":
        form = GoalForm(initial=_from_fact(viewer, client_id, request.GET.get("fact", "")))
        return _page(request, viewer, client, form)
    form = GoalForm(request.POST)
    if not form.is_valid() or not careful.may_keep(form, request, client):
        return _page(request, viewer, client, form)
    goal = actions.add_goal(client, by=viewer, at=clock.now(), **form.cleaned_data)
    undo = undo_of_goal(request, goal, None)
    toast(request, _("The goal is in the plan. What is the first step?"), undo=undo)
    return back(client_id, f"goal-{goal.id}")


def _from_fact(viewer: Viewer, client_id: UUID, fact_id: str) -> dict[str, Any]:
    if not fact_id:
        return {}
    facts = person(viewer, client_id).facts
    fact = next((fact for fact in facts if fact["id"] == fact_id), None)
    if fact is None:
        return {}
    return {"text": fact["text"], "theme": THEME_OF_TOPIC.get(fact["topic"], "work")}


@require_http_methods(["GET", "HEAD", "POST"])
@staff("paths.write")
def edit(request: HttpRequest, viewer: Viewer, client_id: UUID, goal_id: UUID) -> HttpResponse:
    """Reword a goal."""
    goal = goal_or_404(viewer, client_id, goal_id)
    if record_is_closed(request, goal.client):
        return back(client_id)
    form = GoalForm(request.POST or None, initial={"theme": goal.theme, "text": goal.text})
    ready = request.method == "POST" and form.is_valid()
    if not ready or not careful.may_keep(form, request, goal.client):
        return _page(request, viewer, goal.client, form, goal)
    before, version = as_it_is(goal), request.POST.get("version", "")
    number = int(version) if version.isdecimal() and len(version) < 10 else 0
    try:
        goal = arranging.change_goal(
            goal, by=viewer, at=clock.now(), version=number, **form.cleaned_data
        )
    except ChangedMeanwhile as meanwhile:
        stands = meanwhile.theirs
        theirs = differing(form, stands)
        return _page(request, viewer, goal.client, form, stands, theirs=theirs)
    toast(request, _("The goal is reworded."), undo=undo_of_goal(request, goal, before))
    return back(client_id, f"goal-{goal.id}")


@require_POST
@staff("paths.write")
def end(request: HttpRequest, viewer: Viewer, client_id: UUID, goal_id: UUID) -> HttpResponse:
    """Mark a goal as reached or left aside, or aim at it again."""
    goal = goal_or_404(viewer, client_id, goal_id)
    do = request.POST.get("do")
    if record_is_closed(request, goal.client) or do not in ("reached", "dropped", "again"):
        return back(client_id)
    before, now = as_it_is(goal), clock.now()
    if do == "again":
        goal = arranging.take_up_goal(goal, by=viewer, at=now)
        said = _("The goal stands again.")
    else:
        goal = actions.end_goal(goal, by=viewer, at=now, reached=do == "reached")
        said = _("The goal is reached.") if do == "reached" else _("The goal is left aside.")
    toast(request, said, undo=undo_of_goal(request, goal, before))
    return back(client_id, f"goal-{goal.id}")


def _page(
    request: HttpRequest,
    viewer: Viewer,
    client: Any,
    form: GoalForm,
    goal: Any = None,
    *,
    theirs: Any = (),
) -> HttpResponse:
    audit.record(viewer, "paths.goal_form", client=client.id)
    context = {"client": client, "form": form, "goal": goal, "theirs": theirs}
    return render(request, "paths/goal.html", context)
