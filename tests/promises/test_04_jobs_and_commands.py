"""Promise 4: background jobs and commands obey the same walls as pages.

Each job and each command is run as it would be if it named no register, and if it named another
one: it must then neither read nor write a row of anybody's. They are found in the code, so that a
new one is run by itself, or the test fails and says what it needs to be told.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import get_commands
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app

from polku.__main__ import COMMANDS
from polku.demo.build import CannotBuild
from polku.exchange import actions
from polku.exchange.imports.tests.bringing import CODE, text
from polku.exchange.models import ImportRun
from polku.foundation import clock, crypto, keys, walls
from polku.foundation.models import OutboxMessage, RoleAssignment
from polku.foundation.registers import open_register
from polku.foundation.viewer import for_role
from polku.launch import status
from tests.promises import ledger, walled
from tests.promises.promise import Promise

PROMISE = Promise(
    4,
    "Background jobs and commands obey the same walls",
    "0 rows read or written",
    "every job and every command, with no register named, with another one named, and with "
    "another register's ids",
)
SHEET = text(f"77;Haapaoja;Veera;{CODE};;0401234567;;Kärkölä")
# What touches no register's rows, and why.
NO_ROWS = {
    "sweep_door": "ended sessions and counted tries, of no register",
    "first-link": "makes a link to come in by, of no register",
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
    "bench": "measures, on worlds that it makes",
}

Work = Callable[[], Any]
# How a job or a command ends that finds nothing, or that a wall refuses.
REFUSALS = (
    DatabaseError, CannotBuild, ImportRun.DoesNotExist, crypto.Unreadable, keys.NotNow,
    keys.WrongKey,
)  # fmt: skip


def jobs() -> dict[str, Any]:
    """Return {name: task} of every job that a worker knows, but for the queue's own."""
    app.perform_import_paths()
    found = {task.name: task for task in app.tasks.values()}
    return {n: task for n, task in found.items() if task.func.__module__.startswith("polku.")}


class Errands:
    """A house in which there is something to do for every job and command."""

    def __init__(self, house: Any, folder: Path) -> None:
        self.world = house.world
        self.ids: dict[str, dict[str, str]] = {}
        for area, worker in (("lake", "lahja"), ("river", "carita")):
            self.world.enter(area)
            role = self.world.viewers[worker].role_id
            RoleAssignment.objects.filter(pk=role).update(role="lead")
            by = for_role(RoleAssignment.objects.select_related("user").get(pk=role))
            run = actions.take_in(by=by, at=clock.now(), name="a.csv", data=SHEET, kind="people")
            actions.start(run, by=by, at=clock.now(), dry=False)
            message = OutboxMessage.objects.filter(status="waiting").first()
            self.ids[area] = {
                "register_id": str(self.world.areas[area].id),
                "run_id": str(run.id),
                "message_id": str(message.id),
            }
        self.empty = open_register(
            slug="empty", name="Empty", kind="authority",
            controller=self.world.areas["lake"].controller,
        ).id  # fmt: skip
        walls.enter(register=None)
        self.walled = walled.walled_tables()
        self.before: ledger.Rows | None = None
        self.sheet = folder / "people.csv"
        self.sheet.write_bytes(SHEET)

    def works(self, name: str) -> list[Work]:
        """Return the calls that a job or a command is run by."""
        if name in COMMANDS:
            return self._command(name)
        task = jobs()[name]
        asked = list(inspect.signature(task.func).parameters)
        if asked == ["timestamp"]:
            return [lambda: task.func(timestamp=0)]
        assert "register_id" in asked, f"{name} carries no register"
        return [
            lambda ids=ids: task.func(**{key: ids[key] for key in asked})
            for ids in self.ids.values()
        ]

    def crossed(self, name: str) -> list[Work]:
        """Return calls of a job with one register's name and another's id."""
        task = jobs()[name]
        asked = list(inspect.signature(task.func).parameters)
        lake, river = self.ids["lake"], self.ids["river"]
        mixed = [lake | {"register_id": river["register_id"]}]
        mixed += [river | {"register_id": lake["register_id"]}]
        mixed += [lake | {"register_id": str(self.empty)}]
        return [lambda ids=ids: task.func(**{key: ids[key] for key in asked}) for ids in mixed]

    def _command(self, name: str) -> list[Work]:
        words = {
            "import": ["clients", str(self.sheet), "--register", "lake"],
            "demo-build": ["--reset"],
            "first-link": [],
            "verify": [],
            "keys": ["rotate"],
        }
        if name == "status":
            return [lambda: status._registers(connection.connection)]
        module = importlib.import_module(COMMANDS[name].module)
        parser = argparse.ArgumentParser(prog=f"polku {name}")
        module.add_arguments(parser)
        return [lambda: _at_once(module, parser.parse_args(words[name]))]

    def rows(self, since: ledger.Rows | None) -> ledger.Rows:
        return ledger.rows(self.world, without=set(), since=since)


def _at_once(module: Any, args: argparse.Namespace) -> Any:
    # A change of keys waits for other transactions, and so for the test's own.
    with mock.patch.object(keys, "_wait_for_older"), mock.patch("time.sleep"):
        return module.run(args)


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
