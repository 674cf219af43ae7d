"""What the pages of places ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from polku.clients import languages
from polku.foundation import clock, texting
from polku.foundation.models import Municipality
from polku.placements import arranging, checklists, coordinates, employers, work
from polku.placements.models import HostContact, Opening, Worksite
from polku.placements.terms import Card, Demand, Kind, LegalForm, Support
from polku.web.forms import DateInput, SubmissionField

LEVELS = [("", ""), *((one, one) for one in ("A1", "A2", "B1", "B2", "C1", "C2"))]
RHYTHMS = [(30, _("each month")), (60, _("each 2 months")), (90, _("each 3 months")),
           (180, _("each 6 months")), (365, _("once a year"))]  # fmt: skip
NOT_A_POINT = _(
    "These are not two coordinates in Finland. Write them as 60.98, 25.66 (WGS 84) "
    "or 6765370, 427930 (ETRS-TM35FIN)."
)
SPOKEN = ("fi", "sv", "en", "ru", "uk", "et", "ar", "so")


def big(choices: Any) -> list[tuple[str, Any]]:
    """Return choices with a capital letter, as they stand alone."""
    return [(value, capfirst(label)) for value, label in choices]


def _text(label: Any, length: int, help_text: Any = "", *, required: bool = False) -> Any:
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text)


def _area(label: Any, length: int, help_text: Any = "", rows: int = 3) -> Any:
    return forms.CharField(
        label=label, max_length=length, required=False, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _some(label: Any, choices: Any, help_text: Any = "", *, required: bool = False) -> Any:
    return forms.MultipleChoiceField(
        label=label, choices=big(choices), required=required, help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def _day(label: Any, help_text: Any = "", *, required: bool = False) -> Any:
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DateInput)


def phone_hint() -> Any:
    """Return what a supervisor's number is for."""
    if texting.is_on():
        return _("Without an e-mail address, links go to a mobile number as text messages.")
    return _("For calls: text messages are not in use here.")


class CoordinatesField(forms.CharField):
    """A point as it is copied from a map or a sheet; cleaned into (latitude, longitude) or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Coordinates"))
        super().__init__(max_length=60, **kwargs)

    def clean(self, value: Any) -> tuple[float, float] | None:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return None
        try:
            point = coordinates.read(text)
        except coordinates.NotAPoint as error:
            raise forms.ValidationError(NOT_A_POINT) from error
        return (round(point.lat, 6), round(point.lon, 6))


class BusinessIdField(forms.CharField):
    """A business id, cleaned into its one written form; '' for none."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return employers.business_id(text)
        except employers.BadBusinessId as error:
            raise forms.ValidationError(
                _("This is not a business id: check each digit, the last one too.")
            ) from error


class PlainForm(forms.Form):
    """Errors come from us, in the page's words, and all at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)


class HostForm(PlainForm):
    """An employer."""

    name = _text(_("Name of the employer"), 160, required=True)
    legal_form = forms.ChoiceField(label=_("What it is"), choices=big(LegalForm.choices))
    business_id = BusinessIdField(
        label=_("Business id"), required=False, max_length=20, help_text=_("Such as 1234567-1.")
    )
    note = _area(_("Note"), 400, _("For own workers only."))


class WorksiteForm(PlainForm):
    """A place of work: where it is, how to reach it, what it gives."""

    name = _text(_("Name of the place"), 160, _("Such as: Vuokkoharju school."), required=True)
    unit = _text(_("Unit"), 120, _("Such as: kitchen. Only where a place has several."))
    street = _text(_("Street address"), 160)
    postal_code = forms.RegexField(
        r"^\d{5}$", label=_("Postal code"), required=False,
        error_messages={"invalid": _("A postal code has five digits.")},
    )  # fmt: skip
    town = _text(_("Town or village"), 80)
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("Municipality"), empty_label=_("Choose a municipality")
    )
    point = CoordinatesField(
        required=False,
        help_text=_(
            "Only if you have them; else the place is put about where its town is. "
            "WGS 84 or ETRS-TM35FIN."
        ),
    )
    phone = _text(_("Phone"), 40)
    email = forms.EmailField(label=_("E-mail"), required=False)
    supports = _some(_("What the place gives"), Support.choices)
    languages = _some(_("Languages spoken there"), [])
    arriving = _text(
        _("How one gets there"), 300, _("Bus stop, door, whom to ask for. The client reads this.")
    )
    readiness = forms.ChoiceField(label=_("Readiness"), choices=big(Worksite.Readiness.choices))
    note = _area(_("Note"), 600, _("For own workers only. Nothing of clients."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.order_by("name_fi")
        spoken = [(code, languages.name_of(code)) for code in SPOKEN]
        kept = [c for c in self.initial.get("languages") or () if c not in SPOKEN]
        spoken += [(code, languages.name_of(code)) for code in kept]
        self.fields["languages"].choices = big(spoken)

    def values(self) -> dict[str, Any]:
        """Return the fields of a worksite (arranging.WORKSITE_FIELDS)."""
        data = dict(self.cleaned_data)
        data["municipality_id"] = data.pop("municipality").code
        return {name: data[name] for name in arranging.WORKSITE_FIELDS}


class NewWorksiteForm(WorksiteForm):
    """A new worksite with its employer, and the first person there."""

    host = _text(
        _("Employer"), 160, _("One that is known already is found by its name or business id.")
    )
    legal_form = forms.ChoiceField(
        label=_("What the employer is"), choices=[("", ""), *big(LegalForm.choices)], required=False
    )
    business_id = BusinessIdField(label=_("Business id"), required=False, max_length=20)
    person = _text(_("Name of the person there"), 120)
    person_title = _text(_("Title"), 80)
    person_phone = _text(_("Phone of the person"), 40)
    person_email = forms.EmailField(label=_("E-mail of the person"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].widget.attrs["list"] = "hosts"
        self.fields["person_phone"].help_text = phone_hint()

    def employer(self) -> employers.Employer:
        data = self.cleaned_data
        return employers.Employer(
            name=data["host"] or data["name"],
            legal_form=data["legal_form"],
            business_id=data["business_id"],
        )

    def contact(self) -> dict[str, Any] | None:
        """Return the first person there, or None when none was named."""
        data = self.cleaned_data
        if not data["person"]:
            return None
        return {"name": data["person"], "title": data["person_title"],
                "phone": data["person_phone"], "email": data["person_email"],
                "decides": True}  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("person") and (data.get("person_phone") or data.get("person_email")):
            self.add_error("person", _("Whose phone or e-mail is it? Write the name."))
        return data


class PointForm(PlainForm):
    """A point on the map, clicked on it or typed."""

    lat = _text(_("Latitude or northing"), 30, _("Such as 60.98 or 6765370."), required=True)
    lon = _text(_("Longitude or easting"), 30, _("Such as 25.66 or 427930."), required=True)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("lat") and data.get("lon"):
            try:
                point = coordinates.read(f"{data['lat']}; {data['lon']}")
            except coordinates.NotAPoint:
                self.add_error("lat", NOT_A_POINT)
            else:
                data["point"] = (round(point.lat, 6), round(point.lon, 6))
        return data


class SupervisorForm(PlainForm):
    """A person at a worksite."""

    name = _text(_("Name"), 120, required=True)
    title = _text(_("Title"), 80)
    phone = _text(_("Phone"), 40)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Personal links go to this address.")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))],
    )
    decides = forms.BooleanField(label=_("Decides on taking somebody"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = phone_hint()


class OrientationForm(PlainForm):
    """The checklist for newcomers, a line an item."""

    lines = _area(
        _("What a newcomer is told and shown"), 7000, _("One thing a line, in order."), rows=12
    )

    def clean_lines(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(lines) > checklists.MOST_LINES:
            raise forms.ValidationError(
                _("At most %(n)d lines: a longer list is not gone through.")
                % {"n": checklists.MOST_LINES}
            )
        long = next((line for line in lines if len(line) > 160), None)
        if long:
            raise forms.ValidationError(
                _("A line has at most 160 letters: %(start)s…") % {"start": long[:40]}
            )
        return lines


class OpeningForm(PlainForm):
    """What may be done, by how many, when, what it asks and gives."""

    title = _text(_("What one would do"), 120, _("Such as: kitchen assistant."), required=True)
    kinds = _some(_("Which kinds of placement"), Kind.choices, required=True)
    seats = forms.IntegerField(label=_("Seats at the same time"), min_value=1, max_value=200)
    work_code = forms.ChoiceField(label=_("Kind of work"), required=False)
    tasks = _area(_("Tasks"), 600, _("In plain words. The client reads this."))
    hours_from = forms.DecimalField(
        label=_("Hours a day, from"), required=False, min_value=0.5, max_value=12,
        decimal_places=1, max_digits=3, localize=True,
    )  # fmt: skip
    hours_to = forms.DecimalField(
        label=_("Hours a day, to"), required=False, min_value=0.5, max_value=12,
        decimal_places=1, max_digits=3, localize=True,
    )  # fmt: skip
    days_a_week = forms.IntegerField(
        label=_("Days a week"), required=False, min_value=1, max_value=7
    )
    times = _text(_("When, in words"), 120, _("Such as: mornings, 7 to 11."))
    open_from = _day(_("Open from"), _("Empty: now."))
    open_to = _day(_("Open until"), _("Empty: until told otherwise."))
    supervisor = forms.ChoiceField(label=_("Supervisor"), required=False)
    demands = _some(
        _("What the work asks for"), Demand.choices, _("Only what can't be arranged otherwise.")
    )
    cards = _some(_("Cards and permits that are needed"), Card.choices)
    language = forms.ChoiceField(label=_("Language needed"), required=False)
    language_level = forms.ChoiceField(label=_("Level"), choices=LEVELS, required=False)
    cuts = _some(_("What can be cut to a client"), Opening.Cut.choices)
    teaches = _text(_("What one learns there"), 300)
    may_lead_to_work = forms.BooleanField(label=_("May lead to a job"), required=False)
    host_asks = _text(_("What the workplace asks for"), 300)
    esco = _text(_("ESCO address"), 120, _("Only if you use them."))
    confirm_every_days = forms.TypedChoiceField(
        label=_("How often it is confirmed"), choices=RHYTHMS, coerce=int
    )
    submission = SubmissionField()

    def __init__(self, *args: Any, people: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].choices = [("", ""), *((str(p.id), p.name) for p in people)]
        works = sorted(((one.code, capfirst(str(one.name))) for one in work.WORKS),
                       key=lambda pair: pair[1])  # fmt: skip
        code = self.initial.get("work_code")
        if code and code not in work.BY_CODE:
            works.append((code, code))
        self.fields["work_code"].choices = [("", ""), *works]
        self.fields["language"].choices = [("", ""), *big(languages.choices())]
        every = self.initial.get("confirm_every_days")
        if every and every not in dict(RHYTHMS):
            choice = (every, _("each %(n)d days") % {"n": every})
            self.fields["confirm_every_days"].choices = [*RHYTHMS, choice]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        low, high = data.get("hours_from"), data.get("hours_to")
        if low and high and high < low:
            self.add_error("hours_to", _("The longest day would be shorter than the shortest."))
        first, last = data.get("open_from"), data.get("open_to")
        if first and last and last < first:
            self.add_error("open_to", _("It would close before it opens."))
        if data.get("language_level") and not data.get("language"):
            self.add_error("language", _("Which language is the level of?"))
        return data

    def values(self) -> dict[str, Any]:
        """Return the fields of an opening (opening_up.OPENING_FIELDS)."""
        data = dict(self.cleaned_data)
        data.pop("submission")
        data["supervisor_id"] = data.pop("supervisor") or None
        return data


class KeepBackForm(PlainForm):
    """Seats that the host keeps back for a time."""

    number = forms.IntegerField(label=_("How many seats"), min_value=1, max_value=200)
    starts_on = _day(_("From"), required=True)
    ends_on = _day(_("Until, that day included"), required=True)
    submission = SubmissionField()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("It would end before it begins."))
        elif last and last < clock.today():
            self.add_error("ends_on", _("This day has gone by already."))
        return data


class TalkForm(PlainForm):
    """A talk with a worksite, and who talks next."""

    how = forms.ChoiceField(
        label=_("How"), choices=big(HostContact.How.choices), widget=forms.RadioSelect
    )
    supervisor = forms.ChoiceField(label=_("With whom"), required=False)
    result = forms.ChoiceField(
        label=_("What came of it"), choices=big(HostContact.Result.choices),
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Why not"), choices=[("", ""), *big(HostContact.Reason.choices)], required=False,
        help_text=_("For learning; it is about the time and the work, never about a client."),
    )  # fmt: skip
    note = _area(_("Note"), 600, _("For own workers only. Nothing of clients."))
    next_on = _day(_("Next talk"), _("Empty: none is planned."))
    next_by = forms.ChoiceField(label=_("Who talks next"), required=False)
    submission = SubmissionField()

    def __init__(
        self, *args: Any, people: Any = (), workers: Any = (), me: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].choices = [("", ""), *((str(p.id), p.name) for p in people)]
        self.fields["next_by"].choices = [(str(pk), name) for pk, name in workers]
        self.fields["next_by"].initial = str(me) if me else None

    def clean_next_on(self) -> date | None:
        day: date | None = self.cleaned_data["next_on"]
        if day and day < clock.today():
            raise forms.ValidationError(_("The day has gone by already."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("result") == HostContact.Result.REFUSES and not data.get("reason"):
            self.add_error("reason", _("Why not? The reason is kept for learning."))
        return data
