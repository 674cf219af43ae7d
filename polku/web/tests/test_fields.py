"""A field's label, hint and error are tied to it, so that a screen reader says them together."""

from collections.abc import Iterator

import pytest
from django import forms
from django.utils import translation

from polku.web.forms import DateInput, ScaleField, day_of
from polku.web.parts.fields import choices, error_summary, field, scale

WAYS = [("a", "By phone"), ("b", "Face to face")]


class Form(forms.Form):
    name = forms.CharField(help_text="As wished")
    note = forms.CharField(required=False, widget=forms.Textarea)
    day = forms.DateField(widget=DateInput)
    way = forms.ChoiceField(choices=WAYS, widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(choices=WAYS, widget=forms.CheckboxSelectMultiple)
    step = ScaleField(label="How close?")
    yes = forms.BooleanField(help_text="By text message")
    hidden = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_label_and_hint_belong_to_the_field() -> None:
    html = field(Form()["name"])
    assert '<label for="id_name">' in html
    assert 'id="id_name_hint"' in html and 'aria-describedby="id_name_hint"' in html
    assert "aria-invalid" not in html


def test_an_error_is_tied_to_its_field_and_keeps_what_was_written() -> None:
    form = Form({"name": "", "day": "yesterday"})
    assert 'aria-describedby="id_name_hint id_name_error"' in field(form["name"])
    day = field(form["day"])
    assert 'aria-invalid="true"' in day and 'value="yesterday"' in day


def test_only_what_may_be_left_out_is_marked() -> None:
    assert "(optional)" in field(Form()["note"])
    assert "(optional)" not in field(Form()["name"])


def test_a_group_is_a_fieldset_with_its_legend() -> None:
    for draw in (field, choices):
        html = draw(Form()["way"])
        assert "<fieldset" in html and "<legend>Way" in html and html.count('type="radio"') == 2
    assert 'role="radiogroup"' not in field(Form()["days"])


def test_the_scale_has_eleven_stations_and_names_its_ends() -> None:
    html = scale(Form()["step"], low="not yet", high="there")
    assert html.count('type="radio"') == 11
    assert "0 = not yet" in html and "10 = there" in html
    assert Form({"step": "7"})["step"].field.clean("7") == 7


def test_the_summary_leads_to_each_wrong_field() -> None:
    form = Form({})
    html = error_summary(form)
    assert 'href="#id_name"' in html and 'href="#id_way_0"' in html and 'role="alert"' in html
    assert "#id_hidden" not in html
    assert "7 things" in html
    assert "How close? This" in html


def test_a_form_without_errors_has_no_summary() -> None:
    class Small(forms.Form):
        name = forms.CharField()

    assert error_summary(Small({"name": "a"})) == ""
    assert error_summary(Small()) == ""


def test_words_in_a_form_are_escaped() -> None:
    class Evil(forms.Form):
        name = forms.CharField(label="<i>", help_text="<i>")
        way = forms.ChoiceField(choices=[("a", "<i>")], widget=forms.RadioSelect)

    form = Evil({"way": "<i>"})
    drawn = (field(form["name"]), field(form["way"]), choices(form["way"]), error_summary(form))
    # The scale's own stations are drawn with <i>; nothing here is.
    assert all("<i>" not in html for html in drawn)


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(LookupError, match="huge"):
        field(Form()["name"], size="huge")


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_that_nobody_means_is_no_valid_day(day: str) -> None:
    class Form(forms.Form):
        on = forms.DateField(widget=DateInput)

    assert not Form({"on": day}).is_valid() and day_of(day) is None
    assert Form({"on": "2027-02-28"}).is_valid()
