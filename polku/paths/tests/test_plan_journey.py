"""The plan session in a real browser: by keyboard, without script, without a barrier, at 400 %."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from polku.foundation import clock, walls
from polku.paths import actions
from polku.paths.models import Step
from tests.axe import barriers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Page]

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
def visit(chromium: Browser, live_server: Any, sign_in: Any) -> Iterator[Visit]:
    """Open a page as a worker, in a language and a width."""
    opened = []
    refused: list[str] = []

    def go(path: str, *, lang: str = "fi", width: int = 1280, script: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script,
            reduced_motion="reduce", locale={"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[lang],
        )  # fmt: skip
        opened.append(context)
        session = sign_in("aino").cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url},
            {"name": settings.LANGUAGE_COOKIE_NAME, "value": lang, "url": live_server.url},
        ])  # fmt: skip
        page = context.new_page()
        page.on(
            "console", lambda m: refused.append(m.text) if "Content Security" in m.text else None
        )
        page.goto(live_server.url + path)
        return page

    yield go
    for context in opened:
        context.close()
    assert refused == []


@pytest.fixture
def plan(world: Any) -> str:
    """The address of a plan with a goal, a step of each kind, and a fork."""
    devi, by, now = world.clients["devi"], world.viewers["aino"], clock.now()
    with walls.inside(devi.register_id):
        goal = actions.add_goal(devi, by=by, at=now, theme="work", text="Työ keittiössä")
        given: dict[str, Any] = {"by": by, "at": now, "theme": "work", "goal": goal}
        for title, verb in (("Hygieniapassi", "finish"), ("Tutustumiskäynti", "drop"), ("CV", "")):
            step = actions.add_step(devi, title=title, propose=verb != "finish", **given)
            if verb:
                actions.go_on(step, by=by, at=now, verb=verb)
        for title in ("Työkokeilu", "Opinnot"):
            actions.add_step(devi, title=title, fork="f1", **given)
        actions.agree_plan(goal.plan, by=by, at=now)
    return f"/clients/{devi.id}/plan/"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_of_the_plan_has_a_barrier(visit: Visit, plan: str, world: Any, lang: str) -> None:
    bare = f"/clients/{world.clients['devi'].id}/plan/"
    for path in (plan, plan + "steps/new/", plan + "goals/new/", plan + "versions/", bare):
        assert barriers(visit(path, lang=lang), opened=True) == []


def test_at_400_percent_nothing_runs_out_of_the_page(visit: Visit, plan: str) -> None:
    page = visit(plan, width=320)
    assert barriers(page, opened=True) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_step_is_added_answered_and_taken_back_by_keyboard_alone(
    visit: Visit, plan: str, world: Any
) -> None:
    page = visit(plan)
    page.locator("[id^=quick-]").first.focus()
    page.keyboard.type("Soitto keittiöön")
    page.keyboard.press("Enter")
    step = page.locator(".plan-step", has_text="Soitto keittiöön").first
    expect(step.locator("textarea")).to_be_visible()
    step.locator("textarea").focus()
    page.keyboard.type("Sopii hyvin")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".toast.ok")).to_be_visible()
    with walls.inside(world.clients["devi"].register_id):
        kept = Step.objects.get(title="Soitto keittiöön")
    assert (kept.client_answer, kept.client_word) == ("yes", "Sopii hyvin")
    page.locator(".toast form button").focus()
    page.keyboard.press("Enter")
    expect(
        page.locator(".plan-step", has_text="Soitto keittiöön").locator("textarea")
    ).to_be_visible()


def test_the_session_works_without_script(visit: Visit, plan: str, world: Any) -> None:
    page = visit(plan, script=False)
    page.locator(".plan-step", has_text="Työkokeilu").first.locator("button[value=not_now]").click()
    expect(page.locator(".toast.ok")).to_be_visible()
    page.locator(".title a.btn").first.click()
    page.fill("[name=title]", "Uusi askel")
    page.locator("form.form button").click()
    expect(page.locator(".plan-step h3", has_text="Uusi askel")).to_be_visible()


def test_a_step_is_changed_in_a_panel_beside_the_plan(visit: Visit, plan: str) -> None:
    page = visit(plan)
    page.locator(".plan-step", has_text="Työkokeilu").first.locator("a[data-panel]").first.click()
    panel = page.locator("dialog.panel")
    expect(panel.locator("[name=title]")).to_have_value("Työkokeilu")
    panel.locator("[name=title]").fill("")
    panel.locator("button.main").click()
    expect(panel.locator(".problems")).to_be_visible()
    panel.locator("[name=title]").fill("Kahvilan työkokeilu")
    panel.locator("button.main").click()
    expect(page.locator(".plan-step h3", has_text="Kahvilan työkokeilu")).to_be_visible()
