"""A worker's own times at a private address: shown once, ended at once, no client in it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client as Browser

from polku.contacts import booking, rhythm
from polku.contacts.addresses import hash_of
from polku.contacts.models import CalendarFeed
from polku.foundation import clock
from polku.foundation.models import AuditEntry, RoleAssignment


def made(world: Any, name: str = "aino", **form: str) -> str:
    """Return the path at which the worker's calendar reads."""
    page = world.browser(name).post("/calendar/", form).content.decode()
    (address,) = re.findall(r"https?://[^/]+(/calendar/[^<\s]+\.ics)", page)
    return str(address)


def book(world: Any, **more: Any) -> Any:
    by, day = world.enter_as("aino"), rhythm.next_working_day(clock.today() + timedelta(days=3))
    starts = datetime(day.year, day.month, day.day, 9, tzinfo=clock.HELSINKI)
    fields = {"kind": "visit", "place": "Kunnantalo", "note": "Ota CV", "tell": False} | more
    return booking.book(
        world.clients["devi"], by=by, at=clock.now(), worker_id=by.user_id, starts_at=starts,
        ends_at=starts + timedelta(minutes=45), **fields,
    )  # fmt: skip


def test_the_calendar_reads_without_signing_in_and_learns_no_name(world: Any) -> None:
    booked = book(world)
    answer = Browser().get(made(world))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    text = answer.content.decode()
    assert str(booked.id) in text and "Kunnantalo" in text
    for word in (booked.client.last_name, booked.client.first_names, "CV"):
        assert word not in text


def test_other_workers_times_are_not_in_it(world: Any) -> None:
    booked = book(world)
    assert str(booked.id) not in Browser().get(made(world, "bengt")).content.decode()


def test_the_secret_is_kept_as_a_hash_alone(world: Any) -> None:
    token = made(world).split("/")[-1].removesuffix(".ics")
    world.enter("lake")
    assert bytes(CalendarFeed.objects.get().token_hash) == hash_of(token)
    assert token not in world.browser("aino").get("/calendar/").content.decode()


def test_a_new_address_ends_the_old_one_and_ending_ends_all(world: Any) -> None:
    first, second = made(world), made(world)
    assert [Browser().get(one).status_code for one in (first, second)] == [404, 200]
    world.browser("aino").post("/calendar/end/")
    assert Browser().get(second).status_code == 404


def test_the_same_form_sent_twice_makes_one_address_and_an_ended_one_never_comes_back(
    world: Any,
) -> None:
    form = {"submission": str(uuid4())}
    first, again = made(world, **form), made(world, **form)
    assert first == again and Browser().get(first).status_code == 200
    world.browser("aino").post("/calendar/end/")
    fresh = made(world, **form)
    assert fresh != first and Browser().get(first).status_code == 404
    bengts = made(world, "bengt", **form)
    assert bengts not in (first, fresh) and Browser().get(fresh).status_code == 200


def test_wrong_ended_and_foreign_addresses_look_alike(world: Any) -> None:
    first = made(world)
    other = first.replace(str(world.areas["lake"].id), str(world.areas["river"].id))
    wrong = first.replace(first[-12:-4], "AAAAAAAA")
    made(world)
    answers = [Browser().get(one) for one in (first, other, wrong)]
    assert {one.status_code for one in answers} == {404}


def test_it_ends_with_the_role(world: Any) -> None:
    address = made(world)
    role = world.viewers["aino"].role_id
    RoleAssignment.objects.filter(pk=role).update(ends_at=clock.now() - timedelta(minutes=1))
    assert Browser().get(address).status_code == 404


def test_another_role_and_a_role_given_anew_open_no_former_address(world: Any) -> None:
    address = made(world)
    role = RoleAssignment.objects.filter(pk=world.viewers["aino"].role_id)
    role.update(role="auditor")
    assert Browser().get(address).status_code == 404
    role.update(role="coach")
    assert Browser().get(address).status_code == 200
    role.update(starts_at=clock.now() + timedelta(seconds=1))
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert Browser().get(address).status_code == 404


def test_reading_is_on_record_and_not_at_every_beat(world: Any) -> None:
    address = made(world)
    for _ in range(3):
        Browser().get(address)
    world.enter("lake")
    assert AuditEntry.objects.filter(action="contacts.calendar_read").count() == 1


def test_who_has_no_clients_has_no_calendar(world: Any) -> None:
    for name in ("gus", "elli"):
        assert world.browser(name).post("/calendar/").status_code == 403
    Browser().post("/calendar/")
    world.enter("lake")
    assert not CalendarFeed.objects.exists()


def test_control_with_the_name_in_it_the_first_test_fails(world: Any, monkeypatch: Any) -> None:
    from polku.contacts import calendars

    booked = book(world)
    real = calendars.event

    def naming(one: Any, **given: Any) -> Any:
        return real(one, **{**given, "summary": str(one.client)})

    monkeypatch.setattr(calendars, "event", naming)
    assert booked.client.last_name in Browser().get(made(world)).content.decode()
