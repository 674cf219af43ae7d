"""What a press does of which the page knows no more: the record has closed, the time has moved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from polku.clients import lifecycle
from polku.contacts import booking
from polku.contacts.models import Appointment, Contact
from polku.contacts.tests.conftest import told
from polku.contacts.tests.rooms import book, in_english, nine
from polku.foundation import clock

CLOSED = "The record is closed."


def ends(world: Any, how: str) -> None:
    """Close Devi's record, or write her death down."""
    by, devi = world.enter_as("aino"), world.clients["devi"]
    if how == "died":
        lifecycle.record_death(devi, by=by, at=clock.now(), on=clock.today())
    else:
        lifecycle.close(
            devi, by=by, at=clock.now(), on=clock.today(), reason="work", outcome="open"
        )


@pytest.mark.parametrize("how", ["closed", "died"])
def test_a_time_that_was_cancelled_with_the_record_does_not_stand_again(
    world: Any, how: str
) -> None:
    booked, browser = book(world), in_english(world, "aino")
    ends(world, how)
    path = f"/clients/{booked.client_id}/appointments/{booked.id}"
    page = browser.post(f"{path}/confirmed/?undo", follow=True).content.decode()
    assert CLOSED in page
    booked.refresh_from_db()
    assert booked.status == "cancelled"


def test_a_time_that_is_still_to_be_settled_is_not_moved_ahead(world: Any) -> None:
    booked, stood = book(world), nine()
    path = f"/clients/{booked.client_id}/appointments/{booked.id}"
    with clock.at(stood + timedelta(days=1)):
        browser = in_english(world, "aino")
        ends(world, "closed")
        form = {
            "day": str(nine().date()), "time": "12:00", "minutes": "45", "kind": "call",
            "purpose": "coaching", "language": "fi", "version": "1",
        }  # fmt: skip
        assert CLOSED in browser.post(f"{path}/move/", form, follow=True).content.decode()
        booked.refresh_from_db()
        assert (booked.starts_at, booked.status) == (stood, "confirmed")
        assert browser.post(f"{path}/missed/", {"missed_by": "client"}).status_code == 302


def test_the_panel_books_nothing_for_a_closed_record_and_keeps_what_was_written(
    world: Any,
) -> None:
    browser, devi = in_english(world, "aino"), world.clients["devi"].id
    ends(world, "closed")
    form = told(book_day=str(nine().date()), book_time="09:00", book_minutes="45", book_kind="call")
    page = browser.post(f"/clients/{devi}/contacts/new/", form).content.decode()
    assert CLOSED[:-1] in page and "Soitan kirjastoon." in page
    world.enter("lake")
    assert not Appointment.objects.exists() and not Contact.objects.exists()
    assert (
        browser.post(f"/clients/{devi}/contacts/new/", form | {"book_time": ""}).status_code == 302
    )


@pytest.mark.parametrize("press", ["cancelled", "confirmed"])
def test_a_press_on_an_old_page_does_nothing_to_a_time_that_was_moved(
    world: Any, press: str
) -> None:
    booked, browser = book(world, status="proposed"), in_english(world, "aino")
    page = f"/clients/{booked.client_id}/appointments/{booked.id}/"
    old = browser.get(page).content.decode()
    later = nine() + timedelta(hours=4)
    booking.move(
        booked, by=world.enter_as("bengt"), at=clock.now(), starts_at=later,
        ends_at=later + timedelta(minutes=45),
    )  # fmt: skip
    assert f'{page}{press}/?version=1"' in old
    answer = browser.post(f"{page}{press}/?version=1", follow=True).content.decode()
    assert "It has been changed meanwhile, so nothing was done." in answer
    booked.refresh_from_db()
    assert (booked.starts_at, booked.status) == (later, "proposed")
    assert browser.post(f"{page}{press}/?version=2").status_code == 302
    booked.refresh_from_db()
    assert booked.status == press


def test_the_same_press_twice_is_one_whatever_the_page_knew(world: Any) -> None:
    booked, browser = book(world), in_english(world, "aino")
    path = f"/clients/{booked.client_id}/appointments/{booked.id}/cancelled/?version=1"
    for _press in range(2):
        assert "Cancelled." in browser.post(path, follow=True).content.decode()
