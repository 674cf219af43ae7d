"""Guessing is slow, from one place or many, and can't lock the owner out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from polku.foundation import clock
from polku.foundation.door import judging, limits
from polku.foundation.models import OutboxMessage, SignInTry
from polku.foundation.testing import PASSWORD
from polku.foundation.tests.coming_in import WRONG, app_code, give_second_step, is_in, password
from tests.promises.promise import Promise, reached

PROMISE = Promise(
    10,
    "Guessing is slow, and cannot lock a victim out",
    "1,000 tries by account, by address, spread over addresses: 5 in 15 minutes an account; the "
    "owner still comes in with the second step",
    "the same with 5 to 60 tries, and 12 at one moment; without the count the password is found",
)
THOUSAND = 1000
pytestmark = pytest.mark.django_db
EMAIL = "aino@example.org"


@pytest.fixture
def secret(world: Any, settings: Any) -> str:
    """Aino's key; the second step is required."""
    settings.SECOND_FACTOR_REQUIRED = True
    quick = "django.contrib.auth.hashers.MD5PasswordHasher"
    settings.PASSWORD_HASHERS = [quick, *settings.PASSWORD_HASHERS]
    world.people["aino"].set_password(PASSWORD)
    world.people["aino"].save()
    return give_second_step(world.people["aino"])


def guess(times: int, *, spread: bool = False, word: str = WRONG) -> list[Any]:
    """Guess Aino's password from fresh browsers; `spread` gives each an address of its own."""
    answers = []
    for n in range(times):
        source = f"10.1.{n // 250}.{n % 250}" if spread else "10.0.0.1"
        answers.append(password(Client(REMOTE_ADDR=source), EMAIL, word))
    return answers


@pytest.mark.parametrize("spread", [False, True])
def test_after_five_tries_the_right_password_alone_tells_nothing(secret: str, spread: bool) -> None:
    guess(5, spread=spread)
    right = guess(1, spread=spread, word=PASSWORD)[0]
    wrong = guess(1, spread=spread, word=WRONG)[0]
    # Neither goes on to the second step; both get the form that asks for everything at once.
    assert right.status_code == wrong.status_code == 200
    assert b'name="code"' in right.content


def test_control_without_the_count_the_right_password_is_found(
    secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "is_full", lambda *_a: False)
    guess(5)
    assert guess(1, word=PASSWORD)[0].status_code == 302


def test_the_owner_comes_in_from_a_new_browser_in_the_middle_of_an_attack(secret: str) -> None:
    guess(60, spread=True)
    owner = Client(REMOTE_ADDR="10.9.9.9")
    answer = password(owner, EMAIL, code=app_code(secret))
    assert answer.status_code == 302
    assert is_in(owner)


def test_the_owner_s_known_browser_does_not_notice_an_attack(secret: str) -> None:
    owner = Client()
    password(owner, EMAIL)
    owner.post("/sign-in/code/", {"code": app_code(secret)})
    assert is_in(owner)
    owner.post("/sign-out/")
    guess(10, spread=True)
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert password(owner, EMAIL)["Location"] == "/sign-in/code/"


def test_a_known_browser_of_one_is_not_known_for_another(world: Any, secret: str) -> None:
    bengt = Client()
    give = give_second_step(world.people["bengt"])
    password(bengt, "bengt@example.org")
    bengt.post("/sign-in/code/", {"code": app_code(give)})
    assert is_in(bengt)
    guess(5, spread=True)
    assert b'name="code"' in password(bengt, EMAIL).content


def test_wrong_password_with_the_right_code_is_refused_and_right_with_wrong_too(
    secret: str,
) -> None:
    guess(5)
    for word, code in ((WRONG, app_code(secret)), (PASSWORD, "000000")):
        browser = Client(REMOTE_ADDR="10.3.3.3")
        assert password(browser, EMAIL, word, code=code).status_code == 200
        assert not is_in(browser)


def test_tries_count_for_a_quarter_of_an_hour(secret: str) -> None:
    guess(5)
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert guess(1, word=PASSWORD)[0]["Location"] == "/sign-in/code/"
        assert limits.sweep() > 0
        assert SignInTry.objects.count() == 0


def test_five_wrong_codes_stop_and_the_owner_is_told(world: Any, secret: str) -> None:
    thief = Client(REMOTE_ADDR="10.4.4.4")
    password(thief, EMAIL)
    for _n in range(5):
        assert thief.post("/sign-in/code/", {"code": "123123"}).status_code == 200
    answer = thief.post("/sign-in/code/", {"code": app_code(secret)})
    assert answer.status_code == 429
    assert not is_in(thief)
    world.enter()
    told = OutboxMessage.objects.get(kind="wrong_codes")
    assert told.user_id == world.people["aino"].id
    assert "Aino" not in told.subject


def test_somebody_without_the_password_can_t_use_up_the_owner_s_codes(secret: str) -> None:
    guess(5, spread=True)
    for n in range(10):
        password(Client(REMOTE_ADDR=f"10.5.0.{n}"), EMAIL, WRONG, code="123123")
    owner = Client(REMOTE_ADDR="10.6.0.1")
    assert password(owner, EMAIL, code=app_code(secret)).status_code == 302


def test_many_accounts_from_one_address_slow_down_too(secret: str) -> None:
    for n in range(limits.TRIES_FROM_ADDRESS):
        password(Client(REMOTE_ADDR="10.7.0.1"), f"someone{n}@example.org", WRONG)
    answer = password(Client(REMOTE_ADDR="10.7.0.1"), EMAIL)
    assert b'name="code"' in answer.content
    # The same office's other worker, with both at hand, is not kept out.
    inside = password(Client(REMOTE_ADDR="10.7.0.1"), EMAIL, code=app_code(secret))
    assert inside.status_code == 302


def test_a_flood_is_not_even_looked_at(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FLOOD", 7)

    def flood() -> Any:
        return password(Client(REMOTE_ADDR="10.0.0.1"), EMAIL, WRONG, code="123123")

    answers = [flood() for _n in range(8)]
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "900"
    monkeypatch.setattr(judging, "authenticate", None)
    assert flood().status_code == 429


def test_no_address_or_account_stands_in_the_table(secret: str) -> None:
    guess(3)
    for kept in SignInTry.objects.all():
        assert len(bytes(kept.bucket)) == 32
        assert b"aino" not in bytes(kept.bucket)


@pytest.mark.torture(promise=10)
def test_a_thousand_tries_of_each_kind_tell_nothing_after_the_fifth(
    world: Any, secret: str
) -> None:
    """Every tenth try has the right password: past the fifth it must look like a wrong one."""
    told = []

    def attempt(n: int, source: str, email: str = EMAIL) -> None:
        word = PASSWORD if n % 10 == 9 else WRONG
        answer = password(Client(REMOTE_ADDR=source), email, word)
        if answer.status_code == 302:
            told.append((n, source, email))

    def owner_comes_in(source: str) -> None:
        owner = Client(REMOTE_ADDR=source)
        answer = password(owner, EMAIL, code=app_code(secret))
        if answer.get("Location") == "/sign-in/code/":
            owner.post("/sign-in/code/", {"code": app_code(secret)})
        assert is_in(owner)

    begun = clock.now()
    with clock.at(begun):
        for n in range(THOUSAND):
            attempt(n, "10.20.0.1")
        assert limits.failures(limits.account(EMAIL)) >= limits.TRIES
        owner_comes_in("10.23.0.1")
    with clock.at(begun + timedelta(minutes=30)):
        for n in range(THOUSAND):
            attempt(n, f"10.21.{n // 250}.{n % 250}")
        owner_comes_in("10.23.0.2")
    # From one address over many accounts: ten tries each of those of the house, and of such as
    # there are not.
    names = [user.email for user in world.people.values() if user.email != EMAIL]
    with clock.at(begun + timedelta(minutes=60)):
        for n in range(THOUSAND):
            known = names[n // 20 % len(names)]
            attempt(n, "10.22.0.1", known if n % 20 > 9 else f"x{n}@example.org")
        owner_comes_in("10.23.0.3")
    assert told == []
    reached(
        10,
        f"{THOUSAND} tries of each of 3 kinds, a tenth with the right password: 0 told it after "
        "the fifth try; the owner came in amid each",
    )
