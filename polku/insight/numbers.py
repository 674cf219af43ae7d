"""Numbers as people write them, in and out: spaces between thousands, a comma or a point."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_NUMBER = re.compile(r"[-\u2212]?[0-9]{1,30}(?:[.,][0-9]{1,10})?")
THIN = "\u00a0"


def shown(number: float, places: int = 0) -> str:
    """Return a number in the page's language, thousands apart; nothing less than zero by a dash."""
    text = str(
        number_format(round(abs(number), places), places, use_l10n=True, force_grouping=False)
    )
    whole, mark, rest = re.match(r"(\d+)(\D?)(\d*)$", text).groups()  # type: ignore[union-attr]
    groups: list[str] = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    minus = "−" if number < 0 and re.search("[1-9]", text) else ""
    return minus + THIN.join([whole, *groups]) + mark + rest


def short(number: float) -> str:
    """Return a number with one decimal, or none where there is nothing behind it."""
    return shown(number, 0 if float(number).is_integer() else 1)


class NumberField(forms.CharField):
    """A number from `least` to `most`, as people write it. What was typed stays on the page."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(
        self, *, least: float, most: float, places: int = 0, why: Any = "", **more: Any
    ) -> None:
        super().__init__(**more)
        self.least, self.most, self.places, self.why = least, most, places, why

    def prepare_value(self, value: Any) -> Any:
        return short(value) if isinstance(value, int | float) else value

    def clean(self, value: Any) -> float | None:
        """Return the number, or None for an empty field. Raises ValidationError in kind words."""
        text = _SPACES.sub("", str(value or ""))
        if not text:
            if self.required:
                raise ValidationError(_("Give a number, such as %(n)s.") % {"n": self._such_as()})
            return None
        if not _NUMBER.fullmatch(text):
            raise ValidationError(_("Give it in digits, such as %(n)s.") % {"n": self._such_as()})
        number = float(text.replace(",", ".").replace("\u2212", "-"))
        if not self.least <= number <= self.most:
            raise ValidationError(self._outside())
        if number != round(number, self.places):
            raise ValidationError(
                _("Give a whole number.") if not self.places else _("One decimal is enough.")
            )
        return round(number, self.places) if self.places else int(number)

    def _such_as(self) -> str:
        return short(max(self.least, min(12, self.most)))

    def _outside(self) -> str:
        said = _("Give a number from %(least)s to %(most)s.") % {
            "least": short(self.least), "most": short(self.most)
        }  # fmt: skip
        return f"{said} {self.why}".strip()
