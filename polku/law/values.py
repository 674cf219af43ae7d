"""The form of a value of the law: one field for each of its parts, and when and why it holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.law import words
from polku.law.actions import Decided
from polku.rules.hosts import HOSTS
from polku.rules.labels import LABELS
from polku.rules.parameters import Dated, Parameter
from polku.rules.status import STATUSES
from polku.web.forms import DateInput

Path = tuple[str | int, ...]
# No number of the law is larger; a slip of the keyboard is.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Start:
    """What the form begins with: the time that is decided about, and a value of its form.

    Not `known`: the value is that of another time.
    """

    value: Any
    first: date
    last: date | None
    known: bool


def start_of(parameter: Parameter, first: date | None) -> Start:
    """Return the value that holds on this day, to be decided from it on; without a day the latest.

    Where none is known, the form begins with the latest one.
    """
    latest = parameter.values[-1]
    if first is None:
        return _of(latest)
    for dated in parameter.values:
        if dated.valid_from == first:
            return _of(dated)
    held = next((one for one in parameter.values if one.holds_on(first)), None)
    if held is None:
        return Start(latest.value, first, None, known=False)
    return Start(held.value, first, held.valid_to, known=True)


def _of(dated: Dated) -> Start:
    return Start(dated.value, dated.valid_from, dated.valid_to, known=True)


class ValueForm(forms.Form):
    """A value in its parts, its first and last day, its source and a note."""

    valid_from = forms.DateField(label=gettext_lazy("First day"), widget=DateInput())
    valid_to = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("Empty: until further notice."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=400,
        strip=True,
        help_text=gettext_lazy(
            "The section of the act, or the authority's own page, as you read it."
        ),
    )
    url = forms.URLField(
        label=gettext_lazy("Where the source can be read"),
        required=False,
        max_length=400,
        assume_scheme="https",
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Everybody who reads the rule sees it. Write of nobody."),
    )

    def __init__(self, parameter: Parameter, start: Start, *args: Any, **kwargs: Any) -> None:
        initial = {"valid_from": start.first, "valid_to": start.last}
        super().__init__(*args, initial=initial, **kwargs)
        self.parameter, self.start = parameter, start
        self.parts = dict(enumerate(_leaves(start.value)))
        for number, (path, leaf) in self.parts.items():
            self.fields[f"part_{number}"] = _field(parameter, path, leaf)
        self.order_fields([f"part_{number}" for number in self.parts])

    @property
    def value_fields(self) -> list[Any]:
        return [self[f"part_{number}"] for number in self.parts]

    @property
    def other_fields(self) -> list[Any]:
        names = ("valid_from", "valid_to", "source", "url", "note")
        return [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day lies before the first."))
        return data

    def decided(self) -> Decided:
        """Return what was filled in, in the form that the parameter's values have."""
        value, data = deepcopy(self.start.value), self.cleaned_data
        for number, (path, leaf) in self.parts.items():
            value = _put(value, path, _read(data[f"part_{number}"], leaf))
        names = ("valid_from", "valid_to", "source", "url", "note")
        return Decided(self.parameter.name, value, **{name: data[name] for name in names})


def seen(decided: Decided) -> str:
    """Return a mark of what was decided: the preview that is kept is the one that was seen."""
    parts = [decided.parameter, decided.value, decided.source, decided.url, decided.note]
    days = [str(decided.valid_from), str(decided.valid_to)]
    return hashlib.sha256(json.dumps([*parts, *days], sort_keys=True).encode()).hexdigest()[:24]


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Return the parts that a field is made of: a list of words is one."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(part, (*path, name))
    elif isinstance(value, list) and not all(isinstance(one, str) for one in value):
        for nth, part in enumerate(value):
            yield from _leaves(part, (*path, nth))
    else:
        yield path, value


def _put(value: Any, path: Path, part: Any) -> Any:
    if not path:
        return part
    value[path[0]] = _put(value[path[0]], path[1:], part)
    return value


def _label(parameter: Parameter, path: Path) -> str:
    if not path:
        return str(capfirst(_(parameter.unit)))
    if parameter.values and all(isinstance(one, int) for one in path) and len(path) == 2:
        row = {"n": int(path[0]) + 1}
        return (
            _("Step %(n)d: from which on") % row if path[1] == 0 else _("Step %(n)d: value") % row
        )
    said = [words.part(one) if isinstance(one, str) else str(one + 1) for one in path]
    return str(capfirst(", ".join(said)))


def _field(parameter: Parameter, path: Path, leaf: Any) -> forms.Field:
    label = _label(parameter, path)
    if isinstance(leaf, bool):
        yes_no = [("true", _("yes")), ("false", _("no"))]
        return forms.ChoiceField(label=label, choices=yes_no, initial="true" if leaf else "false")
    if isinstance(leaf, int):
        return forms.IntegerField(label=label, min_value=0, max_value=MOST, initial=leaf)
    if isinstance(leaf, list):
        return _list_field(label, leaf)
    if leaf in LABELS:
        known = dict.fromkeys(_words_at(parameter, path))
        choices = [(one, capfirst(words.part(one))) for one in known]
        return forms.ChoiceField(label=label, choices=choices, initial=leaf)
    return forms.CharField(label=label, max_length=200, initial=leaf)


def _list_field(label: str, leaf: list[str]) -> forms.Field:
    for known in (HOSTS, STATUSES):
        if leaf and set(leaf) <= known.keys():
            choices = [(one, capfirst(words.part(one))) for one in known]
            box = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(
                label=label, choices=choices, initial=leaf, required=False, widget=box
            )
    return forms.CharField(
        label=label,
        required=False,
        initial=", ".join(leaf),
        help_text=_("With commas between them."),
    )


def _words_at(parameter: Parameter, path: Path) -> Iterator[str]:
    """Return the words that stand at this place at any time."""
    for dated in parameter.values:
        for other, leaf in _leaves(dated.value):
            same = [one for one in other if isinstance(one, str)] == [
                one for one in path if isinstance(one, str)
            ]
            if same and isinstance(leaf, str):
                yield leaf


def _read(given: Any, leaf: Any) -> Any:
    if isinstance(leaf, bool):
        return given == "true"
    if isinstance(leaf, list) and isinstance(given, str):
        return [one for part in given.split(",") if (one := part.strip())]
    return given
