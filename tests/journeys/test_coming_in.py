"""A new worker comes in; a session ends in mid-sentence and nothing is lost. In a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from polku.foundation import clock, walls
from polku.foundation.door import sessions
from polku.foundation.models import OutboxMessage, User
from polku.foundation.testing import PASSWORD
from polku.foundation.tests.coming_in import app_code

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NEW = "sade rummuttaa peltikattoa"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in Chromium, in English, that fails the test on any violation of the policy."""
    said: list[str] = []
    context = browser.new_context(locale="en-GB")
    opened = context.new_page()
    opened.on("console", lambda m: said.append(m.text) if "Content Security" in m.text else None)
    yield opened
    context.close()
    assert said == []


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def sign_in(page: Page, server: Any, email: str, word: str = PASSWORD) -> None:
    page.goto(f"{server.url}/sign-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(word)
    press(page, "Sign in")


def mailed_link(world: Any, kind: str) -> str:
    with walls.inside(world.areas["lake"].id):
        body = OutboxMessage.objects.filter(kind=kind).latest("created_at").body
    found = re.search(r"/welcome/[\w-]+/", body)
    assert found
    return found[0]


def test_from_the_invitation_to_the_first_page(
    world: Any, live_server: Any, page: Page, settings: Any
) -> None:
    sign_in(page, live_server, "gus@example.org")
    page.goto(f"{live_server.url}/staff/")
    page.get_by_role("link", name="Invite", exact=True).click()
    page.get_by_label("Work e-mail").fill("uuno@example.org")
    page.get_by_label("First name").fill("Uuno")
    page.get_by_label("Last name").fill("Uusi")
    page.get_by_label("Language of the invitation").select_option("en")
    page.get_by_label("Team").select_option(label="Team lake")
    press(page, "Send the invitation")
    expect(page.get_by_text("on its way to uuno@example.org")).to_be_visible()
    page.context.clear_cookies()

    settings.SECOND_FACTOR_REQUIRED = True
    page.goto(live_server.url + mailed_link(world, "invitation"))
    page.get_by_label("New password").fill(NEW)
    page.get_by_label("The same once more").fill(NEW)
    press(page, "Go on")
    page.get_by_text("I can't use the camera").click()
    secret = (page.locator(".key code").text_content() or "").replace(" ", "")
    expect(page.locator("img.qr")).to_have_js_property("complete", True)
    page.get_by_label("Code", exact=True).fill(app_code(secret))
    press(page, "Take into use")
    expect(page.locator(".codes li")).to_have_count(10)
    press(page, "I have kept them: go on")
    page.goto(f"{live_server.url}/account/")
    expect(page.get_by_text("uuno@example.org")).to_be_visible()
    assert User.objects.get(email="uuno@example.org").roles.get().role == "coach"

    page.context.clear_cookies()
    with clock.at(clock.now() + timedelta(minutes=2)):
        later = app_code(secret)
    sign_in(page, live_server, "uuno@example.org", NEW)
    page.get_by_label("Code", exact=True).fill("000000")
    press(page, "Come in")
    expect(page.get_by_text("That code did not work")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(later)
    press(page, "Come in")
    # Two minutes ahead is too far; the code of the next half minute is not.
    expect(page.get_by_text("That code did not work")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(app_code(secret, steps=1))
    press(page, "Come in")
    page.goto(f"{live_server.url}/account/")
    expect(page.get_by_text("uuno@example.org")).to_be_visible()


def test_at_the_limit_the_page_is_covered_and_all_is_as_it_was(
    world: Any, live_server: Any, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(page, live_server, "aino@example.org")
    monkeypatch.setattr(sessions, "IDLE", timedelta(seconds=4))
    page.goto(f"{live_server.url}/account/")
    typed = page.get_by_label("Present password")
    typed.fill(PASSWORD)
    page.get_by_label("New password").fill(NEW)
    cover = page.locator("dialog.session-cover")
    expect(cover).to_be_visible(timeout=15_000)
    assert "rgba(0, 0, 0, 0)" not in page.evaluate(
        "getComputedStyle(document.querySelector('.session-cover'), '::backdrop').backgroundColor"
    )
    page.keyboard.press("Escape")
    expect(cover).to_be_visible()
    monkeypatch.setattr(sessions, "IDLE", timedelta(minutes=15))
    expect(cover.get_by_label("E-mail")).to_have_value("aino@example.org")
    cover.get_by_label("Password", exact=True).fill("not this one at all")
    cover.get_by_role("button", name="Sign in again").click()
    expect(cover.get_by_text("That did not open the door")).to_be_visible()
    cover.get_by_label("Password", exact=True).fill(PASSWORD)
    cover.get_by_role("button", name="Sign in again").click()
    expect(cover).to_have_count(0)
    expect(typed).to_have_value(PASSWORD)
    page.get_by_label("The same once more").fill(NEW)
    press(page, "Change the password")
    expect(page.get_by_text("The password has been changed")).to_be_visible()


def test_somebody_else_over_the_cover_finds_nothing_of_the_first(
    world: Any, live_server: Any, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(page, live_server, "aino@example.org")
    monkeypatch.setattr(sessions, "IDLE", timedelta(seconds=3))
    page.goto(f"{live_server.url}/account/")
    page.get_by_label("Present password").fill("something of Aino's")
    cover = page.locator("dialog.session-cover")
    expect(cover).to_be_visible(timeout=15_000)
    monkeypatch.setattr(sessions, "IDLE", timedelta(minutes=15))
    cover.get_by_label("E-mail").fill("bengt@example.org")
    cover.get_by_label("Password", exact=True).fill(PASSWORD)
    cover.get_by_role("button", name="Sign in again").click()
    page.wait_for_url(f"{live_server.url}/")
    assert "aino" not in page.content().lower()
