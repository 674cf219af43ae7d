"""A call is logged while it is still warm: few presses, any width, by keyboard alone."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from polku.contacts.models import Appointment, Contact
from polku.contacts.tests.driving import PHONE, Hand, browser, coach, engine  # noqa: F401
from polku.foundation import walls
from tests.axe import barriers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SAID = "Devi asks about a work trial at the library. I call the library on Monday."
MOST = 6

# In every run one language; promise 56 goes through pages of all, and its full size through these.
FULL = pytest.mark.torture(promise=56)
LANGUAGES = ["fi-FI", *(pytest.param(one, marks=FULL) for one in ("sv-FI", "en-GB"))]


def address(world, server, what="contacts/new/"):
    return f"{server.url}/clients/{world.clients['devi'].id}/{what}"


def contacts(world):
    with walls.inside(world.areas["lake"].id):
        return list(Contact.objects.order_by("at"))


def open_panel(page, world, server):
    """Put the panel's link on a page of no consequence and press its key."""
    page.goto(f"{server.url}/drafts/")
    link = f"/clients/{world.clients['devi'].id}/contacts/new/"
    page.evaluate(
        """(href) => { const a = document.createElement("a"); a.href = href;
        a.textContent = "Log"; a.dataset.panel = ""; a.dataset.shortcut = "c";
        document.querySelector("main").append(a); }""",
        link,
    )


def test_a_call_is_logged_and_copied_within_six_presses(world, live_server, coach):  # noqa: F811
    page = coach(viewport=PHONE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_panel(page, world, live_server)
    hand = Hand(page)
    began = time.monotonic()
    hand.press("c")
    expect(page.locator("[name=agreed]")).to_be_focused()
    hand.write(SAID)
    hand.press("Control+Enter")
    page.wait_for_selector("[data-done]")
    hand.click("[data-copy-button]")
    expect(page.locator("[data-copy-state] span")).to_contain_text("Copied")
    hand.click("[data-ready]")
    page.wait_for_selector("dialog.panel", state="detached")
    (logged,) = contacts(world)
    assert logged.agreed == SAID
    assert logged.copied_at is not None
    assert logged.next_on is not None
    assert hand.all <= MOST
    print(f"\npresses: {hand.clicks} clicks, {hand.keys} keys, {time.monotonic() - began:.1f} s")
    assert time.monotonic() - began < 30


def test_scale_and_another_next_day_too_within_six(world, live_server, coach):  # noqa: F811
    page = coach()
    open_panel(page, world, live_server)
    hand = Hand(page)
    hand.press("c")
    expect(page.locator("[name=agreed]")).to_be_focused()
    hand.write(SAID)
    hand.click("summary:has-text('What works')")
    hand.click(".ten label:nth-child(7)")
    hand.click("[data-fill=next_on]:has-text('+2')")
    hand.press("Control+Enter")
    page.wait_for_selector("[data-done]")
    assert contacts(world)[0].scale == 6
    assert hand.all <= MOST


def test_no_answer_is_two_clicks(world, live_server, coach):  # noqa: F811
    page = coach(viewport=PHONE)
    open_panel(page, world, live_server)
    page.keyboard.press("c")
    page.wait_for_selector("[name=agreed]")
    hand = Hand(page)
    hand.click(".toggle .choice:has-text('No answer')")
    expect(page.locator("[name=agreed]")).to_be_hidden()
    hand.click(".save-bar [type=submit]")
    page.wait_for_selector("[data-done]")
    assert (hand.clicks, hand.keys) == (2, 0)
    (logged,) = contacts(world)
    assert (logged.reached, logged.next_on is not None) == (False, True)


def test_a_double_click_logs_once(world, live_server, coach):  # noqa: F811
    for logged, panel in enumerate((True, False), 1):
        page = coach()
        if panel:
            open_panel(page, world, live_server)
            page.keyboard.press("c")
        else:
            page.goto(address(world, live_server))
        page.wait_for_selector("[name=agreed]")
        page.locator("[name=agreed]").fill(SAID)
        page.locator(".save-bar [type=submit]").dblclick()
        page.wait_for_selector("[data-done], [data-copied-url]")
        for _ in range(50):
            if len(contacts(world)) >= logged:
                break
            page.wait_for_timeout(100)
        # Time for a second one to come, if it were to come.
        page.wait_for_timeout(500)
        assert len(contacts(world)) == logged


def test_the_page_of_its_own_stays_when_nobody_is_at_the_other_end(world, live_server, coach):  # noqa: F811
    page = coach()
    page.goto(address(world, live_server))
    page.locator("[name=agreed]").fill(SAID)
    page.context.set_offline(True)
    page.locator(".save-bar [type=submit]").dblclick()
    expect(page.locator("[data-kept]")).to_have_class("kept late")
    # Not the browser's own error in place of the words.
    expect(page.locator("[name=agreed]")).to_have_value(SAID)
    page.context.set_offline(False)
    page.locator(".save-bar [type=submit]").dblclick()
    page.wait_for_selector("[data-copied-url]")
    page.wait_for_timeout(500)
    assert len(contacts(world)) == 1


def test_the_whole_panel_by_keyboard_alone(world, live_server, coach):  # noqa: F811
    page = coach()
    open_panel(page, world, live_server)
    page.keyboard.press("c")
    expect(page.locator("[name=agreed]")).to_be_focused()
    page.keyboard.type(SAID)
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const e = document.activeElement; const box = e.getBoundingClientRect();
            const bar = document.querySelector(".save-bar").getBoundingClientRect();
            const clear = box.bottom <= bar.top + 1 || e.closest(".save-bar") !== null;
            return [e.name || e.textContent.trim(), clear, e.closest("dialog") !== null]; }"""
        )
        seen.add(here[0])
        assert here[2] or here[0] == "", "the focus left the panel"
        assert here[1] or not here[2], f"{here[0]} is hidden behind the bar"
        if here[0] == "Save":
            break
    assert {"task_text", "next_on"} <= seen
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-done]")
    assert len(contacts(world)) == 1


def test_it_works_without_script(world, live_server, coach):  # noqa: F811
    page = coach(java_script_enabled=False, viewport=PHONE)
    page.goto(address(world, live_server))
    page.locator("[name=agreed]").fill(SAID)
    page.locator("[name=task_text]").nth(1).fill("Call the library")
    page.locator(".save-bar [type=submit]").click()
    assert "/contacts/new/" not in page.url
    assert SAID in page.content()
    assert contacts(world)[0].tasks == [{"text": "Call the library", "due_on": ""}]


def test_a_time_is_booked_from_the_proposed_ones(world, live_server, coach):  # noqa: F811
    page = coach()
    page.goto(address(world, live_server, "appointments/new/"))
    page.locator("[name=note]").fill("Bring your CV along.")
    page.locator("[name=place]").fill("Kunnantalo")
    page.locator("[name=pick]").nth(1).click()
    expect(page.locator("[name=note]")).to_have_value("Bring your CV along.")
    page.locator(".acts [name=save]").click()
    page.wait_for_url("**/appointments/*-*/")
    with walls.inside(world.areas["lake"].id):
        assert Appointment.objects.get().note == "Bring your CV along."


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_barrier_on_any_page(world, live_server, coach, language):  # noqa: F811
    page = coach(locale=language, viewport=PHONE)
    page.goto(address(world, live_server))
    page.locator("[name=agreed]").fill(SAID)
    page.locator("[name=minutes]").evaluate("field => { field.value = '900'; }")
    page.locator(".save-bar [type=submit]").click()
    page.wait_for_selector(".problems")
    assert found(page) == []
    page.goto(address(world, live_server))
    page.wait_for_selector("[name=agreed]")
    for fold in page.locator("main details").all():
        fold.locator("summary").click()
    assert found(page) == []
    page.locator("[name=minutes]").fill("9")
    page.locator("[name=agreed]").fill(SAID)
    page.locator(".save-bar [type=submit]").click()
    page.wait_for_selector("[data-copied-url]")
    assert found(page) == []
    page.goto(page.url + "change/")
    assert found(page) == []
    for what in ("appointments/new/", "reminders/new/"):
        page.goto(address(world, live_server, what))
        assert found(page) == [], what
    page.goto(f"{live_server.url}/drafts/")
    assert found(page) == []
    lead = coach("lahja", locale=language)
    for what in ("/texts/", "/texts/coaching/sv/"):
        lead.goto(live_server.url + what)
        assert found(lead) == [], what


def found(page):
    """Return axe's findings, and what is wider than the page."""
    lines = barriers(page)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return lines + (["wider than the page"] if wide else [])
