"""What an administrator fills in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from polku.foundation import clock
from polku.foundation.models import RoleAssignment
from polku.foundation.viewer import Viewer
from polku.foundation.workers import queries


class DayInput(forms.DateInput):
    """A day, by the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def begins(day: date, now: datetime) -> datetime:
    """Return the moment from which a role that begins on the day is in force: today is now."""
    return now if day <= clock.today() else clock.day_begins(day)


def ends(day: date | None) -> datetime | None:
    """Return the moment at which a role whose last day this is ends."""
    return None if day is None else clock.day_ends(day)


class RoleForm(forms.Form):
    """A role, for an organisation, in a team, from a day to a day."""

    role = forms.ChoiceField(label=_("Role"), choices=RoleAssignment.Role)
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None)
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=None,
        required=False,
        empty_label=_("no team"),
        help_text=_("A coach and a lead always work in a team."),
    )
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day, if known"), widget=DayInput, required=False)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses: Any = self.fields["organisation"]
        houses.queryset = queries.organisations(viewer)
        houses.initial = viewer.organisation_id
        teams: Any = self.fields["team"]
        teams.queryset = queries.teams(viewer)
        self.fields["first_day"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("first_day"), told.get("last_day")
        if first and first < clock.today():
            self.add_error("first_day", _("A role can't begin in the past. The earliest is today."))
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        return told

    def given(self, now: datetime) -> dict[str, Any]:
        """Return what `actions.give_role` takes."""
        told = self.cleaned_data
        return {
            "role": told["role"],
            "organisation": told["organisation"],
            "team": told["team"],
            "starts_at": begins(told["first_day"], now),
            "ends_at": ends(told["last_day"]),
        }


class InviteForm(RoleForm):
    """A worker, and their first role."""

    email = forms.EmailField(
        label=_("Work e-mail"), help_text=_("The invitation goes here, and it is the sign-in.")
    )
    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
    field_order = ["email", "first_name", "last_name", "language"]


class EndForm(forms.Form):
    """The last day of a role; empty means at once."""

    last_day = forms.DateField(
        label=_("Last day"),
        widget=DayInput,
        required=False,
        help_text=_("Empty: the role ends at once."),
    )

    def clean_last_day(self) -> date | None:
        day: date | None = self.cleaned_data["last_day"]
        if day and day < clock.today():
            raise forms.ValidationError(_("The earliest last day is today."))
        return day
