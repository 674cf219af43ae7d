"""Widgets with the browser's own keyboards and pickers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from polku.foundation import submissions

# Days that anybody means here; a slip of the keyboard lies outside, where reckoning overflows.
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
NO_DAY = "0000-00-00"
TEN = [(str(number), str(number)) for number in range(11)]


class DateInput(forms.DateInput):
    """A date as the browser asks for it; it sends and takes 2025-11-24 in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """A day that nobody means is no valid day, whichever form it comes from."""
        value = super().value_from_datadict(data, files, name)
        try:
            date.fromisoformat(value or "")
        except (TypeError, ValueError):
            return value
        return value if day_of(value) else NO_DAY


def day_of(value: Any) -> date | None:
    """Return the day that a form or an address gives as 2025-11-24; None for none that is meant."""
    if not isinstance(value, date):
        try:
            value = date.fromisoformat(value or "")
        except (TypeError, ValueError):
            return None
    return value if EARLIEST <= value <= LATEST else None


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class SubmissionField(forms.UUIDField):
    """The mark of a form that is sent once, as in `foundation.submissions`."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "initial": submissions.fresh, **kwargs})

    def clean(self, value: Any) -> UUID:
        return submissions.mark(str(value or ""))


def used_already(form: forms.BaseForm) -> None:
    """Say that a form's mark was used for something else, and give it a fresh one."""
    form.add_error(
        None,
        _("This form has been used already, so nothing was saved. Press the button once more."),
    )
    form.data = form.data.copy()
    form.data[submissions.NAME] = submissions.fresh()


class ScaleField(forms.TypedChoiceField):
    """A whole number from 0 to 10, drawn by ``{% scale %}``."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"choices": TEN, "coerce": int, "empty_value": None, **kwargs}
        super().__init__(**kwargs)


@dataclass(frozen=True)
class Doubt:
    """What is asked once more before a form is kept as it is; drawn by ``{% error_summary %}``.

    It stands at the form as ``form.doubt``, with an error at each field that it is about. One press
    sends ``name`` with ``value`` and keeps it all the same; the other sends what has been mended.
    """

    title: Any
    words: Any
    mended: Any
    keep: Any
    name: str
    value: str
