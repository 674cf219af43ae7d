"""Who asks: the worker (in one role), the client, a host by a link, or the software itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from polku.foundation import clock

Kind = Literal["staff", "client", "host", "system"]


@dataclass(frozen=True)
class Viewer:
    """The one who looks or changes. Every query takes it first; it is inside exactly one register.

    `roles` holds every role of the worker in force now, for the switcher. `host_id` is the worksite
    of whoever came by a host's personal link, and `placement_id` the one placement that it opens.
    """

    kind: Kind
    register_id: UUID | None
    user_id: UUID | None = None
    client_id: UUID | None = None
    host_id: UUID | None = None
    placement_id: UUID | None = None
    role_id: UUID | None = None
    role: str = ""
    organisation_id: UUID | None = None
    team_id: UUID | None = None
    name: str = ""
    request_id: str = ""
    at: datetime = field(default_factory=clock.now)
    roles: tuple[Any, ...] = field(default=(), repr=False, compare=False)

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    def has_role(self, *roles: str) -> bool:
        """Return whether the worker asks in one of these roles."""
        return self.kind == "staff" and self.role in roles


def system(register_id: UUID | None, *, user_id: UUID | None = None, name: str = "") -> Viewer:
    """Return the software itself, as in a job or an import."""
    return Viewer(kind="system", register_id=register_id, user_id=user_id, name=name)


def for_role(role: Any, *, roles: tuple[Any, ...] = (), request_id: str = "") -> Viewer:
    """Return a worker in a role (a RoleAssignment with its user loaded)."""
    return Viewer(
        kind="staff",
        register_id=role.register_id,
        user_id=role.user_id,
        role_id=role.id,
        role=role.role,
        organisation_id=role.organisation_id,
        team_id=role.team_id,
        name=str(role.user),
        request_id=request_id,
        roles=roles or (role,),
    )


Resolver = Callable[[Any], Viewer | None]

_resolvers: list[Resolver] = []


def add_resolver(resolver: Resolver) -> None:
    """Let a higher room say who asks (the portal knows clients' sessions). A port, set at start."""
    if resolver not in _resolvers:
        _resolvers.append(resolver)


def resolve(request: Any) -> Viewer | None:
    """Return who asks, or None for a stranger. Ends at the first answer."""
    for resolver in _resolvers:
        found = resolver(request)
        if found is not None:
            return found
    return None
