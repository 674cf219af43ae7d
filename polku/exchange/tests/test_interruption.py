"""An import that is killed, cut off or begun twice: nothing is half-written, nothing doubled.

The command runs as a process of its own in a database of its own, and is killed without warning.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from polku.exchange.bench import write_sheet
from polku.launch import for_tests, places

ROWS = 4_000
_WORLD = """
import django; django.setup()
from polku.exchange.bench import _register
print(_register().slug)
"""


@pytest.fixture
def house(django_db_setup: None) -> Iterator[dict[str, str]]:
    """A database of its own, with one empty register; yield the variables to reach it."""
    for_tests.make_template()
    name = f"polku_test_{os.environ['POLKU_TEST_RUN']}_kill{os.getpid()}"
    for_tests.clone(name)
    env = {
        **os.environ,
        "POLKU_DB_NAME": name,
        "DJANGO_SETTINGS_MODULE": "polku.config.settings",
        "PYTHONPATH": str(places.CHECKOUT),
    }
    done = subprocess.run(
        [sys.executable, "-c", _WORLD], env=env, capture_output=True, text=True, check=True
    )
    yield {**env, "REGISTER": done.stdout.strip()}
    for_tests.drop(name)


def command(house: dict[str, str], path: Path) -> subprocess.Popen[str]:
    words = ["import", "clients", str(path), "--register", house["REGISTER"], "--json"]
    return subprocess.Popen(
        [sys.executable, "-m", "polku", *words, "--language", "en"],
        env=house, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish(process: subprocess.Popen[str]) -> tuple[int, Any, str]:
    out, err = process.communicate(timeout=1_200)
    return process.returncode, json.loads(out) if out else None, err


def figures(house: dict[str, str]) -> dict[str, int]:
    """What stands in the tables: people, how many different, and the rows that go with them."""
    tables = ("clients_client", "clients_contactdetails", "clients_episode",
              "clients_statusperiod", "contacts_rhythm", "foundation_relation")  # fmt: skip
    with for_tests.superuser(house["POLKU_DB_NAME"]) as connection:
        found = {t: _one(connection, f"SELECT count(*) FROM {t}") for t in tables}
        found["different"] = _one(
            connection, "SELECT count(DISTINCT identity_index) FROM clients_client"
        )
        found["entries"] = _one(
            connection,
            "SELECT coalesce(sum(cardinality(shown)), 0) FROM foundation_auditentry "
            "WHERE action = 'exchange.import_batch'",
        )
    return found


def _one(connection: psycopg.Connection[Any], statement: str) -> int:
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return int(row[0])


def wait_until_some(house: dict[str, str], people: int, *, seconds: float = 120) -> int:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = figures(house)["clients_client"]
        if found >= people:
            return found
        time.sleep(seconds / 2_400)
    raise AssertionError("the import never began")


def test_killed_in_the_middle_and_run_again_nobody_is_doubled(house, tmp_path):
    path = tmp_path / "people.csv"
    write_sheet(path, ROWS)
    first = command(house, path)
    wait_until_some(house, 1_000)
    first.send_signal(signal.SIGKILL)
    first.wait()
    half = figures(house)
    assert 0 < half["clients_client"] < ROWS, "killed too late: the test shows nothing"
    assert half["clients_client"] % 1_000 == 0
    # Each batch is whole: every person has all that goes with them, and the entry that tells of it.
    whole = {half[t] for t in half if t not in ("entries", "different")}
    assert whole == {half["clients_client"]}
    assert half["entries"] == half["clients_client"]
    status, report, _ = finish(command(house, path))
    assert status == 0
    assert report["created"] == ROWS - half["clients_client"]
    assert report["unchanged"] == half["clients_client"]
    after = figures(house)
    assert after["clients_client"] == after["different"] == after["contacts_rhythm"] == ROWS
    status, report, _ = finish(command(house, path))
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, ROWS)


def test_the_same_file_twice_at_once_runs_once(house, tmp_path):
    path = tmp_path / "people.csv"
    write_sheet(path, ROWS)
    first = command(house, path)
    wait_until_some(house, 1_000)
    # Held still in the middle, so that it is not over before the other begins.
    first.send_signal(signal.SIGSTOP)
    status, report, err = finish(command(house, path))
    first.send_signal(signal.SIGCONT)
    assert (status, report) == (1, None)
    assert "Another import" in err
    status, report, _ = finish(first)
    assert (status, report["created"]) == (0, ROWS)
    assert figures(house)["clients_client"] == ROWS


def test_a_lost_connection_ends_the_import_with_whole_batches(house, tmp_path):
    path = tmp_path / "people.csv"
    write_sheet(path, ROWS)
    process = command(house, path)
    wait_until_some(house, 1_000)
    with for_tests.superuser() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [house["POLKU_DB_NAME"]],
        )
    status, report, err = finish(process)
    assert (status, report) == (75, None)
    assert "run the command again" in err and "Traceback" not in err
    half = figures(house)
    assert half["clients_client"] == half["contacts_rhythm"] == half["entries"]
    status, report, _ = finish(command(house, path))
    assert status == 0
    assert figures(house)["clients_client"] == figures(house)["different"] == ROWS
