"""Two who write times of one client at once, in two connections: both end, and neither in an error.

Each stops once it has its first lock, until the other has its own or can't get it. Where one would
lock a row and ask for the turn after it, the database would end one of the two by a deadlock; the
control does so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, current_thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError

from polku.clients import lifecycle
from polku.clients.models import Client, GuardedText
from polku.contacts import booking, following, in_order, own_times, reminding, time_rows
from polku.contacts.models import Appointment, TimeOffer
from polku.contacts.offers import choosing, making
from polku.contacts.resources import holding
from polku.contacts.tests.rooms import book, keep, nine
from polku.foundation import clock, walls
from polku.foundation.tests.at_once import hand
from polku.foundation.viewer import system

pytestmark = pytest.mark.django_db(transaction=True)
AWHILE = 0.7
Deed = Callable[[], Any]


class Stops:
    """Where the two hands stop: each once, until the other has come as far, or for a while."""

    def __init__(self) -> None:
        self.there = {"one": Event(), "two": Event()}

    def after(self, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, hand: str) -> None:
        original = getattr(module, name)

        def stopping(*args: Any, **given: Any) -> Any:
            came = original(*args, **given)
            if current_thread().name.startswith(hand) and not self.there[hand].is_set():
                self.there[hand].set()
                self.there["two" if hand == "one" else "one"].wait(AWHILE)
            return came

        monkeypatch.setattr(module, name, stopping)


@pytest.fixture
def stops() -> Stops:
    return Stops()


def both(world: Any, one: tuple[str, Deed], two: tuple[str, Deed]) -> list[str]:
    """Let both act at once, each as somebody; return what came of each: "done" or the error."""

    def as_somebody(name: str, deed: Deed) -> str:
        return hand(world.viewers.get(name) or system(world.areas["lake"].id), deed)

    pools = [ThreadPoolExecutor(1, thread_name_prefix=name) for name in ("one", "two")]
    works = [pool.submit(as_somebody, *what) for pool, what in zip(pools, (one, two), strict=True)]
    return [work.result(timeout=20) for work in works]


@pytest.fixture
def devi(world: Any) -> Iterator[Client]:
    with walls.inside(world.areas["lake"].id):
        yield Client.objects.get(pk=world.clients["devi"].id)


def inside(world: Any) -> Any:
    return walls.inside(world.areas["lake"].id, by=world.viewers["aino"])


def given_back(world: Any, *held: Any) -> Appointment:
    """Return a time that Devi has given back."""
    with inside(world):
        booked = book(world, *held)
    with walls.inside(world.areas["lake"].id, client=booked.client_id, by=world.viewers["devi"]):
        return own_times.give_back(
            booked, by=world.viewers["devi"], at=clock.now(), word="", version=booked.version
        )


def books(world: Any, hour: int = 10, resources: Any = ()) -> Deed:
    def deed() -> None:
        starts, aino = nine() + timedelta(hours=hour - 9), world.viewers["aino"]
        booking.book(
            Client.objects.get(pk=world.clients["devi"].id), by=aino, at=clock.now(),
            worker_id=aino.user_id, starts_at=starts, ends_at=starts + timedelta(minutes=45),
            kind="visit", place="Salainen 7", tell=True, resources=resources,
        )  # fmt: skip

    return deed


def puts(world: Any, booked: Appointment, status: str) -> Deed:
    return lambda: booking.set_status(
        booked, by=world.viewers["aino"], at=clock.now(), status=status
    )


def offered(world: Any) -> TimeOffer:
    with inside(world):
        return making.make(
            world.clients["devi"], by=world.viewers["aino"], at=clock.now(), minutes=45,
            starts=[nine() + timedelta(hours=2)], kind="visit", purpose="coaching",
            place="Salainen 7", submission=uuid4(),
        )  # fmt: skip


def chooses(world: Any, offer: TimeOffer, name: str = "nobody") -> Deed:
    by = world.viewers.get(name) or system(world.areas["lake"].id)
    return lambda: choosing.choose(offer, by=by, at=clock.now(), starts_at=offer.starts[0])


def closes(world: Any) -> Deed:
    return lambda: lifecycle.close(
        world.clients["devi"], by=world.viewers["aino"], at=clock.now(), on=clock.today(),
        reason="work", outcome="open",
    )  # fmt: skip


def bans(world: Any) -> Deed:
    return lambda: lifecycle.set_ban(
        world.clients["devi"], by=world.viewers["aino"], at=clock.now()
    )


@pytest.mark.parametrize("in_a_room", [False, True])
def test_a_new_time_while_the_one_given_back_is_put_back(
    world: Any, monkeypatch: pytest.MonkeyPatch, stops: Stops, in_a_room: bool
) -> None:
    held = []
    if in_a_room:
        with inside(world):
            held = [keep(world)]
    booked = given_back(world, *held)
    stops.after(monkeypatch, holding, "hold", "one")
    stops.after(monkeypatch, booking, "locked", "two")
    came = both(
        world,
        ("aino", books(world, resources=[one.id for one in held])),
        ("aino", puts(world, booked, "confirmed")),
    )
    assert came == ["done", "done"]
    with inside(world):
        assert Appointment.objects.filter(status="confirmed").count() == 2


def test_control_a_row_that_is_locked_before_the_turn_ends_in_a_deadlock(
    world: Any, monkeypatch: pytest.MonkeyPatch, stops: Stops
) -> None:
    booked = given_back(world)

    def row_first(booked: Appointment, version: int | None = None, **more: Any) -> Appointment:
        rows = Appointment.objects.select_for_update(of=("self",)).select_related("client")
        return rows.get(pk=booked.pk)

    def late(stored: Appointment, **more: Any) -> Any:
        in_order.take([stored.worker_id], [stored.client_id])
        return time_rows.save(stored, **more)

    monkeypatch.setattr(booking, "locked", row_first)
    monkeypatch.setattr(booking, "save", late)
    stops.after(monkeypatch, holding, "hold", "one")
    stops.after(monkeypatch, booking, "locked", "two")
    came = both(world, ("aino", books(world)), ("aino", puts(world, booked, "confirmed")))
    assert sorted(came) == [OperationalError.__name__, "done"]


def test_a_new_time_while_the_client_chooses_one_that_was_offered(
    world: Any, monkeypatch: pytest.MonkeyPatch, stops: Stops
) -> None:
    offer = offered(world)
    stops.after(monkeypatch, holding, "hold", "one")
    stops.after(monkeypatch, choosing, "_locked", "two")
    came = both(world, ("aino", books(world)), ("nobody", chooses(world, offer)))
    assert came in (["done", "done"], ["done", "Over"])


def test_a_logged_contact_with_a_next_time_while_the_one_that_was_held_is_cancelled(
    world: Any, monkeypatch: pytest.MonkeyPatch, stops: Stops
) -> None:
    with inside(world):
        booked = book(world, name="devi")
    starts = nine() + timedelta(hours=3)

    def logs() -> None:
        following.log_with(
            Client.objects.get(pk=booked.client_id), by=world.viewers["aino"], at=clock.now(),
            submission=uuid4(), held=booked, when=clock.now(), kind="visit", purpose="coaching",
            reached=True, initiative="worker",
            booking_asked=following.Booking(starts, starts + timedelta(minutes=45)),
        )  # fmt: skip

    stops.after(monkeypatch, holding, "hold", "one")
    stops.after(monkeypatch, booking, "locked", "two")
    came = both(world, ("aino", logs), ("aino", puts(world, booked, "cancelled")))
    assert came in (["done", "NotFromHere"], ["NotFromHere", "done"])


@pytest.mark.parametrize("deed", ["cancels", "chooses", "offers", "reminds"])
def test_a_record_that_closes_at_the_same_time(
    world: Any, monkeypatch: pytest.MonkeyPatch, stops: Stops, deed: str
) -> None:
    with inside(world):
        booked = book(world)
    offer = offered(world)
    name, act, where = {
        "cancels": ("aino", puts(world, booked, "cancelled"), (booking, "locked")),
        "chooses": ("nobody", chooses(world, offer), (choosing, "_locked")),
        "offers": ("aino", lambda: _offers_anew(world), (making.ending, "end_open")),
        "reminds": ("nobody", lambda: _reminds(world, booked), (reminding, "_told_lately")),
    }[deed]
    stops.after(monkeypatch, *where, "one")
    stops.after(monkeypatch, lifecycle, "_locked", "two")
    came = both(world, (name, act), ("aino", closes(world)))
    assert came[1] == "done"
    assert came[0] in ("done", "NotFromHere", "Over", "Gone", "CannotOffer"), came
    with inside(world):
        assert not Appointment.objects.filter(status__in=("proposed", "confirmed")).exists()
        assert not TimeOffer.objects.filter(end="").exists()


def _offers_anew(world: Any) -> None:
    making.make(
        Client.objects.get(pk=world.clients["devi"].id), by=world.viewers["aino"], at=clock.now(),
        minutes=45, starts=[nine() + timedelta(hours=2)], kind="visit", purpose="coaching",
        place="Salainen 7", submission=uuid4(),
    )  # fmt: skip


def _reminds(world: Any, booked: Appointment) -> None:
    reminding.remind(booked.register_id, at=booked.starts_at - timedelta(hours=22))


def test_nobody_is_booked_whose_record_closes_at_the_same_time(
    world: Any, monkeypatch: pytest.MonkeyPatch, stops: Stops
) -> None:
    stops.after(monkeypatch, booking, "check", "one")
    stops.after(monkeypatch, lifecycle, "_locked", "two")
    came = both(world, ("aino", books(world)), ("aino", closes(world)))
    assert came == ["RecordClosed", "done"]
    with inside(world):
        assert not Appointment.objects.exists()


@pytest.mark.parametrize("way", ["books", "chooses"])
def test_no_place_stays_in_sight_where_a_ban_begins_at_the_same_time(
    world: Any, monkeypatch: pytest.MonkeyPatch, stops: Stops, way: str
) -> None:
    if way == "books":
        name, act = "aino", books(world)
        stops.after(monkeypatch, booking, "check", "one")
    else:
        name, act = "nobody", chooses(world, offered(world))
        stops.after(monkeypatch, choosing, "_locked", "one")
    stops.after(monkeypatch, lifecycle, "_locked", "two")
    came = both(world, (name, act), ("aino", bans(world)))
    assert came[1] == "done" and came[0] in ("done", "Gone", "Over"), came
    with inside(world):
        assert not Appointment.objects.exclude(place="").exists()
        booked = Appointment.objects.first()
        assert way == "chooses" or booked is not None
        if booked is not None:
            with walls.guarded_open(booked.client_id):
                assert GuardedText.objects.get(about=booked.id).text == "Salainen 7"
