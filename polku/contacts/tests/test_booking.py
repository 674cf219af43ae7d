"""The database refuses two appointments at once, for the worker and for the client."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from polku.clients import guarded, lifecycle
from polku.clients.models import Client, GuardedText
from polku.contacts import booking, reading
from polku.contacts.models import Appointment
from polku.foundation import clock
from polku.foundation.models import OutboxMessage
from polku.foundation.permissions import Refused

NINE = datetime(2026, 12, 1, 9, 0, tzinfo=clock.HELSINKI)


def _book(world, name="aino", client="devi", start=NINE, minutes=45, **more):
    viewer = world.enter_as(name)
    return booking.book(
        Client.objects.get(pk=world.clients[client].pk),
        by=viewer, at=clock.now(), worker_id=viewer.user_id,
        starts_at=start, ends_at=start + timedelta(minutes=minutes), **more,
    )  # fmt: skip


def test_a_worker_has_one_appointment_at_a_time(world):
    _book(world)
    with pytest.raises(booking.DoubleBooked) as taken:
        _book(world, client="stranger", start=NINE + timedelta(minutes=30))
    assert taken.value.whose == "worker"


def test_a_client_has_one_appointment_at_a_time(world):
    _book(world)
    with pytest.raises(booking.DoubleBooked) as taken:
        _book(world, name="bengt", start=NINE + timedelta(minutes=30))
    assert taken.value.whose == "client"


def test_back_to_back_is_no_double_booking(world):
    _book(world)
    _book(world, client="stranger", start=NINE + timedelta(minutes=45))
    assert Appointment.objects.count() == 2


def _in_the_way(world, name, client="devi", start=NINE, **more):
    viewer = world.enter_as(name)
    rows = reading.taken(viewer, world.clients[client].pk, start.date(), start.date())
    ends = start + timedelta(minutes=45)
    return booking.in_the_way(rows, start, ends, by=viewer, **more)


def test_what_stands_in_the_way_is_told_before_anything_is_booked(world):
    assert _in_the_way(world, "aino") == ""
    mark = uuid4()
    booked = _book(world, submission=mark)
    half_past = NINE + timedelta(minutes=30)
    assert _in_the_way(world, "aino", "stranger", half_past) == "worker"
    assert _in_the_way(world, "bengt", "devi", half_past) == "client"
    assert _in_the_way(world, "bengt", "stranger", half_past) == ""
    assert _in_the_way(world, "aino", start=NINE + timedelta(minutes=45)) == ""
    assert _in_the_way(world, "aino", submission=mark) == ""
    assert _in_the_way(world, "aino", submission=uuid4()) == "worker"
    booking.set_status(booked, by=world.viewers["aino"], at=clock.now(), status="cancelled")
    assert _in_the_way(world, "aino", "stranger") == ""


def test_a_cancelled_time_is_free_again(world):
    booked = _book(world)
    booking.set_status(booked, by=world.viewers["aino"], at=clock.now(), status="cancelled")
    _book(world, client="stranger")


def test_the_same_submission_twice_is_one_booking(world):
    key = uuid4()
    assert _book(world, submission=key).pk == _book(world, submission=key).pk


def test_the_client_is_told_in_their_language(world):
    world.enter("lake")
    Client.objects.filter(pk=world.clients["devi"].pk).update(service_language="en")
    _book(world, place="Kunnantalo")
    message = OutboxMessage.objects.get()
    assert "1.12.2026" in message.body
    assert "Kunnantalo" in message.body
    assert message.subject == "A time has been booked for you"


def test_under_a_ban_the_place_stays_behind_the_guarded_view(world):
    aino = world.enter_as("aino")
    _book(world, place="Kunnantalo, huone 2")
    lifecycle.set_ban(world.clients["devi"], by=aino, at=clock.now())
    booked = _book(world, start=NINE + timedelta(days=1), place="Satamakatu 3")
    banned = Client.objects.get(pk=world.clients["devi"].pk)
    assert [a.place for a in Appointment.objects.filter(client=banned)] == ["", ""]
    assert not OutboxMessage.objects.filter(body__contains="Satamakatu").exists()
    with guarded.opened(by=aino, client=banned, purpose="Tapaaminen"):
        assert GuardedText.objects.get(about=booked.id).text == "Satamakatu 3"
        assert GuardedText.objects.count() == 2


def test_an_auditor_does_not_book(world):
    with pytest.raises(Refused):
        _book(world, name="elli")
