"""Polku's own icons: 24 px, one stroke, one file that every page shares."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

SPRITE = Path(__file__).parent / "static" / "web" / "img" / "icons.svg"
# What stands in a tag of each kind, so that no colour speaks alone.
OF_KIND = {
    "now": "now",
    "ok": "ok",
    "warn": "warn",
    "late": "late",
    "study": "study",
    "neutral": "neutral",
    "info": "info",
}


class NoSuchIcon(LookupError):
    """The name is not in the sprite; a missing drawing would otherwise show as nothing."""


@cache
def names() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([a-z-]+)"', SPRITE.read_text("utf-8")))


@cache
def _drawn(name: str, css: str) -> SafeString:
    if name not in names():
        raise NoSuchIcon(f"No icon is called {name!r}; there are: {', '.join(sorted(names()))}")
    address = escape(static("web/img/icons.svg"))
    return mark_safe(
        f'<svg class="{escape(css)}" aria-hidden="true"><use href="{address}#{name}"/></svg>'
    )


def icon(name: str, css: str = "icon") -> SafeString:
    """An icon beside its word; it is hidden from screen readers because the word is there."""
    return _drawn(name, css)
