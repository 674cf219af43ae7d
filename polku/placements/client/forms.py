"""What the staff's pages on placements ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from polku.placements.host.forms import NO_OF_A_HOST
from polku.placements.models import (
    Absence,
    Outcome,
    Placement,
    Signature,
    Supervisor,
    TermsChange,
)
from polku.placements.terms import Kind, Party
from polku.web.forms import DateInput, SubmissionField

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


def said(choices: Any) -> list[tuple[str, Any]]:
    """Return choices with a capital letter, for radio buttons and selects."""
    return [(value, capfirst(label)) for value, label in choices if value]


KINDS = said(Kind.choices)
ANYWAY = _("Suggest it all the same: I have asked the workplace")
PARTIES = said(Party.choices)
E = Placement.Ending
# Why it came to an end, by whose initiative: nobody gives another's reason.
REASONS_OF: dict[str, tuple[str, ...]] = {
    Party.CLIENT: (E.TO_WORK, E.TO_STUDY, E.HEALTH, E.FAMILY, E.TRAVEL, E.NOT_SUITABLE, E.WISHES,
                   E.OTHER),
    Party.HOST: (E.HOST_CHANGES, E.NO_SEAT, E.ABSENCES, E.NOT_SUITABLE, E.OTHER),
    Party.ORGANISER: (E.TO_WORK, E.TO_STUDY, E.HEALTH, E.FAMILY, E.TRAVEL, E.NOT_SUITABLE,
                      E.ABSENCES, E.OTHER),
}  # fmt: skip
OF_WHOM: dict[str, Any] = {
    Party.CLIENT: _("the client's"),
    Party.HOST: _("the workplace's"),
    Party.ORGANISER: _("the organiser's"),
}
OUTCOMES = said(Outcome.What.choices)


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=DateInput(attrs={"min": EARLIEST.isoformat(), "max": LATEST.isoformat()}),
    )


def chosen(label: Any, choices: Any) -> forms.ChoiceField:
    """Return a choice that somebody makes: nothing is chosen at first, and nothing is no answer."""
    return forms.ChoiceField(
        label=label,
        choices=[("", _("Choose")), *choices],
        error_messages={"required": _("Choose what is true.")},
    )


def text(label: Any, most: int, *, rows: int = 2, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": most}),
    )


class Versioned(forms.Form):
    """A form that tells which version of the placement it was filled in from."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, value in list(given.items()):
            if isinstance(value, date) and not EARLIEST <= value <= LATEST:
                self.add_error(name, _("That day is too far away."))
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return given


class Despite(Versioned):
    """A form that the law may stop; a written ground passes it."""

    despite = text(
        _("Ground for going on all the same"),
        300,
        help_text=_("Only if the law stops this by what is known here. It is kept in the record."),
    )


class SuggestForm(Despite):
    """Suggesting an opening to a client."""

    version = None  # type: ignore[assignment]
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    starts_on = day(_("First day"), required=True)
    ends_on = day(_("Last day"))
    answer_by = day(
        _("Answer by"), help_text=_("Until the day after, the seat is promised to the client.")
    )
    anyway = forms.BooleanField(label=ANYWAY, required=False)
    seats_words = ""
    reasons = text(
        _("Why this place?"),
        600,
        rows=3,
        help_text=_("The client reads this: one reason on a line, in plain words."),
    )
    submission = SubmissionField()

    def __init__(self, *args: Any, kinds: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kinds is not None:
            self.fields["kind"].choices = [pair for pair in KINDS if pair[0] in kinds]

    def lines(self) -> list[str]:
        """Return the reasons, a line each."""
        lines = (line.strip() for line in self.cleaned_data["reasons"].splitlines())
        return [line for line in lines if line]


class AnswerForm(Versioned):
    """What the client said in the same room."""

    answer = forms.ChoiceField(
        label=_("What does the client say?"),
        choices=[("yes", _("Yes")), ("not_now", _("Not now")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    because = forms.ChoiceField(
        label=_("If no: why?"),
        choices=[("", _("the client does not say")), *Placement.Because.choices],
        required=False,
    )
    word = text(_("In their own words (optional)"), 300)


class AgainForm(Despite):
    """Suggesting the same place anew."""

    starts_on = day(_("First day"))
    ends_on = day(_("Last day"))
    answer_by = day(_("Answer by"))
    anyway = forms.BooleanField(label=ANYWAY, required=False)


class WithdrawForm(Versioned):
    """Why a suggestion or an agreement is taken back, on our or the client's side."""

    REASONS = ("to_work", "to_study", "health", "family", "travel", "wishes", "no_seat", "other")

    ending = chosen(_("Reason"), [(value, capfirst(E(value).label)) for value in REASONS])
    word = text(_("In a few words"), 300)


class RefuseForm(Versioned):
    """Why the workplace said no, as it told by phone: the reasons that its own page offers."""

    ending = chosen(
        _("The workplace's reason"), [(value, capfirst(label)) for value, label in NO_OF_A_HOST]
    )
    word = text(_("In a few words"), 300)


class TermsForm(Despite):
    """What is to be agreed."""

    starts_on = day(_("First day"), required=True)
    ends_on = day(_("Last day"), required=True)
    hours_a_day = forms.DecimalField(
        label=_("Hours a day"), min_value=1, max_value=24, max_digits=3, decimal_places=1
    )
    days_a_week = forms.IntegerField(label=_("Days a week"), min_value=1, max_value=7)
    times = forms.CharField(
        label=_("Times"),
        max_length=120,
        required=False,
        help_text=_("For example: Mon–Thu 8–13."),
    )
    tasks = text(_("Tasks"), 600, rows=3)
    supervisor = forms.ModelChoiceField(
        Supervisor.objects.none(),
        label=_("Supervisor"),
        required=False,
        empty_label=_("not known yet"),
    )
    known_as = forms.CharField(
        label=_("How the client's name is told to the workplace"),
        max_length=120,
        help_text=_("As the client wants it. Nothing else of them is told."),
    )
    pay_a_month = forms.DecimalField(
        label=_("Pay in euros a month"),
        min_value=0,
        max_value=99_999,
        max_digits=8,
        decimal_places=2,
        required=False,
    )
    direct = forms.BooleanField(
        label=_("Placed directly by an agreement between organisations"), required=False
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].queryset = Supervisor.objects.filter(
            worksite_id=placement.worksite_id, ended_on__isnull=True
        )

    def terms(self) -> dict[str, Any]:
        """Return what `agreeing.write_terms` takes."""
        given = {k: v for k, v in self.cleaned_data.items() if k not in ("version", "despite")}
        chosen = given.pop("supervisor")
        return {**given, "supervisor_id": chosen.pk if chosen else None}


class SignForm(forms.Form):
    """A party signs on paper, in the room or at the desk."""

    HOW = (Signature.How.ROOM, Signature.How.PAPER, Signature.How.DESK)

    party = chosen(_("Who signs"), PARTIES)
    how = chosen(_("How"), [(v, capfirst(v.label)) for v in HOW])
    name = forms.CharField(label=_("Name"), max_length=120)
    terms = forms.CharField(max_length=64, widget=forms.HiddenInput)


FIELDS_OF_A_CHANGE = {
    "extension": ("ends_on",),
    "hours": ("hours_a_day", "days_a_week", "times"),
    "tasks": ("tasks",),
    "supervisor": ("supervisor",),
}


class ChangeForm(Despite):
    """A change of what was agreed; only the fields of the kind chosen count."""

    what = chosen(
        _("What changes"),
        [pair for pair in said(TermsChange.What.choices) if pair[0] in FIELDS_OF_A_CHANGE],
    )
    ends_on = day(_("Last day"))
    hours_a_day = forms.DecimalField(
        label=_("Hours a day"),
        min_value=1,
        max_value=24,
        max_digits=3,
        decimal_places=1,
        required=False,
    )
    days_a_week = forms.IntegerField(
        label=_("Days a week"), min_value=1, max_value=7, required=False
    )
    times = forms.CharField(label=_("Times"), max_length=120, required=False)
    tasks = text(_("Tasks"), 600, rows=3)
    supervisor = forms.ModelChoiceField(
        Supervisor.objects.none(), label=_("Supervisor"), required=False
    )
    initiative = chosen(_("Whose initiative"), PARTIES)
    reason = text(_("Why"), 300)

    FIELDS = FIELDS_OF_A_CHANGE

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].queryset = Supervisor.objects.filter(
            worksite_id=placement.worksite_id, ended_on__isnull=True
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for name in self.FIELDS.get(given.get("what", ""), ()):
            if given.get(name) in (None, "") and name != "times" and name not in self.errors:
                self.add_error(name, _("Fill in what it becomes."))
        return given

    def terms(self) -> dict[str, Any]:
        """Return the terms that change."""
        given = {name: self.cleaned_data[name] for name in self.FIELDS[self.cleaned_data["what"]]}
        if "supervisor" in given:
            return {"supervisor_id": given["supervisor"].pk}
        return given


class VersionForm(Versioned):
    """A press of a button: it begins, it ends, it goes on."""


class InterruptForm(Versioned):
    """An end before its time."""

    on = day(_("Last day at the workplace"), required=True)
    initiative = chosen(_("Whose initiative"), PARTIES)
    ending = chosen(_("Reason"), said(Placement.Ending.choices))
    word = text(_("In a few words"), 300)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        reason, whose = given.get("ending"), given.get("initiative")
        if reason and whose and reason not in REASONS_OF[whose]:
            self.add_error(
                "ending",
                _("That is no reason on %(whose)s side. Look at whose initiative it was, or choose "
                  "another reason.") % {"whose": OF_WHOM[whose]},
            )  # fmt: skip
        return given


class AbsenceForm(forms.Form):
    """A day away, and who told it."""

    on = day(_("Day"), required=True)
    reason = chosen(_("Reason"), said(Absence.Reason.choices))
    told_by = chosen(_("Told by"), PARTIES)
    word = forms.CharField(label=_("In a few words"), max_length=200, required=False)


class FollowOnForm(Versioned):
    """What comes after the last day."""

    kind = chosen(_("What comes next"), OUTCOMES)
    text = text(
        _("The plan in words"), 400, rows=3, help_text=_("What, when, and who does what for it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True


class OutcomeForm(forms.Form):
    """Where the person is, and who told it."""

    when = forms.ChoiceField(label=_("When"), choices=said(Outcome.When.choices))
    what = chosen(_("Where the client is then"), OUTCOMES)
    on = day(_("Day"), required=True)
    told_by = chosen(_("Told by"), PARTIES)
    word = text(_("In a few words"), 300)
