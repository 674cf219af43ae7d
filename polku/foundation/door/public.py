"""Which pages strangers, clients and hosts may open; every other page asks who you are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

# By the name of the address, where the view is not ours to mark.
NAMES = frozenset({"health", "web:language", "web:theme"})
PREFIXES = ("web:design",)

_client_paths: list[str] = []
_client_door: list[str] = []
_host_paths: list[str] = []
_host_door: list[str] = []


def public(view: View) -> View:
    """Mark a view as open to strangers."""
    view.polku_public = True  # type: ignore[attr-defined]
    return view


def is_public(view: Callable[..., Any], name: str) -> bool:
    """Return whether strangers may open the page."""
    return bool(getattr(view, "polku_public", False)) or name in NAMES or name.startswith(PREFIXES)


def add_client_paths(*prefixes: str, door: str) -> None:
    """Let the room of clients' own pages say which they are, and the page that tells strangers

    how to come in (its address's name). A port, set at start.
    """
    _client_paths[:] = prefixes
    _client_door[:] = [door]


def is_for_clients(path: str) -> bool:
    """Return whether a page belongs to a client's own session."""
    return any(path.startswith(prefix) for prefix in _client_paths)


def client_door() -> str:
    """Return the name of the page that tells a client how to come in, or ''."""
    return _client_door[0] if _client_door else ""


def add_host_paths(*prefixes: str, door: str) -> None:
    """Let the room of placements say which pages a host's personal link opens, the first one first,

    and the page that tells how to come in (its address's name). A port, set at start.
    """
    _host_paths[:] = prefixes
    _host_door[:] = [door]


def host_home() -> str:
    """Return the first page of a host."""
    return _host_paths[0]


def host_door() -> str:
    """Return the name of the page that tells a host how to come in, or ''."""
    return _host_door[0] if _host_door else ""


def is_for_hosts(path: str) -> bool:
    """Return whether a page belongs to a host who came by a personal link."""
    return any(path.startswith(prefix) for prefix in _host_paths)
