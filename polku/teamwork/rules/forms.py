"""What the lead says of one coach."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.clients import languages
from polku.clients.models import Client
from polku.clients.queries import open_ones
from polku.foundation.models import Municipality
from polku.foundation.viewer import Viewer
from polku.teamwork.models import DivisionRule
from polku.teamwork.rules.reads import Rule

ALWAYS = ("fi", "sv", "en")
BOUNDS = [
    ("", gettext_lazy("wishes: they give way when others would be too full")),
    ("yes", gettext_lazy("strict: nobody else is ever proposed")),
]


def _several(label: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, **more
    )


class RuleForm(forms.Form):
    """Room, languages, ages, municipalities, ways of coming; `version` is what was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    takes_new = forms.BooleanField(label=gettext_lazy("Takes new clients"), required=False)
    share = forms.IntegerField(
        label=gettext_lazy("Percent of a full caseload"),
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("60 for who does other work two days a week; 0 for no clients."),
    )
    languages = _several(gettext_lazy("Coaches in these languages"))
    another = forms.ChoiceField(label=gettext_lazy("And another language"), required=False)
    age_from = forms.IntegerField(
        label=gettext_lazy("Age from"), min_value=0, max_value=120, required=False
    )
    age_under = forms.IntegerField(
        label=gettext_lazy("Younger than"), min_value=1, max_value=121, required=False
    )
    municipalities = _several(gettext_lazy("Municipalities"))
    referrals = _several(gettext_lazy("Came by way of"), choices=Client.Referral.choices)
    strict = forms.ChoiceField(
        label=gettext_lazy("Ages, municipalities and ways are"),
        choices=BOUNDS,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, viewer: Viewer, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken, towns = _known(viewer)
        codes = dict.fromkeys([*ALWAYS, *rule.languages, *sorted(spoken)])
        self.fields["languages"].choices = [(code, languages.name_of(code)) for code in codes]
        rest = [pair for pair in languages.choices() if pair[0] not in codes]
        self.fields["another"].choices = [("", "—"), *rest]
        wanted = Municipality.objects.filter(pk__in={*towns, *rule.municipalities})
        self.fields["municipalities"].choices = [(town.code, str(town)) for town in wanted]

        for name in ("languages", "municipalities", "referrals", "strict"):
            self.fields[name].wanted = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        spoken = [*data.get("languages", []), *filter(None, [data.get("another")])]
        if not spoken and "languages" in data:
            self.add_error("languages", _("Choose at least one language."))
        low, high = data.get("age_from"), data.get("age_under")
        if low is not None and high is not None and high <= low:
            self.add_error("age_under", _("Nobody is of these ages: give a higher one."))
        return data

    def given(self) -> dict[str, Any]:
        """Return the rule as it is kept."""
        data = dict(self.cleaned_data)
        spoken = [*data.pop("languages"), *filter(None, [data.pop("another")])]
        data.pop("version")
        return data | {"languages": spoken, "strict": data["strict"] == "yes"}


def initial(rule: Rule, row: DivisionRule | None) -> dict[str, Any]:
    """Return what the form begins with."""
    return {
        "version": row.version if row else 0,
        "takes_new": rule.takes_new,
        "share": rule.share,
        "languages": list(rule.languages),
        "age_from": rule.age_from,
        "age_under": rule.age_under,
        "municipalities": list(rule.municipalities),
        "referrals": list(rule.referrals),
        "strict": "yes" if rule.strict else "",
    }


def _known(viewer: Viewer) -> tuple[set[str], set[str]]:
    """Return the languages and the municipalities of the clients whom the lead sees."""
    rows = open_ones(viewer).order_by().values_list("language", "municipality_id").distinct()
    found = list(rows)
    return {row[0] for row in found}, {row[1] for row in found if row[1]}
