"""A client comes in by a personal link and a single-use code; nobody else does."""

from __future__ import annotations

import math
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from polku.foundation import clock, walls
from polku.foundation.models import AuditEntry, OutboxMessage
from polku.portal import access, codes, door
from polku.portal.models import AccessCode, AccessLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(world: Any) -> tuple[str, list[str]]:
    """A link's path and its codes on paper, for Devi."""
    viewer = world.enter_as("aino")
    address, listed = access.make_letter(
        by=viewer, client_id=world.clients["devi"].id, at=clock.now()
    )
    return urlsplit(address).path, listed


def who(client: Client) -> Any:
    """Return the viewer that the next request is made as."""
    return client.get("/c/").wsgi_request.viewer


def test_link_and_code_on_paper_let_the_client_in(world: Any, letter: Any, client: Client) -> None:
    address, listed = letter
    page = client.get(address)
    assert page.status_code == 200
    assert "Devi" not in page.content.decode()
    answer = client.post(address, {"code": listed[0].lower()})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    viewer = who(client)
    assert (viewer.kind, viewer.client_id) == ("client", world.clients["devi"].id)


def test_an_address_that_is_typed_by_hand_may_lack_dashes(letter: Any, client: Client) -> None:
    address, _listed = letter
    token = address.strip("/").split("/")[-1]
    assert client.get(f"/c/{token.replace('-', '').upper()}/").status_code == 200


def test_a_code_works_once(letter: Any, client: Client) -> None:
    address, listed = letter
    assert client.post(address, {"code": listed[0]}).status_code == 302
    other = Client()
    assert other.post(address, {"code": listed[0]}).status_code == 200
    assert who(other) is None
    assert other.post(address, {"code": listed[1]}).status_code == 302


def test_a_mailed_code_works_for_a_quarter_of_an_hour(
    world: Any, letter: Any, client: Client
) -> None:
    address, _listed = letter
    assert client.post(address, {"mail": "1"}).status_code == 200
    world.enter()
    message = OutboxMessage.objects.get(kind="access_code")
    assert message.client_id == world.clients["devi"].id
    for private in ("Devi", "Koivunen", "Rantatie", "Lake", "lake"):
        assert private not in message.subject
    code = re.search(r"\d{3} \d{3}", message.body)
    assert code
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert client.post(address, {"code": code[0]}).status_code == 200
    assert client.post(address, {"code": code[0]}).status_code == 302


def test_no_code_and_no_token_is_kept_in_the_clear(world: Any, letter: Any) -> None:
    address, listed = letter
    world.enter()
    kept = AccessCode.objects.values_list("code_hash", flat=True)
    assert all(codes.plain(listed[0]).encode() not in bytes(k) for k in kept)
    token = address.strip("/").split("/")[-1]
    assert len(token.replace("-", "")) * math.log2(len(access.CLEAR)) >= 128
    link = AccessLink.objects.get(client=world.clients["devi"].id)
    assert bytes(link.token_hash) == access.hash_of(token)


def test_wrong_codes_are_counted_and_the_right_one_waits(letter: Any, client: Client) -> None:
    address, listed = letter
    for _n in range(5):
        assert client.post(address, {"code": "AAAA AAAA"}).status_code == 200
    answer = client.post(address, {"code": listed[0]})
    assert answer.status_code == 429
    assert who(client) is None
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert client.post(address, {"code": listed[0]}).status_code == 302


def test_without_the_count_guessing_would_go_on(
    letter: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("polku.portal.door_views.limits.is_full", lambda *_a: False)
    address, listed = letter
    for _n in range(6):
        client.post(address, {"code": "AAAA AAAA"})
    assert client.post(address, {"code": listed[0]}).status_code == 302


def test_forged_revoked_and_closed_links_look_alike(world: Any, letter: Any) -> None:
    address, _listed = letter
    forged = Client().get("/c/abcdefghijklmnopqrstuvwxyz012345/")
    world.enter_as("aino")
    access.revoke_link(by=world.viewers["aino"], client_id=world.clients["devi"].id, at=clock.now())
    revoked = Client().get(address)
    assert forged.status_code == revoked.status_code == 404

    def body(answer: Any) -> str:
        text = re.sub(r'value="[^"]{40,}"', "", answer.content.decode())
        return re.sub(r'value="/c/[^"]*"', "", text)

    assert body(forged) == body(revoked)


def test_a_revoked_link_puts_the_client_out_at_the_next_request(
    world: Any, letter: Any, client: Client
) -> None:
    address, listed = letter
    client.post(address, {"code": listed[0]})
    assert who(client) is not None
    viewer = world.enter_as("aino")
    access.revoke_link(by=viewer, client_id=world.clients["devi"].id, at=clock.now())
    assert who(client) is None


def test_a_closed_record_puts_the_client_out(world: Any, letter: Any, client: Client) -> None:
    address, listed = letter
    client.post(address, {"code": listed[0]})
    assert who(client) is not None
    devi = world.clients["devi"]
    with walls.inside(devi.register_id):
        type(devi).objects.filter(pk=devi.pk).update(closed_on=clock.today())
    assert who(client) is None


def test_a_session_without_a_link_stands_in_a_demo_only(
    world: Any, client: Client, settings: Any
) -> None:
    devi = world.clients["devi"]
    session = client.session
    session[door.KEY] = {"register": str(devi.register_id), "client": str(devi.id), "link": ""}
    session.save()
    client.cookies["polku_session"] = session.session_key
    settings.DEMO = True
    assert who(client).client_id == devi.id
    settings.DEMO = False
    assert who(client) is None


def test_a_client_sees_no_worker_s_page(letter: Any, client: Client) -> None:
    address, listed = letter
    client.post(address, {"code": listed[0]})
    assert client.get("/who-may/").status_code == 403


def test_the_coach_makes_the_letter_and_it_is_on_record(world: Any, client: Client) -> None:
    devi = world.clients["devi"]
    client.force_login(world.people["aino"])
    here = f"/clients/{devi.id}/access/"
    assert client.get(here).status_code == 200
    answer = client.post(here, {"do": "letter"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "/c/" in page
    assert page.count("<code>") == 10
    world.enter()
    done = list(AuditEntry.objects.filter(client=devi.id).values_list("action", flat=True))
    assert done.count("portal.letter_make") == 1
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert client.get(answer["Location"]).status_code == 302


@pytest.mark.parametrize("name", ["bengt", "gus", "elli", "carita"])
def test_nobody_else_makes_a_way_in(world: Any, client: Client, name: str) -> None:
    devi = world.clients["devi"]
    client.force_login(world.people[name])
    here = f"/clients/{devi.id}/access/"
    assert client.get(here).status_code == 404
    assert client.post(here, {"do": "letter"}).status_code == 404
    world.enter()
    assert not AccessLink.objects.filter(client=devi.id).exists()
