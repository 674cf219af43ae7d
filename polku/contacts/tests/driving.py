"""A real browser in a coach's hands: signed in, and counting what the hands do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from polku.foundation.models import RoleAssignment
from polku.foundation.staff import FACTOR_KEY, ROLE_KEY
from polku.foundation.testing import BACKEND
from polku.web import bundle

# No name is looked up but this machine's: a page can't speak to anybody else either.
HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
ARGS = ["--no-sandbox", "--disable-gpu", HERE]
PHONE = {"width": 390, "height": 844}


def chromium() -> str:
    """Return where Chromium is; the test fails without one."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or shutil.which("google-browser") or "/usr/bin/chromium"


def cookie(user: Any) -> str:
    """Return the session cookie of a worker who has just signed in, with both steps."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    kept = client.session
    kept[ROLE_KEY] = str(RoleAssignment.objects.filter(user=user).values_list("id", flat=True)[0])
    kept[FACTOR_KEY] = "totp"
    kept.save()
    return client.cookies["polku_session"].value


def let_in(context: BrowserContext, server: Any, user: Any) -> None:
    """Sign a worker in, in this browser."""
    context.add_cookies(
        [{"name": "polku_session", "value": cookie(user), "url": server.url, "httpOnly": True}]
    )


@contextmanager
def profile(engine: Any, folder: Path, **options: Any) -> Iterator[BrowserContext]:
    """Open a browser whose profile lies in a folder, as a worker's own does."""
    context = engine.chromium.launch_persistent_context(
        str(folder), executable_path=chromium(), args=ARGS, locale="en-GB", **options
    )
    try:
        yield context
    finally:
        context.close()


class Hand:
    """Presses keys and clicks, and counts both; the text itself is not counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys = page, 0, 0

    @property
    def all(self) -> int:
        return self.clicks + self.keys

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text, delay=1)


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    """Playwright for the tests of a module, with the style sheet built."""
    if bundle.stale():
        bundle.build()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as running:
        # Its loop runs in this thread; the queries here are ours alone.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        # The engine runs in a context of its own, with a database connection of its own: one that
        # a test before has left would lead to a database that is no more.
        connections.close_all()
        yield running
        connections.close_all()


@pytest.fixture(scope="module")
def browser(engine: Any) -> Iterator[Browser]:
    """Chromium for the tests of a module; what one of them opens, it closes."""
    running = engine.chromium.launch(executable_path=chromium(), args=ARGS)
    yield running
    running.close()


@pytest.fixture
def coach(browser: Browser, world: Any, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages in which Aino is signed in; the policy may refuse nothing."""
    opened: list[BrowserContext] = []
    said: list[str] = []

    def make(name: str = "aino", **options: Any) -> Page:
        options.setdefault("locale", "en-GB")
        context = browser.new_context(**options)
        opened.append(context)
        let_in(context, live_server, world.people[name])
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda m: said.append(m.text) if "Content Secur" in m.text else None)
        return page

    yield make
    for context in opened:
        context.close()
    assert said == []
