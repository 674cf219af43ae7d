"""Promise 20 for places: an opening's last seat goes to one client, and the others hear it kindly.

As for bookings (test_20_last_slot.py): real workers, committed rows. A seat is looked for before it
is held, so holding is slowed there for all to find it free: it is the database that refuses. The
control drops the constraint.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connections

from polku.contacts.tests.driving import cookie
from polku.contacts.tests.serving import Answer, Site, serving
from polku.foundation import clock, walls
from polku.launch import for_tests
from polku.placements import seats, turns
from polku.placements.models import SeatUse
from polku.placements.tests.living import monday
from polku.placements.tests.places import make_opening
from tests.promises.promise import Promise, reached
from tests.promises.racing import alter, at_once, caseload, scalar, slowest, slowly, soon

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.launch]

RACERS, ROUNDS, INSTANTS = 16, 4, 60
MOST_RACERS, MOST_ROUNDS = 64, 200
PROMISE = Promise(
    20,
    "The last slot is sold once",
    "64 racers, 200 rounds, over HTTP with 4 workers: 0 overbooked, 1 winner, 63 kind refusals, "
    "p95 under 500 ms; with the constraint dropped it must overbook",
    f"an opening's last seat suggested to different clients: {RACERS} racers, {ROUNDS} rounds; "
    "the control",
    "an opening's last seat at the full size on a quiet machine: it ended as it should there (200 "
    "rounds, 1 winner each) with a p95 of 1.0 s, before its refusal was cut to a third of the "
    "work; since then only smaller sizes have been run, beside the last slot's on a busy machine "
    "(64 racers, 12 rounds: p95 719 ms, the slot's 811 ms, the seat's before 1 598 ms)",
)
USED_TWICE = """
SELECT count(*) FROM placements_seatuse a JOIN placements_seatuse b
  ON a.opening_id = b.opening_id AND a.seat = b.seat AND a.id < b.id
 AND daterange(a.starts_on, a.ends_on, '[]') && daterange(b.starts_on, b.ends_on, '[]')
WHERE a.over_at IS NULL AND b.over_at IS NULL
"""
# What a suggestion writes, each once for a winner and never for anybody else.
WRITES = {
    "placements": "SELECT count(*) FROM placements_placement",
    "seats": "SELECT count(*) FROM placements_seatuse WHERE how = 'promised'",
    "mails": "SELECT count(*) FROM foundation_outboxmessage WHERE kind = 'placement_suggested'",
    "entries": "SELECT count(*) FROM foundation_auditentry WHERE action = 'placements.suggest'",
}


def last_seat(world: Any) -> Any:
    """Make an opening of two seats, one of which the host keeps back."""
    register = world.areas["lake"]
    with walls.inside(register.id):
        opening = make_opening(world, seats=2)
        seats.hold(
            opening, at=clock.now(), starts_on=clock.today(), ends_on=None,
            how=SeatUse.How.KEPT_BACK,
        )  # fmt: skip
    return opening


def suggestion() -> dict[str, str]:
    """Return the form that suggests a place from next Monday on."""
    return {
        "kind": "work_trial",
        "starts_on": monday().isoformat(),
        "ends_on": (monday() + timedelta(days=56)).isoformat(),
        "submission": str(uuid4()),
    }


def race(world: Any, site: Site, racers: int, rounds: int) -> list[list[Answer]]:
    """Let Aino's hands suggest the last seat of one opening to different clients, each round."""
    session, ids = cookie(world.people["aino"]), caseload(world, racers)

    def ask(one: Any, opening: Any) -> Answer:
        path = f"/clients/{one}/placements/new/?opening={opening.id}"
        return site.ask("POST", path, session, suggestion())

    openings = [last_seat(world) for _ in range(rounds)]
    return [at_once([partial(ask, one, opening) for one in ids]) for opening in openings]


def judge(rounds: list[list[Answer]]) -> float:
    """One winner a round, the rest told kindly, nothing half written; return the p95 in seconds."""
    for answers in rounds:
        won = [a for a in answers if a.status == 302]
        told = [a for a in answers if a.status == 422 and 'id="id_starts_on_error"' in a.body]
        assert len(won) == 1, {a.status for a in answers}
        assert len(told) == len(answers) - 1, {a.status for a in answers}
    assert scalar(USED_TWICE) == 0
    assert {name: scalar(asked) for name, asked in WRITES.items()} == dict.fromkeys(
        WRITES, len(rounds)
    )
    return slowest(rounds)


def test_one_gets_the_last_seat_and_the_others_are_told_kindly(world: Any) -> None:
    with serving(os.environ["POLKU_DB_NAME"]) as site:
        slow = judge(race(world, site, RACERS, ROUNDS))
    print(f"\n{RACERS} racers, {ROUNDS} rounds: p95 {slow * 1000:.0f} ms")


def test_who_found_it_free_at_the_same_moment_is_refused_by_the_database(world: Any) -> None:
    slowly("placements_seatuse")
    with serving(os.environ["POLKU_DB_NAME"]) as site:
        judge(race(world, site, RACERS, ROUNDS))


def test_control_without_the_constraint_a_seat_is_used_twice(world: Any) -> None:
    slowly("placements_seatuse")
    alter(f"ALTER TABLE placements_seatuse DROP CONSTRAINT {seats.CONSTRAINT}")
    with serving(os.environ["POLKU_DB_NAME"]) as site:
        race(world, site, RACERS, ROUNDS)
    assert scalar(USED_TWICE) > 0


def hold(world: Any, opening: Any, before: Callable[[], Any]) -> str:
    """Hold a seat in a transaction of its own; return what came of it."""
    aino = world.viewers["aino"]
    with walls.inside(aino.register_id, by=aino):
        before()
        try:
            seats.hold(opening, at=clock.now(), starts_on=monday(), ends_on=None)
            return "held"
        except (seats.NoSeat, OperationalError) as error:
            return type(error).__name__


def test_who_asks_at_the_same_instant_is_told_too(world: Any) -> None:
    """From four connections at once; without turns a round ends in a deadlock now and then."""
    openings, gate = [last_seat(world) for _ in range(INSTANTS)], Barrier(4)
    with ThreadPoolExecutor(4, initializer=connections.close_all) as pool:
        came = [
            sorted(pool.map(lambda _, at=one: hold(world, at, gate.wait), range(4)))
            for one in openings
        ]
        list(pool.map(lambda _: connections.close_all(), range(4)))
    assert came == [["NoSeat", "NoSeat", "NoSeat", "held"]] * INSTANTS


@pytest.mark.parametrize("what", ["hold", "move"])
def test_who_writes_a_seat_waits_for_a_turn(
    world: Any, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    opening = last_seat(world)
    with walls.inside(opening.register_id):
        use = SeatUse.objects.get(opening=opening)

    def write() -> str:
        if what == "hold":
            return hold(world, opening, soon)
        with walls.inside(opening.register_id):
            soon()
            try:
                seats.move(use, starts_on=monday(), ends_on=None)
                return "held"
            except OperationalError as error:
                return type(error).__name__

    with for_tests.superuser(os.environ["POLKU_DB_NAME"]) as other:
        other.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [turns.SEATS, str(opening.id)])
        assert write() == "OperationalError"
        # The control: without turns nobody is waited for.
        monkeypatch.setattr(seats, "_in_turn", lambda *_: None)
        assert write() == "held"


@pytest.mark.torture(promise=20)
def test_sixty_four_racers_two_hundred_rounds(world: Any) -> None:
    with serving(os.environ["POLKU_DB_NAME"]) as site:
        slow = judge(race(world, site, MOST_RACERS, MOST_ROUNDS))
    print(f"\n{MOST_RACERS} racers, {MOST_ROUNDS} rounds: p95 {slow * 1000:.0f} ms")
    assert slow < 0.5
    reached(20, f"{MOST_RACERS} racers, {MOST_ROUNDS} rounds: 0 used twice, 1 winner and "
            f"{MOST_RACERS - 1} kind refusals each, p95 {slow * 1000:.0f} ms",
            part="an opening's last seat")  # fmt: skip
