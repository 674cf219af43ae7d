"""Openings are written down, changed, paused, confirmed; seats are kept back and given back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from polku.clients import lifecycle
from polku.foundation import clock, walls
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import Refused
from polku.foundation.submissions import UsedAlready
from polku.placements import opening_up, queries
from polku.placements.models import Opening, SeatUse
from polku.placements.seats import NoSeat
from polku.placements.tests.acting import make_coordinator, place
from polku.placements.tests.places import make_opening, make_worksite


@pytest.fixture
def viewer(world: Any) -> Any:
    make_coordinator(world)
    return world.enter_as("konsta")


FIELDS: dict[str, Any] = {"kinds": ["work_trial"], "title": "Keittiöapulainen", "seats": 2}


def test_an_opening_is_confirmed_as_it_comes_and_its_workplace_is_ready(
    world: Any, viewer: Any
) -> None:
    worksite = make_worksite(world, readiness="talking")
    opening = opening_up.add_opening(worksite, by=viewer, at=clock.now(), **FIELDS)
    worksite.refresh_from_db()
    assert (opening.confirmed_on, worksite.readiness) == (clock.today(), "ready")


def test_the_same_submission_twice_is_one_opening(world: Any, viewer: Any) -> None:
    worksite, submission = make_worksite(world), uuid4()
    for _ in range(2):
        opening_up.add_opening(worksite, by=viewer, at=clock.now(), submission=submission, **FIELDS)
    assert Opening.objects.count() == 1


def test_a_mark_of_another_worksites_opening_is_refused(world: Any, viewer: Any) -> None:
    mark, one, other = uuid4(), make_worksite(world), make_worksite(world, name="Kirjasto")
    opening_up.add_opening(one, by=viewer, at=clock.now(), submission=mark, **FIELDS)
    with pytest.raises(UsedAlready), transaction.atomic():
        opening_up.add_opening(other, by=viewer, at=clock.now(), submission=mark, **FIELDS)
    assert Opening.objects.get().worksite_id == one.id


def test_a_mark_by_which_another_openings_seats_are_kept_back_is_refused(
    world: Any, viewer: Any
) -> None:
    mark, today = uuid4(), clock.today()
    seats = {"number": 1, "starts_on": today, "ends_on": today, "submission": mark}
    one, other = make_opening(world), make_opening(world, title="Kirjasto")
    opening_up.keep_back(one, by=viewer, at=clock.now(), **seats)
    with pytest.raises(UsedAlready), transaction.atomic():
        opening_up.keep_back(other, by=viewer, at=clock.now(), **seats)
    assert not SeatUse.objects.filter(opening=other).exists()


def test_a_change_by_two_shows_the_second_what_the_first_saved(world: Any, viewer: Any) -> None:
    opening = make_opening(world)
    opening_up.change_opening(opening, by=viewer, at=clock.now(), version=1, title="A")
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        opening_up.change_opening(opening, by=viewer, at=clock.now(), version=1, title="B")
    assert meanwhile.value.theirs.title == "A"
    assert meanwhile.value.theirs.edited_by_hand == ["title"]


def test_seats_in_use_are_not_taken_away(world: Any, viewer: Any) -> None:
    opening = make_opening(world, seats=3)
    place(opening, world.clients["devi"], world.people["aino"])
    place(opening, world.clients["stranger"], world.people["aino"])
    with pytest.raises(opening_up.SeatsInUse) as error:
        opening_up.change_opening(opening, by=viewer, at=clock.now(), version=1, seats=1)
    assert error.value.highest == 2
    assert opening_up.change_opening(
        opening, by=viewer, at=clock.now(), version=1, seats=2
    ).seats == 2  # fmt: skip


def test_a_paused_opening_goes_on_confirmed(world: Any, viewer: Any) -> None:
    opening = make_opening(world, confirmed_on=clock.today() - timedelta(days=200))
    for verb, state in (("pause", "paused"), ("pause", "paused"), ("resume", "open"),
                        ("close", "closed"), ("pause", "closed")):  # fmt: skip
        assert opening_up.turn(opening, by=viewer, at=clock.now(), verb=verb).state == state
    opening.refresh_from_db()
    assert opening.confirmed_on == clock.today()


def test_still_so_says_the_day_and_can_be_taken_back(world: Any, viewer: Any) -> None:
    long_ago = clock.today() - timedelta(days=100)
    opening = make_opening(world, confirmed_on=long_ago, confirmed_by_host=True)
    opening = opening_up.confirm(opening, by=viewer, at=clock.now())
    assert (opening.confirmed_on, opening.confirmed_by_host) == (clock.today(), False)
    opening_up.unconfirm(opening, by=viewer, at=clock.now(), confirmed_on=long_ago, by_host=True)
    opening.refresh_from_db()
    assert (opening.confirmed_on, opening.confirmed_by_host) == (long_ago, True)


def test_seats_are_kept_back_for_a_time_all_or_none(world: Any, viewer: Any) -> None:
    opening, today = make_opening(world, seats=2), clock.today()
    span = {"starts_on": today, "ends_on": today + timedelta(days=20)}
    with pytest.raises(NoSeat):
        opening_up.keep_back(opening, by=viewer, at=clock.now(), number=3, **span)
    assert not SeatUse.objects.exists()
    uses = opening_up.keep_back(opening, by=viewer, at=clock.now(), number=2, **span)
    row = queries.opening_row(viewer, opening.id)
    assert row is not None and (row.offered, row.free) == (0, 0)
    assert row.frees_on == today + timedelta(days=21)
    opening_up.give_back(uses[0], by=viewer, at=clock.now())
    row = queries.opening_row(viewer, opening.id)
    assert row is not None and (row.offered, row.free) == (1, 1)


def test_a_seat_under_a_safety_ban_is_not_given_away_and_nothing_tells_of_it(
    world: Any, viewer: Any
) -> None:
    opening, today = make_opening(world, seats=2), clock.today()
    place(opening, world.clients["devi"], world.people["aino"])
    own = opening_up.keep_back(
        opening, by=viewer, at=clock.now(), number=1, starts_on=today,
        ends_on=today + timedelta(days=9),
    )[0]  # fmt: skip
    aino = world.enter_as("aino")
    lifecycle.set_ban(world.clients["devi"], by=aino, at=clock.now(), reason="pyyntö")
    viewer = world.enter_as("konsta")
    seen = queries.uses(viewer, [opening.id], first=today)
    assert [use.how for use in seen] == ["kept_back", "kept_back"]
    hidden = next(use.id for use in seen if use.id != own.id)
    for use_id in (hidden, own.id):
        use = queries.kept_back(viewer, opening.id, use_id)
        assert opening_up.give_back(use, by=viewer, at=clock.now()) is None
    assert [use.id for use in queries.uses(viewer, [opening.id], first=today)] == [hidden]
    assert queries.there_now(viewer, opening.worksite_id) == []
    assert queries.experience(viewer, opening.worksite_id) == queries.Experience()


def test_a_taken_seat_is_nobodys_to_give_back(world: Any, viewer: Any) -> None:
    opening = make_opening(world)
    placement = place(opening, world.clients["devi"], world.people["aino"])
    with pytest.raises(SeatUse.DoesNotExist):
        queries.kept_back(viewer, opening.id, placement.use_id)


@pytest.mark.parametrize("name", ["gus", "elli", "devi"])
def test_other_roles_and_clients_may_not(world: Any, viewer: Any, name: str) -> None:
    opening, other, now = make_opening(world), world.viewers[name], clock.now()
    for attempt in (
        lambda: opening_up.add_opening(opening.worksite, by=other, at=now, **FIELDS),
        lambda: opening_up.change_opening(opening, by=other, at=now, version=1, title="X"),
        lambda: opening_up.turn(opening, by=other, at=now, verb="close"),
        lambda: opening_up.confirm(opening, by=other, at=now),
        lambda: opening_up.keep_back(
            opening, by=other, at=now, number=1, starts_on=clock.today(), ends_on=clock.today()
        ),
    ):
        with pytest.raises(Refused):
            attempt()
    walls.enter(register=opening.register_id)
    opening.refresh_from_db()
    assert (opening.title, opening.state) == ("Keittiöapulainen", "open")
