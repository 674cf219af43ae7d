"""A coach books a time with an interpreter and a room: in a browser, in few presses."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from polku.clients.models import Client
from polku.contacts.models import Appointment, ResourceBooking
from polku.contacts.tests.driving import PHONE, browser, coach, engine  # noqa: F401
from polku.contacts.tests.rooms import book, day, keep
from polku.foundation import walls
from polku.foundation.viewer import system
from tests.axe import barriers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(world: Any) -> dict[str, Any]:
    """Two rooms, one of which is booked at nine, and who interprets Dari for Devi."""
    register = world.areas["lake"]
    with walls.inside(register.id, by=system(register.id)):
        Client.objects.filter(pk=world.clients["devi"].pk).update(language="prs", interpreter=True)
        found = {
            "halli": keep(world), "kammari": keep(world, "Kammari"),
            "zahra": keep(world, "Zahra Esimerkki", "interpreter"),
        }  # fmt: skip
        book(world, found["halli"], name="stranger", by="bengt")
    return found


def test_room_and_interpreter_are_booked_with_the_time(
    world: Any,
    live_server: Any,
    coach: Any,  # noqa: F811
    office: Any,
) -> None:
    page = coach(viewport=PHONE)
    page.goto(f"{live_server.url}/clients/{world.clients['devi'].id}/appointments/new/")
    expect(page.locator("[name=speaker] option:checked")).to_contain_text("Zahra")
    page.fill("[name=day]", day().isoformat())
    page.wait_for_load_state()
    with page.expect_navigation():
        page.fill("[name=time]", "09:00")
        page.locator("[name=minutes]").focus()
    expect(page.locator(".not-free")).to_contain_text("Halli: booked 9:00–9:45")
    assert page.locator("[name=room] option").all_inner_texts() == [
        "no room from here", "Kammari, Koulutie 1, Kärkölä",
    ]  # fmt: skip
    page.select_option("[name=room]", label="Kammari, Koulutie 1, Kärkölä")
    # The room is the place: no other is asked for.
    expect(page.locator("[name=place]")).to_be_hidden()
    assert barriers(page, opened="booking with a room") == []
    with page.expect_navigation():
        page.locator("button.main[name=save]").click()
    expect(page.locator("main")).to_contain_text("Zahra Esimerkki")
    with walls.inside(world.areas["lake"].id):
        booked = Appointment.objects.get(client=world.clients["devi"])
        held = ResourceBooking.objects.filter(appointment=booked)
        assert booked.place == office["kammari"].where and held.count() == 2


@pytest.mark.parametrize("by", ["mouse", "Enter", "keyboard"])
def test_the_hour_typed_last_does_not_swallow_the_press_on_book(
    world: Any,
    live_server: Any,
    coach: Any,  # noqa: F811
    office: Any,
    by: str,
) -> None:
    page = coach()
    page.goto(f"{live_server.url}/clients/{world.clients['devi'].id}/appointments/new/")
    with page.expect_navigation():
        page.fill("[name=day]", day().isoformat())
    page.select_option("[name=room]", label="Kammari, Koulutie 1, Kärkölä")
    page.fill("[name=time]", "13:00")
    with page.expect_navigation(url="**/appointments/*-*/"):
        if by == "mouse":
            page.locator("button.main[name=save]").click()
        elif by == "Enter":
            page.locator("[name=time]").press("Enter")
        else:
            page.locator("button.main[name=save]").focus()
            page.keyboard.press("Enter")
    with walls.inside(world.areas["lake"].id):
        assert Appointment.objects.get(client=world.clients["devi"]).status == "confirmed"


def test_a_lead_adds_a_room_and_looks_at_its_week(
    world: Any,
    live_server: Any,
    coach: Any,  # noqa: F811
    office: Any,
) -> None:
    page = coach("lahja", viewport=PHONE)
    page.goto(f"{live_server.url}/rooms/new/room/")
    page.fill("[name=name]", "Sali")
    page.fill("[name=seats]", "8")
    assert barriers(page, opened="a new room") == []
    with page.expect_navigation():
        page.locator("main button.main").click()
    expect(page.locator("h1")).to_have_text("Sali")
    page.goto(f"{live_server.url}/rooms/{office['halli'].id}/?from={day()}")
    expect(page.locator("main")).to_contain_text("9:00–9:45")
    assert barriers(page, opened="a room's week") == []
