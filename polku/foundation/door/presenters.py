"""Roles and people as ready words for the door's and the administrators' pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from polku.foundation.models import RoleAssignment


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role to choose."""

    id: str
    role: str
    organisation: str
    register: str
    current: bool


def role_lines(roles: Iterable[RoleAssignment], *, current: UUID | None) -> list[RoleLine]:
    """Return roles (organisation and register loaded) as lines to choose from."""
    return [
        RoleLine(
            id=str(role.id),
            role=role.get_role_display(),
            organisation=str(role.organisation),
            register=str(role.register),
            current=role.id == current,
        )
        for role in roles
    ]
