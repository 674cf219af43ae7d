"""A register with as many clients as a test wants, and a service manager who asks."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.models import Relation, RoleAssignment, User
from polku.foundation.viewer import for_role
from polku.insight.actions import fingerprint
from polku.insight.models import WhatIf
from polku.planning.simulation import measures, whatif
from polku.planning.simulation.whatif import Question, Side

NUMBERS = {
    "clients": "200", "new": "12,5", "coaches": "2", "every": "0", "new_then": "25",
    "coaches_then": "2", "caseload_then": "", "every_then": "0",
}  # fmt: skip


def people(world: Any, many: int, *, area: str = "lake", coach: str = "aino", **more: Any) -> None:
    """Open the records of so many clients in a coach's hands."""
    register, now = world.areas[area], clock.now()
    fields: dict[str, Any] = {"registered_on": clock.today() - timedelta(days=100), **more}
    rows = [
        Client(
            register=register, last_name=f"Testinen {number}", first_names="Testi",
            sort_key=f"testinen {number:05}", search_name="testinen",
            opened_on=fields["registered_on"], created_at=now, changed_at=now, **fields,
        )
        for number in range(many)
    ]  # fmt: skip
    Client.objects.bulk_create(rows)
    Relation.objects.bulk_create(
        Relation(
            register=register, client_id=row.id, kind="own", user=world.people[coach],
            starts_at=now - timedelta(days=99),
        )
        for row in rows
    )  # fmt: skip


def manager(world: Any, name: str = "maija", area: str = "lake") -> Any:
    """Return a service manager's viewer, made the first time."""
    if name in world.viewers:
        return world.viewers[name]
    office = world.areas[area].controller
    user = User.objects.create(
        email=f"{name}@example.org", first_name=name.title(), last_name="Esimerkki",
        created_at=clock.now(),
    )  # fmt: skip
    role = RoleAssignment.objects.create(
        user=user, organisation=office, register=world.areas[area], role="manager",
        starts_at=clock.now() - timedelta(days=9),
    )  # fmt: skip
    world.people[name], world.viewers[name] = user, for_role(role)
    return world.viewers[name]


def long_ago() -> date:
    return clock.today() - timedelta(days=1_000)


def asked(register_id: Any, worker: Any, *, new: float = 20.0, answered: bool = True) -> Any:
    """Return a question of a register, as it is kept; with some answer unless it waits for one."""
    question = Question(200, Side(10.0, 100.0), Side(new, 100.0))
    found, _made = WhatIf.objects.get_or_create(
        register_id=register_id, fingerprint=fingerprint(question),
        defaults={
            "question": asdict(question), "asked_at": clock.now(), "asked_by": worker,
            "answered_at": clock.now() if answered else None,
            "answer": some_answer() if answered else None,
        },
    )  # fmt: skip
    return found


def some_answer() -> dict[str, Any]:
    """Return an answer of the right shape, of which no number means anything."""
    it = {"mean": 0.5, "low": 0.4, "high": 0.6}
    every = dict.fromkeys(measures.MEASURES, it)
    course = [[1, 200.0, 190.0, 210.0], [104, 220.0, 200.0, 240.0]]
    return {
        "number": whatif.NUMBER, "runs": 20, "inputs": whatif.inputs(), "today": every,
        "other": every, "difference": every, "course": {"today": course, "other": course},
    }  # fmt: skip
