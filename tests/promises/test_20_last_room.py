"""Promise 20 for rooms: the last free room goes to one client, and the others hear it kindly.

As for times (test_20_last_slot.py): real workers, committed rows. The page looks whether the room
is free before it books, so holding is slowed there for all to find it free: it is the database that
refuses. Each racer is another coach, so that no worker's own calendar stands in the way. The
control drops the constraint.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from polku.clients import actions as clients
from polku.contacts.models import Resource
from polku.contacts.tests.driving import cookie
from polku.contacts.tests.serving import Answer, Site
from polku.foundation import clock, walls
from polku.foundation.models import RoleAssignment, User
from polku.foundation.turns import Turn
from polku.foundation.viewer import system
from polku.teamwork import assignments
from tests.promises import racing
from tests.promises.promise import Promise
from tests.promises.racing import (
    ASKED,
    RACERS,
    ROUNDS,
    TITLE,
    alter,
    at_once,
    in_full,
    raced,
    scalar,
    slowly,
    turn_taken,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.launch]

CONSTRAINT = "no_double_booking_of_a_resource"
PROMISE = Promise(
    20,
    TITLE,
    ASKED,
    f"the last free room asked for by different coaches: {RACERS} racers, {ROUNDS} rounds; the "
    "control",
)
HELD_TWICE = """
SELECT count(*) FROM contacts_resourcebooking a JOIN contacts_resourcebooking b
  ON a.resource_id = b.resource_id AND a.id < b.id
 AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
WHERE a.freed_at IS NULL AND b.freed_at IS NULL
"""


def office(world: Any, coaches: int) -> tuple[str, list[tuple[str, Any]]]:
    """Make one room and so many coaches, each with a client; return the room and the pairs."""
    register, found = world.areas["lake"], []
    mould = world.viewers["aino"]
    with walls.inside(register.id, by=system(register.id)):
        room = Resource.objects.create(
            register=register, sort="room", name="Halli", created_at=clock.now(),
            hours=[[day, "06:00", "21:00"] for day in range(7)], valid_from=clock.today(),
        )  # fmt: skip
        for nth in range(coaches):
            user = User.objects.create(
                email=f"racer{nth}@example.org", first_name=f"Racer{nth}", last_name="Esimerkki",
                password=world.people["aino"].password, created_at=clock.now(),
            )  # fmt: skip
            RoleAssignment.objects.create(
                user=user, organisation_id=mould.organisation_id, register=register,
                team_id=mould.team_id, role="coach", starts_at=clock.now() - timedelta(days=9),
            )  # fmt: skip
            client = clients.open_client(
                by=system(register.id), at=clock.now(), last_name=f"Racer{nth}",
                first_names="Invented", registered_on=clock.today(), opened_on=clock.today(),
            )  # fmt: skip
            assignments.begin(
                register_id=register.id, client_id=client.id, kind="own", user_id=user.id,
                at=clock.now() - timedelta(days=1),
            )  # fmt: skip
            found.append((user, client.id))
    return str(room.id), [(cookie(user), client) for user, client in found]


def race(world: Any, site: Site, racers: int, rounds: int) -> list[list[Answer]]:
    """Let each coach ask for the same room at the same time, round after round."""
    room, pairs = office(world, racers)

    def ask(session: str, client: Any, nth: int) -> Answer:
        form = racing.booking(nth, kind="visit", room=room)
        return site.ask("POST", f"/clients/{client}/appointments/new/", session, form)

    return [at_once([partial(ask, *pair, nth) for pair in pairs]) for nth in range(rounds)]


def judge(rounds: list[list[Answer]]) -> None:
    """One winner a round, the rest told kindly and offered other times."""
    for answers in rounds:
        told = [a for a in answers if a.status == 200 and 'name="pick"' in a.body]
        assert sum(a.status == 302 for a in answers) == 1
        assert len(told) == len(answers) - 1, {a.status for a in answers}
        assert all('id="id_room_error"' in a.body for a in told)
    assert scalar(HELD_TWICE) == 0


def test_one_gets_the_room_and_the_others_are_told_kindly(world: Any) -> None:
    judge(raced(world, race))
    for table in ("contacts_appointment", "contacts_resourcebooking"):
        assert scalar(f"SELECT count(*) FROM {table}") == ROUNDS


def test_who_found_it_free_at_the_same_moment_is_refused_by_the_database(world: Any) -> None:
    slowly("contacts_resourcebooking")
    judge(raced(world, race, racers=6, rounds=2))


def test_control_without_the_constraint_the_race_books_twice(world: Any) -> None:
    slowly("contacts_resourcebooking")
    alter(f"ALTER TABLE contacts_resourcebooking DROP CONSTRAINT {CONSTRAINT}")
    raced(world, race, racers=6, rounds=2)
    assert scalar(HELD_TWICE) > 0


def test_who_holds_a_room_waits_for_a_turn(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from polku.contacts import booking
    from polku.contacts.resources import holding

    room, _pairs = office(world, 0)
    aino, client = world.viewers["aino"], world.clients["devi"]

    def write() -> str:
        starts = clock.now().replace(hour=9, minute=0, second=0) + timedelta(days=30)
        with walls.inside(aino.register_id, by=aino):
            racing.soon()
            try:
                booking.write_booking(
                    client, by=aino, at=clock.now(), worker_id=aino.user_id, starts_at=starts,
                    ends_at=starts + timedelta(minutes=45), tell=False, resources=[room],
                )  # fmt: skip
                return "booked"
            except OperationalError as error:
                return type(error).__name__

    with turn_taken(Turn.RESOURCES, aino.register_id):
        assert write() == "OperationalError"
        # The control: without turns nobody is waited for.
        monkeypatch.setattr(holding, "in_turn", lambda *_: None)
        assert write() == "booked"


@pytest.mark.torture(promise=20)
def test_sixty_four_racers_two_hundred_rounds(world: Any) -> None:
    in_full(world, race, judge, over="held twice", part="a room")
