"""Hosts, worksites and openings for tests; nothing in them is real."""

from __future__ import annotations

from typing import Any

from polku.foundation import clock
from polku.placements.models import Host, Opening, Supervisor, Worksite


def make_worksite(
    world: Any, *, area: str = "lake", name: str = "Testilän koulu", **more: Any
) -> Any:
    """Create a worksite of a host of the same name."""
    register, now = world.areas[area], clock.now()
    host = Host.objects.create(
        register=register,
        name=more.pop("host", name),
        sort_key=f"{name} {Host.objects.count()}".lower(),
        legal_form=more.pop("legal_form", "municipality"),
        changed_at=now,
    )
    fields: dict[str, Any] = {
        "municipality_id": "316" if area == "lake" else "619",
        "street": "Koulutie 1",
        "lat": 60.86,
        "lon": 25.27,
        "precision": "address",
        "readiness": "ready",
    }
    return Worksite.objects.create(
        register=register,
        host=host,
        name=name,
        sort_key=name.lower(),
        search_name=name.lower(),
        created_at=now,
        changed_at=now,
        **(fields | more),
    )


def make_opening(
    world: Any, *, area: str = "lake", worksite: Any = None, seats: int = 1, **more: Any
) -> Any:
    """Create an opening, with a worksite of its own unless one is given."""
    now = clock.now()
    fields: dict[str, Any] = {
        "kinds": ["work_trial", "rehabilitative"],
        "title": "Keittiöapulainen",
        "work_code": "9412",
        "hours_from": 4,
        "hours_to": 6,
        "days_a_week": 4,
        "confirmed_on": clock.today(),
    }
    return Opening.objects.create(
        register=world.areas[area],
        worksite=worksite or make_worksite(world, area=area),
        seats=seats,
        created_at=now,
        changed_at=now,
        **(fields | more),
    )


def make_supervisor(worksite: Any, **more: Any) -> Any:
    """Create a supervisor at a worksite."""
    fields: dict[str, Any] = {
        "name": "Sanni Esihenkilö",
        "email": "sanni@example.org",
        "decides": True,
    }
    return Supervisor.objects.create(
        register_id=worksite.register_id, worksite=worksite, **(fields | more)
    )
