"""The living page in a real browser: no barrier, no overflow, and every part does its work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.axe import barriers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGES = ("/design/", "/design/light/", "/design/panel/", "/design/errors/not-found/")
SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter((part) => {
    if (part.closest('.skip') || !part.getClientRects().length) return false;
    if (part.matches('p a, .turn a, .notice a')) return false;  // in a sentence: 2.5.8, inline
    const box = (part.closest('label') ?? part).getBoundingClientRect();
    return box.width < 24 || box.height < 24;
  }).map((part) => part.outerHTML.slice(0, 120))"""
Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Visit]:
    """Open a page in a language, theme and width; the policy may refuse nothing on it."""
    opened: list[BrowserContext] = []
    refused: list[str] = []

    def go(
        path: str, *, lang: str = "en", theme: str = "light", width: int = 1280, **more: Any
    ) -> Page:
        options: dict[str, Any] = {"color_scheme": "dark" if theme == "dark" else "light", **more}
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale={"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[lang],
            reduced_motion="reduce",
            **options,
        )
        if theme == "contrast":
            context.add_cookies(
                [{"name": "polku_theme", "value": "contrast", "url": live_server.url}]
            )
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: refused.append(str(error)))
        page.on(
            "console", lambda m: refused.append(m.text) if "Content Security" in m.text else None
        )
        page.goto(live_server.url + path)
        return page

    yield go
    for context in opened:
        context.close()
    assert refused == []


def all_ways() -> Iterator[Any]:
    """Each language, theme and width; every other one in each run, the rest in the full size."""
    for nth, (width, lang, theme) in enumerate(
        product((390, 1280), ("fi", "sv", "en"), ("light", "dark"))
    ):
        sampled = (nth + (width == 1280)) % 2 == 0
        marks = () if sampled else (pytest.mark.torture(promise=56),)
        yield pytest.param(lang, theme, width, marks=marks)


@pytest.mark.parametrize(("lang", "theme", "width"), list(all_ways()))
def test_the_living_page_has_no_barrier(visit: Visit, lang: str, theme: str, width: int) -> None:
    page = visit("/design/", lang=lang, theme=theme, width=width)
    assert barriers(page) == []
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_other_pages_have_no_barrier(visit: Visit, path: str, theme: str) -> None:
    page = visit(path, lang="fi", theme=theme, width=390)
    assert barriers(page) == []
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("forced", ["light", "dark"])
def test_forced_colours_leave_no_barrier(visit: Visit, forced: str) -> None:
    page = visit("/design/", theme=forced, forced_colors="active")
    assert barriers(page) == []


def test_the_checker_sees_a_barrier(visit: Visit) -> None:
    page = visit("/design/light/", width=390)
    page.evaluate(
        'document.querySelector(\'h1\').innerHTML = \'<img src="x"><a href="#" class="word"></a>\''
    )
    assert any(found.startswith(("image-alt", "link-name")) for found in barriers(page))
    page.evaluate(
        "document.querySelector('.btn').style.cssText = 'height:10px;min-height:0;padding:0'"
    )
    assert page.evaluate(SMALL)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_nothing_runs_over_the_edge(visit: Visit, path: str, lang: str) -> None:
    page = visit(path, lang=lang, width=320)
    for width in (320, 390, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width


def test_keys_find_show_and_close(visit: Visit) -> None:
    page = visit("/design/")
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("?c")
    expect(page.locator("[data-search]")).to_have_value("?c")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("#keys")).to_contain_text("Log a contact")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_the_menu_closes_on_escape_and_gives_focus_back(visit: Visit) -> None:
    page = visit("/design/", width=390)
    page.locator("summary").first.click()
    page.get_by_role("button", name="High contrast").focus()
    page.keyboard.press("Escape")
    expect(page.locator("[data-menu] > summary")).to_be_focused()
    expect(page.get_by_role("button", name="High contrast")).to_be_hidden()


def test_the_panel_opens_keeps_what_was_written_and_saves(visit: Visit) -> None:
    page = visit("/design/")
    opener = page.get_by_role("link", name="Open the panel")
    opener.click()
    panel = page.locator("dialog.panel")
    expect(panel.get_by_role("heading", name="Log a contact")).to_be_focused()
    panel.locator("textarea").fill("She likes mornings.")
    panel.get_by_role("button", name="Save").click()
    expect(panel.locator(".problems")).to_be_focused()
    expect(panel.locator("textarea")).to_have_value("She likes mornings.")

    page.context.set_offline(True)
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_text("Not saved: there is no connection")).to_be_visible()
    expect(panel.locator("textarea")).to_have_value("She likes mornings.")

    page.context.set_offline(False)
    panel.locator(".ten label", has_text=re.compile("^7$")).click()
    panel.locator("input[type=date]").fill("2025-12-04")
    panel.get_by_role("button", name="Save").click()
    expect(page.locator(".toast")).to_contain_text("Contact logged.")
    expect(panel).to_have_count(0)


def test_a_session_that_ends_takes_nothing_with_it(visit: Visit) -> None:
    page = visit("/design/")
    page.get_by_role("link", name="Open the panel").click()
    panel = page.locator("dialog.panel")
    panel.locator("textarea").fill("She likes mornings.")
    panel.locator(".ten label", has_text=re.compile("^7$")).click()
    panel.locator("input[type=date]").fill("2025-12-04")
    over = {"X-Polku-Location": "/sign-in/", "X-Polku-Signed-Out": "1"}
    page.route("**/design/panel/", lambda route: route.fulfill(status=204, headers=over))
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_text("Not saved: you have been signed out")).to_be_visible()
    expect(panel.locator("textarea")).to_have_value("She likes mornings.")

    # Signed in again elsewhere: the old safety mark is void, the words are not.
    page.unroute("**/design/panel/")
    page.context.clear_cookies(name="csrftoken")
    panel.get_by_role("button", name="Save").click()
    expect(page.locator(".toast")).to_contain_text("Contact logged.")


def test_closing_the_panel_gives_focus_back(visit: Visit) -> None:
    page = visit("/design/")
    opener = page.get_by_role("link", name="Open the panel")
    opener.click()
    expect(page.locator("dialog.panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_a_toast_is_undone(visit: Visit) -> None:
    page = visit("/design/")
    page.get_by_role("button", name="Show a toast").click()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("Taken back.")
    page.locator(".toast").get_by_role("button", name="Close").click()
    expect(page.locator(".toast")).to_have_count(0)


def test_text_is_copied_in_one_press(visit: Visit) -> None:
    page = visit("/design/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("[data-copied]")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("24.11.2025 phone call")


def test_the_chosen_are_counted(visit: Visit) -> None:
    page = visit("/design/")
    chosen = page.locator("[data-chosen]")
    expect(chosen).to_have_text("1")
    page.locator("[data-choose]").nth(2).check()
    expect(chosen).to_have_text("2")
    page.locator("[data-choose-all]").check()
    expect(chosen).to_have_text("6")
    page.locator("[data-choose-all]").uncheck()
    expect(page.locator(".bulk")).to_be_hidden()


def test_all_of_it_works_without_script(visit: Visit) -> None:
    page = visit("/design/", java_script_enabled=False, width=390)
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.locator("summary").first.click()
    page.get_by_role("button", name="Svenska").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hur Polku ser ut")
    page.locator("summary").first.click()
    page.get_by_role("button", name="Mörkt").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("link", name="Öppna panelen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anteckna kontakt")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".problems")).to_be_visible()
