"""The booking form with rooms and interpreters: offered, chosen, refused kindly, moved."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

import pytest

from polku.clients import lifecycle
from polku.clients.models import Client
from polku.contacts import booking
from polku.contacts.models import Appointment, Resource, ResourceBooking
from polku.contacts.resources import keeping
from polku.contacts.tests.rooms import book, day, in_english, keep, nine, statements
from polku.contacts.tests.test_appointments import new, one, sent
from polku.foundation import clock
from polku.foundation.models import Organisation


@pytest.fixture
def dari(world: Any) -> Any:
    """Let Devi speak Dari and need an interpreter; return Zahra, who has it."""
    world.enter("lake")
    Client.objects.filter(pk=world.clients["devi"].pk).update(language="prs", interpreter=True)
    world.clients["devi"].refresh_from_db()
    return keep(world, "Zahra Esimerkki", "interpreter")


def options(text: str, name: str) -> list[str]:
    """Return what a select offers, the chosen one marked."""
    select = re.search(rf'<select name="{name}".*?</select>', text, re.S)
    assert select, f"no {name} is asked for"
    rows = re.findall(r"<option value=\"[^\"]*\"( selected)?>(.*?)</option>", select[0])
    return [f"{'*' if chosen else ''}{word}" for chosen, word in rows]


def test_without_rooms_none_is_asked_for(world: Any) -> None:
    text = in_english(world, "aino").get(new(world)).content.decode()
    assert 'name="room"' not in text and 'name="speaker"' not in text


def test_one_press_books_room_and_interpreter(world: Any, dari: Any) -> None:
    room, browser = keep(world), in_english(world, "aino")
    text = browser.get(new(world)).content.decode()
    assert options(text, "speaker") == ["booked elsewhere", "*Zahra Esimerkki (Dari)"]
    assert options(text, "room") == ["*no room from here", "Halli, Koulutie 1, Kärkölä"]
    form = sent(room=room.id, speaker=dari.id, interpreter="on", language="prs", place="")
    assert browser.post(new(world), form).status_code == 302
    world.enter("lake")
    booked = Appointment.objects.get()
    assert booked.interpreter and booked.place.startswith("Halli")
    assert ResourceBooking.objects.filter(freed_at=None).count() == 2
    page = browser.get(one(booked)).content.decode()
    assert "Zahra Esimerkki" in page and "Halli" in page


def test_the_room_used_last_is_chosen_at_once(world: Any) -> None:
    keep(world)
    book(world, keep(world, "Kammari"))
    text = in_english(world, "aino").get(new(world)).content.decode()
    assert "*Kammari, Koulutie 1, Kärkölä" in options(text, "room")


def test_what_is_not_free_is_left_out_with_its_reason(world: Any) -> None:
    taken, free = keep(world), keep(world, "Kammari")
    book(world, taken, name="stranger", by="bengt")
    form = sent(pick=f"{day()}T09:00", room=taken.id)
    text = in_english(world, "aino").post(new(world), form).content.decode()
    assert "Halli: booked 9:00–9:45" in text
    assert options(text, "room") == ["no room from here", f"*{free.where}"]
    assert "Lehtimäki" not in text


def test_who_comes_second_is_told_and_offered_other_times(world: Any) -> None:
    room, other = keep(world), keep(world, "Kammari")
    book(world, room, name="stranger", by="bengt")
    text = in_english(world, "aino").post(new(world), sent(room=room.id)).content.decode()
    assert "Halli: booked 9:00–9:45. Free then: Kammari. Nothing was booked." in text
    assert 'id="id_room_error"' in text and 'name="pick"' in text
    book(world, other, by="lahja", name="stranger", starts=nine(at=time(9)) + timedelta(hours=1))
    world.enter("lake")
    assert not Appointment.objects.filter(client=world.clients["devi"]).exists()


def test_with_no_room_left_it_says_so_and_no_offered_time_lacks_one(world: Any) -> None:
    room = keep(world)
    for hour in (9, 10, 13):
        book(world, room, name="stranger", by="bengt", starts=nine(at=time(hour)), minutes=60)
    text = in_english(world, "aino").post(new(world), sent(room=room.id)).content.decode()
    assert "No room is free then." in text
    picks = set(re.findall(r'name="pick" value="([^"]+)"', text))
    assert picks and not picks & {f"{day()}T{hour}" for hour in ("09:00", "10:15", "13:00")}
    assert all(f"{day()}T{hour}" not in picks for hour in ("09:00", "10:00", "13:30"))


def test_an_interpreter_of_another_language_or_way_is_refused(world: Any, dari: Any) -> None:
    browser = in_english(world, "aino")
    for more in ({"language": "so"}, {"language": "prs", "kind": "call"}):
        form = sent(speaker=dari.id, interpreter="on", **more)
        text = browser.post(new(world), form).content.decode()
        assert "Zahra Esimerkki does not interpret" in text
    world.enter("lake")
    assert not Appointment.objects.exists()


def test_without_a_need_for_one_no_interpreter_is_held(world: Any, dari: Any) -> None:
    in_english(world, "aino").post(new(world), sent(speaker=dari.id, language="prs"))
    world.enter("lake")
    assert Appointment.objects.exists() and not ResourceBooking.objects.exists()


def test_a_room_of_another_register_is_no_choice(world: Any) -> None:
    mine, foreign = keep(world), keep(world, "Muualla")
    by = world.enter_as("carita")
    from polku.contacts.models import Resource

    fields = {f: getattr(foreign, f) for f in ("sort", "name", "hours", "valid_from", "created_at")}
    theirs = Resource.objects.create(register_id=by.register_id, **fields)
    page = in_english(world, "aino").post(new(world), sent(room=theirs.id, place=""))
    assert page.status_code == 200 and 'id="id_room_error"' in page.content.decode()
    world.enter("lake")
    assert not Appointment.objects.exists() and mine


def test_moving_keeps_the_room_or_asks_anew(world: Any) -> None:
    room, other, browser = keep(world), keep(world, "Kammari"), in_english(world, "aino")
    booked = book(world, room)
    text = browser.get(one(booked, "move/")).content.decode()
    assert f"*{room.where}" in options(text, "room")
    book(world, room, name="stranger", by="bengt", starts=nine(at=time(13)))
    form = sent(time="13:00", room=room.id, version=booked.version)
    text = browser.post(one(booked, "move/"), form).content.decode()
    assert "Free then: Kammari" in text
    form["room"] = other.id
    assert browser.post(one(booked, "move/"), form).status_code == 302
    world.enter("lake")
    booked.refresh_from_db()
    assert booked.place == other.where


def test_no_form_tells_where_somebody_under_a_ban_is_met(world: Any) -> None:
    room, by = keep(world), world.enter_as("aino")
    lifecycle.set_ban(world.clients["devi"], by=by, at=clock.now())
    world.clients["devi"].refresh_from_db()
    booked = book(world, room)
    browser = in_english(world, "aino")
    text = browser.get(one(booked, "move/")).content.decode()
    assert options(text, "room")[0] == "*as it is now"
    assert "Halli" not in browser.get(one(booked)).content.decode()
    form = sent(time="13:00", room="kept", place="", version=booked.version)
    assert browser.post(one(booked, "move/"), form).status_code == 302
    world.enter("lake")
    (row,) = ResourceBooking.objects.filter(freed_at=None)
    assert (row.resource_id, row.starts_at) == (room.id, nine(at=time(13)))


def test_a_cancelled_time_says_when_its_room_has_gone(world: Any) -> None:
    room = keep(world)
    booked, by = book(world, room), world.enter_as("aino")
    booking.set_status(booked, by=by, at=clock.now(), status="cancelled")
    book(world, room, name="stranger", by="bengt")
    page = in_english(world, "aino").post(one(booked, "confirmed/?undo"), follow=True)
    assert "has been given to somebody else" in page.content.decode()


def test_the_page_asks_as_little_with_forty_rooms_as_with_one(world: Any) -> None:
    browser, counts = in_english(world, "aino"), []
    for many in (1, 39):
        for n in range(many):
            room = keep(world, f"Huone {many} {n}")
            if n % 7 == 0:
                starts = nine(day(9 + n), time(9 if many == 1 else 10))
                book(world, room, name="stranger", by="bengt", starts=starts)
        counts.append(len(statements(browser, new(world))))
    assert counts[0] == counts[1] <= 12, "\n".join(q[:170] for q in statements(browser, new(world)))


@pytest.mark.parametrize("why", ["in use no more", "another organisation's"])
def test_a_room_that_could_not_be_chosen_is_not_lost_unseen(world: Any, why: str) -> None:
    room, browser = keep(world), in_english(world, "aino")
    booked = book(world, room)
    world.enter("lake")
    if why == "in use no more":
        keeping.close(room, by=world.enter_as("lahja"), at=clock.now())
        Resource.objects.filter(pk=room.pk).update(
            valid_from=day(-40), valid_until=clock.today() - timedelta(days=1)
        )
    else:
        town = Organisation.objects.create(name="Naapuri", kind="municipality")
        Resource.objects.filter(pk=room.pk).update(organisation=town)
    text = browser.get(f"{one(booked)}move/").content.decode()
    assert options(text, "room") == ["*as it is now", "no room from here"]
    form = sent(version="1", room="kept", place=booked.place, note="Ota todistus mukaan.")
    assert browser.post(f"{one(booked)}move/", form).status_code == 302
    booked.refresh_from_db()
    assert (booked.note, booked.place) == ("Ota todistus mukaan.", room.where)
    assert ResourceBooking.objects.get(freed_at=None).resource_id == room.id
    later = sent(version="2", room="kept", place=booked.place, time="10:00")
    answer = browser.post(f"{one(booked)}move/", later)
    assert answer.status_code == (200 if why == "in use no more" else 302)
    page = browser.post(f"{one(booked)}move/", sent(version="2", room="", place="Tori"))
    assert page.status_code == (302 if why == "in use no more" else 200)


def test_the_same_room_stays_the_place_whatever_is_written_there(world: Any) -> None:
    room, browser = keep(world), in_english(world, "aino")
    booked = book(world, room)
    form = sent(version="1", room=room.id, place="", note="Ota todistus mukaan.")
    assert browser.post(f"{one(booked)}move/", form).status_code == 302
    booked.refresh_from_db()
    assert (booked.note, booked.place) == ("Ota todistus mukaan.", room.where)
