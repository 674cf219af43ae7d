"""The posts of a placement's page: each takes one form, calls one action, and comes back.

What can't be done now is said kindly, and what was filled in is kept on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from polku.clients import careful
from polku.clients.models import Client
from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.viewer import Viewer
from polku.placements import (
    agreeing,
    answering,
    calling_off,
    following,
    legal,
    running,
    states,
    suggesting,
)
from polku.placements.client import door, lawful
from polku.placements.client import forms as asked
from polku.placements.client.one import back, placement_or_404, placement_page
from polku.placements.client.problems import EXPECTED, problem
from polku.placements.host.forms import TickForm, assess_form
from polku.placements.models import Absence, Assessment, Placement
from polku.web.toasts import toast

Act = Callable[[Placement, Viewer, Any], object]
Made = Callable[..., forms.Form]


def deed(
    name: str, permission: str, make: Made, act: Act, said: Any, *, anchor: str = ""
) -> Callable[..., HttpResponse]:
    """Return the view of one post. Mistakes come back on the page, with what was filled in."""

    @require_POST
    @door.page(permission)
    def view(
        request: HttpRequest, viewer: Viewer, client: Client, placement_id: UUID
    ) -> HttpResponse:
        one = placement_or_404(viewer, client, placement_id)
        form = make(request.POST, one)
        if lawful.CHECK in request.POST and isinstance(form, asked.Despite):
            return _only_asked(request, viewer, client, one, name, form)
        # A tick repeats a line of the workplace's own list.
        besides = ("text",) if name == "tick" else ()
        if not form.is_valid() or not careful.may_keep(
            form, request, client, besides=besides, compared=False
        ):
            law: Sequence[legal.Finding] | None = None
            if isinstance(form, asked.Despite):
                law = lawful.as_filled(one, form)
            return placement_page(
                request, viewer, client, placement_id, bound={name: form}, law=law
            )
        try:
            act(one, viewer, form)
        except EXPECTED as error:
            form.add_error(None, problem(error))
            if isinstance(error, ChangedMeanwhile) and "version" in form.fields:
                # The page shows what stands now; whoever has seen it may try again.
                form.data = request.POST.copy()
                form.data["version"] = error.theirs.version
            if isinstance(error, answering.Gone):
                toast(request, problem(error), level="warn")
                return back(client, placement_id)
            law = error.law if isinstance(error, legal.Stopped) else None
            return placement_page(
                request, viewer, client, placement_id, bound={name: form}, law=law
            )
        if said:
            toast(request, str(said))
        return back(client, placement_id, anchor or name)

    return view


def _only_asked(
    request: HttpRequest, viewer: Viewer, client: Client, one: Placement, name: str, form: Any
) -> HttpResponse:
    """Tell what the law says of a form as it stands; nothing is written of what is in it."""
    law = lawful.as_filled(one, form)
    if lawful.FRAGMENT in request.headers:
        audit.record(viewer, "placements.page", client=client.id)
        return lawful.fragment(request, law)
    form.errors.clear()
    return placement_page(request, viewer, client, one.id, bound={name: form}, law=law, status=200)


def _plain(form: type[forms.Form], name: str) -> Made:
    return lambda data, one: form(data, auto_id=f"{name}_%s")


def _of(form: type[forms.Form], name: str) -> Made:
    return lambda data, one: form(data, auto_id=f"{name}_%s", placement=one)


def _calls(action: Callable[..., object], **fixed: Any) -> Act:
    return lambda one, viewer, form: action(
        one, by=viewer, at=clock.now(), **fixed, **form.cleaned_data
    )


def _change(one: Placement, viewer: Viewer, form: Any) -> object:
    given = form.cleaned_data
    return agreeing.change(
        one,
        by=viewer,
        at=clock.now(),
        what=given["what"],
        initiative=given["initiative"],
        reason=given["reason"],
        despite=given["despite"],
        version=given["version"],
        **form.terms(),
    )


def _terms(one: Placement, viewer: Viewer, form: Any) -> object:
    return agreeing.write_terms(
        one,
        by=viewer,
        at=clock.now(),
        version=form.cleaned_data["version"],
        despite=form.cleaned_data["despite"],
        **form.terms(),
    )


def _tick(one: Placement, viewer: Viewer, form: Any) -> object:
    try:
        return following.tick(one, by=viewer, at=clock.now(), on=clock.today(), **form.cleaned_data)
    except states.NotNow:
        raise
    except ValueError:
        # The line left the checklist while the page was open.
        return None


S, T = "placements.suggest", "placements.tell"

answer = deed(
    "answer",
    "placements.answer",
    _plain(asked.AnswerForm, "answer"),
    _calls(answering.answer),
    gettext_lazy("Written down."),
)
again = deed(
    "again",
    S,
    _plain(asked.AgainForm, "again"),
    _calls(suggesting.suggest_again),
    gettext_lazy("Suggested anew."),
)
withdraw = deed(
    "withdraw",
    S,
    _plain(asked.WithdrawForm, "withdraw"),
    _calls(calling_off.withdraw),
    gettext_lazy("Taken back. The client is told kindly."),
)
refuse = deed(
    "refuse",
    S,
    _plain(asked.RefuseForm, "refuse"),
    _calls(calling_off.refuse),
    gettext_lazy("Written down. It is never held against the client."),
)
seen = deed(
    "seen",
    S,
    lambda data, one: forms.Form(data),
    _calls(answering.seen),
    gettext_lazy("It waits for you no more."),
)
terms = deed(
    "terms",
    S,
    _of(asked.TermsForm, "terms"),
    _terms,
    gettext_lazy("The agreement is written. Now it waits for signatures."),
)
sign = deed(
    "sign",
    "placements.sign",
    _plain(asked.SignForm, "sign"),
    _calls(agreeing.sign),
    gettext_lazy("The signature is kept."),
)
change = deed(
    "change",
    S,
    _of(asked.ChangeForm, "change"),
    _change,
    gettext_lazy("Changed. It waits for signatures anew."),
)
start = deed(
    "start",
    S,
    _plain(asked.VersionForm, "start"),
    _calls(running.start),
    gettext_lazy("It has begun."),
)
take_back_start = deed(
    "take_back_start",
    S,
    _plain(asked.VersionForm, "take_back_start"),
    _calls(running.take_back_start),
    gettext_lazy("It has not begun after all."),
)
end = deed(
    "end", S, _plain(asked.VersionForm, "end"), _calls(running.end), gettext_lazy("It has ended.")
)
interrupt = deed(
    "interrupt",
    S,
    _plain(asked.InterruptForm, "interrupt"),
    _calls(running.interrupt),
    gettext_lazy("The last day is written down. Plan together what comes next."),
)
go_on = deed(
    "go_on",
    S,
    _plain(asked.VersionForm, "go_on"),
    _calls(running.go_on),
    gettext_lazy("It goes on."),
)
tick = deed("tick", T, lambda data, one: TickForm(data), _tick, "", anchor="orientation")
absence = deed(
    "absence",
    T,
    _plain(asked.AbsenceForm, "absence"),
    _calls(following.note_absence),
    gettext_lazy("The absence is written down."),
)
follow_on = deed(
    "follow_on",
    S,
    _plain(asked.FollowOnForm, "follow_on"),
    _calls(following.plan_follow_on),
    gettext_lazy("The plan is written."),
)
outcome = deed(
    "outcome",
    S,
    _plain(asked.OutcomeForm, "outcome"),
    _calls(following.record_outcome),
    gettext_lazy("Written down."),
)


@require_POST
@door.page("placements.suggest")
def absence_back(
    request: HttpRequest, viewer: Viewer, client: Client, placement_id: UUID, absence_id: UUID
) -> HttpResponse:
    """Take back an absence that was none."""
    one = placement_or_404(viewer, client, placement_id)
    found = Absence.objects.filter(pk=absence_id, placement=one).first()
    if found is None:
        raise Http404
    following.take_back_absence(found, by=viewer, at=clock.now())
    toast(request, _("Taken back."))
    return back(client, placement_id, "absence")


@require_POST
@door.page("placements.tell")
def assess(
    request: HttpRequest, viewer: Viewer, client: Client, placement_id: UUID, assessment_id: UUID
) -> HttpResponse:
    """Write down an assessment that was told by phone, or stop asking for it."""
    one = placement_or_404(viewer, client, placement_id)
    row = Assessment.objects.filter(pk=assessment_id, placement=one).first()
    if row is None:
        raise Http404
    row.placement = one
    form = assess_form(row, request.POST)
    if "stop" in request.POST and not form.says_something():
        following.stop_reminding(row, by=viewer, at=clock.now())
        toast(request, _("All right: nobody is reminded of it any more."))
        return back(client, placement_id, "assessments")
    form.initial["id"] = str(row.id)
    if not form.is_valid() or not careful.may_keep(form, request, client, compared=False):
        return placement_page(request, viewer, client, placement_id, assess=form)
    try:
        following.answer_assessment(
            row,
            by=viewer,
            at=clock.now(),
            answers=form.answers(),
            word=form.cleaned_data["word"],
            name=request.POST.get("name", "")[:120],
            version=form.cleaned_data["version"],
        )
    except ChangedMeanwhile as error:
        toast(request, problem(error), level="warn")
    else:
        toast(request, _("The assessment is kept."))
    return back(client, placement_id, "assessments")
