"""Who acts in the room's tests, beside the shared world: a coordinator, and clients placed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from polku.foundation import clock, walls
from polku.foundation.models import RoleAssignment, User
from polku.foundation.viewer import for_role
from polku.placements import seats
from polku.placements.models import Placement


def make_coordinator(world: Any, name: str = "konsta", area: str = "lake") -> Any:
    """Add a placement coordinator to the world, under a name, and return the viewer."""
    now = clock.now()
    user = User.objects.create(
        email=f"{name}@example.org",
        password="!",
        first_name=name.title(),
        last_name="Esimerkki",
        created_at=now,
    )
    register = world.areas[area]
    with walls.inside(register.id):
        role = RoleAssignment.objects.create(
            user=user,
            organisation=register.controller,
            register=register,
            role="coordinator",
            starts_at=now - timedelta(days=300),
        )
    world.people[name] = user
    world.viewers[name] = for_role(role)
    return world.viewers[name]


def place(opening: Any, client: Any, by: Any, *, state: str = "running", **more: Any) -> Placement:
    """Put a client into an opening, in a seat that is taken from three weeks ago on."""
    today, now = clock.today(), clock.now()
    starts = more.pop("starts_on", today - timedelta(weeks=3))
    ends = more.pop("ends_on", today + timedelta(weeks=5))
    use = None
    if state in ("running", "agreed", "accepted", "suggested"):
        how = "taken" if state == "running" else "promised"
        use = seats.hold(opening, at=now, starts_on=starts, ends_on=ends, how=how)
    fields: dict[str, Any] = {
        "kind": "work_trial",
        "title": opening.title,
        "place": str(opening.worksite),
        "hours_a_day": 5,
        "days_a_week": 4,
        "suggested_at": now,
        "suggested_by": by,
        "changed_at": now,
    }
    if state in ("ended", "interrupted"):
        fields |= {"ended_on": ends}
    if state == "interrupted":
        fields |= {"ending": "health", "ending_by": "client"}
    return Placement.objects.create(
        register_id=opening.register_id,
        client=client,
        opening=opening,
        worksite=opening.worksite,
        host=opening.worksite.host,
        use=use,
        state=state,
        starts_on=starts,
        ends_on=ends,
        **(fields | more),
    )
