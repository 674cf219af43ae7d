"""The bar above a worker's page: the same from page to page, so that it is drawn once.

What changes from request to request (the form's token, where to come back to, what is looked for)
is filled in each time.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable
from dataclasses import fields
from functools import lru_cache
from typing import Any

from django.template import Context, loader
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from polku.web.context import Shell

# What each request fills in, and marks for it that no text can hold: they differ by process.
FILLED = ("csrf_token", "here", "search_value")
_MARKS = {name: f"{name}-{secrets.token_hex(12)}" for name in FILLED}
_NAMES = {mark: name for name, mark in _MARKS.items()}
_ANY = re.compile("|".join(_NAMES))
_SHOWN = (*(one.name for one in fields(Shell)), "theme")
MOST = 512


def bar(context: Context) -> SafeString:
    """Return the bar of a page, from the layout's values in its context."""
    shown = tuple(_plain(context.get(name, "")) for name in _SHOWN)
    drawn = _drawn(get_language(), bool(context.get("csrf_token")), shown, _same(context))
    return mark_safe(
        _ANY.sub(lambda found: conditional_escape(context.get(_NAMES[found[0]], "")), drawn)
    )


def _same(context: Context) -> tuple[Hashable, ...]:
    """Return the choices of colours and of languages, which are the same for everybody."""
    themes, languages = context.get("themes") or (), context.get("languages") or ()
    return tuple((code, str(word)) for code, word in themes), tuple(languages)


def _plain(value: Any) -> Hashable:
    """Return words in a form that can be a key, beside the page's language."""
    return tuple(value) if isinstance(value, (list, tuple)) else str(value)


@lru_cache(MOST)
def _drawn(
    language: str | None, forms: bool, shown: tuple[Hashable, ...], same: tuple[Any, Any]
) -> str:
    values: dict[str, Any] = dict(zip(_SHOWN, shown, strict=True))
    values.update(zip(("themes", "languages"), same, strict=True))
    values.update((name, mark_safe(_MARKS[name])) for name in FILLED)
    if not forms:
        values["csrf_token"] = ""
    return loader.get_template("web/parts/bar.html").render(values)
