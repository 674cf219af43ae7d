"""What every page knows of its viewer. Other rooms fill it; this room only draws it.

A room adds a context processor of its own that returns ``Shell(...).context()``. A page without
one (sign-in, the demo's stage, an error) is drawn without navigation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

THEMES = {
    "system": _("As the device"),
    "light": _("Light"),
    "dark": _("Dark"),
    "contrast": _("High contrast"),
}
# Each language by its own name: who looks for it may not read the page as it stands.
OWN_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
THEME_COOKIE = "polku_theme"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place in the navigation; ``count`` is what waits there (0: nothing is shown)."""

    label: str
    url: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around a page. An empty address leaves its part out."""

    nav: Sequence[NavItem] = ()
    own_pages: Sequence[NavItem] = ()
    viewer_name: str = ""
    viewer_role: str = ""
    register_name: str = ""
    home_url: str = "/"
    search_url: str = ""
    search_label: str = ""
    switcher_url: str = ""
    sign_out_url: str = ""

    def context(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def theme_of(request: HttpRequest) -> str:
    """The theme the viewer chose; anything else in the cookie means the system's own."""
    chosen = request.COOKIES.get(THEME_COOKIE, "system")
    return chosen if chosen in THEMES else "system"


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the theme, and where to come back to after a change of language."""
    here = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return {
        "theme": theme_of(request),
        "themes": THEMES.items(),
        "languages": [(code, OWN_NAMES.get(code, name)) for code, name in settings.LANGUAGES],
        "here": here,
    }
