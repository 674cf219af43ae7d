"""The question's form: today on one side, what if on the other. Nothing is guessed silently."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.insight.numbers import NumberField, short, shown
from polku.insight.queries import Present
from polku.planning.simulation.whatif import Question, Side

LEAST_CLIENTS, MOST_CLIENTS, MOST_NEW, MOST_COACHES = 20, 50_000, 5_000, 2_000
LEAST_CASELOAD, MOST_CASELOAD = 5, 1_000
MOST_PEOPLE = 150_000  # all who are there or come, on one side: some twenty seconds of work
OWN = 0
RHYTHMS = (1, 2, 4, 6, 8, 13)
DOUBLE = "double"


def rhythm_word(every: int) -> str:
    """Return a rhythm in words; 0 is everybody's own window."""
    if not every:
        return _("everybody by their own window")
    if every == 1:
        return _("everybody every week")
    return _("everybody every %(n)d weeks") % {"n": every}


class WhatIfForm(forms.Form):
    """`new`, `coaches` and `every` are today's; those with `_then` are the other side's."""

    clients = NumberField(
        label=gettext_lazy("Open clients"), least=LEAST_CLIENTS, most=MOST_CLIENTS,
        why=gettext_lazy("With fewer than twenty, chance decides everything."),
    )  # fmt: skip
    new = NumberField(
        label=gettext_lazy("New clients a month now"), least=0, most=MOST_NEW, places=1
    )
    coaches = NumberField(
        label=gettext_lazy("Coaches now"), least=1, most=MOST_COACHES,
        why=gettext_lazy("Without a coach there is nothing to compare."),
    )  # fmt: skip
    every = forms.TypedChoiceField(
        label=gettext_lazy("Rhythm of contact now"), coerce=int, initial=OWN
    )
    new_then = NumberField(
        label=gettext_lazy("New clients a month, what if"), least=0, most=MOST_NEW, places=1
    )
    coaches_then = NumberField(
        label=gettext_lazy("Coaches, what if"), least=1, most=MOST_COACHES,
        why=gettext_lazy("Without a coach there is nothing to compare."),
    )  # fmt: skip
    caseload_then = NumberField(
        label=gettext_lazy("Or clients for each coach"), required=False, least=LEAST_CASELOAD,
        most=MOST_CASELOAD, places=1,
        help_text=gettext_lazy("Instead of the number of coaches. Empty: it follows from it."),
    )  # fmt: skip
    every_then = forms.TypedChoiceField(
        label=gettext_lazy("Rhythm of contact, what if"), coerce=int, initial=OWN
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(one, rhythm_word(one)) for one in (OWN, *RHYTHMS)]
        for name in ("every", "every_then"):
            self.fields[name].choices = words

    def clean(self) -> dict[str, Any]:
        """Refuse what can't be meant; each with the sentence that helps."""
        given = super().clean() or {}
        if not self.errors:
            self._check_strength(given)
        if not self.errors:
            self._check_size()
        if not self.errors and self.question().today == self.question().other:
            self.add_error(None, _(
                "Both sides are the same, so there is nothing to compare. Change a number on the "
                "side “What if”, or press “Double the inflow”."
            ))  # fmt: skip
        return given

    def _check_strength(self, given: dict[str, Any]) -> None:
        clients, caseload = given["clients"], given["caseload_then"]
        changed = given["coaches_then"] != given["coaches"]
        if caseload and changed and abs(clients / given["coaches_then"] - caseload) > 0.5:
            self.add_error("caseload_then", _(
                "%(coaches)s coaches for %(clients)s clients make %(each)s each, not %(said)s. "
                "Change one of the two, and leave this empty or the coaches as today."
            ) % {
                "coaches": short(given["coaches_then"]), "clients": short(clients),
                "each": short(round(clients / given["coaches_then"], 1)), "said": short(caseload),
            })  # fmt: skip
            return
        for name in ("coaches", "coaches_then"):
            each = clients / given[name]
            if name == "coaches_then" and caseload:
                continue
            if not LEAST_CASELOAD <= each <= MOST_CASELOAD:
                self.add_error(name, _(
                    "That makes %(each)s clients for each coach. The comparison knows from "
                    "%(least)s to %(most)s."
                ) % {
                    "each": shown(each, 1), "least": short(LEAST_CASELOAD),
                    "most": short(MOST_CASELOAD),
                })  # fmt: skip

    def _check_size(self) -> None:
        people = self.question().people
        if people > MOST_PEOPLE:
            self.add_error("new_then", _(
                "With those who come in two years that makes %(n)s clients. Here up to %(most)s "
                "can be worked out; ask about a part of the area."
            ) % {"n": short(people), "most": short(MOST_PEOPLE)})  # fmt: skip

    def question(self) -> Question:
        """Return what was asked; of a form without errors."""
        given = self.cleaned_data
        clients = given["clients"]
        then = given["caseload_then"] or clients / given["coaches_then"]
        return Question(
            clients,
            Side(float(given["new"]), clients / given["coaches"], given["every"]),
            Side(float(given["new_then"]), float(then), given["every_then"]),
        )


def filled_in(present: Present) -> dict[str, Any]:
    """Return the present numbers as the form's first values, the same on both sides."""
    first: dict[str, Any] = {"every": OWN, "every_then": OWN}
    for name, value in (
        ("clients", present.clients), ("new", present.new_a_month),
        ("coaches", present.coaches or None),
    ):  # fmt: skip
        if value is not None:
            first[name] = value
            if name != "clients":
                first[f"{name}_then"] = value
    return first


def asked_again(question: Question) -> dict[str, Any]:
    """Return a question as the form's values, so that the next one begins where it ended."""
    today, other = question.today, question.other
    coaches = question.clients / today.caseload
    then = question.clients / other.caseload
    first: dict[str, Any] = {
        "clients": question.clients, "new": today.new_a_month, "new_then": other.new_a_month,
        "coaches": round(coaches), "every": today.every, "every_then": other.every,
        "coaches_then": round(then),
    }  # fmt: skip
    if abs(then - round(then)) > 1e-6:
        first |= {"coaches_then": round(coaches), "caseload_then": round(other.caseload, 1)}
    return first


def doubled(data: Any) -> Any:
    """Return what was sent with the inflow of the other side twice that of today, if it reads."""
    given = data.copy()
    field = WhatIfForm.base_fields["new"]
    try:
        now = field.clean(given.get("new"))
    except forms.ValidationError:
        return given
    given["new_then"] = short(2 * now)
    return given
