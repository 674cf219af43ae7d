"""Promise 20 for places: an opening's last seat goes to one client, and the others hear it kindly.

As for bookings (test_20_last_slot.py): real workers, committed rows. A seat is looked for before it
is held, so holding is slowed there for all to find it free: it is the database that refuses. The
control drops the constraint.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError

from polku.contacts.tests.driving import cookie
from polku.contacts.tests.serving import Answer, Site
from polku.foundation import clock, walls
from polku.foundation.turns import Turn
from polku.placements import seats
from polku.placements.models import SeatUse
from polku.placements.tests.living import monday
from polku.placements.tests.places import make_opening
from tests.promises.promise import Promise
from tests.promises.racing import (
    ASKED,
    INSTANTS,
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

PROMISE = Promise(
    20,
    TITLE,
    ASKED,
    f"an opening's last seat suggested to different clients: {RACERS} racers, {ROUNDS} rounds; "
    "the control",
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


def judge(rounds: list[list[Answer]]) -> None:
    """One winner a round, the rest told kindly, nothing half written."""
    for answers in rounds:
        won = [a for a in answers if a.status == 302]
        told = [a for a in answers if a.status == 422 and 'id="id_starts_on_error"' in a.body]
        assert len(won) == 1, {a.status for a in answers}
        assert len(told) == len(answers) - 1, {a.status for a in answers}
    assert scalar(USED_TWICE) == 0
    assert {name: scalar(asked) for name, asked in WRITES.items()} == dict.fromkeys(
        WRITES, len(rounds)
    )


def test_one_gets_the_last_seat_and_the_others_are_told_kindly(world: Any) -> None:
    judge(raced(world, race))


def test_who_found_it_free_at_the_same_moment_is_refused_by_the_database(world: Any) -> None:
    slowly("placements_seatuse")
    judge(raced(world, race))


def test_control_without_the_constraint_a_seat_is_used_twice(world: Any) -> None:
    slowly("placements_seatuse")
    alter(f"ALTER TABLE placements_seatuse DROP CONSTRAINT {seats.CONSTRAINT}")
    raced(world, race)
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
    """Without turns a round ends in a deadlock now and then."""
    openings = [last_seat(world) for _ in range(INSTANTS)]
    came = at_one_instant(lambda _, nth, gate: hold(world, openings[nth], gate))
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

    with turn_taken(Turn.SEATS, opening.id):
        assert write() == "OperationalError"
        # The control: without turns nobody is waited for.
        monkeypatch.setattr(seats, "_in_turn", lambda *_: None)
        assert write() == "held"


@pytest.mark.torture(promise=20)
def test_sixty_four_racers_two_hundred_rounds(world: Any) -> None:
    in_full(world, race, judge, over="used twice", part="an opening's last seat")
