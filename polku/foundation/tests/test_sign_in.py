"""Workers come in by password and second step, and by nothing less."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from polku.foundation import clock
from polku.foundation.door import second_step
from polku.foundation.models import AuditEntry
from polku.foundation.tests.coming_in import WRONG, app_code, give_second_step, is_in, password

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    """The second step is required, as in production."""
    settings.SECOND_FACTOR_REQUIRED = True


def test_password_and_code_let_in_and_back_to_the_page(world: Any, client: Client) -> None:
    secret = give_second_step(world.people["aino"])
    answer = password(client, "Aino@example.org", next="/who-may/")
    assert answer["Location"] == "/sign-in/code/"
    assert not is_in(client)
    answer = client.post("/sign-in/code/", {"code": app_code(secret)})
    assert answer["Location"] == "/who-may/"
    assert is_in(client)
    world.enter()
    assert AuditEntry.objects.filter(action="door.sign_in").count() == 1


def test_without_a_second_step_one_is_led_to_set_it_up_and_nowhere_else(
    world: Any, client: Client
) -> None:
    assert password(client, "aino@example.org")["Location"] == "/sign-in/second-step/"
    assert client.get("/who-may/")["Location"] == "/sign-in/second-step/"
    page = client.get("/sign-in/second-step/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret
    picture = client.get("/sign-in/second-step.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"style" not in picture.content
    assert client.post("/sign-in/second-step/", {"code": "000000"}).status_code == 200
    assert not is_in(client)
    code = app_code(secret[1].replace(" ", ""))
    answer = client.post("/sign-in/second-step/", {"code": code})
    assert answer["Location"] == "/sign-in/recovery-codes/"
    shown = client.get("/sign-in/recovery-codes/").content.decode()
    assert shown.count("<code>") == 10
    assert b"Polku" in client.get("/sign-in/recovery-codes/?file").content
    assert client.post("/sign-in/recovery-codes/").status_code == 302
    assert client.get("/sign-in/recovery-codes/").status_code == 302  # never again
    assert is_in(client)


def test_a_code_is_taken_once(world: Any) -> None:
    secret = give_second_step(world.people["aino"])
    code = app_code(secret)
    for browser, works in ((Client(), True), (Client(), False)):
        password(browser, "aino@example.org")
        browser.post("/sign-in/code/", {"code": code})
        assert is_in(browser) is works
    assert second_step.passes(world.people["aino"], app_code(secret, steps=1)) == "totp"


def test_a_recovery_code_lets_in_once(world: Any) -> None:
    aino = world.people["aino"]
    give_second_step(aino)
    second_step.renew_recovery_codes(aino)
    code = second_step.recovery_codes(aino)[0]
    for browser, works in ((Client(), True), (Client(), False)):
        password(browser, "aino@example.org")
        browser.post("/sign-in/code/", {"code": code})
        assert is_in(browser) is works
    assert len(second_step.recovery_codes(aino)) == 9


def test_known_and_unknown_addresses_get_the_same_answer(world: Any) -> None:
    give_second_step(world.people["aino"])
    world.people["bengt"].is_active = False
    world.people["bengt"].save()

    def body(email: str, word: str) -> str:
        text = password(Client(), email, word).content.decode()
        return re.sub(r'value="[^"]{40,}"', "", text).replace(email, "")

    assert (
        body("aino@example.org", WRONG)
        == body("nobody@example.org", WRONG)
        == body("bengt@example.org", "kesäilta järven rannalla")
    )


def test_nobody_can_sign_up(client: Client) -> None:
    for address in ("/accounts/signup/", "/signup/", "/sign-up/", "/accounts/login/"):
        assert client.get(address).status_code == 404


def test_the_key_is_sealed_in_the_table(world: Any) -> None:
    from allauth.mfa.models import Authenticator

    secret = give_second_step(world.people["aino"])
    assert secret not in str(Authenticator.objects.get().data)


def test_the_half_way_lasts_ten_minutes(world: Any, client: Client) -> None:
    secret = give_second_step(world.people["aino"])
    password(client, "aino@example.org")
    with clock.at(clock.now() + timedelta(minutes=11)):
        answer = client.post("/sign-in/code/", {"code": app_code(secret)})
        assert answer["Location"] == "/sign-in/"
        assert not is_in(client)


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_the_way_back_stays_in_the_house(world: Any, client: Client, away: str) -> None:
    secret = give_second_step(world.people["aino"])
    password(client, "aino@example.org", next=away)
    assert client.post("/sign-in/code/", {"code": app_code(secret)})["Location"] == "/"


def test_production_can_t_go_without_the_second_step() -> None:
    import os
    import subprocess
    import sys

    from polku.launch import places

    env = {
        **os.environ,
        "POLKU_ENV": "production",
        "POLKU_SECOND_FACTOR": "0",
        "POLKU_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "polku.config.settings",
    }
    code = "from django.conf import settings as s; print(s.SECOND_FACTOR_REQUIRED, s.DEMO)"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        cwd=places.CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["True", "False"]
