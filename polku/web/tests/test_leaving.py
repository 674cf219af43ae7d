"""A form of a page of its own, sent while nobody is at the other end: the words stay."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, expect

from polku.web.tests.test_living_page import Visit, visit

__all__ = ["visit"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SAYS = "Not saved: there is no connection"


def test_with_a_dead_network_the_words_stay_and_are_sent_later(visit: Visit) -> None:
    page = visit("/design/panel/")
    page.locator("main textarea").fill("She likes mornings.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(SAYS)).to_be_visible()
    expect(page.locator("main textarea")).to_have_value("She likes mornings.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main .problems")).to_be_visible()
    expect(page.locator("main textarea")).to_have_value("She likes mornings.")
    expect(page.get_by_text(SAYS)).to_have_count(0)


def test_control_a_form_that_does_not_ask_first_loses_them(visit: Visit) -> None:
    page = visit("/design/panel/")
    page.locator("main textarea").fill("She likes mornings.")
    page.evaluate("document.querySelector('main form').removeAttribute('data-leave')")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    page.wait_for_timeout(300)
    try:
        expect(page.locator("main textarea")).to_have_count(0)
    except Error:
        raise AssertionError("the words stood though nobody asked first") from None
