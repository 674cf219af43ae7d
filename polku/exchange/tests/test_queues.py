"""Mail goes out while an import runs: imports have a worker of their own."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django import app

from polku.exchange import actions
from polku.exchange.imports.tests.bringing import CODE, text
from polku.exchange.models import ImportRun
from polku.foundation import clock, outbox, walls
from polku.foundation.models import OutboxMessage
from polku.launch import for_tests, places, serve

STARTED = 40
PATIENCE = 4


def test_every_queue_has_one_worker():
    app.perform_import_paths()
    queues = {task.queue for task in app.tasks.values() if task.queue != "builtin"}
    served = [queue for _, queues_of in serve.WORKERS.values() for queue in queues_of]
    assert sorted(served) == sorted(queues)


@contextmanager
def working(*commands: list[str], log: Path) -> Iterator[None]:
    """Have workers run on the test's database, as `polku serve` starts them."""
    env = {
        **os.environ,
        "POLKU_DB_USER": "polku_worker",
        "DJANGO_SETTINGS_MODULE": "polku.config.settings",
        "PYTHONPATH": str(places.CHECKOUT),
    }
    with log.open("ab") as out:
        started = [
            subprocess.Popen(c, env=env, cwd=places.CHECKOUT, stdout=out, stderr=out)
            for c in commands
        ]
        try:
            yield
        finally:
            for child in started:
                child.kill()
                child.wait()


def until(true: Any, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture
def held(world: Any) -> Iterator[tuple[Any, ImportRun]]:
    """An import in the queue, which can't get at the clients when it has begun."""
    lead = world.viewers["lahja"]
    data = text(f"77;Haapaoja;Veera;{CODE};;0401234567;;Kärkölä")
    with walls.inside(lead.register_id, by=lead):
        run = actions.take_in(by=lead, at=clock.now(), name="people.csv", data=data, kind="people")
        actions.start(run, by=lead, at=clock.now(), dry=False)
    with for_tests.superuser(os.environ["POLKU_DB_NAME"]) as other, other.transaction():
        other.execute("LOCK TABLE clients_client IN SHARE ROW EXCLUSIVE MODE")
        yield lead, run


def write(lead: Any) -> Any:
    """Write a message to a worker; return a question whether it has been sent."""
    said = {"kind": "reminder", "subject": "Hei", "body": "Hei"}
    with walls.inside(lead.register_id, by=lead):
        message = outbox.write(by=lead, at=clock.now(), user_id=lead.user_id, **said)

    def sent() -> bool:
        with walls.inside(lead.register_id):
            return OutboxMessage.objects.get(pk=message.pk).status == "sent"

    return sent


def begun(run: ImportRun) -> bool:
    with walls.inside(run.register_id):
        return ImportRun.objects.get(pk=run.pk).state == "running"


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_out_while_an_import_runs(held, tmp_path):
    lead, run = held
    with working(*map(serve.jobs, serve.WORKERS), log=tmp_path / "log"):
        assert until(lambda: begun(run), STARTED)
        sent = write(lead)
        assert until(sent, STARTED)
        assert begun(run)


@pytest.mark.django_db(transaction=True)
def test_control_one_worker_for_all_leaves_the_message_waiting(held, tmp_path):
    lead, run = held
    with working(list(serve.JOBS), log=tmp_path / "log"):
        assert until(lambda: begun(run), STARTED)
        assert not until(write(lead), PATIENCE)
