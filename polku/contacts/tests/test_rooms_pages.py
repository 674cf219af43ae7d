"""The pages of rooms and interpreters: kept, closed, looked at, and read by their calendars."""

from __future__ import annotations

import re
from datetime import UTC, date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from icalendar import Calendar

from polku.clients import lifecycle
from polku.contacts import booking, calendars
from polku.contacts.addresses import hash_of
from polku.contacts.models import Resource, ResourceAway, ResourceFeed
from polku.contacts.resources import feeds, keeping
from polku.contacts.tests.rooms import book, day, in_english, keep, nine, statements
from polku.foundation import clock
from polku.foundation.models import AuditEntry, Organisation


def filled(**more: Any) -> dict[str, Any]:
    week = {f"{n}_{d}": at for d in range(5) for n, at in (("from", "08:00"), ("until", "16:00"))}
    return {
        "name": "Halli", "place": "Koulutie 1", "seats": "6", "accessible": "on",
        "buffer_minutes": "0", "valid_from": clock.today().isoformat(),
        "submission": str(uuid4()), **week, **more,
    }  # fmt: skip


def resources(world: Any) -> list[Resource]:
    world.enter("lake")
    return list(Resource.objects.order_by("name"))


def test_a_lead_adds_a_room_and_twice_the_same_form_is_one(world: Any) -> None:
    browser, form = in_english(world, "lahja"), filled()
    for _press in range(2):
        assert browser.post("/rooms/new/room/", form).status_code == 302
    (room,) = resources(world)
    assert (room.name, room.seats, room.accessible, len(room.hours)) == ("Halli", 6, True, 5)
    text = browser.get("/rooms/").content.decode()
    assert "Halli" in text and "for 6" in text and re.search(r"Mon\w*–Fri\w* 8–16", text)


def test_an_interpreter_without_a_language_or_a_way_is_not_kept(world: Any) -> None:
    browser = in_english(world, "lahja")
    text = browser.post("/rooms/new/interpreter/", filled(name="Zahra")).content.decode()
    assert "Choose at least one language." in text and "Choose at least one way." in text
    assert 'value="Zahra"' in text and resources(world) == []
    form = filled(name="Zahra", languages=["prs", "fa"], ways=["visit"])
    assert browser.post("/rooms/new/interpreter/", form).status_code == 302
    assert resources(world)[0].languages == ["prs", "fa"]


@pytest.mark.parametrize(
    "bad",
    [
        {"from_0": "09:10"},
        {"from_0": "16:00", "until_0": "09:00"},
        {"until_0": ""},
        {"valid_until": "2020-01-01"},
        {"seats": "-1"},
        {"buffer_minutes": "7"},
        {"name": ""},
    ],
    ids=lambda bad: "-".join(bad),
)
def test_bad_input_is_told_and_nothing_is_kept(world: Any, bad: dict[str, str]) -> None:
    page = in_english(world, "lahja").post("/rooms/new/room/", filled(**bad))
    assert page.status_code == 422 and resources(world) == []


def test_no_hours_at_all_is_never_and_says_so(world: Any) -> None:
    form = {name: value for name, value in filled().items() if name[-2] != "_"}
    page = in_english(world, "lahja").post("/rooms/new/room/", form, follow=True)
    assert "never: no hours are given" in page.content.decode()


def test_a_change_that_somebody_else_made_meanwhile_is_not_lost(world: Any) -> None:
    room, browser = keep(world), in_english(world, "lahja")
    path = f"/rooms/{room.id}/change/"
    assert browser.post(path, filled(name="Sali", version="1")).status_code == 302
    text = browser.post(path, filled(name="Kammari", version="1")).content.decode()
    assert "Somebody has changed it meanwhile" in text and 'value="Kammari"' in text
    assert resources(world)[0].name == "Sali"
    assert browser.post(path, filled(name="Kammari", version="2")).status_code == 302


def test_all_that_was_ticked_stays_ticked_where_somebody_was_first(world: Any) -> None:
    one, browser = keep(world, "Zahra", "interpreter"), in_english(world, "lahja")
    path, form = f"/rooms/{one.id}/change/", filled(version="1", name="Zahra")
    form |= {"languages": ["prs", "fa", "so"], "ways": ["visit", "call"]}
    assert browser.post(path, form | {"note": "first"}).status_code == 302
    text = browser.post(path, form | {"note": "second"}).content.decode()
    assert "Somebody has changed it meanwhile" in text
    ticked = set(re.findall(r'name="(?:languages|ways)" value="(\w+)"[^>]*checked', text))
    assert ticked == {"prs", "fa", "so", "visit", "call"}


def test_whose_it_is_stays_where_that_organisation_has_no_team_here(world: Any) -> None:
    room, browser = keep(world), in_english(world, "lahja")
    owner = Organisation.objects.create(name="Naapuri", kind="municipality")
    stranger = Organisation.objects.create(name="Vieras", kind="municipality")
    world.enter("lake")
    Resource.objects.filter(pk=room.pk).update(organisation=owner)
    path = f"/rooms/{room.id}/change/"
    assert f'value="{owner.id}" selected' in browser.get(path).content.decode()
    form = filled(version="1", organisation=str(stranger.id))
    assert browser.post(path, form).status_code == 422, "an id of nobody's here is not taken"
    form["organisation"] = str(owner.id)
    assert browser.post(path, form).status_code == 302
    assert resources(world)[0].organisation_id == owner.id


@pytest.mark.parametrize("name", ["aino", "elli"])
def test_others_may_not_keep_them(world: Any, name: str) -> None:
    room, browser = keep(world), in_english(world, name)
    for path in ("change/", "close/", "away/", "calendar/", "calendar/end/"):
        assert browser.post(f"/rooms/{room.id}/{path}", filled()).status_code == 403
    assert browser.get("/rooms/").status_code == (200 if name == "aino" else 403)
    assert "Add a room" not in browser.get("/rooms/").content.decode()


def test_another_registers_room_is_not_there(world: Any) -> None:
    room = keep(world)
    assert in_english(world, "carita").get(f"/rooms/{room.id}/").status_code == 404
    assert "Halli" not in in_english(world, "carita").get("/rooms/").content.decode()


def week_of(world: Any, room: Resource, name: str) -> str:
    path = f"/rooms/{room.id}/?from={day()}"
    return in_english(world, name).get(path).content.decode()


def test_the_week_names_a_client_to_those_alone_who_may_see_them(world: Any) -> None:
    room = keep(world)
    book(world, room)
    assert "Koivunen" in week_of(world, room, "aino")
    for name in ("gus",):
        text = week_of(world, room, name)
        assert "Koivunen" not in text and "Aino Esimerkki" in text and "9:00–9:45" in text


def test_a_client_under_a_ban_is_named_to_nobody_there(world: Any) -> None:
    room, by = keep(world), world.enter_as("aino")
    book(world, room)
    by = world.enter_as("aino")
    lifecycle.set_ban(world.clients["devi"], by=by, at=clock.now())
    text = week_of(world, room, "aino")
    assert "Koivunen" not in text and "Aino Esimerkki" in text


def test_a_closure_tells_what_stands_there_and_is_taken_back(world: Any) -> None:
    room, browser = keep(world), in_english(world, "lahja")
    book(world, room)
    form = {"first_on": day().isoformat(), "reason": "Remontti"}
    for _press in range(2):
        page = browser.post(f"/rooms/{room.id}/away/", form, follow=True).content.decode()
    assert "1 booked time stands there" in page and "Remontti" in page
    world.enter("lake")
    (away,) = ResourceAway.objects.all()
    browser.post(f"/rooms/{room.id}/away/{away.id}/back/")
    world.enter("lake")
    away.refresh_from_db()
    assert away.ended_at is not None


@pytest.mark.parametrize(
    "bad, words",
    [
        ({"first_on": "2027-03-28", "first_at": "03:30"}, "there is no such time"),
        ({"first_on": "2027-03-10", "last_on": "2027-03-09"}, "must come after"),
        ({"first_on": "2027-03-10", "last_on": "2029-03-10"}, "a year at a time"),
        ({"first_on": "2020-03-10"}, "has gone by"),
        ({"first_on": "nonsense"}, "Enter a valid date"),
    ],
)
def test_no_closure_is_made_of_bad_input(world: Any, bad: dict[str, str], words: str) -> None:
    room = keep(world)
    page = in_english(world, "lahja").post(f"/rooms/{room.id}/away/", bad)
    assert page.status_code == 422 and words in page.content.decode()
    world.enter("lake")
    assert not ResourceAway.objects.exists()


def test_a_closure_over_the_repeated_hour_is_an_hour_longer(world: Any) -> None:
    room = keep(world)
    in_english(world, "lahja").post(f"/rooms/{room.id}/away/", {"first_on": "2027-10-31"})
    world.enter("lake")
    away = ResourceAway.objects.get()
    assert away.ends_at - away.starts_at == timedelta(hours=25)


def test_closed_after_today_it_is_offered_no_more(world: Any) -> None:
    room, browser = keep(world), in_english(world, "lahja")
    book(world, room)
    page = browser.post(f"/rooms/{room.id}/close/", follow=True).content.decode()
    assert "1 booked time stands there" in page
    world.enter("lake")
    path = f"/clients/{world.clients['devi'].id}/appointments/new/"
    form = {"day": day(), "time": "13:00", "minutes": "45", "kind": "visit", "look": "1"}
    text = in_english(world, "aino").post(path, form).content.decode()
    assert "Halli: not in use that day" in text


def made(world: Any, room: Resource, **form: str) -> str:
    page = in_english(world, "lahja").post(f"/rooms/{room.id}/calendar/", form).content.decode()
    (address,) = re.findall(r"https?://[^/]+(/calendar/[^<\s]+\.ics)", page)
    return str(address)


def test_the_feed_says_booked_and_neither_who_nor_what_for(world: Any) -> None:
    room = keep(world)
    booked = book(world, room, purpose="discussion", note="Ota CV")
    answer = Browser().get(made(world, room))
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Varattu\r\n" in text and "BEGIN:VTIMEZONE" in text
    assert f"DTSTART;TZID=Europe/Helsinki:{day():%Y%m%d}T090000" in text
    for word in ("Koivunen", "Devi", "CV", "keskustelu", "discussion", str(booked.client_id)):
        assert word not in text
    assert str(booked.id) not in text


def test_an_interpreter_reads_how_where_and_in_which_language(world: Any) -> None:
    room, zahra = keep(world), keep(world, "Zahra", "interpreter")
    book(world, room, zahra, language="prs")
    text = Browser().get(made(world, zahra)).content.decode().replace("\r\n ", "")
    assert "SUMMARY:Varattu · tapaaminen\\, dari" in text and "Halli" in text


def test_under_a_ban_an_interpreters_calendar_tells_no_place(world: Any) -> None:
    zahra, by = keep(world, "Zahra", "interpreter"), world.enter_as("aino")
    lifecycle.set_ban(world.clients["devi"], by=by, at=clock.now())
    world.clients["devi"].refresh_from_db()
    book(world, keep(world), zahra, language="prs")
    text = Browser().get(made(world, zahra)).content.decode()
    assert "Varattu" in text and "Halli" not in text and "LOCATION" not in text


def test_a_cancelled_time_goes_from_the_feed(world: Any) -> None:
    room = keep(world)
    booked, path = book(world, room), made(world, room)
    by = world.enter_as("aino")
    booking.set_status(booked, by=by, at=clock.now(), status="cancelled")
    assert "BEGIN:VEVENT" not in Browser().get(path).content.decode()


def test_one_address_at_a_time_and_none_after_its_end(world: Any) -> None:
    room, browser = keep(world), in_english(world, "lahja")
    mark = {"submission": str(uuid4())}
    first = made(world, room, **mark)
    assert made(world, room, **mark) == first
    second = made(world, room)
    assert [Browser().get(one).status_code for one in (first, second)] == [404, 200]
    browser.post(f"/rooms/{room.id}/calendar/end/")
    assert Browser().get(second).status_code == 404
    # One that has ended is never given again.
    assert made(world, room, **mark) != first
    token = second.split("/")[-1].removesuffix(".ics")
    world.enter("lake")
    assert ResourceFeed.objects.filter(token_hash=hash_of(token)).exists()
    assert token not in browser.get(f"/rooms/{room.id}/").content.decode()


def test_the_reading_is_on_record_once_in_ten_minutes(world: Any) -> None:
    path = made(world, keep(world))
    for _time in range(3):
        Browser().get(path)
    world.enter("lake")
    assert AuditEntry.objects.filter(action="contacts.resource_feed_read").count() == 1


def test_of_a_room_out_of_use_nothing_is_read(world: Any) -> None:
    room = keep(world, valid_from=clock.today() - timedelta(days=9))
    path = made(world, room)
    world.enter("lake")
    Resource.objects.update(valid_until=clock.today() - timedelta(days=1))
    assert Browser().get(path).status_code == 404


def test_the_page_asks_as_little_of_a_full_week_as_of_an_empty_one(world: Any) -> None:
    room, counts = keep(world), []
    path, browser = f"/rooms/{room.id}/?from={day()}", in_english(world, "lahja")
    by = world.enter_as("lahja")
    for many in (0, 20):
        for n in range(many):
            starts = nine(day(9 + n // 5)) + timedelta(hours=n % 5)
            book(world, room, name="stranger", by="bengt", starts=starts)
            by = world.enter_as("lahja")
            keeping.close_for(
                room, by=by, at=clock.now(), starts_at=starts + timedelta(hours=8),
                ends_at=starts + timedelta(hours=9), reason=f"{n}",
            )  # fmt: skip
        counts.append(len(statements(browser, path)))
    # With clients in it, their names are asked for: once.
    assert counts[1] <= counts[0] + 1 and counts[1] <= 12, counts


@pytest.mark.parametrize("first", ["2027-03-26", "2027-10-29"])
def test_nine_stays_nine_in_the_feed_when_the_clocks_are_turned(world: Any, first: str) -> None:
    """The Friday before and the Monday after: as the wall clock has it, under the zone's rules."""
    room, friday = keep(world), date.fromisoformat(first)
    with clock.at(nine(friday - timedelta(days=2))):
        for n in (0, 3):
            book(world, room, starts=nine(friday + timedelta(days=n)))
        found = feeds.read(room.register_id, _token(world, room), at=clock.now())
        assert found is not None
        text = calendars.feed_of_a_resource(found[1], at=clock.now(), name="Polku")
    starts = [event["dtstart"].dt for event in Calendar.from_ical(text).walk("VEVENT")]
    assert [f"{one:%H:%M}" for one in starts] == ["09:00", "09:00"]
    apart = starts[1].astimezone(UTC) - starts[0].astimezone(UTC)
    assert apart == timedelta(hours=71 if "-03-" in first else 73)
    assert text.count("BEGIN:VTIMEZONE") == 1 and "TZID=Europe/Helsinki" in text


def _token(world: Any, room: Resource) -> str:
    by = world.enter_as("lahja")
    return feeds.make(room, by=by, at=clock.now(), submission=uuid4())
