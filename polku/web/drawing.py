"""Form controls drawn without templates: the same HTML as Django's, at a tenth of the price.

Django draws a list of sixteen languages by some fifty templates, which is much of what a page with
a form costs. A test holds every control to Django's own drawing of it; what is not known here
(another template's name, a label round its own box) is left to Django.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.functional import Promise

Widget = dict[str, Any]
Draw = Callable[[Widget], str]

_AT = "django/forms/widgets/"
_INPUTS = [
    "input", "text", "number", "email", "url", "password", "hidden", "date", "datetime", "time",
    "checkbox", "radio_option", "checkbox_option", "input_option",
]  # fmt: skip


class Renderer(DjangoTemplates):
    """Django's form renderer (`FORM_RENDERER`), quicker at the controls that most forms hold."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = _DRAWN.get(template_name)
        widget = context.get("widget")
        if draw is None or widget is None or widget.get("wrap_label"):
            return str(super().render(template_name, context, request))
        return draw(widget)


def safe(value: Any) -> str:
    """Return a value as it stands in HTML; what is safe already stays as it is."""
    if type(value) is str:
        return escape(value)
    # Words that wait to be translated are read first: they may turn out safe.
    text = str(value) if isinstance(value, Promise) else value
    return str(text.__html__()) if hasattr(text, "__html__") else escape(str(text))


def _text(value: Any) -> str:
    """Return a value as a template would print it, numbers in the reader's own way."""
    return safe(value if isinstance(value, str) else localize(value))


def _attrs(widget: Widget) -> str:
    parts = []
    for name, value in widget["attrs"].items():
        if value is True:
            parts.append(f" {safe(name)}")
        elif value is not False:
            parts.append(f' {safe(name)}="{safe(value)}"')
    return "".join(parts)


def _input(widget: Widget) -> str:
    kind, name, value = safe(widget["type"]), safe(widget["name"]), widget["value"]
    worth = "" if value is None else f' value="{safe(value)}"'
    return f'<input type="{kind}" name="{name}"{worth}{_attrs(widget)}>'


def _textarea(widget: Widget) -> str:
    text = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{safe(widget["name"])}"{_attrs(widget)}>\n{text}</textarea>'


def _option(widget: Widget) -> str:
    worth = safe(widget["value"])
    return f'<option value="{worth}"{_attrs(widget)}>{_text(widget["label"])}</option>'


def _select(widget: Widget) -> str:
    parts = [f'<select name="{safe(widget["name"])}"{_attrs(widget)}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{_text(group)}">')
        parts += [f"\n  {_option(option)}\n" for option in options]
        if group:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


_DRAWN: dict[str, Draw] = {
    **{f"{_AT}{name}.html": _input for name in _INPUTS},
    f"{_AT}textarea.html": _textarea,
    f"{_AT}select.html": _select,
    f"{_AT}select_option.html": _option,
}
