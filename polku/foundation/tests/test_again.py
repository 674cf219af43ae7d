"""At the session's end the page is covered, not left, and what was sent is not lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from polku.foundation import clock
from polku.foundation.testing import PASSWORD
from polku.foundation.tests.coming_in import WRONG, app_code, give_second_step, is_in, password

pytestmark = pytest.mark.django_db
EMAIL = "aino@example.org"


@pytest.fixture
def ended(world: Any, client: Client) -> Client:
    """Aino's browser, after its session has ended in the middle of work."""
    with clock.at(clock.now() - timedelta(minutes=30)):
        password(client, EMAIL)
    assert not is_in(client)
    return client


def test_a_script_signs_in_over_the_page_and_is_told_who_it_is(world: Any, ended: Client) -> None:
    secret = give_second_step(world.people["aino"])
    told = {"email": EMAIL, "password": PASSWORD, "code": app_code(secret)}
    answer = ended.post("/sign-in/again/", told, headers={"X-Polku": "1"})
    assert answer.json()["state"] == "open"
    state = ended.get("/session/").json()
    assert answer.json()["who"] == state["who"]
    assert is_in(ended)


def test_another_worker_is_told_apart(world: Any, ended: Client) -> None:
    marks = set()
    for name in ("aino", "bengt"):
        told = {"email": f"{name}@example.org", "password": PASSWORD}
        marks.add(ended.post("/sign-in/again/", told, headers={"X-Polku": "1"}).json()["who"])
    assert len(marks) == 2


def test_the_role_comes_back_if_it_is_one_s_own(world: Any, ended: Client) -> None:
    own = world.people["aino"].roles.get()
    others = world.people["lahja"].roles.get()
    for asked in (own, others):
        told = {"email": EMAIL, "password": PASSWORD, "role": str(asked.id)}
        ended.post("/sign-in/again/", told, headers={"X-Polku": "1"})
        assert ended.get("/session/").json()["role"] == str(own.id)


def test_a_wrong_password_keeps_the_cover(world: Any, ended: Client) -> None:
    told = {"email": EMAIL, "password": WRONG}
    answer = ended.post("/sign-in/again/", told, headers={"X-Polku": "1"})
    assert answer["Content-Type"].startswith("text/html")
    assert b"data-session-content" in answer.content
    assert not is_in(ended)


def test_without_the_code_the_password_is_not_enough(world: Any, ended: Client) -> None:
    give_second_step(world.people["aino"])
    ended.post("/sign-in/again/", {"email": EMAIL, "password": PASSWORD})
    assert not is_in(ended)


def test_without_script_a_form_sent_too_late_is_held_and_sent_on(world: Any, ended: Client) -> None:
    page = ended.post("/account/", {"do": "others", "note": 'mitä "sovittiin" <b>'})
    assert page.status_code == 200
    hidden = dict(
        re.findall(
            r'<input type="hidden" name="(held[^"]*)" value="([^"]*)">', page.content.decode()
        )
    )
    assert hidden["held_to"] == "/account/"
    assert hidden["held.note"] == "mitä &quot;sovittiin&quot; &lt;b&gt;"
    told = {"email": EMAIL, "password": PASSWORD, "held_to": "/account/", "held.note": "sovittiin"}
    answer = ended.post("/sign-in/again/", told)
    text = answer.content.decode()
    assert 'action="/account/"' in text
    assert 'name="note" value="sovittiin"' in text
    assert is_in(ended)


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_what_was_held_is_sent_nowhere_else(world: Any, ended: Client, away: str) -> None:
    told = {"email": EMAIL, "password": PASSWORD, "held_to": away, "held.note": "sovittiin"}
    answer = ended.post("/sign-in/again/", told)
    assert answer["Location"] == "/"


def test_one_click_is_for_the_demo_only(world: Any, ended: Client, settings: Any) -> None:
    told = {"email": EMAIL, "one_click": "1"}
    settings.DEMO = False
    ended.post("/sign-in/again/", told)
    assert not is_in(ended)
    settings.DEMO = True
    ended.post("/sign-in/again/", told)
    assert is_in(ended)


def test_guessing_over_the_cover_is_as_slow_as_at_the_door(world: Any, ended: Client) -> None:
    for _n in range(5):
        ended.post("/sign-in/again/", {"email": EMAIL, "password": WRONG})
    ended.post("/sign-in/again/", {"email": EMAIL, "password": PASSWORD})
    assert not is_in(ended)
