"""Things to press: buttons, links that look like them, the copy box."""

from __future__ import annotations

from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from polku.web.drawing import safe
from polku.web.icons import icon
from polku.web.parts.words import Text

KINDS = frozenset({"", "main", "quiet", "grave"})


def _attrs(**given: object) -> str:
    parts = []
    for name, value in given.items():
        if value is None or value is False or value == "":
            continue
        name = name.rstrip("_").replace("_", "-")
        parts.append(f" {name}" if value is True else f' {name}="{escape(str(value))}"')
    return "".join(parts)


def button(
    word: Text,
    *,
    href: str = "",
    kind: str = "",
    icon: str = "",
    key: str = "",
    small: bool = False,
    wide: bool = False,
    panel: bool = False,
    only_icon: bool = False,
    disabled: bool = False,
    **more: object,
) -> SafeString:
    """A button, or with ``href`` a link that looks like one.

    ``kind``: "", "main", "quiet" or "grave". ``key``: one letter that presses it. ``panel``: the
    link opens beside the page where script runs. Other names (``name``, ``value``, ``form``,
    ``formaction``, ``type``, ``aria_label`` …) become attributes.
    """
    if kind not in KINDS:
        raise LookupError(f"No button kind {kind!r}; there are: {sorted(KINDS)}")
    css = " ".join(
        name
        for name, on in (
            ("btn", True),
            (kind, kind),
            ("small", small),
            ("wide", wide),
            ("round", only_icon),
        )
        if on
    )
    inside = _inside(word, icon, key, only_icon)
    hint = {"data_shortcut": key, "aria_keyshortcuts": key, "data_panel": panel}
    if href and not disabled:
        return mark_safe(f'<a class="{css}"{_attrs(href=href, **hint, **more)}>{inside}</a>')
    more.setdefault("type", "submit")
    return mark_safe(
        f'<button class="{css}"{_attrs(disabled=disabled, **hint, **more)}>{inside}</button>'
    )


def _inside(word: Text, icon_name: str, key: str, only_icon: bool) -> str:
    drawn = icon(icon_name) if icon_name else ""
    text = safe(word)
    if only_icon:
        return f'{drawn}<span class="sr">{text}</span>'
    hint = f'<kbd class="withjs" aria-hidden="true">{escape(key)}</kbd>' if key else ""
    return f"{drawn}{text}{hint}"


def copy_box(text: str, *, label: Text, id: str) -> SafeString:
    """Ready text that is copied in one press; without script it is selected by hand."""
    return format_html(
        '<div class="copy" data-copy><div class="row"><b id="{id}-l" class="grow">{label}</b>'
        '<span role="status"><span class="tag ok" data-copied>{done}{copied}</span></span>'
        '<button class="btn small withjs" type="button" data-copy-button>{sheet}{copy}</button>'
        '</div><pre id="{id}" tabindex="0" role="region" aria-labelledby="{id}-l">{text}</pre>'
        "</div>",
        id=id,
        label=label,
        text=text,
        done=icon("ok"),
        sheet=icon("copy"),
        copied=_("Copied"),
        copy=_("Copy"),
    )
