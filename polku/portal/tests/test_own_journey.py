"""The own view on a phone in a real browser: no barrier, 320 pixels, no script, keyboard alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from polku.contacts import booking, rhythm
from polku.contacts.models import Appointment
from polku.foundation import audit, clock, walls
from polku.paths import actions
from polku.paths.models import Step
from polku.portal import access, door
from tests.axe import barriers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Phone = Callable[..., Page]

# In every run one language; promise 56 goes through pages of all, and its full size through these.
FULL = pytest.mark.torture(promise=56)
LANGUAGES = ["fi", *(pytest.param(one, marks=FULL) for one in ("sv", "en"))]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    # Playwright keeps an event loop in this thread; the database is still used by one at a time.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def step(world: Any) -> Step:
    devi, by, now = world.clients["devi"], world.viewers["aino"], clock.now()
    with walls.inside(devi.register_id):
        goal = actions.add_goal(devi, by=by, at=now, theme="work", text="Keittiötyö")
        given: dict[str, Any] = {"by": by, "at": now, "theme": "work", "goal": goal}
        actions.go_on(
            actions.add_step(devi, title="Hygieniapassi", **given), by=by, at=now, verb="start"
        )
        audit.record(by, "clients.page", client=devi.id)
        return actions.add_step(devi, title="Työkokeilu koulun keittiössä", **given)


@pytest.fixture
def phone(world: Any, chromium: Browser, live_server: Any) -> Iterator[Phone]:
    """Open a page as Devi, on a phone."""
    devi = world.clients["devi"]
    with walls.inside(devi.register_id):
        address = access.make_link(
            by=world.viewers["aino"], client_id=devi.id, at=clock.now()
        ).rstrip("/")
    browser = Client()
    session = browser.session
    session[door.KEY] = {
        "register": str(devi.register_id),
        "client": str(devi.id),
        "link": access.hash_of(address.split("/")[-1]).hex(),
    }
    session.save()
    opened = []

    def go(path: str = "/me/", *, lang: str = "fi", script: bool = True, width: int = 320) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 640},
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        opened.append(context)
        kept = {
            settings.SESSION_COOKIE_NAME: session.session_key,
            settings.LANGUAGE_COOKIE_NAME: lang,
        }
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in kept.items()]
        )
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield go
    for context in opened:
        context.close()


@pytest.fixture
def booked(world: Any) -> Appointment:
    """A time of Devi's, nine days ahead and proposed."""
    by, day = world.viewers["aino"], rhythm.next_working_day(clock.today() + timedelta(days=9))
    starts = datetime(day.year, day.month, day.day, 9, tzinfo=clock.HELSINKI)
    with walls.inside(world.areas["lake"].id):
        return booking.book(
            world.clients["devi"], by=by, at=clock.now(), worker_id=by.user_id, starts_at=starts,
            ends_at=starts + timedelta(minutes=45), kind="visit", place="Kunnantalo",
            status="proposed", tell=False,
        )  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_times_own_page_has_no_barrier(phone: Phone, booked: Appointment, lang: str) -> None:
    page = phone(f"/me/times/{booked.id}/", lang=lang)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert barriers(page) == []


def test_another_time_is_taken_without_script(phone: Phone, booked: Appointment) -> None:
    page = phone(script=False)
    page.get_by_role("link", name="Toinen aika, tai en pääse").click()
    page.locator("#others button").nth(1).click()
    expect(page.locator(".toast.ok")).to_contain_text("Uusi aikasi on")
    with walls.inside(booked.register_id):
        kept = Appointment.objects.get(pk=booked.pk)
    assert (kept.said, kept.status) == ("moved", "confirmed")
    assert kept.starts_at != booked.starts_at


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_own_pages_have_no_barrier_on_the_narrowest_phone(
    phone: Phone, step: Step, lang: str
) -> None:
    for path in ("/me/", "/me/looks/"):
        page = phone(path, lang=lang)
        assert barriers(page, opened=True) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_three_answers_are_large_and_seen_at_once(phone: Phone, step: Step) -> None:
    page = phone(width=390)
    for button in page.locator("#turn .own-answers button").all():
        box = button.bounding_box()
        assert box and box["height"] >= 52 and box["width"] >= 90
        assert box["y"] + box["height"] <= 640


def test_a_suggestion_is_answered_without_script(phone: Phone, step: Step) -> None:
    page = phone(script=False)
    page.fill("#turn textarea", "Sopii")
    page.locator("#turn button[value=yes]").click()
    expect(page.locator(".toast.ok")).to_be_visible()
    with walls.inside(step.register_id):
        step.refresh_from_db()
    assert (step.client_answer, step.client_word) == ("yes", "Sopii")


def test_a_suggestion_is_answered_by_keyboard_alone(phone: Phone, step: Step) -> None:
    page = phone()
    page.locator("#turn textarea").focus()
    page.keyboard.type("Selkä")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".toast.ok")).to_be_visible()
    with walls.inside(step.register_id):
        step.refresh_from_db()
    assert (step.client_answer, step.client_word) == ("not_now", "Selkä")
