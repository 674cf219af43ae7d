"""This room's jobs: each morning one for each register."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from polku.foundation import clock
from polku.foundation.models import Register
from polku.placements import daily
from polku.placements.host import asking


@app.periodic(cron="41 4 * * *")
@app.task(queue="upkeep", name="placements_each_morning", queueing_lock="placements_each_morning")
def placements_each_morning(timestamp: int) -> int:
    """Defer the morning's work of every register."""
    registers = list(Register.objects.values_list("id", flat=True))
    for register in registers:
        placements_of_register.defer(register_id=str(register))
    return len(registers)


@app.task(queue="upkeep", name="placements_of_register")
def placements_of_register(register_id: str) -> int:
    """Begin, end, ask and remind in one register, and ask hosts whose openings are due."""
    at = clock.now()
    done = daily.run(UUID(register_id), at=at)
    return sum(done.values()) + asking.ask_those_due(UUID(register_id), at=at)
