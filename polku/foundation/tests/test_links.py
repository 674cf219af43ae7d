"""Personal links: the first administrator, a forgotten password; and one's own account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from polku.foundation import clock
from polku.foundation.door import first_administrator_link, second_step
from polku.foundation.models import AuditEntry, EntryLink, OutboxMessage, Register, User
from polku.foundation.testing import PASSWORD
from polku.foundation.tests.coming_in import WRONG, give_second_step, is_in, password

pytestmark = pytest.mark.django_db
NEW = "sade rummuttaa peltikattoa"
TOLD = {
    "organisation": "Esimerkkilän kunta",
    "register": "Esimerkkilän työllisyyspalvelut",
    "kind": "authority",
    "email": "Ensi@example.org",
    "first_name": "Ensi",
    "last_name": "Esimerkki",
    "password": NEW,
    "again": NEW,
}


def test_the_first_administrator_opens_the_house_once(db: None, client: Client) -> None:
    address = urlsplit(first_administrator_link()).path
    assert client.get(address).status_code == 200
    answer = client.post(address, TOLD)
    assert answer["Location"] == "/sign-in/second-step/"
    register = Register.objects.get(name="Esimerkkilän työllisyyspalvelut")
    assert register.key.wrapped
    role = User.objects.get(email="ensi@example.org").roles.get()
    assert (role.role, role.register) == ("administrator", register)
    assert client.get("/staff/").status_code == 200
    assert Client().get(address).status_code == 404
    # Setting up once more opens no second door, unless one more register is asked for.
    assert first_administrator_link() == ""
    assert Client().get(urlsplit(first_administrator_link(another=True)).path).status_code == 200


def test_a_newer_first_link_voids_the_older(db: None) -> None:
    old, new = (urlsplit(first_administrator_link()).path for _n in range(2))
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    assert EntryLink.objects.filter(revoked_at__isnull=True).count() == 1


def test_a_weak_or_mistyped_password_is_explained_and_the_link_still_works(
    db: None, client: Client
) -> None:
    address = urlsplit(first_administrator_link()).path
    for bad in ({"password": "short", "again": "short"}, {"again": "something else again"}):
        answer = client.post(address, {**TOLD, **bad})
        assert answer.status_code == 200
        assert answer.context["form"].errors
    assert not User.objects.exists()
    assert client.post(address, TOLD).status_code == 302


def test_a_taken_address_is_refused_whole(world: Any, client: Client) -> None:
    address = urlsplit(first_administrator_link()).path
    answer = client.post(address, {**TOLD, "email": "aino@example.org"})
    assert "email" in answer.context["form"].errors
    assert Register.objects.count() == 2


def text(answer: Any) -> str:
    return re.sub(r'value="[^"]{40,}"', "", answer.content.decode())


def test_a_forgotten_password_comes_by_mail_and_ends_every_session(world: Any) -> None:
    aino = Client()
    password(aino, "aino@example.org")
    give_second_step(world.people["aino"])
    asking = Client()
    known = text(asking.post("/sign-in/forgotten/", {"email": "aino@example.org"}))
    unknown = text(asking.post("/sign-in/forgotten/", {"email": "nobody@example.org"}))
    assert known == unknown
    world.enter()
    message = OutboxMessage.objects.get(kind="new_password")
    assert message.user_id == world.people["aino"].id
    found = re.search(r"/welcome/[\w-]+/", message.body)
    assert found
    assert asking.post(found[0], {"password": NEW, "again": NEW}).status_code == 200
    # The link is not a way in: the second step is asked for as always.
    assert not is_in(asking)
    assert not is_in(aino)
    assert second_step.is_set_up(world.people["aino"])
    assert password(Client(), "aino@example.org").status_code == 200
    assert password(Client(), "aino@example.org", NEW)["Location"] == "/sign-in/code/"
    assert Client().get(found[0]).status_code == 404


def test_the_link_for_a_password_lasts_two_hours(world: Any, client: Client) -> None:
    client.post("/sign-in/forgotten/", {"email": "aino@example.org"})
    world.enter()
    found = re.search(r"/welcome/[\w-]+/", OutboxMessage.objects.get().body)
    assert found
    with clock.at(clock.now() + timedelta(hours=2, minutes=1)):
        assert client.get(found[0]).status_code == 404


def test_a_link_that_was_asked_for_is_on_record(world: Any, client: Client) -> None:
    client.post("/sign-in/forgotten/", {"email": "aino@example.org"})
    client.post("/sign-in/forgotten/", {"email": "nobody@example.org"})
    world.enter()
    entry = AuditEntry.objects.get(action="door.link_mail")
    assert entry.shown == [world.people["aino"].id]


def test_nobody_s_mailbox_is_flooded(world: Any, client: Client) -> None:
    for _n in range(12):
        client.post("/sign-in/forgotten/", {"email": "aino@example.org"})
    world.enter()
    assert OutboxMessage.objects.filter(kind="new_password").count() == 5


def test_changing_one_s_password_needs_the_old_and_keeps_only_this_browser(
    world: Any, client: Client
) -> None:
    other = Client()
    for browser in (client, other):
        password(browser, "aino@example.org")
    told = {"do": "password", "old": WRONG, "password": NEW, "again": NEW}
    assert client.post("/account/", told).context["change"].errors
    assert client.post("/account/", {**told, "old": PASSWORD}).status_code == 302
    assert is_in(client)
    assert not is_in(other)


def test_new_recovery_codes_void_the_old(world: Any, client: Client) -> None:
    aino = world.people["aino"]
    client.force_login(aino)
    give_second_step(aino)
    second_step.renew_recovery_codes(aino)
    old = second_step.recovery_codes(aino)
    assert client.post("/account/", {"do": "codes", "codes-password": PASSWORD}).status_code == 302
    assert client.get("/sign-in/recovery-codes/").content.decode().count("<code>") == 10
    assert not set(old) & set(second_step.recovery_codes(aino))
