"""This room's jobs: each morning one for each register."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from polku.foundation import clock, registers
from polku.placements import daily
from polku.placements.host import asking


@app.periodic(cron="41 4 * * *")
@app.task(queue="upkeep", name="placements_each_morning", queueing_lock="placements_each_morning")
def placements_each_morning(timestamp: int) -> int:
    """Defer the morning's work of every register."""
    found = registers.ids()
    for register in found:
        placements_of_register.defer(register_id=str(register))
    return len(found)


@app.task(queue="upkeep", name="placements_of_register")
def placements_of_register(register_id: str) -> int:
    """Begin, end, ask and remind in one register, and ask hosts whose openings are due."""
    at = clock.now()
    done = daily.run(UUID(register_id), at=at)
    return sum(done.values()) + asking.ask_those_due(UUID(register_id), at=at)


@app.task(queue="planning", name="work_out_round")
def work_out_round(register_id: str, round_id: str) -> str:
    """Propose a place to everybody in a matching round."""
    # The kernel is large: loaded by the worker of this queue alone.
    from polku.placements.round import solving

    return solving.run(UUID(register_id), UUID(round_id))


@app.periodic(cron="* * * * *")
@app.task(queue="planning", name="resume_rounds", queueing_lock="resume_rounds")
def resume_rounds(timestamp: int) -> int:
    """Work out the rounds whose worker has died. Each minute."""
    from polku.placements.round import deciding

    return sum(deciding.resume(register, clock.now()) for register in registers.ids())
