"""*Try it*: a form made from a rule's facts. Nothing of what is asked is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.foundation.models import Municipality
from polku.law import words
from polku.rules import BadFact
from polku.rules.facts import Fact
from polku.rules.reason import because
from polku.rules.registry import Rule
from polku.web.forms import DateInput

DAYS, PERIODS, MOST_TEXT = 4, 3, 200
OF_A_PERIOD = ("host", "task", "start", "end")
BY_POST = "text"


def is_secret(rule: Rule) -> bool:
    """Whether a fact is free text, which may be a person's: then it is sent, and in no address."""
    return any(fact.kind == BY_POST for fact in rule.facts)


class TryForm(forms.Form):
    """The day, and each fact of the rule; what is left empty is a fact that is not given."""

    on = forms.DateField(widget=DateInput())

    def __init__(self, rule: Rule, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.fields["on"].label = _("The day that is asked about")
        for fact in rule.facts:
            for name, field in _fields(fact):
                field.required = False
                # Left empty it may be, and the answer says what would follow; it is no extra.
                field.wanted = fact.required and name == _names(fact)[0]  # type: ignore[attr-defined]
                self.fields[name] = field

    @property
    def later(self) -> list[Any]:
        """The fields of earlier periods, which most people leave alone."""
        names = [
            name for fact in self.rule.facts if fact.kind == "periods" for name in _names(fact)
        ]
        return [self[name] for name in names]

    @property
    def later_given(self) -> bool:
        return any(bound.value() for bound in self.later)

    @property
    def first(self) -> list[Any]:
        aside = {bound.name for bound in self.later}
        return [bound for bound in self if bound.name not in aside]

    def facts(self) -> dict[str, Any]:
        """Return the facts that were given, as the rule reads them."""
        found = {fact.name: _given(fact, self.cleaned_data) for fact in self.rule.facts}
        return {name: given for name, given in found.items() if given not in (None, "", [])}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for fact in self.rule.facts:
            if any(name in self.errors for name, _field in _fields(fact)):
                continue
            given = _given(fact, data)
            if given in (None, "", []):
                continue
            try:
                fact.read(given)
            except ValueError as problem:
                self.add_error(_names(fact)[0], _said(fact, problem))
        return data


def _said(fact: Fact, problem: ValueError) -> str:
    params = getattr(problem, "params", {})
    reason = BadFact(fact.name, str(problem.args[0]), **params).reason
    shown = because(reason.msgid, **{**reason.params, "fact": f"”{_(fact.meaning)}”"})
    return shown.sentence(_)


def _fields(fact: Fact) -> Iterator[tuple[str, forms.Field]]:
    label = capfirst(_(fact.meaning))
    if fact.kind == "days":
        for nth in range(1, DAYS + 1):
            yield (
                f"{fact.name}_{nth}",
                forms.DateField(label=f"{label} ({nth})", widget=DateInput()),
            )
    elif fact.kind == "periods":
        yield from _period_fields(fact)
    else:
        yield fact.name, _field(fact, label)


def _field(fact: Fact, label: str) -> forms.Field:
    unknown = [("", _("not known"))]
    if fact.kind == "true_or_false":
        yes_no = [("true", _("yes")), ("false", _("no"))]
        return forms.ChoiceField(label=label, choices=unknown + yes_no)
    if fact.options:
        options = [(one, capfirst(words.part(one))) for one in fact.options]
        return forms.ChoiceField(label=label, choices=unknown + options)
    if fact.kind == "date":
        return forms.DateField(label=label, widget=DateInput())
    if fact.kind == "municipality":
        return forms.ChoiceField(label=label, choices=_municipalities)
    if fact.kind == "text":
        return forms.CharField(label=label, max_length=MOST_TEXT, widget=_no_memory())
    if fact.kind == "whole_number":
        return forms.IntegerField(label=label)
    return forms.DecimalField(label=label, widget=forms.NumberInput(attrs={"step": "any"}))


def _no_memory() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})


def _municipalities() -> list[tuple[str, str]]:
    found = Municipality.objects.order_by("name_fi").values_list("code", "name_fi")
    return [("", _("not known")), *((code, f"{name} ({code})") for code, name in found)]


def _period_fields(fact: Fact) -> Iterator[tuple[str, forms.Field]]:
    called = {
        "host": _("Earlier trial %(n)d: host"),
        "task": _("Earlier trial %(n)d: task"),
        "start": _("Earlier trial %(n)d: first day"),
        "end": _("Earlier trial %(n)d: last day"),
    }
    for nth in range(1, PERIODS + 1):
        for name in OF_A_PERIOD:
            label = called[name] % {"n": nth}
            field: forms.Field = forms.CharField(label=label, max_length=MOST_TEXT)
            if name in ("start", "end"):
                field = forms.DateField(label=label, widget=DateInput())
            yield f"{fact.name}_{nth}_{name}", field


def _names(fact: Fact) -> list[str]:
    return [name for name, _field in _fields(fact)]


def _given(fact: Fact, data: dict[str, Any]) -> Any:
    """Return a fact as it was filled in; None, '' or [] where it was left empty."""
    if fact.kind == "days":
        days = [data.get(name) for name in _names(fact)]
        return [day.isoformat() for day in days if day]
    if fact.kind == "periods":
        rows = [_period(fact, nth, data) for nth in range(1, PERIODS + 1)]
        return [row for row in rows if row]
    given = data.get(fact.name)
    if fact.kind == "true_or_false" and given:
        return given == "true"
    return given.isoformat() if isinstance(given, date) else given


def _period(fact: Fact, nth: int, data: dict[str, Any]) -> dict[str, Any]:
    row = {name: data.get(f"{fact.name}_{nth}_{name}") for name in OF_A_PERIOD}
    if not any(row.values()):
        return {}
    days = {name: row[name].isoformat() for name in ("start", "end") if row[name]}
    return {"host": row["host"] or "", "task": row["task"] or "", **days}
