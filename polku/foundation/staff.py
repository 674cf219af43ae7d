"""How a signed-in worker becomes a viewer: one role at a time, chosen by the switcher."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from polku.foundation import clock
from polku.foundation.door import permissions  # noqa: F401  (the table fills itself)
from polku.foundation.models import Organisation, Register, RoleAssignment, User
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer, for_role, system

ROLE_KEY = "role"
FACTOR_KEY = "factor"

_ROLE = [field.attname for field in RoleAssignment._meta.concrete_fields]
_OFFICE = [field.attname for field in Organisation._meta.concrete_fields]
_REGISTER = [field.attname for field in Register._meta.concrete_fields]


@prepared
def _roles(viewer: Viewer, *, user_id: UUID, now: datetime) -> QuerySet[Any, Any]:
    # Every page of a worker begins with this.
    return (
        RoleAssignment.objects.filter(user_id=user_id)
        .valid(now)
        .order_by("starts_at", "id")
        .values_list(
            *_ROLE,
            *(f"organisation__{name}" for name in _OFFICE),
            *(f"register__{name}" for name in _REGISTER),
        )
    )


def roles_of(user: User) -> tuple[RoleAssignment, ...]:
    """Return the worker's roles in force, oldest first, with their offices and registers."""
    db, one, two = connection.alias, len(_ROLE), len(_ROLE) + len(_OFFICE)
    found = []
    for row in _roles(system(None), user_id=user.id, now=clock.now()):
        role = RoleAssignment.from_db(db, _ROLE, row[:one])
        role.user = user
        role.organisation = Organisation.from_db(db, _OFFICE, row[one:two])
        role.register = Register.from_db(db, _REGISTER, row[two:])
        found.append(role)
    return tuple(found)


def staff_viewer(request: Any) -> Viewer | None:
    """Return the worker in the chosen role, else in the first; None without a role in force.

    A role that was chosen and has ended is not replaced by another in silence: the worker is told,
    and chooses. A worker whose second step is still to be set up is nobody yet.
    """
    request.lacks_factor = request.role_ended = False
    # Asking how long the session lasts is neither use nor a look at anything.
    if request.path == "/session/":
        return None
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return None
    if settings.SECOND_FACTOR_REQUIRED and not request.session.get(FACTOR_KEY):
        request.lacks_factor = True
        return None
    roles = roles_of(user)
    chosen = request.session.get(ROLE_KEY)
    if chosen:
        current = next((r for r in roles if str(r.id) == chosen), None)
        request.role_ended = current is None
    else:
        current = roles[0] if roles else None
    if current is None:
        return None
    return for_role(current, roles=roles, request_id=getattr(request, "id", ""))
