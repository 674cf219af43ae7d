"""Offers and a client's own other times heed rooms and interpreters: nothing is held before."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from polku.clients.models import Client
from polku.contacts import own_times
from polku.contacts.models import Appointment, Resource, ResourceBooking, TimeOffer
from polku.contacts.offers import choosing, making
from polku.contacts.resources import keeping, reads
from polku.contacts.tests.rooms import book, day, in_english, keep, nine
from polku.foundation import clock
from polku.foundation.models import OutboxMessage


def hours() -> list[datetime]:
    return [nine(at=time(hour)) for hour in (9, 10, 13)]


def offer(world: Any, room: Resource | None = None, interpreter: Resource | None = None) -> Any:
    by = world.enter_as("aino")
    around = {one.id: one for one in reads.around(by, day(), day())}
    return making.make(
        world.clients["devi"], by=by, at=clock.now(), starts=hours(), minutes=45, kind="visit",
        purpose="coaching", place="Kunnantalo", submission=uuid4(),
        room=around[room.id] if room else None,
        interpreter=interpreter.id if interpreter else None,
    )  # fmt: skip


def test_an_offer_holds_nothing_and_the_chosen_time_holds_the_room(world: Any) -> None:
    room = keep(world)
    made = offer(world, room)
    assert made.place == room.where and not ResourceBooking.objects.exists()
    viewer = world.enter_as("devi")
    mine = choosing.of_mine(viewer, made.id)
    choosing.choose(mine, by=viewer, at=clock.now(), starts_at=hours()[1])
    world.enter("lake")
    assert ResourceBooking.objects.get().starts_at == hours()[1]
    assert "Halli" in OutboxMessage.objects.get(kind="appointment_booked").body


def test_another_room_of_the_house_will_do_and_one_elsewhere_will_not(world: Any) -> None:
    room, other = keep(world), keep(world, "Kammari")
    keep(world, "Muualla", place="Toisaalla 5")
    made = offer(world, room)
    book(world, room, name="stranger", by="bengt", starts=hours()[0])
    world.enter("lake")
    assert choosing.left(made, clock.now()) == hours()
    book(world, other, name="stranger", by="lahja", starts=hours()[0] + timedelta(minutes=45))
    world.enter("lake")
    chosen = choosing.choose(made, by=world.viewers["aino"], at=clock.now(), starts_at=hours()[0])
    assert chosen.place == other.where


def test_a_time_of_which_every_room_has_gone_is_left_out_and_refused_kindly(world: Any) -> None:
    room = keep(world)
    made = offer(world, room)
    book(world, room, name="stranger", by="bengt", starts=hours()[0])
    world.enter("lake")
    assert choosing.left(made, clock.now()) == hours()[1:]
    with pytest.raises(choosing.Gone):
        choosing.choose(made, by=world.viewers["aino"], at=clock.now(), starts_at=hours()[0])
    assert not Appointment.objects.filter(client=world.clients["devi"]).exists()
    assert not TimeOffer.objects.get(pk=made.pk).end


def test_with_an_interpreter_of_the_house_a_choice_can_be_offered(world: Any) -> None:
    world.enter("lake")
    Client.objects.filter(pk=world.clients["devi"].pk).update(language="prs", interpreter=True)
    world.clients["devi"].refresh_from_db()
    path = f"/clients/{world.clients['devi'].id}/choices/new/"
    assert "An interpreter from elsewhere" in in_english(world, "aino").get(path).content.decode()
    zahra = keep(world, "Zahra", "interpreter", hours=[[n, "10:00", "15:00"] for n in range(5)])
    text = in_english(world, "aino").get(path).content.decode()
    assert 'name="starts"' in text and "T09:00:00" not in text
    made = offer(world, None, zahra)
    assert choosing.left(made, clock.now()) == hours()[1:]
    booked = choosing.choose(made, by=world.viewers["aino"], at=clock.now(), starts_at=hours()[1])
    assert booked.interpreter and booked.language == "prs"
    assert ResourceBooking.objects.get().resource_id == zahra.id


@pytest.mark.parametrize("sort", ["interpreter", "room"])
def test_what_was_offered_and_is_in_use_no_more_is_not_left_out_unseen(
    world: Any, sort: str
) -> None:
    world.enter("lake")
    if sort == "interpreter":
        Client.objects.filter(pk=world.clients["devi"].pk).update(language="prs", interpreter=True)
        world.clients["devi"].refresh_from_db()
        one = keep(world, "Zahra", "interpreter")
        made = offer(world, None, one)
    else:
        one = keep(world)
        made = offer(world, one)
    assert choosing.left(made, clock.now()) == hours()
    keeping.close(one, by=world.enter_as("lahja"), at=clock.now())
    assert choosing.left(made, clock.now()) == []
    with pytest.raises(choosing.Gone):
        choosing.choose(made, by=world.viewers["aino"], at=clock.now(), starts_at=hours()[1])
    assert not Appointment.objects.exists()


def test_the_form_offers_by_a_free_room_and_keeps_which(world: Any) -> None:
    room = keep(world, hours=[[n, "12:00", "15:00"] for n in range(5)])
    book(world, room, name="stranger", by="aino", starts=nine(day(30), time(12)))
    path = f"/clients/{world.clients['devi'].id}/choices/new/"
    text = in_english(world, "aino").get(path).content.decode()
    assert f'value="{room.id}" selected' in text
    assert "T12:00:00" in text and "T09:00:00" not in text
    start = nine(day(), time(12, 45))
    form = {
        "first": day(), "last": day(), "kind": "visit", "purpose": "coaching", "minutes": "45",
        "place": "", "room": room.id, "starts": [start.isoformat()], "submission": uuid4(),
    }  # fmt: skip
    page = in_english(world, "aino").post(path, form)
    assert page.status_code == 302, page.content.decode()[:0]
    world.enter("lake")
    assert TimeOffer.objects.get().room_id == room.id


def test_a_clients_other_times_are_those_at_which_the_room_is_free(world: Any) -> None:
    room = keep(world, hours=[[n, "13:00", "16:00"] for n in range(5)])
    booked = book(world, room, starts=nine(at=time(13)))
    viewer = world.enter_as("devi")
    mine = own_times.of_mine(viewer, booked.id)
    found = own_times.offered(mine, clock.now())
    assert found and all(clock.local(one).hour >= 13 for one in found)
    with pytest.raises(own_times.NotOffered):
        own_times.take(
            mine, by=viewer, at=clock.now(), starts_at=nine(day(10)), version=mine.version
        )


def test_a_form_that_was_sent_for_another_client_is_told_kindly_and_can_be_sent_again(
    world: Any,
) -> None:
    browser = in_english(world, "lahja")
    start = nine(day(), time(12, 45))
    form = {
        "first": day(), "last": day(), "kind": "call", "purpose": "coaching", "minutes": "45",
        "place": "", "starts": [start.isoformat()], "submission": uuid4(),
    }  # fmt: skip
    path = "/clients/{}/choices/new/"
    assert browser.post(path.format(world.clients["devi"].id), form).status_code == 302
    other = path.format(world.clients["stranger"].id)
    text = browser.post(other, form).content.decode()
    assert "used already" in text
    fresh = re.search(r'name="submission" value="([^"]+)"', text)
    assert fresh and fresh[1] != str(form["submission"])
    assert browser.post(other, form | {"submission": fresh[1]}).status_code == 302
    world.enter("lake")
    assert TimeOffer.objects.count() == 2
