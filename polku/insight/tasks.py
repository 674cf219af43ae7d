"""This room's jobs: working a question out, and taking up those whose worker has died."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from polku.foundation import clock, registers
from polku.insight.early import tasks as early

__all__ = ["early", "resume_what_ifs", "work_out_what_if"]


@app.task(queue="planning", name="work_out_what_if")
def work_out_what_if(register_id: str, what_if_id: str) -> str:
    """Work out what another way of working might change."""
    from polku.insight import working

    return working.run(UUID(register_id), UUID(what_if_id))


@app.periodic(cron="* * * * *")
@app.task(queue="planning", name="resume_what_ifs", queueing_lock="resume_what_ifs")
def resume_what_ifs(timestamp: int) -> int:
    """Take up the questions whose worker has died. Each minute."""
    from polku.insight import working

    return sum(working.resume(register, clock.now()) for register in registers.ids())
