"""Letters on paper: tagged, in the client's language, addressed where the window is, guarded."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from polku.clients import lifecycle
from polku.clients.models import ContactDetails
from polku.contacts import booking
from polku.contacts.models import Appointment
from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.portal.tests.test_own_times import at_nine

MM = 72 / 25.4


@pytest.fixture
def booked(world: Any) -> Appointment:
    by = world.enter_as("aino")
    ContactDetails.objects.filter(client=world.clients["devi"]).update(
        street="Rantatie 7 B 12", postal_code="16600", town="Järvelä"
    )
    return booking.book(
        world.clients["devi"], by=by, at=clock.now(), worker_id=by.user_id, place="Kunnantalo",
        starts_at=at_nine(), ends_at=at_nine() + timedelta(minutes=45), tell=False,
    )  # fmt: skip


def url(booked: Appointment) -> str:
    return f"/clients/{booked.client_id}/appointments/{booked.id}/letter.pdf"


def read(answer: Any) -> tuple[PdfReader, str]:
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    return reader, " ".join(page.extract_text() for page in reader.pages)


def entries(world: Any, action: str) -> int:
    world.enter("lake")
    return AuditEntry.objects.filter(action=action, client=world.clients["devi"].id).count()


def ban(world: Any) -> None:
    by = world.enter_as("aino")
    lifecycle.set_ban(world.clients["devi"], by=by, at=clock.now(), reason="pyyntö")


def test_the_invitation_says_when_and_where(world: Any, booked: Any) -> None:
    reader, text = read(world.browser("aino").get(url(booked)))
    when: datetime = clock.local(booked.starts_at)
    for word in ("Kunnantalo", "Rantatie 7 B 12", "16600 JÄRVELÄ", f"{when.day}.{when.month}."):
        assert word in text
    assert "Sinulle on varattu aika" in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"]
    assert len(reader.pages) == 1 and entries(world, "contacts.letter") == 1


def test_the_address_stands_in_the_window(world: Any, booked: Any) -> None:
    """Between 46 and 70 mm from the top, from 20 mm on; nothing else stands there."""
    reader, _text = read(world.browser("aino").get(url(booked)))
    height = float(reader.pages[0].mediabox.height)
    seen: list[str] = []

    def visit(text: str, now: Any, at: Any, _font: Any, _size: Any) -> None:
        x = (at[4] * now[0] + now[4]) / MM
        y = (height - (at[5] * now[3] + now[5])) / MM
        if text.strip() and 39 <= y <= 80 and x < 120:
            assert x >= 19.5 and 46 <= y <= 70, (text, x, y)
            seen.append(text.strip())

    reader.pages[0].extract_text(visitor_text=visit)
    assert "JÄRVELÄ" in " ".join(seen) and "Rantatie" in " ".join(seen)


def test_in_the_clients_language(world: Any, booked: Any) -> None:
    type(booked.client).objects.filter(pk=booked.client_id).update(service_language="sv")
    assert "En tid har bokats för dig" in read(world.browser("aino").get(url(booked)))[1]


def test_under_a_ban_it_wants_a_purpose_and_names_no_place(world: Any, booked: Any) -> None:
    ban(world)
    aino = world.browser("aino")
    page = aino.get(url(booked))
    assert "Rantatie" not in page.content.decode() and page["Content-Type"].startswith("text/html")
    assert aino.post(url(booked), {"purpose": ""}).status_code == 422
    assert entries(world, "clients.guarded_view") == 0
    _reader, text = read(aino.post(url(booked), {"purpose": "kutsukirje postitse"}))
    assert "Rantatie 7 B 12" in text and "Kunnantalo" not in text
    assert entries(world, "clients.guarded_view") == 1


def test_no_address_no_letter(world: Any, booked: Any) -> None:
    world.enter("lake")
    ContactDetails.objects.filter(client=booked.client).update(street="")
    answer = world.browser("aino").get(url(booked))
    # The page offers the letter before it knows: what is missing is told, and is no dead end.
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    assert b"%PDF" not in answer.content


def test_none_of_a_time_that_is_cancelled(world: Any, booked: Any) -> None:
    world.enter("lake")
    Appointment.objects.update(status="cancelled")
    assert world.browser("aino").get(url(booked)).status_code == 404


def test_none_of_a_time_that_has_gone_by(world: Any, booked: Any) -> None:
    """A tab left open over night invites nobody to yesterday."""
    aino = world.browser("aino")
    with clock.at(booked.starts_at + timedelta(minutes=1)):
        assert world.browser("aino").get(url(booked)).status_code == 404
    assert aino.get(url(booked)).status_code == 200


@pytest.mark.parametrize("what", ["revoke_link", "revoke_list"])
def test_no_letter_of_a_way_in_that_was_revoked(world: Any, booked: Any, what: str) -> None:
    """In another tab the letter still stands; printed there, it would open nothing."""
    aino, base = world.browser("aino"), f"/clients/{booked.client_id}/access/"
    aino.post(base, {"do": "letter"})
    assert aino.get(f"{base}letter.pdf").status_code == 200
    aino.post(base, {"do": what})
    for path in ("letter/", "letter.pdf"):
        assert aino.get(base + path).status_code == 302


def test_the_link_and_the_codes_go_by_letter_once_they_are_made(world: Any, booked: Any) -> None:
    aino, base = world.browser("aino"), f"/clients/{booked.client_id}/access/"
    assert aino.get(f"{base}letter.pdf").status_code == 302
    aino.post(base, {"do": "letter"})
    made = aino.get(f"{base}letter.pdf")
    reader, text = read(made)
    kept = aino.session["access_letter"]
    assert all(code in text for code in kept["codes"])
    assert kept["address"] in text.replace("\n", "").replace(" ", "")
    assert "Rantatie 7 B 12" in text and len(reader.pages) == 1
    assert entries(world, "portal.letter") == 1
