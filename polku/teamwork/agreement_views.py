"""Pages of agreements between organisations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polku.foundation import audit, clock
from polku.foundation.models import Municipality, Organisation
from polku.foundation.permissions import can, check
from polku.teamwork import agreements
from polku.teamwork.models import Agreement
from polku.web.forms import DateInput
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
    context = {
        "lines": agreements.lines(agreements.in_force(viewer, today)),
        "others": agreements.others(viewer, today),
        "form": form,
        "today": today,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "teamwork/agreements.html", context, status=status)


def _agree(request: Any, form: AgreementForm) -> bool:
    try:
        agreements.agree(by=request.viewer, at=clock.now(), **form.cleaned_data)
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
    """Let an agreement end today."""
    viewer = request.viewer
    check(viewer, "teamwork.agree")
    found = Agreement.objects.filter(pk=agreement_id, register_id=viewer.register_id).first()
    if found is None:
        raise Http404
    try:
        agreements.end(found, by=viewer, at=clock.now(), on=clock.today())
        toast(request, _("The agreement ends today."))
    except ValueError:
        toast(request, _("The agreement has not begun yet."), level="warn")
    return redirect("agreements")
