"""What a round's pages ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polku.foundation import clock
from polku.placements.client.choosing import AHEAD, LONG, TO_ANSWER
from polku.placements.forms import big
from polku.placements.models import Round
from polku.placements.round import floors
from polku.placements.round.lessons import Why
from polku.web import dates
from polku.web.forms import DateInput, SubmissionField

LONGEST = timedelta(days=366)


class FloorForm(forms.Form):
    """At least so many of a group get a proposal."""

    floor_group = forms.ChoiceField(
        label=_("Those who wait and"), required=False,
        choices=[("", _("no floor")), *Round.Group.choices],
    )  # fmt: skip
    floor_heads = forms.IntegerField(
        label=_("At least so many of them"), min_value=1, max_value=9999, required=False,
        help_text=_("They get a proposal, whatever it costs the others; the page tells what."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        group, heads = given.get("floor_group"), given.get("floor_heads")
        if group and not heads and "floor_heads" not in self.errors:
            self.add_error("floor_heads", _("Say how many of them at least."))
        if heads and not group:
            self.add_error("floor_group", _("Choose whom the floor is for."))
        return given

    def refuse(self, error: Exception) -> None:
        """Say why a floor can't be asked for."""
        if isinstance(error, floors.TooMany):
            said = _("%(n)d such people wait. Ask for that many at most.") % {"n": error.members}
        else:
            said = _(
                "Fewer than %(n)d such people wait. A floor for so few would tell who they are."
            ) % {"n": floors.FEWEST}
        self.add_error("floor_heads", said)


class BeginForm(FloorForm):
    """A new round: for whom, and from when to when."""

    name = forms.CharField(label=_("Name"), max_length=120)
    towns = forms.MultipleChoiceField(
        label=_("Municipalities"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Those who wait here, and the openings here."),
    )  # fmt: skip
    starts_on = forms.DateField(label=_("First day"), widget=DateInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput)
    submission = SubmissionField()

    def __init__(self, towns: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        first = clock.monday_from(clock.today() + AHEAD)
        kwargs.setdefault("initial", {
            "name": _("Round, %(month)s") % {"month": dates.month(first)},
            "towns": [code for code, _name in towns],
            "starts_on": first, "ends_on": clock.monday_from(first + LONG) - timedelta(days=3),
        })  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["towns"].choices = towns

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last, today = given.get("starts_on"), given.get("ends_on"), clock.today()
        if first and not today <= first <= today + LONGEST:
            self.add_error("starts_on", _("Choose a day from today on, within a year."))
        if first and last and not first <= last <= first + LONGEST:
            self.add_error("ends_on", _("Choose a day after the first one, within a year."))
        return given


class RefuseForm(forms.Form):
    """Why an opening does not go together with a client."""

    why = forms.ChoiceField(label=_("Why not this place?"), choices=big(Why.choices))
    word = forms.CharField(
        label=_("In a few words"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The client may read this too. Write nothing on health."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("why") == Why.OTHER and not given.get("word", "").strip():
            self.add_error("word", _("Say in a few words what it is."))
        return given


class SendForm(forms.Form):
    """To whom, and until when they may answer."""

    to = forms.TypedMultipleChoiceField(label=_("To whom"), coerce=str)
    answer_by = forms.DateField(
        label=_("Answer by"), widget=DateInput,
        help_text=_("Until the day after, the seat is promised to the client."),
    )  # fmt: skip

    def __init__(self, clients: list[str], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"answer_by": clock.today() + TO_ANSWER})
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(one, one) for one in clients]

    def clean_answer_by(self) -> Any:
        day = self.cleaned_data["answer_by"]
        if not clock.today() <= day <= clock.today() + LONGEST:
            raise forms.ValidationError(_("Choose a day from today on, within a year."))
        return day
