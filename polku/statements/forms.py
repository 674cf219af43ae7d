"""What the pages of statements ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.foundation import clock
from polku.statements.models import Clarification, Matter, Sending
from polku.web.forms import EARLIEST, LATEST, DateInput, SubmissionField

LONGEST = 6_000
NO_DEADLINE = gettext_lazy(
    "You set the day. How many days there are by law has not been verified in Polku."
)


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    limits = {"min": EARLIEST.isoformat(), "max": LATEST.isoformat()}
    widget = DateInput(attrs=limits)
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def text(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class VersionForm(forms.Form):
    """The matter as it stood when it was read."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class BeginForm(forms.Form):
    """What the matter is about, and when it happened."""

    about = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=[("", gettext_lazy("choose")), *Matter.About.choices],
    )
    title = forms.CharField(
        label=gettext_lazy("In your own words"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Needed where it is something else. Nothing of health."),
    )
    happened_on = day(gettext_lazy("On which day did it happen?"))
    due_on = day(
        gettext_lazy("When should the matter be ready?"), required=False, help_text=NO_DEADLINE
    )
    submission = SubmissionField()

    def clean_happened_on(self) -> Any:
        given = self.cleaned_data["happened_on"]
        if given > clock.today():
            raise forms.ValidationError(_("The day is still to come. Begin when it has happened."))
        return given

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("about") == Matter.About.OTHER and not data.get("title", "").strip():
            self.add_error("title", _("Say in a few words what it is about."))
        return data


class DueForm(VersionForm):
    due_on = day(
        gettext_lazy("When should the matter be ready?"), required=False, help_text=NO_DEADLINE
    )


class AskForm(VersionForm):
    question = text(
        gettext_lazy("What do you ask the client?"),
        help_text=gettext_lazy("In plain words: the client reads this in their own view."),
    )
    due_on = day(gettext_lazy("By which day should the client answer?"), help_text=NO_DEADLINE)

    def clean_due_on(self) -> Any:
        given = self.cleaned_data["due_on"]
        if given < clock.today():
            raise forms.ValidationError(_("That day is over. Choose a later one."))
        return given


class AnswerForm(forms.Form):
    """What the client said, typed in by a worker."""

    HOWS = [one for one in Clarification.How.choices if one[0] != Clarification.How.OWN_VIEW]

    question_id = forms.UUIDField(widget=forms.HiddenInput)
    answer = text(gettext_lazy("What did the client answer?"))
    how = forms.ChoiceField(
        label=gettext_lazy("How?"), choices=HOWS, widget=forms.RadioSelect, initial="call"
    )


class OwnAnswerForm(forms.Form):
    """The client's own answer, in their own view."""

    question_id = forms.UUIDField(widget=forms.HiddenInput)
    answer = text(gettext_lazy("Your answer"), rows=6)


class WriteForm(VersionForm):
    """The draft: ticked facts, words, legal basis; what a correction corrects."""

    facts = forms.MultipleChoiceField(
        label=gettext_lazy("Facts"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = text(
        gettext_lazy("Statement in plain words"),
        rows=8,
        help_text=gettext_lazy("Nothing of health that the client has not told for this."),
    )
    basis = forms.CharField(
        label=gettext_lazy("Legal basis"),
        max_length=400,
        help_text=gettext_lazy("Section and law, as an official has checked it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    because = forms.CharField(
        label=gettext_lazy("What is corrected, and why?"), max_length=400, required=False
    )

    def __init__(self, *args: Any, keys: Any = (), correcting: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["facts"].choices = [(key, key) for key in keys]
        if correcting:
            self.fields["because"].required = True
        else:
            del self.fields["because"]


class SealForm(forms.Form):
    seal = forms.CharField(max_length=64, min_length=64, widget=forms.HiddenInput)


class WordForm(VersionForm):
    """A press that needs a reason in words."""

    word = forms.CharField(label=gettext_lazy("Why?"), max_length=400)


class SentForm(forms.Form):
    """To whom a signed version was sent, how and when."""

    to = forms.ChoiceField(
        label=gettext_lazy("To whom?"), choices=Sending.To.choices, widget=forms.RadioSelect
    )
    fund = forms.CharField(label=gettext_lazy("Which fund?"), max_length=120, required=False)
    how = forms.ChoiceField(
        label=gettext_lazy("How was it sent?"),
        choices=Sending.How.choices,
        widget=forms.RadioSelect,
        initial="register",
    )
    on = day(gettext_lazy("On which day?"))
    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("to") == Sending.To.FUND and not data.get("fund", "").strip():
            self.add_error("fund", _("Name the fund."))
        if data.get("to") == Sending.To.KELA:
            data["fund"] = ""
        return data


class NumberForm(forms.Form):
    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class OfficialForm(forms.Form):
    """Who is named as an official, and from when."""

    worker = forms.ChoiceField(label=gettext_lazy("Worker"))
    starts_on = day(gettext_lazy("From which day?"))

    def __init__(self, *args: Any, roles: Any = (), **more: Any) -> None:
        super().__init__(*args, **more)
        found = {str(role.id): f"{role.user}, {role.organisation}" for role in roles}
        self.fields["worker"].choices = [("", _("choose")), *found.items()]
