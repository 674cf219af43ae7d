"""A reminder the day before: once, of what holds then, and never after "stop reminding"."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from polku.clients import changes
from polku.clients.models import ContactDetails
from polku.contacts import booking, own_times, reminding, rhythm
from polku.contacts.models import Appointment
from polku.foundation import clock, outbox
from polku.foundation.models import OutboxMessage
from polku.foundation.tests.receiving import Receiver, receiver
from polku.foundation.viewer import Viewer

__all__ = ["receiver"]

NINE = datetime(2027, 3, 30, 9, tzinfo=clock.HELSINKI)  # the Tuesday after summer time begins


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=clock.HELSINKI)


@pytest.fixture
def booked(world: Any) -> Appointment:
    by = world.enter_as("aino")
    return booking.book(
        world.clients["devi"], by=by, at=at(1, 9), worker_id=by.user_id, starts_at=NINE,
        ends_at=NINE + timedelta(minutes=45), kind="visit", place="Kunnantalo", tell=False,
    )  # fmt: skip


def run(world: Any, moment: datetime) -> int:
    with clock.at(moment):
        done = reminding.remind(world.areas["lake"].id, at=moment)
    world.enter("lake")
    return done


def reminders(world: Any) -> list[OutboxMessage]:
    world.enter("lake")
    return list(OutboxMessage.objects.filter(kind="appointment_reminder"))


def test_it_goes_out_from_ten_the_day_before_and_once(world: Any, booked: Any) -> None:
    assert run(world, at(28, 12)) == 0
    assert run(world, at(29, 9, 50)) == 0
    assert run(world, at(29, 10)) == 1
    assert run(world, at(29, 10, 10)) == 0
    assert run(world, at(30, 5)) == 0
    (mail,) = reminders(world)
    assert "30.3.2027" in mail.body and "9.00" in mail.body and "Kunnantalo" in mail.body
    assert mail.calendar == ""


def test_a_night_in_which_nothing_ran_is_made_up_for(world: Any, booked: Any) -> None:
    assert run(world, at(30, 5, 30)) == 1


def test_nobody_is_reminded_at_the_last_moment(world: Any, booked: Any) -> None:
    assert run(world, at(30, 7)) == 0


def test_whoever_has_it_already_is_not_reminded(world: Any, booked: Any) -> None:
    Appointment.objects.update(remind=False)
    assert run(world, at(29, 10)) == 0


@pytest.mark.parametrize("status", ["cancelled", "held", "missed"])
def test_what_no_longer_stands_is_not_reminded_of(world: Any, booked: Any, status: str) -> None:
    Appointment.objects.update(status=status)
    assert run(world, at(29, 10)) == 0


def test_a_time_of_which_a_message_has_just_gone_is_left(world: Any, booked: Any) -> None:
    by = world.enter_as("aino")
    later = NINE + timedelta(hours=1)
    booking.move(
        booked, by=by, at=at(29, 9), starts_at=later, ends_at=later + timedelta(minutes=45)
    )
    assert run(world, at(29, 10)) == 0
    assert reminders(world) == []


def test_a_moved_time_gets_a_reminder_of_its_own(world: Any, booked: Any) -> None:
    assert run(world, at(29, 10)) == 1
    by = world.enter_as("aino")
    later = NINE + timedelta(days=2)
    booking.move(
        booked, by=by, at=at(29, 11), starts_at=later, ends_at=later + timedelta(minutes=45)
    )
    assert run(world, at(31, 10)) == 1
    assert len(reminders(world)) == 2


def test_one_that_waits_is_stopped_when_the_time_is_cancelled(world: Any, booked: Any) -> None:
    assert run(world, at(29, 10)) == 1
    by = world.enter_as("aino")
    booked.refresh_from_db()
    booking.set_status(booked, by=by, at=at(29, 11), status="cancelled")
    assert [one.status for one in reminders(world)] == ["stopped"]


@pytest.fixture
def texted(world: Any, booked: Any) -> Any:
    """Devi has no e-mail, and has agreed to texts."""
    ContactDetails.objects.filter(client=booked.client).update(email="")
    by = world.enter_as("aino")
    changes.give_consent(booked.client, by=by, at=at(1, 9), kind="text", how="spoken")
    return booked


def send(world: Any, moment: datetime) -> str:
    (one,) = reminders(world)
    with clock.at(moment):
        return outbox.send(one.register_id, one.id)


def test_a_reminder_goes_as_a_text_by_day_and_once(
    world: Any, texted: Any, receiver: Receiver
) -> None:
    assert run(world, at(30, 5, 30)) == 1
    assert send(world, at(30, 5, 30)) == "waiting" and receiver.texts == []
    assert run(world, at(30, 5, 40)) == 0
    assert [send(world, at(30, 8, n)) for n in (0, 1)] == ["sent", "gone"]
    (text,) = receiver.texts
    assert "Kunnantalo" not in text and "Muistutus" in text


def test_a_text_that_waits_for_the_morning_is_stopped_by_stop_reminding(
    world: Any, texted: Any, receiver: Receiver
) -> None:
    assert run(world, at(30, 5, 30)) == 1
    devi = Viewer(
        kind="client", register_id=texted.register_id, client_id=texted.client_id, at=at(30, 5)
    )
    own_times.stop_reminding(texted, by=devi)
    assert send(world, at(30, 8)) == "gone"
    assert receiver.asked == []


def test_another_registers_times_are_not_touched(world: Any, booked: Any) -> None:
    with clock.at(at(29, 10)):
        assert reminding.remind(world.areas["river"].id, at=at(29, 10)) == 0


def test_control_without_the_mark_it_goes_out_again(
    world: Any, booked: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(reminding, "_told_lately", lambda stored, at: False)
    assert run(world, at(29, 10)) == 1
    Appointment.objects.update(reminded_of=None)
    assert run(world, at(29, 10, 10)) == 1


def test_working_days_are_known_to_the_test() -> None:
    assert rhythm.next_working_day(NINE.date()) == NINE.date()
