"""Promise 4: background jobs and commands obey the same walls as pages.

Each job and each command is run as it would be if it named no register, and if it named another
one: it must then neither read nor write a row of anybody's. They are found in the code, so that a
new one is run by itself, or the test fails and says what it needs to be told.
"""

from __future__ import annotations

import inspect
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands
from django.db import transaction

from polku.__main__ import COMMANDS
from polku.foundation import clock
from tests.promises import ledger, walled
from tests.promises.errands import REFUSALS, Errands, Work, jobs
from tests.promises.promise import Promise

PROMISE = Promise(
    4,
    "Background jobs and commands obey the same walls",
    "0 rows read or written",
    "every job and every command, with no register named, with another one named, and with "
    "another register's ids",
)
# What touches no register's rows, and why.
NO_ROWS = {
    "sweep_door": "ended sessions and counted tries, of no register",
    "first-link": "makes a link to come in by, of no register",
    "early_signs_each_night": "defers one job for each register, and works no rows itself",
    "placements_each_morning": "defers one job for each register, and works no rows itself",
}
# Commands that work no rows themselves: what they start is listed here or is a test's own errand.
STARTERS = {
    "setup": "roles and migrations, then first-link",
    "serve": "starts the server and the worker, whose jobs are run here",
    "demo": "starts demo-build, then the server",
    "db": "starts the database and its own programs",
    "manage": "Django's own commands; there are none of ours",
    "sbom": "what Polku is made of, without any database",
    "rules": "the law, without any database",
    "match": "matches what a file names, without any database",
    "week": "plans a week that a file names, without any database",
    "simulate": "compares ways of working on invented people, without any database",
    "bench": "measures, on worlds that it makes",
}


def touched(errands: Errands, work: Work, *, named: Any = "its own") -> tuple[int, int]:
    """Run it a month later, and return how many rows it read and wrote. All is taken back."""
    # Whatever was run before is taken back: these are the same rows each time.
    before = errands.before = errands.rows(errands.before)
    name = nullcontext() if named == "its own" else walled.naming(named)
    with transaction.atomic():
        with clock.at(clock.now() + timedelta(days=30)), name, walled.reading() as seen:
            try:
                # What a wall refuses is not done; the job or command then ends with the error.
                with transaction.atomic():
                    work()
            except REFUSALS:
                pass
        read = len(seen)
        different = ledger.difference(before, errands.rows(before))
        written = sum(table in errands.walled for table, *_cell in different)
        transaction.set_rollback(True)
    return read, written


@pytest.fixture
def errands(house: Any, tmp_path: Path, capsys: Any) -> Errands:
    return Errands(house, tmp_path)


@pytest.fixture
def no_walls() -> Any:
    with walled.without_walls():
        yield


NAMES = sorted([*jobs(), *(set(COMMANDS) - set(STARTERS))])


def test_every_job_and_command_is_tried_or_said_why_not() -> None:
    assert set(STARTERS) <= set(COMMANDS)
    assert set(NO_ROWS) <= set(NAMES)
    ours = [name for name, of in get_commands().items() if of.startswith("polku.")]
    assert ours == [], "a management command is to be tried here like the others"


def lost(errands: Errands, name: str) -> list[tuple[int, int]]:
    """Return (read, written) of a job or command each time that it was run with a wrong name."""
    found = [
        touched(errands, work, named=other)
        for work in errands.works(name)
        for other in (None, errands.empty)
    ]
    if name not in COMMANDS and "register_id" in inspect.signature(jobs()[name].func).parameters:
        found += [touched(errands, work) for work in errands.crossed(name)]
    return found


def test_without_its_register_nothing_is_read_or_written(errands: Errands) -> None:
    assert {name: found for name in NAMES if any(map(any, found := lost(errands, name)))} == {}
    # Control: with its register each has something to do, and it is seen.
    idle = {
        name for name in NAMES for work in errands.works(name) if not any(touched(errands, work))
    }
    # On registers that are no demo the builder refuses to work at all.
    assert idle == {*NO_ROWS, "demo-build"}


def test_control_without_walls_they_reach_everybody(no_walls: None, errands: Errands) -> None:
    """The walls hold it, and not that the jobs ask for the right register themselves."""
    reached = {
        name
        for name in NAMES
        if name != "demo-build"
        for work in errands.works(name)
        if any(touched(errands, work, named=None))
    }
    assert {"sweep_drafts", "send_waiting", "resume_imports", "sweep_imports", "status"} <= reached
