"""How a signed-in worker becomes a viewer: one role at a time, chosen by the switcher."""

from __future__ import annotations

from typing import Any

from polku.foundation import clock
from polku.foundation.models import RoleAssignment
from polku.foundation.viewer import Viewer, for_role

ROLE_KEY = "role"


def staff_viewer(request: Any) -> Viewer | None:
    """Return the worker in the chosen role, else in the first; None without a role in force."""
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return None
    roles = tuple(
        RoleAssignment.objects.filter(user=user)
        .valid(clock.now())
        .select_related("organisation", "register")
        .order_by("starts_at", "id")
    )
    for role in roles:
        role.user = user
    chosen = request.session.get(ROLE_KEY)
    current = next((r for r in roles if str(r.id) == chosen), roles[0] if roles else None)
    if current is None:
        return None
    return for_role(current, roles=roles, request_id=getattr(request, "id", ""))
