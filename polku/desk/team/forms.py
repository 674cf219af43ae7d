"""What the team's pages ask."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polku.foundation import clock
from polku.teamwork.models import MinutesAssumption, NotificationSetting
from polku.teamwork.teams import Group
from polku.web.forms import DateInput


class HandOverForm(forms.Form):
    """To whom the clients go, and what the next coach should know."""

    to = forms.ChoiceField(label=_("To whom"))
    note = forms.CharField(
        label=_("What the next coach should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Goes with each of the clients. Reminders go along, and appointments too, unless the "
            "next coach has something else then: those are shown to you before anything is done."
        ),
    )

    def __init__(self, *args: Any, groups: list[Group], but: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = []
        for group in groups:
            workers = [pair for pair in group.workers if pair[0] != but]
            if workers:
                choices.append((group.label, workers))
        self.fields["to"].choices = [("", "—"), *choices]


class CoverForm(forms.Form):
    """Who covers, and until when (the day included)."""

    to = forms.ChoiceField(label=_("Who covers"))
    until = forms.DateField(label=_("Until and including"), widget=DateInput())

    def __init__(self, *args: Any, coaches: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "—"), *coaches]

    def clean_until(self) -> datetime:
        day = self.cleaned_data["until"]
        if day < clock.today():
            raise forms.ValidationError(_("This day has gone by."))
        return clock.day_ends(day)


class PlanForm(forms.Form):
    """One date for the next contact with each of the clients."""

    on = forms.DateField(label=_("Next contact on"), widget=DateInput())

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day < clock.today():
            raise forms.ValidationError(_("This day has gone by."))
        return day


class MinutesForm(forms.Form):
    """The table of expected minutes a week."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for situation, label in MinutesAssumption.Situation.choices:
            self.fields[situation] = forms.IntegerField(
                label=label, min_value=0, max_value=600, widget=forms.NumberInput()
            )


class NotificationForm(forms.Form):
    """Which messages the worker wants by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for event, label in NotificationSetting.Event.choices:
            self.fields[event] = forms.BooleanField(label=label, required=False)
