"""Who may: the one table of roles and rights, for the screen and for paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polku.foundation.models import RoleAssignment
from polku.foundation.permissions import check, table


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether a role has a right, and in words for those who can't see the mark."""

    held: bool
    words: str
    role: str


@dataclass(frozen=True, slots=True)
class Row:
    """One right."""

    name: str
    title: str
    condition: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The rights of one room, under its heading."""

    title: str
    rows: tuple[Row, ...]


@require_safe
def who_may(request: HttpRequest) -> HttpResponse:
    """Show every right with its roles and conditions, made from the rows that the code checks."""
    check(request.viewer, "staff.who_may")
    roles = [*RoleAssignment.Role.choices, ("client", _("client"))]
    rows: dict[str, list[Row]] = {}
    for right in table():
        cells = tuple(
            Cell(code in right.roles, _("yes") if code in right.roles else _("no"), str(label))
            for code, label in roles
        )
        row = Row(right.name, str(right.title), str(right.condition), cells)
        rows.setdefault(right.name.split(".")[0], []).append(row)
    titles = _titles()
    context = {
        "roles": [str(label) for _code, label in roles],
        "rooms": [Room(titles.get(key, key), tuple(found)) for key, found in rows.items()],
        "columns": len(roles) + 1,
    }
    return render(request, "foundation/who_may.html", context)


def _titles() -> dict[str, str]:
    return {
        "clients": _("Clients"),
        "contacts": _("Contacts and appointments"),
        "demo": _("Demo"),
        "desk": _("Everyday pages"),
        "exchange": _("Imports and exports"),
        "foundation": _("The record of looks and changes"),
        "law": _("The law"),
        "paths": _("Plan and path"),
        "placements": _("Places and placements"),
        "portal": _("The client's own view"),
        "staff": _("Workers and accounts"),
        "statements": _("Statements on unemployment security"),
        "teamwork": _("Working together"),
    }
