"""A step: adding, changing, answering, going on with it, its place in the order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polku.clients import careful
from polku.clients.doors import client_or_404
from polku.clients.models import Client
from polku.foundation import audit, clock
from polku.foundation.door.pages import staff
from polku.foundation.viewer import Viewer
from polku.paths import actions, arranging, patterns, reads, states
from polku.paths.forms import NewStepForm, QuickStepForm, StepForm, WordForm
from polku.paths.models import Step
from polku.paths.presenters.meanwhile import differing
from polku.paths.views.common import (
    as_it_is,
    back,
    record_is_closed,
    step_or_404,
    undo_address,
    undo_of_step,
)
from polku.web.toasts import toast

ANSWERS = ("yes", "not_now", "no")


@require_http_methods(["GET", "HEAD", "POST"])
@staff("paths.write")
def new(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Add a step: from nothing, from a pattern of the trade, or as an alternative to another."""
    client = client_or_404(viewer, client_id)
    if record_is_closed(request, client):
        return back(client_id)
    begun = patterns.pattern(request.GET.get("pattern", ""))
    if request.method != "POST":
        initial = _initial(viewer, client, begun, request.GET)
        form = NewStepForm(initial=initial, client_id=client_id)
        return _form_page(request, viewer, client, form, ask=begun.ask if begun else "")
    form = NewStepForm(request.POST, client_id=client_id)
    if not form.is_valid() or not careful.may_keep(form, request, client):
        return _form_page(request, viewer, client, form)
    return _add(request, viewer, client, dict(form.cleaned_data))


@require_POST
@staff("paths.write")
def quick(request: HttpRequest, viewer: Viewer, client_id: UUID) -> HttpResponse:
    """Add a step from one line under its goal."""
    client = client_or_404(viewer, client_id)
    if record_is_closed(request, client):
        return back(client_id)
    form = QuickStepForm(request.POST, client_id=client_id)
    if not form.is_valid():
        toast(request, _("Write in a few words what the step is."), level="warn")
        goal = request.POST.get("goal", "")
        return back(client_id, f"goal-{goal}" if goal else "loose")
    # The line has no room for a question: it goes on as a form, with what was written.
    given = {**request.POST.dict(), "kind": Step.Kind.OTHER, "propose": "on"}
    whole = NewStepForm(given, client_id=client_id)
    if whole.is_valid() and not careful.may_keep(whole, request, client):
        return _form_page(request, viewer, client, whole)
    return _add(request, viewer, client, dict(form.cleaned_data))


def _add(
    request: HttpRequest, viewer: Viewer, client: Client, data: dict[str, Any]
) -> HttpResponse:
    instead = data.pop("instead", None)
    if instead is not None:
        data["fork"] = arranging.fork_of(instead)
    step = actions.add_step(
        client, by=viewer, at=clock.now(), propose=data.pop("propose", True), **data
    )
    undo = undo_address(
        request, client.id, step=str(step.id), version=step.version, before=None
    )  # fmt: skip
    said = _("The step is in the plan.")
    if step.state == Step.State.PROPOSED:
        said = _("The step waits for an answer: what does %(name)s say?") % {"name": client.called}
    toast(request, said, undo=undo)
    return back(client.id, f"step-{step.id}")


def _initial(
    viewer: Viewer, client: Client, begun: patterns.Pattern | None, asked: Any
) -> dict[str, Any]:
    initial: dict[str, Any] = {"theme": "work", "propose": True}
    if begun is not None:
        # The plan is written in the client's language of service, whatever the coach's own is.
        with translation.override(client.service_language):
            initial |= {"title": str(begun.title), "theme": begun.theme, "kind": begun.kind}
    try:
        beside = step_or_404(viewer, client.id, UUID(asked["instead"]))
    except (KeyError, ValueError):
        return initial
    return initial | {"instead": beside.id, "theme": beside.theme, "goal": beside.goal_id}


@require_http_methods(["GET", "HEAD", "POST"])
@staff("paths.write")
def edit(request: HttpRequest, viewer: Viewer, client_id: UUID, step_id: UUID) -> HttpResponse:
    """Change a step. What somebody else has saved meanwhile is shown beside, not overwritten."""
    step = step_or_404(viewer, client_id, step_id)
    if record_is_closed(request, step.client):
        return back(client_id)
    initial = {name: getattr(step, name) for name in StepForm.base_fields if name != "instead"}
    initial["goal"] = step.goal_id
    initial["instead"] = reads.rival(step)
    form = StepForm(request.POST or None, initial=initial, client_id=client_id, step=step)
    ready = request.method == "POST" and form.is_valid()
    if not ready or not careful.may_keep(form, request, step.client):
        return _form_page(request, viewer, step.client, form, step=step)
    data = dict(form.cleaned_data)
    instead = data.pop("instead")
    data["fork"] = arranging.fork_of(instead) if instead is not None else ""
    before, version = as_it_is(step), request.POST.get("version", "")
    try:
        changed = actions.change_step(
            step,
            by=viewer,
            at=clock.now(),
            version=int(version) if version.isdigit() else 0,
            **data,
        )
    except actions.ChangedMeanwhile as meanwhile:
        theirs = differing(form, meanwhile.theirs)
        return _form_page(request, viewer, step.client, form, step=meanwhile.theirs, theirs=theirs)
    said = _("Saved.")
    if changed.turn == Step.Turn.CLIENT and before["client_answer"] and not changed.client_answer:
        said = _("Saved. What was agreed has changed, so %(name)s is asked again.") % {
            "name": step.client.called
        }
    toast(request, said, undo=undo_of_step(request, before, changed))
    return back(client_id, f"step-{step.id}")


def _form_page(
    request: HttpRequest,
    viewer: Viewer,
    client: Client,
    form: StepForm,
    *,
    step: Step | None = None,
    theirs: Any = (),
    ask: Any = "",
) -> HttpResponse:
    audit.record(viewer, "paths.step_form", client=client.id)
    context = {"client": client, "form": form, "step": step, "theirs": theirs, "ask": ask}
    return render(request, "paths/step.html", context, status=409 if theirs else 200)


@require_POST
@staff("paths.write")
def do(request: HttpRequest, viewer: Viewer, client_id: UUID, step_id: UUID) -> HttpResponse:
    """Answer a step, go on with it, give its turn, or move it in the order."""
    step = step_or_404(viewer, client_id, step_id)
    verb = request.POST.get("do", "")
    act = _act_of(verb, request.POST)
    if act is None:
        raise Http404
    if record_is_closed(request, step.client):
        return back(client_id)
    if verb in ANSWERS:
        word = WordForm(request.POST)
        if word.is_valid() and not careful.may_keep(word, request, step.client):
            audit.record(viewer, "paths.step_form", client=client_id)
            context = {"client": step.client, "step": step, "form": word}
            return render(request, "paths/word.html", context)
    before = as_it_is(step)
    try:
        after = act(step, by=viewer, at=clock.now())
    except states.NotNow:
        toast(
            request,
            _("The step has changed meanwhile, so nothing was done. See how it stands now."),
            level="warn",
        )
        return back(client_id, f"step-{step.id}")
    if isinstance(after, Step):
        said = _said(verb, step.client.called)
        toast(request, said, undo=undo_of_step(request, before, after))
    return back(client_id, f"step-{step.id}")


Act = Callable[..., Any]


def _act_of(verb: str, sent: Any) -> Act | None:
    """Return what a button does; None for a button that there is not."""
    if verb in ANSWERS:
        word = " ".join(sent.get("word", "").split())
        return lambda step, **given: actions.answer_for_client(
            step, answer=verb, word=word, **given
        )
    if verb in ("coach_yes", "coach_no"):
        said = verb.removeprefix("coach_")
        return lambda step, **given: actions.answer(step, answer=said, **given)
    if verb in ("start", "finish", "drop", "propose", "take_up"):
        return lambda step, **given: actions.go_on(step, verb=verb, **given)
    if verb in ("up", "down"):
        return lambda step, **given: arranging.move(step, up=verb == "up", **given)
    if verb == "turn" and sent.get("turn", "") in Step.Turn.values:
        return lambda step, **given: actions.give_turn(step, to=sent["turn"], **given)
    return None


def _said(verb: str, called: str) -> str:
    name = {"name": called}
    return {
        "yes": _("%(name)s said yes. It is agreed.") % name,
        "not_now": _("%(name)s said: not now. It stays in the plan for later.") % name,
        "no": _("%(name)s said no. It stands on the path as declined, in the open.") % name,
        "coach_yes": _("The coach agrees."),
        "coach_no": _("The coach says no."),
        "start": _("The step is under way."),
        "finish": _("Done! It stands behind on the path."),
        "drop": _("The step is left out."),
        "propose": _("The step waits for %(name)s again.") % name,
        "take_up": _("The step is taken up again."),
        "turn": _("The turn is given."),
    }[verb]
