"""Promise 25: a web worker that is killed in mid-request loses nothing it said yes to.

The client sends the same form again until it is answered; each form is then there once.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import uuid4

import pytest

from polku.contacts.tests.conftest import told
from polku.contacts.tests.driving import cookie
from polku.contacts.tests.serving import Site, serving
from tests.promises.promise import Promise, reached
from tests.promises.racing import at_once, scalar

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.launch]

PROMISE = Promise(
    25,
    "`kill -9` of a web worker in mid-request",
    "random moments, 300 cycles, the client tries again: 0 acknowledged lost, 0 doubled",
    "10 workers killed while six hands log contacts; each form is there once, with its entry",
)

CYCLES, FULL = 10, 300
HANDS = 6
# A form is sent again for a minute. A worker that has just begun needs longer for its first page:
# killed sooner than that every time, none would ever answer, and nothing would be shown.
PATIENCE = 600
LOST_HALVES = """
SELECT count(*) FROM contacts_contact c
WHERE NOT EXISTS (SELECT 1 FROM foundation_auditentry a
                  WHERE a.client = c.client_id AND a.action = 'contacts.log')
"""


@contextmanager
def killing(site: Site, chance: random.Random, times: int) -> Iterator[list[int]]:
    """Kill a worker at random moments while the block runs, so many times in all."""
    killed: list[int] = []
    over = threading.Event()

    def work() -> None:
        while len(killed) < times and not over.is_set():
            time.sleep(chance.uniform(0.02, 0.8))
            alive = site.workers()
            if alive:
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(alive), signal.SIGKILL)
                    killed.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def write_through(
    world: Any, cycles: int, *, same_mark: bool = True, seed: int = 25
) -> tuple[int, int]:
    """Send forms while workers die. Return (forms that were answered yes, unanswered tries)."""
    path = f"/clients/{world.clients['devi'].id}/contacts/new/"
    session, chance = cookie(world.people["aino"]), random.Random(seed)
    answered: list[str] = []
    unanswered = 0

    with serving(os.environ["POLKU_DB_NAME"]) as site, killing(site, chance, cycles) as killed:

        def one_form() -> Any:
            nonlocal unanswered
            sent = told()
            for _ in range(PATIENCE):
                answer = site.ask("POST", path, session, sent)
                if answer.status == 302:
                    answered.append(sent["submission"])
                    return answer
                assert answer.status == 0, answer.status
                unanswered += 1
                if not same_mark:
                    sent = sent | {"submission": str(uuid4())}
                time.sleep(0.1)
            raise AssertionError("never answered")

        while len(killed) < cycles:
            at_once([one_form] * HANDS)
    return len(answered), unanswered


def check(world: Any, cycles: int) -> int:
    answered, unanswered = write_through(world, cycles)
    assert scalar("SELECT count(*) FROM contacts_contact") == answered
    assert scalar("SELECT count(DISTINCT submission) FROM contacts_contact") == answered
    assert scalar("SELECT count(*) FROM foundation_auditentry WHERE action = 'contacts.log'") == (
        answered
    )
    assert scalar(LOST_HALVES) == 0
    return unanswered


def test_nothing_acknowledged_is_lost_or_doubled(world: Any) -> None:
    broken = check(world, CYCLES)
    print(f"\n{CYCLES} workers killed, {broken} requests went unanswered and were sent again")


@pytest.mark.torture(promise=25)
def test_three_hundred_killed_workers(world: Any) -> None:
    broken = check(world, FULL)
    assert broken > 0, "no request was hit: the test shows nothing"
    reached(25, f"{FULL} workers killed, {broken} requests sent again: 0 lost, 0 doubled")


@pytest.mark.torture(promise=25)
def test_control_without_the_same_mark_a_retry_doubles(world: Any) -> None:
    answered, _ = write_through(world, FULL, same_mark=False)
    assert scalar("SELECT count(*) FROM contacts_contact") > answered
