"""Who may do what: one printable table of names, roles and plain-word conditions.

Each room lists its own in `permissions.py`; `check` raises with a reason, `can` is for templates,
both from the one source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from polku.foundation.viewer import Viewer

Predicate = Callable[[Viewer, Any], bool]


class Refused(PermissionDenied):
    """The viewer may not. Its text is the reason, in plain words for the screen."""


@dataclass(frozen=True)
class Permission:
    """One row of the table. `holds` adds a condition beside the role; `condition` says it."""

    name: str
    title: Any
    roles: frozenset[str]
    holds: Predicate | None = None
    condition: Any = ""


_table: dict[str, Permission] = {}


def permission(
    name: str,
    title: Any,
    *,
    roles: Iterable[str],
    holds: Predicate | None = None,
    condition: Any = "",
) -> Permission:
    """Add a row to the table. Raises ValueError when the name is taken.

    Roles are those of `RoleAssignment.Role`, `client` for a client's own session, and `host` for
    whoever came by a host's personal link.
    """
    if name in _table:
        raise ValueError(f"permission {name} is listed twice")
    row = Permission(name, title, frozenset(roles), holds, condition)
    _table[name] = row
    return row


def table() -> list[Permission]:
    """Return every permission by name, for the printable page and the tests."""
    return [_table[name] for name in sorted(_table)]


def roles_with(name: str) -> frozenset[str]:
    """Return the roles that a permission is given to, whatever else it asks; none when unlisted."""
    row = _table.get(name)
    return row.roles if row else frozenset()


def can(viewer: Viewer, name: str, thing: Any = None) -> bool:
    """Return whether the viewer may. Raises KeyError for a permission that is not listed."""
    row = _table[name]
    if viewer.kind == "system":
        return True
    role = viewer.role if viewer.kind == "staff" else viewer.kind
    if role not in row.roles:
        return False
    return row.holds is None or row.holds(viewer, thing)


def check(viewer: Viewer, name: str, thing: Any = None) -> None:
    """Raise Refused with a reason unless the viewer may."""
    if not can(viewer, name, thing):
        row = _table[name]
        reason = _("Your role does not include this: %(what)s.") % {"what": row.title}
        raise Refused(str(reason))
