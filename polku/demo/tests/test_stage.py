"""The stage stands in a demo only, and one click takes one in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from polku.demo import parts
from polku.foundation.models import AuditEntry
from polku.placements.models import HostLink
from polku.placements.tests.living import begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


def step_in(client: Client, **fields: str) -> Any:
    return client.post("/demo/sign-in/", fields)


def test_there_is_no_stage_outside_a_demo(world: Any, client: Client, settings: Any) -> None:
    assert settings.DEMO is False
    assert client.get("/demo/").status_code == 404
    assert step_in(client, role="coach").status_code == 404
    assert "_auth_user_id" not in client.session


def test_in_a_demo_it_stands(world: Any, client: Client, demo: None) -> None:
    """Control of the test above."""
    page = client.get("/demo/")
    assert page.status_code == 200
    assert "Aino Esimerkki" in page.content.decode()


def test_production_has_none_even_when_asked_for(
    world: Any, client: Client, demo: None, settings: Any
) -> None:
    settings.PRODUCTION = True
    assert client.get("/demo/").status_code == 404
    assert step_in(client, role="coach").status_code == 404


def test_one_click_signs_a_coach_in_and_leaves_an_entry(
    world: Any, client: Client, demo: None
) -> None:
    answer = step_in(client, role="coach", area="316", nth="1")
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(world.people["bengt"].id)
    assert client.session["role"] == str(world.viewers["bengt"].role_id)
    world.enter()
    entry = AuditEntry.objects.get(action="door.sign_in")
    assert (entry.actor_user, entry.reason) == (world.people["bengt"].id, "demo")


def test_stepping_into_another_part_leaves_nothing_of_the_first(
    world: Any, client: Client, demo: None
) -> None:
    step_in(client, role="coach", area="316")
    session = client.session
    session["kept"] = "by the first"
    session.save()
    assert client.session["kept"]
    step_in(client, role="lead", area="316")
    assert client.session["_auth_user_id"] == str(world.people["lahja"].id)
    assert "kept" not in client.session


def test_a_client_comes_in_by_the_own_door(world: Any, client: Client, demo: None) -> None:
    answer = step_in(client, role="client")
    assert answer["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert client.get("/clients/").status_code == 403


def test_a_supervisor_comes_in_by_a_link_that_is_bound_to_this_browser(
    world: Any, client: Client, demo: None
) -> None:
    placement = begun(world)
    person = placement.supervisor
    assert person.name in client.get("/demo/").content.decode()
    answer = step_in(client, role="supervisor", area="316")
    assert answer["Location"] == "/host/"
    page = client.get("/host/placement/").content.decode()
    assert "Devi K." in page
    assert client.get("/clients/").status_code == 403
    other = Client()
    other.cookies["polku_session"] = client.cookies["polku_session"].value
    assert other.get("/host/placement/").status_code == 302
    assert step_in(Client(), role="supervisor", area="316", nth="1").status_code == 404


def test_no_link_is_made_outside_a_demo(world: Any, client: Client) -> None:
    begun(world)
    made = HostLink.objects.count()
    assert step_in(client, role="supervisor", area="316").status_code == 404
    assert HostLink.objects.count() == made


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"role": "owner"},
        {"role": "supervisor"},
        {"role": "coach", "area": "999"},
        {"role": "coach", "nth": "7"},
        {"role": "coach", "nth": "-1"},
        {"role": "coach", "nth": "٣"},
        {"role": "client", "area": "049"},
    ],
)
def test_who_is_not_there_can_not_be_stepped_into(
    world: Any, client: Client, demo: None, fields: dict[str, str]
) -> None:
    assert step_in(client, **fields).status_code == 404
    assert "_auth_user_id" not in client.session


def test_stepping_in_takes_a_form_and_its_token(world: Any, demo: None) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.get("/demo/sign-in/").status_code == 405
    assert step_in(client, role="coach").status_code == 403
    page = client.get("/demo/")
    token = page.context["csrf_token"]
    assert step_in(client, role="coach", csrfmiddlewaretoken=str(token)).status_code == 302


def test_a_part_whose_room_is_not_built_is_not_on_stage(
    world: Any, client: Client, demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ghost = parts.Part("coach", "Ghost", "", (), "people", page="no_such_page")
    monkeypatch.setattr(parts, "PARTS", (ghost,))
    assert b"Ghost" not in client.get("/demo/").content
    assert step_in(client, role="coach").status_code == 404


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_stage_speaks_three_languages(
    world: Any, client: Client, demo: None, language: str
) -> None:
    client.cookies["polku_language"] = language
    said = {"fi": "Astu jonkun päivään", "sv": "Stig in i någons dag", "en": "Step into somebody"}
    assert said[language] in client.get("/demo/").content.decode()


@pytest.mark.parametrize("path", ["/sign-in/", "/", "/clients/"])
def test_every_page_of_a_demo_says_that_its_people_are_invented(
    world: Any, sign_in: Any, demo: None, path: str
) -> None:
    client = Client() if path == "/sign-in/" else sign_in("aino")
    page = client.get(path).content.decode()
    assert page.count('class="ribbon"') == 1
    assert 'href="/demo/"' in page


def test_outside_a_demo_no_page_says_so(world: Any, sign_in: Any, settings: Any) -> None:
    for demo, production in ((False, False), (True, True)):
        settings.DEMO, settings.PRODUCTION = demo, production
        assert 'class="ribbon"' not in sign_in("aino").get("/").content.decode()


def test_the_stage_itself_says_it_once_in_its_own_words(
    world: Any, client: Client, demo: None
) -> None:
    page = client.get("/demo/").content.decode()
    assert 'class="ribbon"' not in page
    assert "Kaikki ihmiset täällä ovat keksittyjä." in page
