"""Promise 56, the other half: twelve journeys by keyboard alone.

Tab, Shift+Tab, Enter, Space, arrows and typing; no mouse, and no focus that a script has put there
for the test. After each Tab the focus must be seen, and not be hidden under something else. The
controls take the ring away, and lay a cover over the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from polku.contacts.tests.driving import let_in
from tests.promises import twelve
from tests.promises.twelve import TWELVE, Stage
from tests.promises.walking import Keys, focus_trouble

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
# What takes the focus out of sight, by the words with which it is reported.
HIDING = {
    "focus is not seen": "* { outline: none !important; box-shadow: none !important; }",
    "focus is hidden": "body::after { content: ''; position: fixed; inset: 0; z-index: 99; }",
}
SAMPLE = (twelve.own_view, twelve.hand_over)


@pytest.fixture
def stage(browser: Browser, world: Any, live_server: Any, settings: Any) -> Iterator[Stage]:
    page: Page = browser.new_context(
        locale="en-GB", reduced_motion="reduce", viewport={"width": 1280, "height": 800}
    ).new_page()

    def come_in(who: str) -> None:
        let_in(page.context, live_server, world.people[who])

    yield Stage(page, Keys(page), world, live_server.url, settings, come_in)
    page.context.close()


def walk(stage: Stage, journey: Callable[[Stage], None]) -> None:
    journey(stage)
    hand = stage.hand
    assert isinstance(hand, Keys)
    assert hand.tabs > 1
    assert hand.troubles == set()


@pytest.mark.parametrize("journey", SAMPLE, ids=lambda one: one.__name__)
def test_by_keyboard_alone(stage: Stage, journey: Callable[[Stage], None]) -> None:
    walk(stage, journey)


@pytest.mark.torture(promise=56)
@pytest.mark.parametrize("journey", TWELVE, ids=lambda one: one.__name__)
def test_each_by_keyboard_alone(stage: Stage, journey: Callable[[Stage], None]) -> None:
    walk(stage, journey)


def test_control_a_focus_that_cannot_be_seen_is_reported(stage: Stage) -> None:
    stage.go("/")
    hand = stage.hand
    assert isinstance(hand, Keys)
    for told, sheet in HIDING.items():
        stage.page.evaluate(
            """(words) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(words);
            document.adoptedStyleSheets = [sheet]; }""",
            sheet,
        )
        stage.page.keyboard.press("Tab")
        assert told in focus_trouble(stage.page)
