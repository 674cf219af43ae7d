"""What the plan's pages ask."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from polku.paths import reads
from polku.paths.models import Goal, Step, Theme
from polku.web.forms import DateInput

THEMES = [(value, capfirst(label)) for value, label in Theme.choices]
TURNS = [(value, capfirst(label)) for value, label in Step.Turn.choices]
KINDS = [(value, capfirst(label)) for value, label in Step.Kind.choices]


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=False, help_text=help_text, widget=DateInput())


class GoalForm(forms.Form):
    """A goal, in the client's own words where possible."""

    text = forms.CharField(
        label=_("The goal"),
        max_length=200,
        help_text=_("In the client's own words, if you can. The client reads this."),
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=THEMES, widget=forms.RadioSelect)


class StepForm(forms.Form):
    """A step: what, under which theme, serving which goal, and when."""

    title = forms.CharField(
        label=_("The step"),
        max_length=120,
        help_text=_("Short: it stands on the path as a station. The client reads this."),
    )
    goal = forms.ModelChoiceField(
        Goal.objects.none(), label=_("Serves the goal"), required=False, empty_label=_("no goal")
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=THEMES, widget=forms.RadioSelect)
    when_text = forms.CharField(
        label=_("When, in words"),
        max_length=60,
        required=False,
        help_text=_("If there is no day yet, such as: in spring, after the course."),
    )
    starts_on = _day(_("Begins"))
    ends_on = _day(_("Ends"))
    due_on = _day(_("To be done by"))
    detail = forms.CharField(
        label=_("What was agreed about it"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Place, hours, who does what. No findings about health."),
    )
    kind = forms.ChoiceField(label=_("Kind of step"), choices=KINDS, initial=Step.Kind.OTHER)
    instead = forms.ModelChoiceField(
        Step.objects.none(),
        label=_("Alternative to"),
        required=False,
        empty_label=_("not an alternative"),
        help_text=_("The two stand on the path as a fork: this or that."),
    )

    def __init__(self, *args: Any, client_id: UUID, step: Step | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        goal, instead = self.fields["goal"], self.fields["instead"]
        goal.queryset = reads.open_goals(client_id)
        goal.label_from_instance = lambda one: one.text
        instead.queryset = reads.ahead(client_id, but=step.id if step else None)
        instead.label_from_instance = lambda one: one.title

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The step would end before it begins."))
        return data


class NewStepForm(StepForm):
    """A new step, proposed to the client or only planned."""

    propose = forms.BooleanField(
        label=_("Ask for the client's answer"),
        required=False,
        initial=True,
        help_text=_("It waits in the client's own view, and here, for yes, not now or no."),
    )


class QuickStepForm(forms.Form):
    """A step in one line, under a goal."""

    title = forms.CharField(max_length=120)
    theme = forms.ChoiceField(choices=THEMES)
    goal = forms.ModelChoiceField(Goal.objects.none(), required=False)

    def __init__(self, *args: Any, client_id: UUID, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["goal"].queryset = reads.open_goals(client_id)


class WordForm(forms.Form):
    """What the client said of a step, by one of three buttons."""

    do = forms.ChoiceField(choices=[(one, one) for one in ("yes", "not_now", "no")])
    word = forms.CharField(
        label=_("In their own words (optional)"), max_length=200, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class AgreeForm(forms.Form):
    """Agreeing the plan as it stands."""

    review_on = _day(_("We look at it again"), _("The day on which the plan is gone through."))
