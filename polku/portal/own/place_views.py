"""What a client does with a placement in their own view: answer, sign, tell an absence, assess."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.viewer import Viewer
from polku.placements import agreeing, answering, following, mine, states, suggesting
from polku.placements.absences import NotKnownYet
from polku.placements.host.forms import assess_form
from polku.placements.models import Absence, Assessment, Placement, Signature
from polku.placements.running import NotInThePeriod
from polku.placements.seats import NoSeat
from polku.placements.terms import Party
from polku.portal.own.views import own, own_person, own_row, show
from polku.web import dates
from polku.web.forms import DateInput
from polku.web.toasts import toast


class AnswerForm(forms.Form):
    """An answer to a suggested place, as it stood when it was read."""

    answer = forms.ChoiceField(choices=[("yes", ""), ("not_now", ""), ("no", "")])
    word = forms.CharField(max_length=300, required=False, strip=True)
    because = forms.ChoiceField(choices=[("", ""), *Placement.Because.choices], required=False)
    version = forms.IntegerField(min_value=1)


class SignForm(forms.Form):
    """Accepting the agreement; `terms` is the hash of what was read."""

    terms = forms.CharField(max_length=64)


class AwayForm(forms.Form):
    """A day on which the client can't come."""

    REASONS = ("ill", "child_ill", "appointment", "travel", "agreed", "other")

    on = forms.DateField(label=gettext_lazy("Which day?"), widget=DateInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=[(value, Absence.Reason(value).label) for value in REASONS],
        widget=forms.RadioSelect,
    )
    word = forms.CharField(
        label=gettext_lazy("Tell more, if you want"), max_length=200, required=False
    )


@require_POST
@own("placements.answer")
def answer(request: HttpRequest, viewer: Viewer, placement_id: UUID) -> HttpResponse:
    """Answer a suggested place. The same answer twice is one."""
    placement = own_row(request, viewer, mine.one_of_mine, placement_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        toast(request, _("Choose yes, not now or no. Write at most 300 letters."), level="warn")
        return redirect("me")
    said = form.cleaned_data
    try:
        answering.answer(
            placement,
            by=viewer,
            at=clock.now(),
            answer=said["answer"],
            word=" ".join(said["word"].split()),
            because=said["because"],
            version=said["version"],
        )
    except answering.Gone:
        toast(
            request,
            _("Thank you for your yes! The place had already gone to another. "
              "Your coach calls you, and you look for a new one together."),
            level="warn",
        )  # fmt: skip
    except ChangedMeanwhile:
        _again(request)
    except (states.NotNow, suggesting.AlreadyThere):
        _too_late(request)
    else:
        toast(request, _thanks(said["answer"]))
    return redirect("me")


def _thanks(answer: str) -> str:
    return {
        "yes": _("Thank you! You answered yes. Your coach sees it."),
        "not_now": _("Thank you! You answered: not now. Your coach sees it."),
        "no": _("Thank you! You answered no. That is fine. Nothing is taken from you."),
    }[answer]


def _again(request: HttpRequest) -> None:
    toast(
        request,
        _("It has changed. Nothing was sent. Read it again and answer then."),
        level="warn",
    )


def _too_late(request: HttpRequest) -> None:
    toast(
        request,
        _("This can no longer be answered here. Nothing was sent. Talk with your coach."),
        level="warn",
    )


@require_POST
@own("placements.sign")
def sign(request: HttpRequest, viewer: Viewer, placement_id: UUID) -> HttpResponse:
    """Accept the agreement as it was read."""
    placement = own_row(request, viewer, mine.one_of_mine, placement_id)
    form = SignForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        agreeing.sign(
            placement,
            by=viewer,
            at=clock.now(),
            party=Party.CLIENT,
            how=Signature.How.OWN_VIEW,
            name=own_person(viewer).name,
            terms=form.cleaned_data["terms"],
        )
    except ChangedMeanwhile:
        _again(request)
    except (states.NotNow, agreeing.TermsMissing, NoSeat):
        _too_late(request)
    else:
        toast(request, _("Thank you! You have accepted the agreement."))
    return redirect("me")


@require_http_methods(["GET", "HEAD", "POST"])
@own("placements.tell")
def away(request: HttpRequest, viewer: Viewer, placement_id: UUID) -> HttpResponse:
    """Tell a day on which one can't come."""
    placement = own_row(request, viewer, mine.one_of_mine, placement_id)
    if placement.state not in states.BEGAN:
        raise Http404
    form = AwayForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            following.note_absence(placement, by=viewer, at=clock.now(), **form.cleaned_data)
        except NotKnownYet as error:
            form.add_error(
                "on",
                _("Nobody can know of that day yet. This can be told to %(day)s at the latest.")
                % {"day": dates.full(error.latest)},
            )
        except NotInThePeriod:
            form.add_error("on", _("The day is not within the time that was agreed."))
        else:
            toast(request, _("Thank you for telling! Your coach sees it. Call your workplace too."))
            return redirect("me")
    audit.record(viewer, "portal.own_absence", client=viewer.client_id)
    return _page(request, "away", {"form": form, "place": placement})


@require_http_methods(["GET", "HEAD", "POST"])
@own("placements.tell")
def assess(
    request: HttpRequest, viewer: Viewer, placement_id: UUID, assessment_id: UUID
) -> HttpResponse:
    """Tell how it goes, in a few questions."""
    placement = own_row(request, viewer, mine.one_of_mine, placement_id)
    row = Assessment.objects.filter(
        pk=assessment_id, placement=placement, party=Party.CLIENT
    ).first()
    if row is None:
        raise Http404
    row.placement = placement
    form = assess_form(row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            following.answer_assessment(
                row,
                by=viewer,
                at=clock.now(),
                answers=form.answers(),
                word=form.cleaned_data["word"],
                name=own_person(viewer).name,
                version=form.cleaned_data["version"],
            )
        except ChangedMeanwhile:
            toast(request, _("You have answered this already. Thank you!"))
        else:
            toast(request, _("Thank you! Your coach gets your answer."))
        return redirect("me")
    audit.record(viewer, "portal.own_assessment", client=viewer.client_id)
    return _page(request, "assess", {"form": form, "place": placement})


def _page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    response = show(request, name, context)
    if getattr(context["form"], "errors", None):
        response.status_code = 422
    return response
