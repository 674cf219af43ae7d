"""A form's fields with their label, hint, error and the ties between them for screen readers."""

from __future__ import annotations

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.web.forms import Doubt
from polku.web.icons import icon
from polku.web.parts.words import Text

SIZES = frozenset({"", "short", "medium"})


def field(bound: BoundField, *, size: str = "", hint: Text = "") -> SafeString:
    """Any bound field. ``size``: "short" or "medium" for what is never long."""
    if size not in SIZES:
        raise LookupError(f"No field size {size!r}; there are: {sorted(SIZES)}")
    hint = hint or bound.help_text
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return _checkbox(bound, hint)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        lines = format_html_join("", "{}", ((_line(choice),) for choice in bound))
        return _group(bound, hint, format_html('<div class="stack-0">{}</div>', lines))
    control = bound.as_widget(attrs=_ties(bound, hint))
    return format_html(
        '<div class="{}{}"><label for="{}">{}{}</label>{}{}{}</div>',
        f"field {size}".strip(),
        _wrong(bound),
        bound.id_for_label,
        bound.label,
        _optional(bound),
        _hint(bound, hint),
        _errors(bound),
        control,
    )


def choices(bound: BoundField, *, across: bool = False, hint: Text = "") -> SafeString:
    """Radio buttons or check boxes as cards; ``across`` sets them side by side."""
    cards = format_html_join("", "{}", ((_card(choice),) for choice in bound))
    css = "choices across" if across else "choices"
    return _group(
        bound, hint or bound.help_text, format_html('<div class="{}">{}</div>', css, cards)
    )


def scale(bound: BoundField, *, low: Text = "", high: Text = "") -> SafeString:
    """A scale of 0 to 10 as stations on a line; ``low`` and ``high`` say what its ends mean."""
    stations = format_html_join(
        "", "<label>{}<i>{}</i></label>", ((c.tag(), c.choice_label) for c in bound)
    )
    ends = format_html_join(
        "", "<span>{} = {}</span>", ((n, word) for n, word in ((0, low), (10, high)) if word)
    )
    body = format_html(
        '<div class="scale"><div class="ten">{}</div><div class="ends">{}</div></div>',
        stations,
        ends,
    )
    return _group(bound, bound.help_text, body)


def error_summary(form: forms.BaseForm, *, focus: bool = True) -> SafeString:
    """What must be mended, on top of the form, each a link to its field. Nothing was lost.

    ``focus`` moves there when the page opens, so that it is the first thing heard.
    """
    if not form.errors:
        return mark_safe("")
    items = [(None, error) for error in form.non_field_errors()]
    items += [(form[name], error) for name in form.fields for error in form.errors.get(name, ())]
    title = ngettext(
        "One thing to mend before this can be saved",
        "%(n)d things to mend before this can be saved",
        len(items),
    ) % {"n": len(items)}
    doubt: Doubt | None = getattr(form, "doubt", None)
    if doubt is not None:
        title = str(doubt.title)
    lines = format_html_join("", "<li>{}</li>", ((_problem(b, e),) for b, e in items))
    return format_html(
        '<div class="problems" role="alert" tabindex="-1"{}><h2>{}{}</h2><ul>{}</ul>'
        "<p>{}</p>{}</div>",
        mark_safe(" data-focus") if focus else "",
        icon("late"),
        title,
        lines,
        _("What you wrote is kept below."),
        _past(doubt) if doubt is not None else "",
    )


def _past(doubt: Doubt) -> SafeString:
    """The two ways on. The first is what Enter in a field presses: it keeps nothing unlooked."""
    return format_html(
        '<p>{}</p><div class="row"><button class="btn small">{}</button>'
        '<button class="btn small quiet" name="{}" value="{}">{}</button></div>',
        doubt.words,
        doubt.mended,
        doubt.name,
        doubt.value,
        doubt.keep,
    )


def _problem(bound: BoundField | None, error: str) -> SafeString:
    if bound is None or bound.is_hidden:
        return format_html("{}", error)
    label = str(bound.label)
    mark = "" if label.endswith(("?", ".", ":", "!")) else ":"
    return format_html('<a href="#{}">{}{} {}</a>', _first_id(bound), label, mark, error)


def _first_id(bound: BoundField) -> str:
    if bound.use_fieldset:
        first: BoundWidget | None = next(iter(bound), None)
        return first.id_for_label if first else bound.auto_id
    return bound.id_for_label or bound.auto_id


def _ties(bound: BoundField, hint: Text) -> dict[str, str]:
    ids = [f"{bound.auto_id}_hint"] if hint else []
    ids += [f"{bound.auto_id}_error"] if bound.errors else []
    return {"aria-describedby": " ".join(ids)} if ids else {}


def _checkbox(bound: BoundField, hint: Text) -> SafeString:
    return format_html(
        '<div class="field{}">{}<label class="check">{}<span>{}{}</span></label></div>',
        _wrong(bound),
        _errors(bound),
        bound.as_widget(attrs=_ties(bound, hint)),
        bound.label,
        _hint(bound, hint),
    )


def _line(choice: BoundWidget) -> SafeString:
    return format_html(
        '<label class="check">{}<span>{}</span></label>', choice.tag(), choice.choice_label
    )


def _card(choice: BoundWidget) -> SafeString:
    return format_html(
        '<label class="choice">{}<span>{}</span></label>', choice.tag(), choice.choice_label
    )


def _group(bound: BoundField, hint: Text, body: SafeString) -> SafeString:
    ties = _ties(bound, hint).get("aria-describedby", "")
    many = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    role = "" if many else ' role="radiogroup"'
    invalid = ' aria-invalid="true"' if role and bound.errors else ""
    return format_html(
        '<fieldset class="field{}"{}{}{}><legend>{}{}</legend>{}{}{}</fieldset>',
        _wrong(bound),
        mark_safe(role),
        mark_safe(invalid),
        format_html(' aria-describedby="{}"', ties) if ties else "",
        bound.label,
        _optional(bound),
        _hint(bound, hint),
        _errors(bound),
        body,
    )


def _wrong(bound: BoundField) -> str:
    return " wrong" if bound.errors else ""


def _optional(bound: BoundField) -> SafeString:
    # What may be left empty and is wanted all the same says so: one of two, a fact of a rule.
    if bound.field.required or getattr(bound.field, "wanted", False):
        return mark_safe("")
    return format_html(' <span class="opt">({})</span>', _("optional"))


def _hint(bound: BoundField, hint: Text) -> SafeString:
    if not hint:
        return mark_safe("")
    return format_html('<span class="hint" id="{}_hint">{}</span>', bound.auto_id, hint)


def _errors(bound: BoundField) -> SafeString:
    if not bound.errors:
        return mark_safe("")
    lines = format_html_join("", "<span>{}</span>", ((error,) for error in bound.errors))
    return format_html(
        '<span class="error" id="{}_error">{}<span class="sr">{}: </span>{}</span>',
        bound.auto_id,
        icon("late"),
        _("Error"),
        lines,
    )
