"""The forms of the import page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from polku.exchange.actions import FILE_BYTES
from polku.exchange.sheets.fields import (
    APPOINTMENTS,
    CONTACTS,
    FIELDS,
    KINDS,
    PEOPLE,
    WORKSITES,
)
from polku.exchange.sheets.headers import Layout
from polku.foundation import clock
from polku.web.forms import DateInput

KIND_WORDS = {
    PEOPLE: _("People"),
    CONTACTS: _("Contacts"),
    APPOINTMENTS: _("Appointments"),
    WORKSITES: _("Workplaces"),
}


class UploadForm(forms.Form):
    """A file, typed by what is in it and never by its name."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("An .xlsx or .csv file, at most 20 MB."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.txt,.tsv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            raise ValidationError(
                _("The file is bigger than 20 MB. Nothing was kept. Split it into smaller files.")
            )
        return file


class ColumnsForm(forms.Form):
    """What the sheet holds, and what each of its columns is."""

    kind = forms.ChoiceField(label=_("What the sheet holds"))
    registered_on = forms.DateField(
        label=_("Everybody registered on"), required=False, widget=DateInput()
    )
    not_known = forms.BooleanField(
        label=_("No one day suits all: mark each client to be checked"), required=False
    )

    def __init__(
        self, layout: Layout, width: int, offered: Sequence[str], *args: Any, **kwargs: Any
    ) -> None:
        given = {"kind": layout.kind, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=given, **kwargs)
        for name in ("registered_on", "not_known"):
            self.fields[name].wanted = True  # type: ignore[attr-defined]
        kind: Any = self.fields["kind"]
        kind.choices = [(name, KIND_WORDS[name]) for name in offered]
        columns = {column.index: column for column in layout.columns}
        kinds = set(KINDS) if self.is_bound else {layout.kind}
        named = dict.fromkeys(name for kind in KINDS if kind in kinds for name in KINDS[kind])
        options = [("", _("Not read")), *((name, _(FIELDS[name].label)) for name in named)]
        for index in range(width):
            column = columns.get(index)
            self.fields[f"column_{index}"] = forms.ChoiceField(
                choices=options,
                required=False,
                initial=(column.field or "") if column else "",
            )

    def clean_registered_on(self) -> date | None:
        day: date | None = self.cleaned_data["registered_on"]
        if day is not None and day > clock.today():
            raise ValidationError(_("This day is still to come."))
        return day

    def answers_day(self) -> bool:
        """Whether it was said when those registered whose row does not tell."""
        return bool(self.cleaned_data["registered_on"] or self.cleaned_data["not_known"])

    def chosen(self) -> dict[int, str | None]:
        """Return index -> field, or None for a column that is not read."""
        return {
            int(name.removeprefix("column_")): value or None
            for name, value in self.cleaned_data.items()
            if name.startswith("column_")
        }
