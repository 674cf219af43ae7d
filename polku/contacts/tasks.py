"""This room's jobs."""

from __future__ import annotations

from procrastinate.contrib.django import app

from polku.contacts import drafts, reminding
from polku.foundation import clock, registers, walls


@app.periodic(cron="23 3 * * *")
@app.task(queue="upkeep", name="sweep_drafts", queueing_lock="sweep_drafts")
def sweep_drafts(timestamp: int) -> int:
    """Remove drafts older than fourteen days from every register. Each night."""
    gone = 0
    for register in registers.ids():
        with walls.inside(register):
            gone += drafts.sweep(clock.now())
    return gone


@app.periodic(cron="*/10 * * * *")
@app.task(queue="mail", name="remind_of_times", queueing_lock="remind_of_times")
def remind_of_times(timestamp: int) -> int:
    """Remind clients of tomorrow's times. Every ten minutes; each time once."""
    return sum(reminding.remind(register, at=clock.now()) for register in registers.ids())
