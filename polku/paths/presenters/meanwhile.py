"""What somebody else has saved since a form was opened, beside what was written into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from polku.paths.models import Goal, Step
from polku.web import dates


@dataclass(frozen=True, slots=True)
class Differing:
    """One field: its name, what stands now, and what was written (kept in the form)."""

    label: str
    theirs: str
    yours: str


def differing(form: forms.Form, theirs: Step | Goal) -> list[Differing]:
    """Return the fields in which the form and the step or goal that stands now are not alike."""
    found = []
    for name, value in form.cleaned_data.items():
        if name == "instead":
            continue
        now = getattr(theirs, name)
        if (now or None) != (value or None):
            label = str(form.fields[name].label)
            found.append(Differing(label, _shown(form, name, now), _shown(form, name, value)))
    if not found:
        now = theirs.get_state_display() if isinstance(theirs, Step) else _goal_state(theirs)
        found.append(Differing(str(_("State")), str(now), _("not a part of this form")))
    return found


def _goal_state(goal: Goal) -> str:
    if goal.reached_on:
        return _("reached")
    return _("left aside") if goal.dropped_on else _("aimed at")


def _shown(form: forms.Form, name: str, value: Any) -> str:
    if value is None or value == "":
        return str(_("empty"))
    if isinstance(value, date):
        return dates.full(value)
    choices = dict(getattr(form.fields[name], "choices", ())) if name in ("theme", "kind") else {}
    if choices:
        return str(choices.get(value, value))
    return str(getattr(value, "text", value))
