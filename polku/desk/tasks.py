"""The desk's jobs."""

from __future__ import annotations

from procrastinate.contrib.django import app

from polku.desk.my_day import telling
from polku.foundation import clock
from polku.foundation.models import Register


@app.periodic(cron="*/10 * * * *")
@app.task(queue="mail", name="tell_of_my_day", queueing_lock="tell_of_my_day")
def tell_of_my_day(timestamp: int) -> int:
    """Tell workers what the day holds and which dates are near. On the mornings of working days."""
    at = clock.now()
    if not telling.is_morning(at):
        return 0
    registers = list(Register.objects.values_list("id", flat=True))
    return sum(telling.tell(register, at=at) for register in registers)
