"""Each night: fit the early signs of the registers whose last ones are a month old."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from polku.foundation import clock, registers


@app.periodic(cron="23 2 * * *")
@app.task(queue="planning", name="early_signs_each_night", queueing_lock="early_signs_each_night")
def early_signs_each_night(timestamp: int) -> int:
    """Defer the fitting of every register."""
    found = registers.ids()
    for register in found:
        early_signs_of_register.defer(register_id=str(register))
    return len(found)


@app.task(queue="planning", name="early_signs_of_register")
def early_signs_of_register(register_id: str) -> str:
    """Fit one register's early signs, if they are due."""
    from polku.insight.early import fitting

    return fitting.run(UUID(register_id), clock.now())
