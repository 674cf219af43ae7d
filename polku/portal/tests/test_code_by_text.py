"""A client without e-mail who has agreed to texts gets the code for the door on the phone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from polku.clients import changes
from polku.clients.models import ContactDetails
from polku.foundation import clock, outbox
from polku.foundation.models import OutboxMessage
from polku.foundation.tests.receiving import Receiver, noon, receiver
from polku.portal import access

__all__ = ["noon", "receiver"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(world: Any) -> str:
    """The path of Devi's own link; she has a mobile number and no e-mail."""
    devi, aino = world.clients["devi"], world.enter_as("aino")
    ContactDetails.objects.filter(client=devi).update(email="")
    return urlsplit(access.make_link(by=aino, client_id=devi.id, at=clock.now())).path


def ask(world: Any, door: str) -> str:
    """Ask for a code on the page; return what became of the message."""
    assert Client().post(door, {"mail": "1"}).status_code == 200
    world.enter()
    message = OutboxMessage.objects.get(kind="access_code")
    return outbox.send(message.register_id, message.id)


def test_the_code_comes_by_text_at_night_too_and_opens_the_door(
    world: Any, door: str, noon: datetime, receiver: Receiver
) -> None:
    changes.give_consent(
        world.clients["devi"], by=world.enter_as("aino"), at=clock.now(), kind="text", how="spoken"
    )
    with clock.at(noon.replace(hour=23)):
        assert ask(world, door) == "sent"
        code = receiver.texts[0].split("\n")[1]
        assert Client().post(door, {"code": code})["Location"] == "/me/"


def test_control_without_a_consent_no_code_comes_and_the_page_tells_the_same(
    world: Any, door: str, noon: datetime, receiver: Receiver
) -> None:
    assert ask(world, door) == "stopped"
    assert receiver.asked == []


def test_the_page_speaks_of_the_phone_only_where_texts_are_in_use(
    world: Any, door: str, receiver: Receiver, settings: Any
) -> None:
    english = Client(headers={"accept-language": "en"})
    assert "a text message" in english.get(door).content.decode()
    settings.SMS_URL = ""
    assert "text message" not in english.get(door).content.decode()
