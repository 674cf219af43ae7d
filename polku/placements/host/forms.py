"""What a host is asked: short, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polku.placements import questions
from polku.placements.host import confirming
from polku.placements.models import Absence, Assessment, Placement
from polku.web.forms import DateInput

ANSWERS = [
    (confirming.STILL, _("Yes, it is still open")),
    (confirming.PAUSE, _("Not just now")),
    (confirming.CLOSE, _("No longer at all")),
]


class ConfirmForm(forms.Form):
    """One opening: does it stand, and for how many."""

    answer = forms.ChoiceField(
        label=_("Is this place still open?"), choices=ANSWERS, widget=forms.RadioSelect
    )
    seats = forms.IntegerField(
        label=_("For how many at the same time?"), min_value=1, max_value=200
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SignForm(forms.Form):
    """Accepting the agreement; `terms` is the hash of what was read."""

    read = forms.BooleanField(
        label=_("I have read the agreement and accept it for the workplace."),
        error_messages={"required": _("Tick the box if you accept the agreement.")},
    )
    terms = forms.CharField(max_length=64, widget=forms.HiddenInput)


# Why a workplace says no before anybody has come: "the work did not suit" would be untrue then.
NO_OF_A_HOST: list[tuple[str, Any]] = [
    ("host_changes", Placement.Ending.HOST_CHANGES.label),
    ("no_seat", Placement.Ending.NO_SEAT.label),
    ("not_suitable", _("what is planned does not suit this place")),
    ("other", Placement.Ending.OTHER.label),
]


class RefusalForm(forms.Form):
    """It does not suit after all: why, in a word or two."""

    ending = forms.ChoiceField(
        label=_("What is the reason?"),
        choices=NO_OF_A_HOST,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason. "
                                      "If none of them is right, choose the last one.")},
    )  # fmt: skip
    word = forms.CharField(
        label=_("Tell more if you like"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
    )


class TickForm(forms.Form):
    """One line of the list for the first day."""

    text = forms.CharField(max_length=160)
    done = forms.BooleanField(required=False)


class AbsenceForm(forms.Form):
    """A day on which the person did not come."""

    REASONS = ("ill", "agreed", "appointment", "travel", "host", "unknown")

    on = forms.DateField(label=_("Which day?"), widget=DateInput)
    reason = forms.ChoiceField(
        label=_("Why, as far as you know?"),
        choices=[(value, Absence.Reason(value).label) for value in REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason. "
                                      "If none of them is right, choose the last one.")},
    )  # fmt: skip
    word = forms.CharField(label=_("Anything else?"), max_length=200, required=False)


class AssessForm(forms.Form):
    """An assessment: each sentence answered in a word; none must be."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    word = forms.CharField(
        label=_("What has gone well? What would help?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
    )

    def __init__(self, party: str, moment: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moment = moment
        self.keys = [key for key, _sentence in questions.asked(party, moment)]
        for key, sentence in questions.asked(party, moment):
            self.fields[f"q_{key}"] = forms.ChoiceField(
                label=sentence,
                choices=questions.CHOICES,
                widget=forms.RadioSelect,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.answers() and not given.get("word"):
            raise forms.ValidationError(_("Answer at least one question, or write a few words."))
        return given

    def says_something(self) -> bool:
        """Return whether anything that was sent is an answer, right or wrong."""
        return any((self.data.get(name) or "").strip() for name in self.fields if name != "version")

    def answers(self) -> dict[str, str]:
        """Return the sentences that were answered, by their keys."""
        said = {key: self.cleaned_data.get(f"q_{key}") for key in self.keys}
        return {key: value for key, value in said.items() if value}

    def asked(self) -> list[Any]:
        """Return the questions' fields in their order, for the page."""
        return [self[f"q_{key}"] for key in self.keys]


def assess_form(row: Assessment, data: Mapping[str, Any] | None = None) -> AssessForm:
    """Return the form of an assessment, filled with what was answered before."""
    before = {f"q_{key}": value for key, value in row.answers.items()}
    return AssessForm(
        row.party,
        row.moment,
        data,
        initial={**before, "word": row.word, "version": row.version},
    )
