"""What is filled in for an appointment, a time that did not take place, and a reminder."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from polku.contacts import times
from polku.contacts.forms import LENGTHS, UNKEPT, text_area
from polku.contacts.models import Contact, Kind, Purpose
from polku.contacts.resources import choosing
from polku.contacts.resources.choosing import Found
from polku.contacts.resources.fitting import Around
from polku.contacts.turned import ClockForm
from polku.foundation import clock
from polku.rules.calendar import is_working_day
from polku.web.forms import DateInput, SubmissionField, TimeInput

EARLIEST, LATEST = time(7), time(20)
FACE_TO_FACE = (Kind.VISIT, Kind.VIDEO, Kind.CALL)
# Languages in which an appointment is often held; others are written on the client's own page.
LANGUAGES = [
    ("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English")), ("ru", _("Russian")),
    ("et", _("Estonian")), ("uk", _("Ukrainian")), ("ar", _("Arabic")), ("so", _("Somali")),
    ("fa", _("Persian")), ("prs", _("Dari")), ("ku", _("Kurdish")), ("th", _("Thai")),
    ("vi", _("Vietnamese")), ("tr", _("Turkish")), ("es", _("Spanish")), ("fr", _("French")),
    ("se", _("Northern Sámi")),
]  # fmt: skip


class HeldForm(forms.Form):
    """How a time is held, how long, what it is and where."""

    minutes = forms.TypedChoiceField(label=_("Length"), choices=LENGTHS, coerce=int)
    kind = forms.ChoiceField(
        label=_("How"), choices=[(k.value, k.label) for k in FACE_TO_FACE], widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(label=_("What it is"), choices=Purpose)
    place = forms.CharField(
        label=_("Place"), required=False, max_length=200,
        widget=forms.TextInput(attrs={**UNKEPT, "list": "places"}),
    )  # fmt: skip


class AppointmentForm(ClockForm, HeldForm):
    """A time, where and how it is held, and what the client is told."""

    day = forms.DateField(label=_("Day"), widget=DateInput)
    time = forms.TimeField(label=_("Time"), widget=TimeInput)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    interpreter = forms.BooleanField(label=_("An interpreter is needed"), required=False)
    # Their choices come from `resources.choosing.offer`; without any the question is not asked.
    room = forms.ChoiceField(label=_("Room"), required=False)
    speaker = forms.ChoiceField(label=_("Interpreter"), required=False)
    note = forms.CharField(
        label=_("Note to the client"), required=False, max_length=400, widget=text_area(2),
        help_text=_("Goes into the message, such as what to bring along."),
    )  # fmt: skip
    proposed = forms.BooleanField(
        label=_("Only a proposal: the client confirms it"), required=False
    )
    tell = forms.BooleanField(label=_("Write to the client"), required=False, initial=True)
    odd = forms.BooleanField(label=_("The time is right all the same"), required=False)
    submission = SubmissionField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    Wrong = forms.ValidationError

    def __init__(
        self,
        *args: Any,
        language: str = "",
        guarded: bool = False,
        found: Found | None = None,
        kept: dict[str, UUID] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.guarded, self.odd_asked = guarded, False
        choosing.offer(self, found or Found(), kept=kept)
        known = {code for code, _name in LANGUAGES} | {code for code, _n in settings.LANGUAGES}
        if language and language not in known:
            self.fields["language"].choices = [*LANGUAGES, (language, language)]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        found["starts_at"] = found["ends_at"] = None
        if not (found.get("day") and found.get("time") and found.get("minutes")):
            return found
        starts = self.moment_of("time", found["day"], found["time"])
        if starts is None:
            return found
        if starts < clock.now():
            self.add_error("day", _("This time has gone by already."))
        found["starts_at"], found["ends_at"] = times.span(starts, found["minutes"])
        if not self.errors and not found.get("odd"):
            self._ask_about_odd(found)
        somewhere = found.get("place") or found.get("room") or self.guarded
        if found.get("kind") == Kind.VISIT and not somewhere:
            self.add_error("place", _("Say where you meet: it stands in the client's message."))
        self._interpreted(found)
        return found

    def _interpreted(self, found: dict[str, Any]) -> None:
        """Whoever is to interpret speaks the language, and does it so."""
        if not (found.get("interpreter") and found.get("speaker")):
            return
        one = next((one for one in self.found if str(one.id) == found["speaker"]), None)
        if one is None:
            return
        if found.get("language") not in one.languages:
            self.add_error("speaker", _("%(name)s does not interpret this language.") % _of(one))
        elif found.get("kind") not in one.ways:
            self.add_error("speaker", _("%(name)s does not interpret in this way.") % _of(one))

    def _ask_about_odd(self, found: dict[str, Any]) -> None:
        """A slip of a digit books the night, and the client is told: asked about once."""
        ends = clock.local(found["ends_at"])
        late = ends.time() > LATEST or ends.date() != found["day"]
        if not is_working_day(found["day"]):
            self.add_error("day", _("This is not a working day. If it is right, say so below."))
        elif found["time"] < EARLIEST or late:
            self.add_error("time", _("This is outside 7 to 20. If it is right, say so below."))
        else:
            return
        self.odd_asked = True


def _of(one: Around) -> dict[str, str]:
    return {"name": one.name}


class MissedForm(forms.Form):
    """Why a time did not take place."""

    missed_by = forms.ChoiceField(
        label=_("On whose side was it?"), choices=Contact.Initiative, widget=forms.RadioSelect,
        initial=Contact.Initiative.CLIENT.value,
    )  # fmt: skip
    missed_reason = forms.CharField(
        label=_("Reason"), required=False, max_length=200, widget=forms.TextInput(attrs=UNKEPT),
        help_text=_("As it was told, in words that the client could read."),
    )  # fmt: skip


class ReminderForm(forms.Form):
    """Something to do on a day."""

    text = forms.CharField(
        label=_("What I must remember"), max_length=200, widget=forms.TextInput(attrs=UNKEPT)
    )
    on = forms.DateField(label=_("Day"), widget=DateInput)
    submission = SubmissionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day < clock.today():
            raise forms.ValidationError(_("The day has gone by already."))
        return day


class TemplateForm(forms.Form):
    """The wording of one kind of contact for the national register."""

    text = forms.CharField(label=_("Text"), max_length=2_000, widget=text_area(10), required=False)
