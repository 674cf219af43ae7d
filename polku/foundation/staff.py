"""How a signed-in worker becomes a viewer: one role at a time, chosen by the switcher."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from polku.foundation import clock
from polku.foundation.door import permissions  # noqa: F401  (the table fills itself)
from polku.foundation.models import RoleAssignment
from polku.foundation.viewer import Viewer, for_role

ROLE_KEY = "role"
FACTOR_KEY = "factor"


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
    roles = tuple(
        RoleAssignment.objects.filter(user=user)
        .valid(clock.now())
        .select_related("organisation", "register")
        .order_by("starts_at", "id")
    )
    for role in roles:
        role.user = user
    chosen = request.session.get(ROLE_KEY)
    if chosen:
        current = next((r for r in roles if str(r.id) == chosen), None)
        request.role_ended = current is None
    else:
        current = roles[0] if roles else None
    if current is None:
        return None
    return for_role(current, roles=roles, request_id=getattr(request, "id", ""))
