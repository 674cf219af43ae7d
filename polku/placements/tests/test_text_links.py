"""A supervisor without e-mail gets the personal link as a text message to a mobile number."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser

from polku.clients import changes, lifecycle
from polku.clients.models import ContactDetails
from polku.foundation import clock, outbox, reaching
from polku.foundation.models import OutboxMessage
from polku.foundation.tests.receiving import Receiver, noon, receiver
from polku.placements import keeping, supervisors
from polku.placements.host import asking, links, telling
from polku.placements.models import HostLink, Worksite
from polku.placements.tests.living import agreed, suggested
from polku.placements.tests.places import make_opening, make_supervisor

__all__ = ["noon", "receiver"]

pytestmark = pytest.mark.django_db

ENGLISH = {"headers": {"accept-language": "en"}}
NUMBER = "+358501234567"


@pytest.fixture
def opening(world: Any) -> Any:
    world.enter()
    return make_opening(world)


@pytest.fixture
def supervisor(opening: Any) -> Any:
    return make_supervisor(opening.worksite, email="", phone="050 123 4567")


def send_all(world: Any) -> list[str]:
    """Send what waits to hosts; return what became of each."""
    world.enter()
    waiting = OutboxMessage.objects.filter(host__isnull=False, status="waiting")
    return [outbox.send(one.register_id, one.id) for one in waiting.order_by("created_at", "id")]


def test_a_text_asks_whether_the_openings_stand_and_its_link_opens(
    world: Any, opening: Any, supervisor: Any, noon: datetime, receiver: Receiver
) -> None:
    asking.ask(opening.worksite, by=world.enter_as("aino"), at=clock.now())
    assert send_all(world) == ["sent"]
    assert receiver.numbers == [NUMBER]
    subject, address = receiver.texts[0].split("\n")
    assert len(receiver.texts[0]) <= 300
    for name in (opening.worksite.name, opening.title, supervisor.name):
        assert name not in receiver.texts[0]
    browser = Browser()
    assert browser.get(urlsplit(address).path).status_code == 200
    assert browser.post(urlsplit(address).path)["Location"] == "/host/"
    assert opening.title in browser.get("/host/", follow=True).content.decode()


def test_each_day_those_with_a_number_alone_are_asked_too(
    world: Any, opening: Any, supervisor: Any, noon: datetime, receiver: Receiver
) -> None:
    world.enter()
    type(opening).objects.update(confirmed_on=clock.today() - timedelta(days=200))
    assert asking.ask_those_due(opening.register_id, at=clock.now()) == 1


def test_control_where_texts_are_not_set_up_nobody_is_reached(
    world: Any, opening: Any, supervisor: Any, noon: datetime
) -> None:
    viewer = world.enter_as("aino")
    with pytest.raises(asking.NobodyToAsk):
        asking.ask(opening.worksite, by=viewer, at=clock.now())
    assert links.mail(supervisor, by=viewer, at=clock.now(), purpose="confirm") is None
    assert not HostLink.objects.exists()


@pytest.mark.parametrize("phone", ["", "03 123 4567", "soita vaihteeseen"])
def test_control_no_number_and_a_landline_reach_nobody(
    world: Any, opening: Any, supervisor: Any, noon: datetime, receiver: Receiver, phone: str
) -> None:
    world.enter()
    supervisor.phone = phone
    supervisor.save()
    with pytest.raises(asking.NobodyToAsk):
        asking.ask(opening.worksite, by=world.enter_as("aino"), at=clock.now())


def test_who_has_left_or_lost_the_number_before_it_goes_gets_nothing(
    world: Any, opening: Any, supervisor: Any, noon: datetime, receiver: Receiver
) -> None:
    for change, why in (
        ({"phone": "03 123 4567"}, reaching.NOT_MOBILE),
        ({"ended_on": clock.today()}, links.GONE),
    ):
        message = links.mail(
            supervisor, by=world.enter_as("aino"), at=clock.now(), purpose="confirm"
        )
        assert message is not None
        type(supervisor).objects.filter(pk=supervisor.pk).update(**change)
        assert outbox.send(message.register_id, message.id) == "stopped"
        message.refresh_from_db()
        assert message.problem == why
        type(supervisor).objects.filter(pk=supervisor.pk).update(phone="050 123 4567")
    assert receiver.asked == []


def test_the_agreement_is_told_of_by_text_to_whom_it_concerns(
    world: Any, opening: Any, noon: datetime, receiver: Receiver
) -> None:
    placement = agreed(world, opening=opening)
    world.enter()
    there = placement.worksite.supervisors.all()
    there.update(email="", phone="044 123 4567")
    other = make_supervisor(placement.worksite, name="Aaro Toinen", phone="03 123 4567")
    assert telling.whom(placement).id == placement.supervisor_id
    there.filter(pk=placement.supervisor_id).update(phone="")
    assert telling.whom(placement).id == other.id, "the mail of another goes before nobody at all"
    there.filter(pk=placement.supervisor_id).update(phone="044 123 4567")
    OutboxMessage.objects.all().delete()
    for what in ("sign", "assess", "over"):
        telling.tell(placement, what, clock.now())
    assert send_all(world) == ["sent"] * 3
    assert receiver.numbers == ["+358441234567"] * 3
    for text in receiver.texts:
        for word in (world.clients["devi"].last_name, "Devi", placement.title, placement.place):
            assert word not in text
    assert sum("/h/" in text for text in receiver.texts) == 2


def test_the_placements_page_says_how_the_workplace_is_told(
    world: Any, opening: Any, noon: datetime, receiver: Receiver, settings: Any
) -> None:
    placement = agreed(world, opening=opening)
    address = f"/clients/{placement.client_id}/placements/{placement.id}/"
    browser = world.browser("aino", **ENGLISH)
    assert "Sanni Esihenkilö, by e-mail" in browser.get(address).content.decode()
    world.enter()
    placement.worksite.supervisors.update(email="", phone="044 123 4567")
    assert "Sanni Esihenkilö, by text message" in browser.get(address).content.decode()
    settings.SMS_URL = ""
    assert "No message reaches anybody" in browser.get(address).content.decode()


def test_a_ban_and_a_death_stop_what_waits_for_the_workplace(
    world: Any, noon: datetime, receiver: Receiver
) -> None:
    for turn in (
        lambda client, by: lifecycle.set_ban(client, by=by, at=clock.now(), reason="pyyntö"),
        lambda client, by: lifecycle.record_death(client, by=by, at=clock.now(), on=clock.today()),
    ):
        client = world.clients["devi" if not OutboxMessage.objects.exists() else "stranger"]
        world.enter()
        opening = make_opening(world)
        make_supervisor(opening.worksite, email="", phone="050 123 4567")
        by = "aino" if client.id == world.clients["devi"].id else "bengt"
        placement = suggested(world, opening=opening, client=client, by=by)
        telling.tell(placement, "sign", clock.now())
        client.refresh_from_db()
        turn(client, world.enter_as(by))
        assert send_all(world) == []
    assert receiver.asked == []


def test_a_link_asked_for_at_night_comes_at_once_and_others_in_the_morning(
    world: Any, opening: Any, supervisor: Any, noon: datetime, receiver: Receiver
) -> None:
    supervisor.language = "en"
    supervisor.save()
    address = urlsplit(
        links.make(supervisor, by=world.enter_as("aino"), at=clock.now(), purpose="confirm")
    ).path
    Browser().post(address)
    with clock.at(noon.replace(hour=22)):
        page = Browser(**ENGLISH).get(address)
        assert "mobile number" in page.content.decode()
        page = Browser(**ENGLISH).post(address)
        assert "your messages" in page.content.decode()
        assert send_all(world) == ["sent"]
        links.mail(supervisor, by=world.enter_as("aino"), at=clock.now(), purpose="confirm")
        assert send_all(world) == ["waiting"]


def test_the_client_is_told_of_a_suggestion_by_text(
    world: Any, opening: Any, noon: datetime, receiver: Receiver
) -> None:
    devi = world.clients["devi"]
    world.enter()
    ContactDetails.objects.filter(client=devi).update(email="")
    changes.give_consent(devi, by=world.enter_as("aino"), at=clock.now(), kind="text", how="spoken")
    suggested(world, opening=opening)
    world.enter()
    message = OutboxMessage.objects.get(client=devi, kind="placement_suggested")
    assert outbox.send(message.register_id, message.id) == "sent"
    subject, address = receiver.texts[0].split("\n")
    assert subject == message.subject and address.endswith("/me/")
    assert opening.worksite.name not in receiver.texts[0] and "Devi" not in receiver.texts[0]


def test_staff_see_how_links_go_and_what_is_missing(
    world: Any, opening: Any, supervisor: Any, receiver: Receiver
) -> None:
    place = f"/places/worksites/{opening.worksite_id}/"
    browser = world.browser("aino", **ENGLISH)
    assert "Messages go as text messages." in browser.get(place).content.decode()
    form = f"{place}people/{supervisor.id}/"
    stood = keeping.mark(supervisors.of_person(supervisor))
    given = {"name": supervisor.name, "language": "fi", "phone": "03 123 4567", "stood": stood}
    assert "links go to a mobile number" in browser.get(form).content.decode()
    page = browser.post(form, given, follow=True).content.decode()
    assert page.count("the phone number is not a mobile number") == 2, "said and shown"
    page = browser.post(f"{place}ask/", follow=True).content.decode()
    assert "an e-mail address or a mobile number" in page


def test_in_a_demo_staff_see_that_no_texts_go(world: Any, opening: Any, supervisor: Any) -> None:
    place = f"/places/worksites/{opening.worksite_id}/"
    browser = world.browser("aino", **ENGLISH)
    assert "text messages are not in use here" in browser.get(place).content.decode()
    form = browser.get(f"{place}people/{supervisor.id}/").content.decode()
    assert "text messages are not in use here" in form
    page = browser.post(f"{place}ask/", follow=True).content.decode()
    assert "Nobody at the workplace has an e-mail address. Add one" in page


def test_the_last_link_that_failed_is_told_with_its_code(
    world: Any, opening: Any, supervisor: Any, noon: datetime, receiver: Receiver
) -> None:
    receiver.answers = [422]
    asking.ask(Worksite.objects.get(), by=world.enter_as("aino"), at=clock.now())
    assert send_all(world) == ["failed"]
    page = world.browser("aino", **ENGLISH).get(f"/places/worksites/{opening.worksite_id}/")
    assert "The last link did not go out" in page.content.decode()
    assert "refused by what carries it: 422" in page.content.decode()
