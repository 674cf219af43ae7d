"""What a coach fills in: the contact panel and the correction of a contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from polku.contacts.models import Contact, Kind, Purpose
from polku.contacts.turned import ClockForm
from polku.foundation import clock
from polku.web.forms import DateInput, ScaleField, SubmissionField, TimeInput

LONG = 20_000
MOST_TASKS = 20
AHEAD = timedelta(minutes=15)
LENGTHS = [(str(n), f"{n} min") for n in (15, 30, 45, 60, 90)]
# Kept by no browser: neither its memory of forms nor its restored tabs may hold a client's words.
UNKEPT = {"autocomplete": "off"}


def text_area(rows: int, **more: Any) -> forms.Textarea:
    """Return a text field that a browser does not remember."""
    return forms.Textarea(attrs={"rows": rows, **UNKEPT, **more})


class TasksMixin(forms.Form):
    """Rows of a task and the day by which, as many as there are."""

    bad_rows: list[int]

    def task_rows(self) -> list[dict[str, str]]:
        """Return the rows as sent, or as they stood at first."""
        if not self.is_bound:
            return list(self.initial.get("tasks") or [])
        texts, days = self._sent("task_text"), self._sent("task_due")
        days += [""] * (len(texts) - len(days))
        rows = [
            {"text": text.strip(), "due_on": day.strip()}
            for text, day in zip(texts, days, strict=False)
        ]
        return [row for row in rows if row["text"] or row["due_on"]]

    def _sent(self, name: str) -> list[str]:
        sent = self.data.getlist(name) if isinstance(self.data, QueryDict) else []
        return [value.replace("\x00", "") for value in sent]

    def clean_tasks(self) -> list[dict[str, str]]:
        """Return the tasks, or add an error that names the row."""
        rows = self.task_rows()[:MOST_TASKS]
        for nth, row in enumerate(rows, 1):
            if not row["text"]:
                self.add_error(None, _("Task %(n)d has a day but no text.") % {"n": nth})
            if row["due_on"] and not _is_day(row["due_on"]):
                words = {"n": nth, "day": row["due_on"][:20]}
                self.add_error(None, _("Task %(n)d: “%(day)s” is not a day.") % words)
            if len(row["text"]) > 400:
                self.add_error(None, _("Task %(n)d is longer than 400 letters.") % {"n": nth})
        return rows


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


class ContactForm(ClockForm, TasksMixin):
    """A contact as it is told: what it was, what was agreed, what comes next."""

    reached = forms.TypedChoiceField(
        label=_("Was the client reached?"),
        choices=[("1", _("Reached")), ("0", _("No answer"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="1",
    )
    kind = forms.ChoiceField(label=_("How"), choices=Kind)
    purpose = forms.ChoiceField(label=_("What it was"), choices=Purpose)
    initiative = forms.ChoiceField(label=_("On whose initiative"), choices=Contact.Initiative)
    day = forms.DateField(label=_("Day"), widget=DateInput)
    time = forms.TimeField(label=_("Time"), widget=TimeInput)
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=0, max_value=600,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", **UNKEPT}),
    )  # fmt: skip
    agreed = forms.CharField(
        label=_("What was agreed"), required=False, max_length=LONG, widget=text_area(4)
    )
    next_on = forms.DateField(label=_("Day"), required=False, widget=DateInput)
    next_kind = forms.ChoiceField(label=_("How"), choices=Kind, required=False)
    what_works = forms.CharField(
        label=_("What works already"), required=False, max_length=LONG, widget=text_area(2)
    )
    scale = ScaleField(label=_("Where the client is on the way, by their own word"), required=False)
    next_small_step = forms.CharField(
        label=_("Next small step"), required=False, max_length=LONG, widget=text_area(2)
    )
    private_note = forms.CharField(
        label=_("Private note"), required=False, max_length=LONG, widget=text_area(3)
    )
    submission = SubmissionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        found["tasks"] = self.clean_tasks()
        found["when"] = self._when(found)
        next_on = found.get("next_on")
        if next_on and found["when"] and next_on < clock.local(found["when"]).date():
            self.add_error("next_on", _("The next contact can't be before this one."))
        return found

    def _when(self, found: Mapping[str, Any]) -> datetime | None:
        if not found.get("day") or not found.get("time"):
            return None
        when = self.moment_of("time", found["day"], found["time"])
        if when is not None and when > clock.now() + AHEAD:
            self.add_error("day", _("This lies ahead. A contact is logged when it has been."))
        return when

    def further_texts(self) -> dict[str, str]:
        """Return what was written outside of the fields, by what it is called."""
        tasks = self.cleaned_data["tasks"]
        return {_("Task %(n)d") % {"n": n}: task["text"] for n, task in enumerate(tasks, 1)}

    def contact_fields(self) -> dict[str, Any]:
        """Return what `actions.log` and `actions.change` take beside when, kind and purpose."""
        names = (
            "agreed", "tasks", "what_works", "scale", "next_small_step", "private_note",
            "minutes", "next_on",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names}


class PanelForm(ContactForm):
    """The panel: a contact, and with it a booked time or a reminder."""

    book_day = forms.DateField(label=_("Day"), required=False, widget=DateInput)
    book_time = forms.TimeField(label=_("Time"), required=False, widget=TimeInput)
    book_minutes = forms.TypedChoiceField(
        label=_("Length"), required=False, choices=LENGTHS, coerce=int, initial="45", empty_value=45
    )
    book_kind = forms.ChoiceField(
        label=_("How"), required=False, choices=Kind, initial=Kind.VISIT.value
    )
    book_place = forms.CharField(
        label=_("Place"), required=False, max_length=200, widget=forms.TextInput(attrs=UNKEPT)
    )
    remind_on = forms.DateField(label=_("Day"), required=False, widget=DateInput)
    remind_text = forms.CharField(
        label=_("What I must remember"), required=False, max_length=200,
        widget=forms.TextInput(attrs=UNKEPT),
    )  # fmt: skip
    appointment = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        found["book_at"] = None
        if found.get("book_time"):
            self._book(found)
        if found.get("remind_text") and not found.get("remind_on"):
            self.add_error("remind_on", _("Choose the day of the reminder."))
        if found.get("remind_on") and not found.get("remind_text"):
            self.add_error("remind_text", _("Write what the reminder is about."))
        return found

    def _book(self, found: dict[str, Any]) -> None:
        day = found.get("book_day") or found.get("next_on")
        if day is None:
            self.add_error("book_day", _("Choose the day of the appointment."))
            return
        found["book_at"] = self.moment_of("book_time", day, found["book_time"])
        if found["book_at"] is not None and found["book_at"] < clock.now():
            self.add_error("book_day", _("This time has gone by already."))
