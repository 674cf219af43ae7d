"""The desk's jobs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from procrastinate.contrib.django import app

from polku.desk.my_day import telling
from polku.foundation import clock, registers


@app.periodic(cron="*/10 * * * *")
@app.task(queue="mail", name="tell_of_my_day", queueing_lock="tell_of_my_day")
def tell_of_my_day(timestamp: int) -> int:
    """Tell workers what the day holds and which dates are near. On the mornings of working days."""
    at = clock.now()
    if not telling.is_morning(at):
        return 0
    return sum(telling.tell(register, at=at) for register in registers.ids())


@app.task(queue="planning", name="plan_week")
def plan_week(register_id: str, user_id: str, monday: str) -> str:
    """Plan one worker's week: when whom, and why."""
    # The kernel is large: loaded by the worker of this queue alone.
    from polku.desk.week import running

    return running.run(UUID(register_id), UUID(user_id), date.fromisoformat(monday))


@app.task(queue="planning", name="divide")
def divide(register_id: str, division_id: str) -> str:
    """Work out who might coach whom in a team, and why."""
    # The kernel is large: loaded by the worker of this queue alone.
    from polku.desk.division import running

    return running.run(UUID(register_id), UUID(division_id))


@app.periodic(cron="17 3 * * 1-5")
@app.task(queue="planning", name="plan_weeks", queueing_lock="plan_weeks")
def plan_weeks(timestamp: int) -> int:
    """Plan this week and the next for every worker with clients. Each working night."""
    from polku.desk.week import nightly

    return sum(nightly.plan(register, at=clock.now()) for register in registers.ids())


@app.periodic(cron="* * * * *")
@app.task(queue="planning", name="resume_planning", queueing_lock="resume_planning")
def resume_planning(timestamp: int) -> int:
    """Plan the weeks, and divide the teams, whose worker has died. Each minute."""
    from polku.desk.division import asking as divisions
    from polku.desk.week import asking as weeks

    at = clock.now()
    return sum(
        weeks.resume(register, at) + divisions.resume(register, at) for register in registers.ids()
    )
