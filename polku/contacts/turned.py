"""The nights on which the clock is turned: a time that there is not, or twice, is asked about.

In Finland, the European Union's rule: the last Sundays of March and October, at 1:00 UTC.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.contacts import times
from polku.foundation import clock

LATER = "second"
WHICH = [
    ("first", gettext_lazy("The first one: summer time")),
    (LATER, gettext_lazy("The second one: winter time")),
]


def clock_words(moment: datetime) -> str:
    """Return what the clock shows in Helsinki: `9.30`, and which, where it comes twice."""
    local = clock.local(moment)
    words = formats.date_format(local, "G.i")
    if not times.comes_twice(local.date(), local.time()):
        return words
    if local.fold:
        return _("%(time)s (winter time)") % {"time": words}
    return _("%(time)s (summer time)") % {"time": words}


def which_of(moment: datetime) -> str:
    """Return what a form's `which` begins with for a moment; "" where there is nothing to ask."""
    local = clock.local(moment)
    if not times.comes_twice(local.date(), local.time()):
        return ""
    return LATER if local.fold else "first"


class ClockForm(forms.Form):
    """A form with a day and a time; `which_asked` names the field whose time comes twice."""

    which = forms.ChoiceField(
        label=gettext_lazy("Which of the two"), required=False, choices=WHICH,
        widget=forms.RadioSelect,
    )  # fmt: skip
    which_asked = ""
    # The first time that there is, after one that was skipped.
    next_valid: datetime | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("which"):
            self.which_asked = "time"

    def moment_of(self, field: str, day: date, at: time) -> datetime | None:
        """Return the moment; None with a word at the field where there is none, or are two."""
        which = self.cleaned_data.get("which", "")
        if twice := times.comes_twice(day, at):
            self.which_asked = field
        if twice and not which:
            said = _("The clock is turned back then: this time comes twice. Say which is meant.")
            self.add_error(field, said)
            return None
        try:
            return times.moment(day, at, later=which == LATER)
        except times.NoSuchTime as skipped:
            self.next_valid = skipped.next
            self.add_error(field, no_such_time(skipped))
            return None


def no_such_time(skipped: times.NoSuchTime) -> str:
    """Return why a time can't be had, and the next that can."""
    said = _("The clock is turned forward then: there is no such time. The next one is %(time)s.")
    return said % {"time": clock_words(skipped.next)}


def is_later(form: Any) -> bool:
    """Return whether a form has been told so far, be it valid or not, that the later is meant."""
    return "which" in form.fields and form["which"].value() == LATER
