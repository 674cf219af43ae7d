"""Rooms and interpreters held with an appointment: once, moved along, freed, and taken back."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from polku.clients import lifecycle
from polku.contacts import booking, own_times, times
from polku.contacts.models import Appointment, Resource, ResourceBooking
from polku.contacts.resources import fitting, keeping
from polku.contacts.tests.rooms import book, day, keep, nine
from polku.foundation import clock
from polku.foundation.models import OutboxMessage, RowChange


def held(one: Resource | None = None) -> list[ResourceBooking]:
    rows = ResourceBooking.objects.filter(freed_at__isnull=True)
    return list(rows.filter(resource=one) if one else rows)


def test_a_room_is_held_with_the_appointment_and_is_its_place(world: Any) -> None:
    room = keep(world)
    booked = book(world, room, tell=True)
    assert booked.place == "Halli, Koulutie 1, Kärkölä"
    assert [(one.appointment_id, one.starts_at) for one in held(room)] == [(booked.id, nine())]
    assert "Halli, Koulutie 1" in OutboxMessage.objects.get().body


def test_without_any_nothing_is_held(world: Any) -> None:
    keep(world)
    assert book(world).place == "Kunnantalo" and held() == []


def test_two_coaches_never_get_the_same_room(world: Any) -> None:
    room = keep(world)
    book(world, room)
    with pytest.raises(booking.DoubleBooked) as refused:
        book(world, room, name="stranger", by="bengt")
    assert (refused.value.whose, refused.value.why) == ("room", fitting.HELD)
    assert Appointment.objects.count() == 1


def test_back_to_back_goes_and_with_a_buffer_it_does_not(world: Any) -> None:
    plain, aired = keep(world), keep(world, "Kammari", buffer_minutes=15)
    ends = nine(at=time(9, 45))
    for room in (plain, aired):
        book(world, room, starts=nine() if room is plain else nine(day(12)))
    assert book(world, plain, name="stranger", by="bengt", starts=ends).place
    with pytest.raises(booking.DoubleBooked):
        book(world, aired, name="stranger", by="bengt", starts=nine(day(12), time(9, 45)))
    assert book(world, aired, name="stranger", by="bengt", starts=nine(day(12), time(10))).place


def test_a_cancelled_time_frees_the_room_and_undo_takes_it_back(world: Any) -> None:
    room = keep(world)
    booked, by = book(world, room), world.enter_as("aino")
    booking.set_status(booked, by=by, at=clock.now(), status="cancelled")
    assert held(room) == []
    booking.set_status(booked, by=by, at=clock.now(), status="confirmed")
    assert len(held(room)) == 1


def test_undo_is_refused_where_the_room_went_to_somebody_else(world: Any) -> None:
    room = keep(world)
    booked, by = book(world, room), world.enter_as("aino")
    booking.set_status(booked, by=by, at=clock.now(), status="cancelled")
    book(world, room, name="stranger", by="bengt")
    by = world.enter_as("aino")
    with pytest.raises(booking.DoubleBooked):
        booking.set_status(booked, by=by, at=clock.now(), status="confirmed")
    booked.refresh_from_db()
    assert booked.status == "cancelled"


def test_a_moved_time_takes_its_room_along(world: Any) -> None:
    room = keep(world)
    booked, by, later = book(world, room), world.enter_as("aino"), nine(at=time(13))
    booking.move(booked, by=by, at=clock.now(), starts_at=later, ends_at=later + timedelta(hours=1))
    (row,) = held(room)
    assert (row.starts_at, row.ends_at) == (later, later + timedelta(hours=1))
    # The hour before is free again.
    assert book(world, room, name="stranger", by="bengt")


def test_it_is_not_moved_where_the_room_is_taken_unless_another_is_asked_for(world: Any) -> None:
    room, other = keep(world), keep(world, "Kammari")
    booked, later = book(world, room), nine(at=time(13))
    book(world, room, name="stranger", by="bengt", starts=later)
    by, ends = world.enter_as("aino"), later + timedelta(minutes=45)
    with pytest.raises(booking.DoubleBooked):
        booking.move(booked, by=by, at=clock.now(), starts_at=later, ends_at=ends)
    assert held(room)[0].starts_at == nine()
    booking.move(booked, by=by, at=clock.now(), starts_at=later, ends_at=ends, resources=[other.id])
    booked.refresh_from_db()
    assert booked.place.startswith("Kammari") and len(held(other)) == 1
    assert [one.appointment.client_id for one in held(room)] == [world.clients["stranger"].id]


def test_the_same_form_twice_holds_once(world: Any) -> None:
    from uuid import uuid4

    room, mark = keep(world), uuid4()
    first = book(world, room, submission=mark)
    assert book(world, room, submission=mark) == first
    assert len(held(room)) == 1


def test_a_closed_record_frees_what_lay_ahead(world: Any) -> None:
    room = keep(world)
    book(world, room)
    client, by = world.clients["devi"], world.enter_as("aino")
    booking.cancel_coming(client, by, clock.now())
    assert held(room) == []


@pytest.mark.parametrize("why", ["hours", "away", "closed"])
def test_what_is_not_open_then_is_not_held(world: Any, why: str) -> None:
    room = keep(world, **({"hours": []} if why == "hours" else {}))
    by, now = world.enter_as("lahja"), clock.now()
    if why == "away":
        for hours in (2, 3):  # They may overlap.
            keeping.close_for(
                room, by=by, at=now, starts_at=nine(at=time(8)),
                ends_at=nine(at=time(8)) + timedelta(hours=hours), reason="",
            )  # fmt: skip
    elif why == "closed":
        assert keeping.close(room, by=by, at=now) == 0
    with pytest.raises(booking.DoubleBooked) as refused:
        book(world, room)
    assert refused.value.why == why


def test_an_interpreter_comes_with_the_room_or_not_at_all(world: Any) -> None:
    room, zahra = keep(world), keep(world, "Zahra Esimerkki", "interpreter")
    booked = book(world, room, zahra, language="prs")
    assert booked.interpreter and len(held()) == 2
    other = keep(world, "Kammari")
    with pytest.raises(booking.DoubleBooked) as refused:
        book(world, other, zahra, name="stranger", by="bengt")
    assert refused.value.whose == "interpreter" and held(other) == []


def test_the_client_takes_another_time_in_the_same_room(world: Any) -> None:
    room = keep(world)
    booked = book(world, room)
    viewer = world.enter_as("devi")
    mine = own_times.of_mine(viewer, booked.id)
    start = own_times.offered(mine, clock.now())[0]
    own_times.take(mine, by=viewer, at=clock.now(), starts_at=start, version=mine.version)
    world.enter("lake")
    assert [one.starts_at for one in held(room)] == [start]


def test_under_a_ban_the_place_stays_behind_the_guarded_view(world: Any) -> None:
    room = keep(world)
    by = world.enter_as("aino")
    lifecycle.set_ban(world.clients["devi"], by=by, at=clock.now())
    world.clients["devi"].refresh_from_db()
    booked = book(world, room, tell=True)
    assert booked.place == "" and len(held(room)) == 1
    message = OutboxMessage.objects.get()
    for text in (message.body, message.calendar):
        assert "Halli" not in text and "Koulutie" not in text


def test_the_database_itself_refuses_two_at_once(world: Any) -> None:
    room = keep(world)
    book(world, room)
    later = book(world, name="stranger", by="bengt")
    row = {"register_id": room.register_id, "resource": room, "appointment": later, "sort": "room",
           "starts_at": nine(), "ends_at": nine() + timedelta(minutes=5)}  # fmt: skip
    refused = pytest.raises(IntegrityError, match="no_double_booking_of_a_resource")
    with refused, transaction.atomic():
        ResourceBooking.objects.create(**row)
    assert ResourceBooking.objects.create(**row, freed_at=clock.now())


def test_what_was_held_stands_in_the_history(world: Any) -> None:
    booked, by = book(world, keep(world)), world.enter_as("aino")
    booking.set_status(booked, by=by, at=clock.now(), status="cancelled")
    row = ResourceBooking.objects.get(appointment=booked)
    kept = RowChange.objects.filter(thing=row.id, op="changed").get()
    assert kept.actor_user == by.user_id and "freed_at" in kept.became


@pytest.mark.parametrize("month, morning", [(3, 28), (10, 24)])
def test_an_hour_stays_the_same_on_the_wall_when_the_clocks_are_turned(
    month: int, morning: int
) -> None:
    """The day before and the day after a change of the clock: nine is nine, both times."""
    one = fitting.Around(
        id=None, sort="room", name="", place="", languages=(), ways=(),  # type: ignore[arg-type]
        buffer=timedelta(0), hours=tuple(_stretches()), valid_from=datetime(2026, 1, 1).date(),
        valid_until=None, away=[], held=[], used_at=None,
    )  # fmt: skip
    for n in range(3):
        on = datetime(2026, month, morning).date() + timedelta(days=n)
        starts = times.moment(on, time(9))
        assert fitting.why_not(one, starts, starts + timedelta(hours=7)) == ""
        assert fitting.why_not(one, starts, starts + timedelta(hours=7, minutes=1)) == "hours"


def _stretches() -> Any:
    from polku.contacts.weeks.hours import stretches

    return stretches([[n, "09:00", "16:00"] for n in range(7)])
