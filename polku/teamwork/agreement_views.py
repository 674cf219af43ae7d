"""Pages of agreements between organisations."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polku.foundation import audit, clock
from polku.foundation.models import Municipality, Organisation
from polku.foundation.permissions import Refused, can, check
from polku.teamwork import agreements
from polku.teamwork.models import Agreement
from polku.web.forms import DateInput, day_of
from polku.web.toasts import toast


class AgreementForm(forms.Form):
    """Who does which task for whom, from when."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=gettext_lazy("For the municipality")
    )
    task = forms.ChoiceField(label=gettext_lazy("Task"), choices=Agreement.Task.choices)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Done by")
    )
    valid_from = forms.DateField(label=gettext_lazy("In force from"), widget=DateInput())
    valid_to = forms.DateField(
        label=gettext_lazy("Until and including"), widget=DateInput(), required=False
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.order_by("name_fi")
        self.fields["organisation"].queryset = agreements.organisations(viewer)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("The last day lies before the first."))
        return data


@require_http_methods(["GET", "POST"])
def agreement_list(request: Any) -> HttpResponse:
    """Who does which task for which municipality today, and what was or will be."""
    viewer = request.viewer
    check(viewer, "teamwork.see_agreements")
    may_change = can(viewer, "teamwork.agree")
    form = None
    if may_change:
        form = AgreementForm(
            request.POST or None, viewer=viewer, initial={"valid_from": clock.today()}
        )
    if request.method == "POST":
        check(viewer, "teamwork.agree")
        if form is not None and form.is_valid() and _agree(request, form):
            return redirect("agreements")
    today = clock.today()
    if request.method == "GET":
        audit.record(viewer, "teamwork.agreements")
    standing = agreements.in_force(viewer, today)
    context = {
        "lines": agreements.lines(standing),
        "mine": [
            one.pk
            for one in standing
            if one.valid_to != today and can(viewer, "teamwork.agree", one.municipality_id)
        ],
        "others": agreements.others(viewer, today),
        "form": form,
        "today": today,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "teamwork/agreements.html", context, status=status)


def _agree(request: Any, form: AgreementForm) -> bool:
    try:
        agreements.agree(by=request.viewer, at=clock.now(), **form.cleaned_data)
    except Refused:
        form.add_error(
            "municipality",
            _(
                "The municipality itself decides this, or who keeps the register. Ask them to "
                "write it down."
            ),
        )
        return False
    except agreements.Overlaps as error:
        form.add_error(
            "task",
            _("%(who)s does this task for the municipality in that time. End that one first.")
            % {"who": error.other.organisation},
        )
        return False
    toast(request, _("The agreement is written down."))
    return True


@require_POST
def agreement_end(request: Any, agreement_id: UUID) -> HttpResponse:
    """Let an agreement end today; with `?undo` let it run on as it did."""
    viewer = request.viewer
    check(viewer, "teamwork.agree")
    found = Agreement.objects.filter(pk=agreement_id, register_id=viewer.register_id).first()
    if found is None:
        raise Http404
    check(viewer, "teamwork.agree", found.municipality_id)
    before, today = found.valid_to, clock.today()
    undoing, former = "undo" in request.GET, day_of(request.GET.get("undo"))
    if undoing and not _may_run_on(request.GET["undo"], former, before):
        toast(request, _("This can't be taken back any more. Nothing was changed."), level="warn")
        return redirect("agreements")
    if not undoing and before is not None and before <= today:
        toast(request, _("It ends already. Nothing was changed."))
        return redirect("agreements")
    try:
        agreements.end(found, by=viewer, at=clock.now(), on=former if undoing else today)
    except agreements.Overlaps as error:
        said = _("%(who)s does this task for the municipality in that time. End that one first.")
        toast(request, said % {"who": error.other.organisation}, level="warn")
    except ValueError:
        toast(request, _("The agreement has not begun yet."), level="warn")
    else:
        back = f"{reverse('agreement_end', args=[found.pk])}?undo={before or ''}"
        told = _("Taken back.") if undoing else _("The agreement ends today.")
        toast(request, told, undo="" if undoing else back)
    return redirect("agreements")


def _may_run_on(given: str, former: date | None, ends: date | None) -> bool:
    """Return whether what ended today may run on: to a later day, or ('') with no end."""
    today = clock.today()
    return ends == today and (not given or (former is not None and former > today))
