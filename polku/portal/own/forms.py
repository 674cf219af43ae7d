"""What a client is asked in their own view."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from polku.contacts.models import Rhythm

PACES = [
    (Rhythm.Pace.MORE.value, _("More often than now")),
    (Rhythm.Pace.SAME.value, _("It is good as it is")),
    (Rhythm.Pace.LESS.value, _("Less often than now")),
]


class AnswerForm(forms.Form):
    """An answer to a suggestion, as it stood when it was read."""

    answer = forms.ChoiceField(choices=[("yes", ""), ("not_now", ""), ("no", ""), ("done", "")])
    word = forms.CharField(max_length=200, required=False, strip=True)
    version = forms.IntegerField(min_value=1)


class WishForm(forms.Form):
    """How often the client wants to be met."""

    pace = forms.ChoiceField(
        label=_("How often do you want to meet?"), choices=PACES, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Tell in your own words"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200}),
        help_text=_("For example: mornings suit me, a call is better than a visit."),
    )
