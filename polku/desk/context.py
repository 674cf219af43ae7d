"""What the layout shows around every staff page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from polku.desk.addresses import address
from polku.foundation.permissions import roles_with
from polku.foundation.viewer import Viewer
from polku.web.context import NavItem, Shell

# Each place: its word, the names that its page may have, and the permissions that open it (any).
PLACES = (
    (_("My day"), ("my_day",), "clients.list"),
    (_("Clients"), ("client_list",), "clients.list"),
    (_("Placement map"), ("places",), "placements.map"),
    (_("Week"), ("week",), "contacts.week"),
    (_("Statements"), ("statements",), "statements.see"),
    (_("Team"), ("team",), "teamwork.caseloads"),
    (_("What if?"), ("what_if",), "insight.ask_what_if"),
    (_("Import"), ("import",), "exchange.import_clients placements.import"),
    (_("Agreements"), ("agreements",), "teamwork.agree"),
    (_("Officials"), ("officials",), "statements.officials"),
    (_("Staff"), ("staff",), "staff.manage"),
    (_("The law"), ("law_list",), "law.confirm"),
    (_("Access log"), ("access_log",), "foundation.access_log"),
)
RIGHTS = _("Roles and rights")

# The search on the top bar, on every staff page.
MODULES = ("desk/js/find.js",)
SHEETS = ("desk/css/find.css",)

# What is one's own, in the menu: its word, the name of its page, and the permission if it has one.
OWN = (
    (_("My settings"), "settings", "teamwork.own_settings"),
    (_("My times in my own calendar"), "calendar", "contacts.calendar"),
    (_("Rooms and interpreters"), "rooms", "contacts.rooms"),
    (_("Account and second step"), "account", ""),
    (_("My half-written texts"), "draft_list", "contacts.draft"),
    (_("What the law says"), "law_list", "law.read"),
    (_("My conflicts of interest"), "my_conflicts", "teamwork.recuse"),
    (_("Who may do what"), "who_may", "clients.list"),
    (_("Mail"), "mail_list", "contacts.mail"),
)


def _may(viewer: Viewer, permission: str) -> bool:
    return viewer.role in roles_with(permission)


def places(viewer: Viewer, here: str = "") -> tuple[NavItem, ...]:
    """Return the places that exist and that the viewer's role opens."""
    open_to = _open_to(viewer.role, get_language())
    return _items(open_to, tuple(url for _word, url in open_to if _leads(url, here)))


def _leads(url: str, here: str) -> bool:
    return here == url if url == "/" else here.startswith(url)


@lru_cache(maxsize=1024)
def _items(open_to: tuple[tuple[str, str], ...], current: tuple[str, ...]) -> tuple[NavItem, ...]:
    return tuple(NavItem(word, url, url in current) for word, url in open_to)


@lru_cache(maxsize=256)
def _open_to(role: str, language: str | None) -> tuple[tuple[str, str], ...]:
    """Return the word and the address of each place that a role opens, in one language."""
    found = []
    for word, names, permission in PLACES:
        url = next(filter(None, (address(name) for name in names)), "")
        if url and any(role in roles_with(one) for one in permission.split()):
            found.append((str(word), url))
    rights = address("who_may")
    if rights and role not in roles_with("clients.list"):
        found.append((str(RIGHTS), rights))
    return tuple(found)


def own_places(viewer: Viewer) -> tuple[NavItem, ...]:
    """Return what stands in the viewer's own menu."""
    return _own(viewer.role, get_language(), settings.DEMO)


@lru_cache(maxsize=256)
def _own(role: str, language: str | None, demo: bool) -> tuple[NavItem, ...]:
    return tuple(
        NavItem(str(word), address(name))
        for word, name, permission in OWN
        if address(name)
        and (not permission or role in roles_with(permission))
        and (name != "mail_list" or demo)
    )


def layout(request: HttpRequest) -> dict[str, Any]:
    """Return the layout's values; empty for a stranger. Never asks the database."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or viewer.kind != "staff":
        return {"viewer": viewer}
    role = next((r for r in viewer.roles if r.id == viewer.role_id), None)
    shell = Shell(
        nav=places(viewer, request.path),
        own_pages=own_places(viewer),
        viewer_name=viewer.name,
        viewer_role=str(role.get_role_display()) if role else "",
        register_name=_register_name(role),
        search_url=address("search") if _may(viewer, "clients.list") else "",
        search_label=str(_("Find a client")),
        switcher_url=address("role") if len(viewer.roles) > 1 else "",
        sign_out_url=address("sign_out"),
    )
    return {"viewer": viewer, **shell.context(), "modules": MODULES, "sheets": SHEETS}


def _register_name(role: Any) -> str:
    if role is None:
        return ""
    register = role.register
    swedish = (get_language() or "").startswith("sv")
    return str(register.name_sv if swedish and register.name_sv else register.name)
