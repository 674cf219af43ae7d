"""This room's jobs."""

from __future__ import annotations

from procrastinate.contrib.django import app

from polku.foundation import clock, registers
from polku.teamwork import notices


@app.periodic(cron="*/10 * * * *")
@app.task(queue="mail", name="tell_of_clients", queueing_lock="tell_of_clients")
def tell_of_clients(timestamp: int) -> int:
    """Tell workers of clients who have come to them. Every ten minutes; each client once."""
    return sum(notices.tell_of_clients(register, at=clock.now()) for register in registers.ids())
