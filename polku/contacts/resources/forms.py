"""What is said of a room or an interpreter, and of when it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.clients import languages
from polku.contacts import times, turned
from polku.contacts.models import Kind, Resource
from polku.contacts.resources import keeping
from polku.contacts.weeks.hours import DAYS, is_quarter, stretches, time_of
from polku.foundation import clock
from polku.foundation.models import Organisation
from polku.web import dates
from polku.web.forms import DateInput, SubmissionField, TimeInput

MONDAY = date(2024, 1, 1)
USUAL = [[day, "08:00", "16:00"] for day in range(5)]
BUFFERS = [(str(n), f"{n} min") for n in (0, 5, 10, 15, 30, 45, 60)]


class ResourceForm(forms.Form):
    """What a room and an interpreter have in common, with the hours of each day of the week."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    place = forms.CharField(label=gettext_lazy("Address"), max_length=160, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Whose"), required=False,
        empty_label=gettext_lazy("everybody's in this register"),
    )  # fmt: skip
    buffer_minutes = forms.TypedChoiceField(
        label=gettext_lazy("Kept free after each meeting"), choices=BUFFERS, coerce=int
    )
    valid_from = forms.DateField(label=gettext_lazy("In use from"), widget=DateInput)
    valid_until = forms.DateField(
        label=gettext_lazy("Until and including"), widget=DateInput, required=False
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)
    submission = SubmissionField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = owners
        for day in range(DAYS):
            word = dates.day_name(MONDAY, day)
            for name, label in (("from", _("%(day)s, from")), ("until", _("%(day)s, until"))):
                label = label % {"day": word}
                field = forms.TimeField(
                    label=label, required=False,
                    widget=TimeInput(attrs={"step": 900, "aria-label": label}),
                )  # fmt: skip
                self.fields[f"{name}_{day}"] = field

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """Return (day, its two fields each with the word of its column), for the table."""
        words = {"from": _("Available from"), "until": _("Available until")}
        return [
            (dates.day_name(MONDAY, day), [(self[f"{n}_{day}"], word) for n, word in words.items()])
            for day in range(DAYS)
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("valid_from"), told.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The last day lies before the first."))
        for day in range(DAYS):
            self._pair(told, f"from_{day}", f"until_{day}")
        return told

    def _pair(self, told: dict[str, Any], first: str, last: str) -> None:
        begins, ends = told.get(first), told.get(last)
        for name, at in ((first, begins), (last, ends)):
            if at is not None and not is_quarter(at):
                self.add_error(name, _("A quarter of an hour between 6 and 21, such as 9.15."))
        if not self.errors.keys() & {first, last}:
            if (begins is None) != (ends is None):
                self.add_error(last if ends is None else first, _("Give both times, or neither."))
            elif begins is not None and ends is not None and begins >= ends:
                self.add_error(last, _("The end must come after the beginning."))
        for name in self.errors.keys() & {first, last}:
            attrs = self.fields[name].widget.attrs
            attrs |= {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}

    def given(self) -> dict[str, Any]:
        """Return what `keeping` takes."""
        told = self.cleaned_data
        return {name: told[name] for name in keeping.FIELDS if name in told} | {
            "hours": [
                [day, told[f"from_{day}"].strftime("%H:%M"), told[f"until_{day}"].strftime("%H:%M")]
                for day in range(DAYS)
                if told[f"from_{day}"]
            ]
        }


class RoomForm(ResourceForm):
    """A room, and who fits in it."""

    seats = forms.IntegerField(
        label=gettext_lazy("How many fit in"), required=False, min_value=1, max_value=500
    )
    accessible = forms.BooleanField(
        label=gettext_lazy("Accessible: a wheelchair gets in"), required=False
    )


class InterpreterForm(ResourceForm):
    """An interpreter: which languages, and how."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )  # fmt: skip
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("How"), widget=forms.CheckboxSelectMultiple,
        choices=[(way, Kind(way).label) for way in keeping.WAYS],
        error_messages={"required": gettext_lazy("Choose at least one way.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [
            pair for pair in languages.choices() if pair[0] not in ("fi", "sv")
        ]


def form_of(sort: str) -> type[ResourceForm]:
    """Return the form of a room or an interpreter."""
    return RoomForm if sort == Resource.Sort.ROOM else InterpreterForm


def initial_of(resource: Resource) -> dict[str, Any]:
    """Return what stands, as a form shows it."""
    names = (*keeping.FIELDS, "version")
    return {name: getattr(resource, name) for name in names} | hours_shown(resource.hours)


def hours_shown(rows: Sequence[Sequence[Any]]) -> dict[str, time]:
    """Return hours as a form's fields; of a day with a break its first and last moment."""
    found: dict[str, time] = {}
    for one in stretches(rows):
        found.setdefault(f"from_{one.day}", time_of(one.first))
        found[f"until_{one.day}"] = time_of(one.last)
    return found


class AwayForm(forms.Form):
    """From when until when it is closed; without hours whole days, the last one included."""

    first_on = forms.DateField(label=gettext_lazy("First day"), widget=DateInput)
    first_at = forms.TimeField(label=gettext_lazy("From o'clock"), widget=TimeInput, required=False)
    last_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=DateInput, required=False,
        help_text=gettext_lazy("Left empty: one day."),
    )  # fmt: skip
    last_at = forms.TimeField(label=gettext_lazy("Until o'clock"), widget=TimeInput, required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.errors:
            return told
        last = told.get("last_on") or told["first_on"]
        told["starts_at"] = self._moment("first_at", told["first_on"], told.get("first_at"))
        if told.get("last_at"):
            # Of a time that comes twice the later: nobody is to stand before a closed door.
            told["ends_at"] = self._moment("last_at", last, told["last_at"], later=True)
        else:
            told["ends_at"] = self._moment("last_on", last + timedelta(days=1), None)
        if self.errors:
            return told
        if told["ends_at"] <= told["starts_at"]:
            self.add_error("last_on", _("The end must come after the beginning."))
        elif told["ends_at"] - told["starts_at"] > keeping.LONGEST_AWAY:
            self.add_error("last_on", _("Write down a year at a time."))
        elif told["ends_at"] <= clock.now():
            self.add_error("last_on", _("The day has gone by already."))
        return told

    def _moment(
        self, name: str, day: date, at: time | None, *, later: bool = False
    ) -> datetime | None:
        try:
            return times.moment(day, at or time(0), later=later)
        except times.NoSuchTime as skipped:
            self.add_error(name, turned.no_such_time(skipped))
            return None

    def given(self) -> dict[str, Any]:
        """Return what `keeping.close_for` takes."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "reason")}
