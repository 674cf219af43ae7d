"""Controls drawn here are those that Django draws, sign for sign."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from polku.web.drawing import Renderer
from polku.web.forms import DateInput, TimeInput

WORDS = ["<b>\"&'", "", None, "ä", mark_safe("<i>safe</i>"), _("Day"), 1234567, 1.5]
CHOICES = [
    ("", "---"),
    ("<a>", "<b>&"),
    (1, _("Day")),
    (None, 12345),
    ("Group <", [("x", "X"), (2, "two")]),
]
ATTRS: list[dict[str, Any]] = [
    {},
    {"id": "id_x", "required": True, "disabled": False, "data-n": 12345, "class": 'a"<b'},
    {"aria-describedby": "x_hint x_error", "placeholder": _("Day"), "title": mark_safe("<b>")},
]
WIDGETS: list[forms.Widget] = [
    forms.TextInput(), forms.NumberInput(), forms.EmailInput(), forms.URLInput(),
    forms.PasswordInput(render_value=True), forms.HiddenInput(), forms.DateTimeInput(),
    forms.Textarea(), forms.CheckboxInput(), forms.DateInput(), DateInput(), TimeInput(),
    forms.FileInput(), forms.MultipleHiddenInput(), forms.ClearableFileInput(),
    forms.Select(choices=CHOICES), forms.SelectMultiple(choices=CHOICES),
    forms.NullBooleanSelect(), forms.RadioSelect(choices=CHOICES),
    forms.CheckboxSelectMultiple(choices=CHOICES), forms.SelectDateWidget(years=(2026, 2027)),
]  # fmt: skip
MORE = [
    ["<a>", "1"],
    True,
    date(2026, 11, 29),
    time(9, 30),
    UUID(int=5),
]


def test_the_site_draws_by_it() -> None:
    assert isinstance(get_default_renderer(), Renderer)
    assert settings.FORM_RENDERER == "polku.web.drawing.Renderer"


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_every_control_is_as_django_draws_it(widget: forms.Widget, language: str) -> None:
    ours, theirs = Renderer(), DjangoTemplates()
    compared = 0
    with translation.override(language):
        for attrs in ATTRS:
            for value in [*WORDS, *MORE]:
                try:
                    drawn = widget.render('na"me', value, attrs, theirs)
                except (AttributeError, TypeError, ValueError):
                    continue  # No value for this kind of control.
                assert widget.render('na"me', value, attrs, ours) == drawn
                compared += 1
    assert compared >= len(ATTRS) * 5


class Choosing(forms.Form):
    one = forms.ChoiceField(choices=CHOICES[:3], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(choices=CHOICES[:3], widget=forms.CheckboxSelectMultiple)
    of = forms.ChoiceField(choices=CHOICES[:3])


@pytest.mark.parametrize("data", [None, {"one": "<a>", "many": ["1", "<a>"], "of": "1"}])
def test_choices_one_by_one_are_as_django_draws_them(data: dict[str, Any] | None) -> None:
    drawn = [
        [choice.tag() for name in ("one", "many", "of") for choice in form[name]]
        for form in (
            Choosing(data, renderer=Renderer()),
            Choosing(data, renderer=DjangoTemplates()),
        )
    ]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 9


def test_the_comparison_sees_one_sign() -> None:
    assert forms.TextInput().render("a", "b", {}, Renderer()) != forms.TextInput().render(
        "a", "c", {}, DjangoTemplates()
    )
