"""Promise 20: the last slot is sold once, and whoever came second is told so kindly.

Real workers, real connections, committed rows, in a database of the test's own. The page asks
whether the time is taken before it books, so bookings are slowed there for all to find it free: it
is the database that refuses. The control drops the constraint: the same race must then overbook.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError

from polku.clients.models import Client
from polku.contacts import booking, in_order
from polku.contacts.tests.driving import cookie
from polku.contacts.tests.serving import Answer, Site
from polku.foundation import clock, walls
from polku.foundation.turns import Turn
from tests.promises import racing
from tests.promises.promise import Promise
from tests.promises.racing import (
    ASKED,
    HANDS,
    INSTANTS,
    OVERLAPPING,
    RACERS,
    ROUNDS,
    TITLE,
    alter,
    at_once,
    at_one_instant,
    caseload,
    in_full,
    raced,
    scalar,
    slowly,
    soon,
    turn_taken,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.launch]

CONSTRAINT = "no_double_booking_of_a_worker"
PROMISE = Promise(
    20,
    TITLE,
    ASKED,
    f"{RACERS} racers, {ROUNDS} rounds; the control",
)


def race(world: Any, site: Site, racers: int, rounds: int) -> list[list[Answer]]:
    """Let Aino's hands book the same time for different clients, round after round."""
    session, ids = cookie(world.people["aino"]), caseload(world, racers)

    def ask(one: Any, nth: int) -> Answer:
        path = f"/clients/{one}/appointments/new/"
        return site.ask("POST", path, session, racing.booking(nth))

    return [at_once([partial(ask, one, nth) for one in ids]) for nth in range(rounds)]


def judge(rounds: list[list[Answer]]) -> None:
    """One winner a round, the rest told kindly."""
    for answers in rounds:
        won = [a for a in answers if a.status == 302]
        told = [a for a in answers if a.status == 200 and 'name="pick"' in a.body]
        assert len(won) == 1
        assert len(told) == len(answers) - 1, {a.status for a in answers}
        assert all('id="id_time_error"' in a.body for a in told)
    assert scalar(OVERLAPPING) == 0


def test_one_wins_and_the_others_are_told_kindly(world: Any) -> None:
    judge(raced(world, race))
    assert scalar("SELECT count(*) FROM contacts_appointment") == ROUNDS


def test_who_found_it_free_at_the_same_moment_is_refused_by_the_database(world: Any) -> None:
    slowly("contacts_appointment")
    judge(raced(world, race))


def test_control_without_the_constraint_the_race_overbooks(world: Any) -> None:
    slowly("contacts_appointment")
    alter(f"ALTER TABLE contacts_appointment DROP CONSTRAINT {CONSTRAINT}")
    raced(world, race)
    assert scalar(OVERLAPPING) > 0


def test_who_writes_at_the_same_instant_is_told_too(world: Any) -> None:
    """Without turns one in a hundred rounds ends in a deadlock, which is too seldom for a control:
    that follows."""
    ids = caseload(world, HANDS)
    came = at_one_instant(lambda hand, nth, gate: write(world, ids[hand], nth, gate))
    assert came == [["DoubleBooked", "DoubleBooked", "DoubleBooked", "booked"]] * INSTANTS


@pytest.mark.parametrize("whose", ["worker", "client"])
def test_who_books_waits_for_a_turn(
    world: Any, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    client_id = world.clients["devi"].id
    turn = (
        (Turn.WORKER_TIMES, world.people["aino"].id)
        if whose == "worker"
        else (Turn.CLIENT_TIMES, client_id)
    )
    with turn_taken(*turn):
        assert write(world, client_id, 0, soon) == "OperationalError"
        # The control: without turns nobody is waited for.
        monkeypatch.setattr(in_order, "take", lambda *_, **__: None)
        assert write(world, client_id, 0, soon) == "booked"


def write(world: Any, client_id: Any, nth: int, before: Callable[[], Any]) -> str:
    """Write a booking of Aino's in a transaction of its own; return what came of it."""
    aino = world.viewers["aino"]
    starts = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=30, hours=nth)
    with walls.inside(aino.register_id, by=aino):
        client = Client.objects.get(pk=client_id)
        before()
        try:
            booking.write_booking(
                client, by=aino, at=clock.now(), worker_id=aino.user_id,
                starts_at=starts, ends_at=starts + timedelta(minutes=45), tell=False,
            )  # fmt: skip
            return "booked"
        except (booking.DoubleBooked, OperationalError) as error:
            return type(error).__name__


@pytest.mark.torture(promise=20)
def test_sixty_four_racers_two_hundred_rounds(world: Any) -> None:
    in_full(world, race, judge, over="overbooked", part="a worker's time")
