"""What a page asks about a client."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polku.clients import identity, languages
from polku.clients.models import Client, Consent, Episode, Fact, LanguageSkill
from polku.foundation import clock
from polku.foundation.models import Municipality
from polku.rules.known.personal_identity_code import read_identity_code
from polku.web.forms import DateInput

SERVICE_LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]


def phone_digits(text: str) -> str:
    """Return the digits by which a number is found: `040 123` and `+358 40 123` give the same."""
    digits = re.sub(r"\D", "", text.split(",")[0])
    if digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = "358" + digits[1:]
    return digits[:20]


def _date(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DateInput())


class IdentityCodeField(forms.CharField):
    """An identity code; cleaned into its one written form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Identity code"), max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        if not text:
            return ""
        try:
            return identity.compact(text)
        except identity.BadIdentityCode as error:
            raise forms.ValidationError(
                _("This is not an identity code: check each character, the last one too.")
            ) from error


class PersonForm(forms.Form):
    """The person: names, language, status, where they came from."""

    last_name = forms.CharField(label=_("Last name"), max_length=200)
    first_names = forms.CharField(label=_("First names"), max_length=200)
    call_name = forms.CharField(
        label=_("Name in use"),
        max_length=200,
        required=False,
        help_text=_("If it is not the first of the first names."),
    )
    identity_code = IdentityCodeField(
        required=False, help_text=_("Kept encrypted. Leave empty to keep the one that is there.")
    )
    born = _date(
        _("Date of birth"), required=False, help_text=_("Follows from the identity code, if given.")
    )
    office_number = forms.CharField(label=_("Client number"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Mother tongue"))
    service_language = forms.ChoiceField(label=_("Language of service"), choices=SERVICE_LANGUAGES)
    interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    referral = forms.ChoiceField(label=_("Came through"), choices=Client.Referral.choices)
    unemployed_since = _date(_("Unemployed since"), required=False)
    situation = forms.CharField(
        label=_("Situation in a few words"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write so that the client can read it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages.choices()

    def clean_unemployed_since(self) -> date | None:
        day: date | None = self.cleaned_data["unemployed_since"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        code = data.get("identity_code")
        if code:
            data["born"] = read_identity_code(code, on=clock.today()).born
        return data


class DetailsForm(forms.Form):
    """How and where to reach the client."""

    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    street = forms.CharField(label=_("Street address"), max_length=200, required=False)
    postal_code = forms.RegexField(
        r"^\d{5}$", label=_("Postal code"), required=False,
        error_messages={"invalid": _("A postal code has five digits.")},
    )  # fmt: skip
    town = forms.CharField(label=_("Town"), max_length=80, required=False)

    def values(self) -> dict[str, str]:
        """Return the fields of ContactDetails."""
        data = dict(self.cleaned_data)
        return data | {"phone_digits": phone_digits(data["phone"])}


class NewClientForm(PersonForm):
    """A new client: the person, the register's dates, the first way to reach them."""

    field_order = ["last_name", "first_names", "call_name", "identity_code", "born"]

    registered_on = _date(
        _("Registered as a jobseeker on"), help_text=_("The clock of the law starts here.")
    )
    status = forms.ChoiceField(label=_("Status"), choices=Client.Status.choices)
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("Home municipality"), required=False
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.order_by("name_fi")
        self.fields["identity_code"].help_text = _("Kept encrypted.")

    def clean_registered_on(self) -> date:
        day: date = self.cleaned_data["registered_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class FactForm(forms.Form):
    """A strength, wish, need or obstacle."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Fact.Kind.choices)
    text = forms.CharField(
        label=_("In a few words"), max_length=200, help_text=_("The client sees this.")
    )
    topic = forms.ChoiceField(label=_("About"), choices=Fact.Topic.choices, initial="other")
    told_by = forms.ChoiceField(
        label=_("Told by"), choices=Fact.ToldBy.choices, initial=Fact.ToldBy.TOGETHER
    )


class LanguageForm(forms.Form):
    """A language and its level."""

    language = forms.ChoiceField(label=_("Language"))
    level = forms.ChoiceField(label=_("Level"), choices=[("", ""), *LanguageSkill.Level.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nothing is chosen beforehand: a press too many changes no language and no level.
        self.fields["language"].choices = [("", ""), *languages.choices()]


class ConsentForm(forms.Form):
    """A consent that the client gave."""

    kind = forms.ChoiceField(
        label=_("Consent to"),
        choices=Consent.Kind.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Text messages go only with a consent. E-mail goes until a consent to it is taken "
            "back. The consents to share the plan and to link records are kept, but Polku does "
            "nothing by them yet: nothing is shared or linked."
        ),
    )
    how = forms.ChoiceField(
        label=_("Given"), choices=[c for c in Consent.Given.choices if c[0] != "online"]
    )
    concerns = forms.CharField(label=_("With whom, or what"), max_length=200, required=False)


class StatusForm(forms.Form):
    """A new status from a day."""

    status = forms.ChoiceField(label=_("Status"), choices=Client.Status.choices)
    on = _date(_("From"))


def _chosen(label: Any, choices: Any) -> forms.ChoiceField:
    """A choice that nothing makes beforehand: what is counted later has been said by somebody."""
    return forms.ChoiceField(
        label=label,
        choices=[("", _("choose")), *choices],
        error_messages={"required": _("Choose one: nothing is chosen beforehand.")},
    )


class CloseForm(forms.Form):
    """Closing the record, with reason and outcome."""

    on = _date(_("Closed on"))
    reason = _chosen(
        _("Reason"), [c for c in Episode.Reason.choices if c[0] != Episode.Reason.DEATH]
    )
    outcome = _chosen(_("What came of it"), Episode.Outcome.choices)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)


class DeathForm(forms.Form):
    """The day of death. Every message to the client stops at once."""

    on = _date(
        _("Date of death"), help_text=_("As it was told to you. Nothing stands here before.")
    )
    sure = forms.BooleanField(
        label=_("I have checked that it is this client, and the date"),
        error_messages={"required": _("Check the name and the date, then tick this.")},
    )

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class MistakeForm(forms.Form):
    """Why a death was none."""

    reason = forms.CharField(
        label=_("What happened"), max_length=200,
        help_text=_("Such as: another person of the same name. It stands in the record."),
    )  # fmt: skip


class ReopenForm(forms.Form):
    """Opening a closed record again."""

    on = _date(_("Opened on"))
    registered_on = _date(_("Registered as a jobseeker on"))
    referral = _chosen(_("Came through"), Client.Referral.choices)


class MoveForm(forms.Form):
    """A move to another municipality, with the new address."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("New home municipality")
    )
    street = forms.CharField(label=_("Street address"), max_length=200, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=10, required=False)
    town = forms.CharField(label=_("Town"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.order_by("name_fi")


class BanForm(forms.Form):
    """Setting or ending a safety ban."""

    reason = forms.CharField(
        label=_("On what ground"), max_length=200,
        help_text=_("Such as: the client's request, the population register. No place names."),
    )  # fmt: skip
