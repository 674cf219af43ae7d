"""What a host is asked: short, in plain words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from polku.placements.host import confirming

ANSWERS = [
    (confirming.STILL, _("Yes, it is still open")),
    (confirming.PAUSE, _("Not just now")),
    (confirming.CLOSE, _("No longer at all")),
]


class ConfirmForm(forms.Form):
    """One opening: does it stand, and for how many."""

    answer = forms.ChoiceField(
        label=_("Is this place still open?"), choices=ANSWERS, widget=forms.RadioSelect
    )
    seats = forms.IntegerField(
        label=_("For how many at the same time?"), min_value=1, max_value=200
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
