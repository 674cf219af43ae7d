"""A round whose worker has died is worked out again, by one job at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from polku.foundation import clock, jobs, walls
from polku.placements import tasks
from polku.placements.models import Round
from polku.placements.round import deciding
from polku.placements.tests import towns
from polku.placements.tests.rounds import begun, worked_out

pytestmark = pytest.mark.django_db

LATE = timedelta(minutes=3)


@pytest.fixture
def town(world: Any) -> Any:
    return towns.three_for_two(world)


@pytest.fixture
def deferred(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A queue that no worker has yet taken anything from has it still; here it was lost."""
    found: list[Any] = []
    monkeypatch.setattr(deciding, "defer", lambda *ids: found.append(ids) or True)
    return found


def resumed(after: timedelta) -> int:
    with clock.at(clock.now() + after):
        return tasks.resume_rounds(timestamp=0)


def test_a_silent_round_gets_a_new_job(town: Any, deferred: list[Any]) -> None:
    found = begun(town, run=False)
    deferred.clear()
    assert (resumed(timedelta(minutes=1)), deferred) == (0, [])
    assert (resumed(LATE), deferred) == (1, [(found.register_id, found.id)])


def test_one_that_is_worked_out_or_closed_is_left(town: Any, deferred: list[Any]) -> None:
    found = begun(town, run=False)
    worked_out(found)
    assert resumed(LATE) == 0
    town.enter()
    Round.objects.update(run_at=None, state=Round.State.CLOSED)
    assert resumed(LATE) == 0
    town.enter()
    Round.objects.update(state=Round.State.OPEN)
    assert resumed(LATE) == 1, "control: it is the state that left it out"


def test_however_long_it_waits_one_job_waits_with_it(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(town, run=False)

    def waiting() -> int:
        return ProcrastinateJob.objects.filter(task_name="work_out_round").count()

    assert [resumed(LATE * nth) for nth in range(1, 4)] == [0, 0, 0]
    assert waiting() == 1
    # The control: without the lock each minute adds one.
    monkeypatch.setattr(
        jobs,
        "defer_once",
        lambda job, _lock, **ids: job.defer(**{k: str(v) for k, v in ids.items()}),
    )
    for nth in range(1, 4):
        resumed(LATE * nth)
    assert waiting() == 4


def test_what_is_lost_is_asked_of_rows_and_of_one_alike(town: Any) -> None:
    found, at = begun(town, run=False), clock.now()
    ages: list[datetime | None] = [None, at, at - jobs.SILENT, at - LATE, at - 2 * LATE]
    told = set()
    with walls.inside(found.register_id):
        for asked in ages:
            for run in ages:
                Round.objects.update(asked_at=asked, run_at=run)
                lost = Round.objects.filter(jobs.lost(at, answered="run_at")).exists()
                assert lost == jobs.is_silent(asked, run, at), (asked, run)
                told.add((jobs.runs(asked, run), lost))
    assert told == {(False, False), (True, False), (True, True)}
