"""A booked time on the client's own phone: it suits, another one, given back, no reminder."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from polku.contacts import booking, own_times, rhythm
from polku.contacts.models import Appointment, ResourceBooking, Rhythm
from polku.contacts.tests.rooms import keep
from polku.foundation import clock
from polku.foundation.models import AuditEntry, OutboxMessage
from polku.foundation.permissions import Refused
from polku.portal.tests.test_own_places import phone  # noqa: F401

SAID = Appointment.Said


def day(ahead: int = 9) -> Any:
    return rhythm.next_working_day(clock.today() + timedelta(days=ahead))


def at_nine(ahead: int = 9) -> datetime:
    return datetime.combine(day(ahead), datetime.min.time().replace(hour=9), tzinfo=clock.HELSINKI)


def book(world: Any, name: str = "devi", *, starts: datetime | None = None, **more: Any) -> Any:
    by, starts = world.enter_as("aino"), starts or at_nine()
    fields = {"kind": "visit", "purpose": "coaching", "place": "Kunnantalo", "tell": False} | more
    return booking.book(
        world.clients[name], by=by, at=clock.now(), worker_id=by.user_id,
        starts_at=starts, ends_at=starts + timedelta(minutes=45), **fields,
    )  # fmt: skip


def say(phone: Browser, booked: Any, what: str, **more: Any) -> Any:  # noqa: F811
    data = {"what": what, "version": booked.version, **more}
    return phone.post(f"/me/times/{booked.id}/say/", data)


def shown(phone: Browser, booked: Any) -> str:  # noqa: F811
    answer = phone.get(f"/me/times/{booked.id}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def stored(world: Any, booked: Any) -> Appointment:
    world.enter("lake")
    return Appointment.objects.get(pk=booked.pk)


def starts_offered(page: str) -> list[str]:
    import re

    return re.findall(r'name="starts" value="([^"]+)"', page)


def test_a_proposed_time_suits_in_one_press(world: Any, phone: Any) -> None:  # noqa: F811
    booked = book(world, status="proposed")
    assert "Aika sopii minulle" in phone.get("/me/").content.decode()
    say(phone, booked, "suits")
    kept = stored(world, booked)
    assert (kept.status, kept.said) == ("confirmed", SAID.SUITS)


def test_another_free_time_is_taken_and_told(world: Any, phone: Any) -> None:  # noqa: F811
    booked = book(world)
    taken = book(world, starts=at_nine(12) + timedelta(hours=4))
    offered = starts_offered(shown(phone, booked))
    assert len(offered) >= 3
    assert taken.starts_at.isoformat() not in offered
    say(phone, booked, "take", starts=offered[0])
    kept = stored(world, booked)
    assert kept.starts_at == datetime.fromisoformat(offered[0])
    assert kept.ends_at - kept.starts_at == timedelta(minutes=45)
    assert (kept.status, kept.said) == ("confirmed", SAID.MOVED)
    mail = OutboxMessage.objects.get(kind="appointment_moved", client=booked.client)
    assert "BEGIN:VEVENT" in mail.calendar and "Kunnantalo" in mail.calendar
    assert booked.client.last_name not in mail.calendar
    assert AuditEntry.objects.filter(action="contacts.own_moved", client=booked.client_id).exists()


def test_the_same_press_twice_is_one(world: Any, phone: Any) -> None:  # noqa: F811
    booked = book(world)
    start = starts_offered(shown(phone, booked))[0]
    for _ in range(2):
        assert say(phone, booked, "take", starts=start).status_code == 302
    assert stored(world, booked).version == 2
    assert OutboxMessage.objects.filter(kind="appointment_moved").count() == 1


@pytest.mark.parametrize(
    "starts",
    [
        "",
        "2027-01-01",
        "9999-99-99T00:00",
        "2020-01-02T09:00+02:00",
        "9999-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_a_time_that_was_not_offered_is_refused(
    world: Any, phone: Any, starts: str  # noqa: F811
) -> None:  # fmt: skip
    booked = book(world)
    assert say(phone, booked, "take", starts=starts).status_code == 409
    assert stored(world, booked).starts_at == booked.starts_at


def test_a_word_is_kept_when_the_time_has_changed_meanwhile(world: Any, phone: Any) -> None:  # noqa: F811
    booked = book(world)
    Appointment.objects.filter(pk=booked.pk).update(version=7, place="Kirjasto")
    answer = say(phone, booked, "another", word="Vain aamulla <käy>")
    page = answer.content.decode()
    assert answer.status_code == 409 and "Aika on muuttunut" in page
    assert "Vain aamulla &lt;käy&gt;</textarea>" in page and 'name="version" value="7"' in page
    assert stored(world, booked).said == ""


def test_a_word_that_is_too_long_is_kept_too(world: Any, phone: Any) -> None:  # noqa: F811
    booked = book(world)
    answer = say(phone, booked, "another", word="a" * 201)
    assert answer.status_code == 409 and "a" * 201 in answer.content.decode()
    assert stored(world, booked).said == ""


def test_a_time_that_somebody_else_has_is_refused(world: Any, phone: Any) -> None:  # noqa: F811
    """The other client's row is out of the session's sight: the worker's hours are asked beside."""
    booked = book(world)
    by, starts = world.enter_as("aino"), at_nine(10)
    Appointment.objects.create(
        register_id=booked.register_id, client=world.clients["stranger"], worker_id=by.user_id,
        starts_at=starts, ends_at=starts + timedelta(hours=1), created_at=clock.now(),
    )  # fmt: skip
    assert starts.isoformat() not in starts_offered(shown(phone, booked))
    say(phone, booked, "take", starts=starts.isoformat())
    assert stored(world, booked).starts_at == booked.starts_at


def test_control_without_asking_beside_the_database_still_refuses(
    world: Any, phone: Any, monkeypatch: Any  # noqa: F811
) -> None:  # fmt: skip
    booked = book(world)
    by, starts = world.enter_as("aino"), at_nine(10)
    Appointment.objects.create(
        register_id=booked.register_id, client=world.clients["stranger"], worker_id=by.user_id,
        starts_at=starts, ends_at=starts + timedelta(hours=1), created_at=clock.now(),
    )  # fmt: skip
    monkeypatch.setattr(own_times, "_busy", lambda booked, first, last: [])
    assert starts in own_times.slots.free(day(10), minutes=45, busy=[], after=clock.now())
    say(phone, booked, "take", starts=starts.astimezone().isoformat())
    assert stored(world, booked).starts_at == booked.starts_at


def test_the_laws_last_day_is_never_passed(world: Any, phone: Any) -> None:  # noqa: F811
    due = day(12)
    booked = book(world, purpose="discussion")
    Rhythm.objects.filter(client=booked.client).update(discussion_due_on=due)
    offered = [datetime.fromisoformat(one) for one in starts_offered(shown(phone, booked))]
    assert offered and max(clock.local(one).date() for one in offered) <= due
    Rhythm.objects.filter(client=booked.client).update(discussion_due_on=None)
    later = [datetime.fromisoformat(one) for one in starts_offered(shown(phone, booked))]
    assert max(clock.local(one).date() for one in later) > due


def with_speaker(world: Any) -> tuple[Any, Any]:
    """Book nine o'clock with an interpreter of the house; somebody else has half past ten."""
    speaker = keep(world, "Zahra", "interpreter")
    booked = book(world, interpreter=True, language="prs", resources=[speaker.id])
    busy = at_nine() + timedelta(minutes=90)
    by = world.enter_as("bengt")
    booking.book(
        world.clients["stranger"], by=by, at=clock.now(), worker_id=by.user_id, starts_at=busy,
        ends_at=busy + timedelta(minutes=45), kind="visit", place="Kunnantalo", tell=False,
        interpreter=True, language="prs", resources=[speaker.id],
    )  # fmt: skip
    return booked, busy


def test_the_interpreter_of_the_house_comes_along(world: Any, phone: Any) -> None:  # noqa: F811
    booked, busy = with_speaker(world)
    page = shown(phone, booked)
    offered = [datetime.fromisoformat(one) for one in starts_offered(page)]
    assert offered and busy not in offered
    say(phone, booked, "take", starts=busy.isoformat())
    assert stored(world, booked).starts_at == at_nine()
    say(phone, booked, "take", starts=offered[0].isoformat())
    kept = stored(world, booked)
    assert (kept.starts_at, kept.said) == (offered[0], SAID.MOVED)
    held = ResourceBooking.objects.get(appointment=booked, freed_at__isnull=True)
    assert (held.starts_at, held.sort) == (offered[0], "interpreter")


def test_control_without_a_look_at_the_interpreter_only_the_database_is_in_the_way(
    world: Any, phone: Any, monkeypatch: Any  # noqa: F811
) -> None:  # fmt: skip
    booked, busy = with_speaker(world)
    assert not own_times._is_offered(stored(world, booked), busy, clock.now())
    monkeypatch.setattr(own_times, "_fits", lambda *_: None)
    assert own_times._is_offered(stored(world, booked), busy, clock.now())
    say(phone, booked, "take", starts=busy.isoformat())
    assert stored(world, booked).starts_at == at_nine()


def test_with_an_interpreter_from_elsewhere_the_coach_finds_the_time(
    world: Any, phone: Any  # noqa: F811
) -> None:  # fmt: skip
    booked = book(world, interpreter=True, language="so")
    page = shown(phone, booked)
    assert starts_offered(page) == [] and "Pyydä toista aikaa" in page
    say(phone, booked, "another", word="  Iltapäivä   sopii ")
    kept = stored(world, booked)
    assert (kept.status, kept.said, kept.said_word) == (
        "confirmed",
        SAID.ANOTHER,
        "Iltapäivä sopii",
    )


def test_a_time_given_back_is_cancelled_and_waits_for_the_coach(
    world: Any, phone: Any  # noqa: F811
) -> None:  # fmt: skip
    booked = book(world)
    say(phone, booked, "cannot", word="Lapsi on sairas")
    kept = stored(world, booked)
    assert (kept.status, kept.said, kept.said_word) == ("cancelled", SAID.CANNOT, "Lapsi on sairas")
    mail = OutboxMessage.objects.get(kind="appointment_cancelled")
    assert "METHOD:CANCEL" in mail.calendar
    coach = world.browser("aino")
    page = coach.get("/").content.decode()
    assert "ei pääse tulemaan" in page and "Lapsi on sairas" in page
    book(world, starts=at_nine(10))
    assert "Lapsi on sairas" not in coach.get("/").content.decode()


def test_what_was_moved_waits_for_the_coach_until_it_is_seen(
    world: Any, phone: Any  # noqa: F811
) -> None:  # fmt: skip
    booked = book(world)
    say(phone, booked, "take", starts=starts_offered(shown(phone, booked))[0])
    coach = world.browser("aino")
    assert "otti toisen ajan" in coach.get("/").content.decode()
    url = f"/clients/{booked.client_id}/appointments/{booked.id}/said/"
    # What was said since then is still to be read.
    coach.post(f"{url}?version=1")
    assert "otti toisen ajan" in coach.get("/").content.decode()
    coach.post(f"{url}?version=2")
    assert "otti toisen ajan" not in coach.get("/").content.decode()


def test_shortly_before_it_a_call_is_needed(world: Any, phone: Any) -> None:  # noqa: F811
    booked = book(world)
    with clock.at(booked.starts_at - timedelta(hours=1)):
        with pytest.raises(own_times.TooLate):
            by = world.enter_as("aino")
            own_times.give_back(
                booked, by=as_devi(world, by), at=clock.now(), word="", version=booked.version
            )
        assert own_times.offered(stored(world, booked), clock.now()) == []


def as_devi(world: Any, by: Any) -> Any:
    from dataclasses import replace

    return replace(by, kind="client", client_id=world.clients["devi"].id, user_id=None, role="")


def test_changed_meanwhile_sends_nothing(world: Any, phone: Any) -> None:  # noqa: F811
    booked = book(world)
    by = world.enter_as("aino")
    booking.move(
        booked, by=by, at=clock.now(), starts_at=booked.starts_at + timedelta(hours=1),
        ends_at=booked.ends_at + timedelta(hours=1),
    )  # fmt: skip
    say(phone, booked, "cannot")
    assert stored(world, booked).status == "confirmed"


def test_another_clients_time_is_not_there(world: Any, phone: Any) -> None:  # noqa: F811
    by = world.enter_as("aino")
    other = Appointment.objects.create(
        register_id=by.register_id, client=world.clients["stranger"], worker_id=by.user_id,
        starts_at=at_nine(), ends_at=at_nine() + timedelta(hours=1), created_at=clock.now(),
    )  # fmt: skip
    assert phone.get(f"/me/times/{other.id}/").status_code == 404
    assert say(phone, other, "cannot").status_code == 404
    world.enter("lake")
    assert Appointment.objects.get(pk=other.pk).status == "confirmed"


def test_a_worker_may_not_speak_for_the_client(world: Any) -> None:
    booked = book(world)
    by = world.enter_as("aino")
    with pytest.raises(Refused):
        own_times.give_back(booked, by=by, at=clock.now(), word="", version=booked.version)


def test_under_a_ban_the_calendar_tells_of_no_place(world: Any, phone: Any) -> None:  # noqa: F811
    booked = book(world)
    booked.client.safety_ban = True
    world.enter("lake")
    from polku.contacts import invitations

    mail = invitations.write(
        booked.client, booked, by=world.enter_as("aino"), at=clock.now(), what="booked"
    )
    assert "Kunnantalo" not in mail.calendar and "valmentaja" not in mail.calendar
