"""This room's jobs."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from polku.exchange import actions, working
from polku.exchange.models import ImportRun
from polku.foundation import clock, jobs, registers, walls

WAIT_SECONDS = 20


@app.task(queue="import", name="import_file")
def import_file(register_id: str, run_id: str) -> str:
    """Import one file, or try it. When another import of the register runs, wait for it."""
    ended = working.do(UUID(register_id), UUID(run_id))
    if ended == "busy":
        import_file.configure(schedule_in={"seconds": WAIT_SECONDS}).defer(
            register_id=register_id, run_id=run_id
        )
    return ended


@app.periodic(cron="* * * * *")
@app.task(queue="import", name="resume_imports", queueing_lock="resume_imports")
def resume_imports(timestamp: int) -> int:
    """Go on with imports whose worker has died. Each minute."""
    resumed = 0
    silent = clock.now() - jobs.SILENT
    for register in registers.ids():
        with walls.inside(register):
            lost = list(
                ImportRun.objects.filter(
                    state__in=("waiting", "running"), changed_at__lt=silent
                ).values_list("id", flat=True)
            )
        # One that is only slow holds the register's lock, and the call returns at once.
        resumed += sum(working.do(register, run) not in ("busy", "gone") for run in lost)
    return resumed


@app.periodic(cron="41 * * * *")
@app.task(queue="upkeep", name="sweep_imports", queueing_lock="sweep_imports")
def sweep_imports(timestamp: int) -> int:
    """Remove kept files after a day and reports after two weeks. Each hour."""
    gone = 0
    for register in registers.ids():
        with walls.inside(register):
            gone += actions.sweep(clock.now())
    return gone
