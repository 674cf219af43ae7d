"""What a worker says of their own week: hours, own time, days away."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.contacts.models import TimeAway
from polku.contacts.weeks import hours
from polku.contacts.weeks.hours import DAYS, Own, Stretch
from polku.web import dates
from polku.web.forms import DateInput, TimeInput

MONDAY = date(2024, 1, 1)
NOTES = [(str(n), f"{n} min") for n in (0, 15, 30)]


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=TimeInput(attrs={"step": 900}))


class HoursForm(forms.Form):
    """By day of the week from when until when clients are met, and what is own time."""

    break_from = _time(gettext_lazy("Break from"))
    break_until = _time(gettext_lazy("Break until"))
    notes = forms.ChoiceField(label=gettext_lazy("For notes after each meeting"), choices=NOTES)

    def __init__(self, *args: Any, own: Own, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(own), **kwargs)
        for day in range(DAYS):
            word = dates.day_name(MONDAY, day)
            for name, label in (
                ("from", _("%(day)s, from")),
                ("until", _("%(day)s, until")),
                ("own_from", _("%(day)s, own time from")),
                ("own_until", _("%(day)s, own time until")),
            ):
                label = label % {"day": word}
                self.fields[f"{name}_{day}"] = _time(label)
                self.fields[f"{name}_{day}"].widget.attrs["aria-label"] = label

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """Return (day, its four fields each with the word of its column), for the table."""
        names = {
            "from": _("Clients from"),
            "until": _("Clients until"),
            "own_from": _("Own time from"),
            "own_until": _("Own time until"),
        }
        return [
            (dates.day_name(MONDAY, day), [(self[f"{n}_{day}"], word) for n, word in names.items()])
            for day in range(DAYS)
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for day in range(DAYS):
            self._pair(told, f"from_{day}", f"until_{day}")
            self._pair(told, f"own_from_{day}", f"own_until_{day}")
        self._pair(told, "break_from", "break_until")
        return told

    def _pair(self, told: dict[str, Any], first: str, last: str) -> None:
        begins, ends = told.get(first), told.get(last)
        if begins is None and ends is None:
            return
        for name, at in ((first, begins), (last, ends)):
            if at is not None and not hours.is_quarter(at):
                self.add_error(name, _("A quarter of an hour between 6 and 21, such as 9.15."))
        if self.errors.keys() & {first, last}:
            return self._mark(first, last)
        if begins is None or ends is None:
            self.add_error(last if ends is None else first, _("Give both times, or neither."))
        elif begins >= ends:
            self.add_error(last, _("The end must come after the beginning."))
        return self._mark(first, last)

    def _mark(self, *names: str) -> None:
        """Tie each wrong field of the table to its error; the other parts do so themselves."""
        for name in self.errors.keys() & set(names):
            attrs = self.fields[name].widget.attrs
            attrs |= {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}

    def given(self) -> dict[str, Any]:
        """Return what `asking.keep_hours` takes."""
        told = self.cleaned_data
        rest = (told["break_from"], told["break_until"])
        return {
            "hours": [
                [day, *pair]
                for day in range(DAYS)
                for pair in _without(told[f"from_{day}"], told[f"until_{day}"], rest)
            ],
            "focus": [
                [day, _text(told[f"own_from_{day}"]), _text(told[f"own_until_{day}"])]
                for day in range(DAYS)
                if told[f"own_from_{day}"]
            ],
            "notes": int(told["notes"]),
        }


def _text(at: time) -> str:
    return at.strftime("%H:%M")


def _without(
    begins: time | None, ends: time | None, rest: tuple[time | None, time | None]
) -> list[tuple[str, str]]:
    """Return a day's hours with the break left out."""
    if begins is None or ends is None:
        return []
    first, last = rest
    if first is None or last is None or not (begins < last and first < ends):
        return [(_text(begins), _text(ends))]
    parts = [(begins, first), (last, ends)]
    return [(_text(a), _text(b)) for a, b in parts if a < b]


def _initial(own: Own) -> dict[str, Any]:
    found: dict[str, Any] = {"notes": str(own.notes_minutes)}
    for day in range(DAYS):
        parts = [one for one in own.hours if one.day == day]
        if parts:
            found[f"from_{day}"] = hours.time_of(parts[0].first)
            found[f"until_{day}"] = hours.time_of(parts[-1].last)
        if len(parts) > 1:
            found["break_from"], found["break_until"] = (
                hours.time_of(parts[0].last),
                hours.time_of(parts[1].first),
            )
        focus = [one for one in own.focus if one.day == day]
        if focus:
            found[f"own_from_{day}"], found[f"own_until_{day}"] = _both(focus[0])
    return found


def _both(one: Stretch) -> tuple[time, time]:
    return hours.time_of(one.first), hours.time_of(one.last)


class AwayForm(forms.Form):
    """From which day to which the worker is away, and why; the last day is included."""

    first_on = forms.DateField(label=gettext_lazy("First day away"), widget=DateInput())
    last_on = forms.DateField(
        label=gettext_lazy("Last day away"), widget=DateInput(), required=False,
        help_text=gettext_lazy("Left empty: one day."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=TimeAway.Kind,
        help_text=gettext_lazy("Yours alone: to others it says “away”."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("first_on"), told.get("last_on")
        if first and not last and "last_on" not in self.errors:
            told["last_on"] = last = first
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first."))
        elif first and last and last - first > hours.LONGEST_AWAY:
            self.add_error("last_on", _("Write down a year at a time."))
        return told
