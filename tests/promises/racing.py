"""Many hands on one form at the same moment, over HTTP, each on a connection of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

from django.db import connections

from polku.clients import actions as clients
from polku.contacts import rhythm
from polku.contacts.tests.serving import Answer
from polku.foundation import clock, walls
from polku.foundation.viewer import system
from polku.launch import for_tests
from polku.teamwork import assignments


def at_once(work: list[Callable[[], Answer]]) -> list[Answer]:
    """Start all of it at one moment and return the answers in order."""
    gate = Barrier(len(work))

    def one(step: Callable[[], Answer]) -> Answer:
        gate.wait()
        return step()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def caseload(world: Any, count: int) -> list[Any]:
    """Open so many clients of Aino's and return their ids."""
    register = world.areas["lake"]
    made = []
    with walls.inside(register.id):
        for nth in range(count):
            client = clients.open_client(
                by=system(register.id),
                at=clock.now(),
                last_name=f"Racer{nth}",
                first_names="Invented",
                registered_on=date(2026, 3, 2),
                opened_on=date(2026, 3, 2),
            )
            assignments.begin(
                register_id=register.id,
                client_id=client.id,
                kind="own",
                user_id=world.people["aino"].id,
                at=clock.now() - timedelta(days=1),
            )
            made.append(client.id)
    return made


def booking(nth_day: int, **more: str) -> dict[str, str]:
    """Return the booking form for nine o'clock on the nth working day that is far ahead."""
    day = clock.today() + timedelta(days=30)
    for _ in range(nth_day + 1):
        day = rhythm.next_working_day(day + timedelta(days=1))
    return {
        "day": day.isoformat(),
        "time": "09:00",
        "minutes": "45",
        "kind": "visit",
        "purpose": "coaching",
        "language": "fi",
        "submission": str(uuid4()),
        "save": "1",
        **more,
    }


def scalar(question: str) -> Any:
    """Ask the database of this run one thing, past the walls."""
    with for_tests.superuser(os.environ["POLKU_DB_NAME"]) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


def alter(statement: str) -> None:
    """Change the database of this run, past the walls."""
    with for_tests.superuser(os.environ["POLKU_DB_NAME"]) as connection:
        connection.execute(statement)  # type: ignore[arg-type]


def slowly(table: str) -> None:
    """Let new rows take their time: whoever asks meanwhile finds it free, and writes too."""
    alter(SLOWLY + f"ON {table} FOR EACH ROW EXECUTE FUNCTION slowly()")


def soon() -> None:
    """Wait for a lock no longer than this, for the rest of the transaction."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '300ms'")


def slowest(rounds: list[list[Answer]]) -> float:
    """Return the 95th percentile of what the answers took, in seconds."""
    took = sorted(answer.seconds for answers in rounds for answer in answers)
    return took[int(len(took) * 0.95) - 1]


SLOWLY = """
CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END $$;
CREATE TRIGGER slowly BEFORE INSERT """
OVERLAPPING = """
SELECT count(*) FROM contacts_appointment a JOIN contacts_appointment b
  ON a.worker_id = b.worker_id AND a.id < b.id
 AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
WHERE a.status IN ('proposed', 'confirmed', 'held')
  AND b.status IN ('proposed', 'confirmed', 'held')
"""
