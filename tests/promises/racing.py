"""Many hands on one form at the same moment, over HTTP, each on a connection of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

from django.db import connections

from polku.clients import actions as clients
from polku.contacts import rhythm
from polku.contacts.tests.serving import Answer, Site, serving
from polku.foundation import clock, walls
from polku.foundation.turns import Turn
from polku.foundation.viewer import system
from polku.launch import for_tests
from polku.teamwork import assignments
from tests.promises.promise import reached

RACERS, ROUNDS, INSTANTS, HANDS = 16, 4, 60, 4
MOST_RACERS, MOST_ROUNDS, MOST_SECONDS = 64, 200, 0.5
TITLE = "The last slot is sold once"
ASKED = (
    "64 racers, 200 rounds, over HTTP with 4 workers: 0 overbooked, 1 winner, 63 kind refusals, "
    "p95 under 500 ms; with the constraint dropped it must overbook"
)
# A race of so many for one thing, so many times: the answers, round by round.
Race = Callable[[Any, Site, int, int], list[list[Answer]]]
Judge = Callable[[list[list[Answer]]], None]


def raced(world: Any, race: Race, racers: int = RACERS, rounds: int = ROUNDS) -> list[list[Answer]]:
    """Run a race against web workers of its own, and tell its 95th percentile."""
    with serving(os.environ["POLKU_DB_NAME"]) as site:
        answers = race(world, site, racers, rounds)
    print(f"\n{racers} racers, {rounds} rounds: p95 {slowest(answers) * 1000:.0f} ms")
    return answers


def in_full(world: Any, race: Race, judge: Judge, *, over: str, part: str) -> None:
    """Run a race at its full size, judge it, and write down what was reached.

    `over` says what did not happen to the thing, `part` which thing it is.
    """
    answers = raced(world, race, MOST_RACERS, MOST_ROUNDS)
    judge(answers)
    slow = slowest(answers)
    assert slow < MOST_SECONDS
    figure = (
        f"{MOST_RACERS} racers, {MOST_ROUNDS} rounds: 0 {over}, 1 winner and "
        f"{MOST_RACERS - 1} kind refusals each, p95 {slow * 1000:.0f} ms"
    )
    reached(20, figure, part=part)


def at_one_instant(write: Callable[[int, int, Callable[[], Any]], str]) -> list[list[str]]:
    """Let four hands write at one instant, again and again, each on a connection of its own.

    `write(hand, nth, gate)` calls the gate just before it writes, and returns what came of it.
    """
    gate = Barrier(HANDS)
    with ThreadPoolExecutor(HANDS, initializer=connections.close_all) as pool:
        came = [
            sorted(pool.map(lambda hand, nth=nth: write(hand, nth, gate.wait), range(HANDS)))
            for nth in range(INSTANTS)
        ]
        list(pool.map(lambda _: connections.close_all(), range(HANDS)))
    return came


@contextmanager
def turn_taken(what: Turn, of: Any) -> Iterator[None]:
    """Have the turn to write a thing taken by somebody else inside the block."""
    with for_tests.superuser(os.environ["POLKU_DB_NAME"]) as other:
        other.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [int(what), str(of)])
        yield


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
        "kind": "call",
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
