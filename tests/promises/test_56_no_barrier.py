"""Promise 56: no page has a barrier that a tool can find, in any language, width or colours.

axe with the rules of WCAG 2.2 AA goes over every page of the furnished house; nothing may be wider
than the page at 320 pixels (which is 400 % of 1280), and what is pressed is 24 pixels at least. The
journeys by keyboard alone are in test_56_by_keyboard.py. The controls put each kind of barrier on
a page, and it is reported.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import cycle
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from playwright.sync_api import Error, Page

from polku.clients.models import Fact
from polku.contacts.models import Contact, Reminder
from polku.foundation import walls
from polku.paths.models import Step
from tests.promises.browsing import Lodge, Lodging, Look
from tests.promises.promise import Promise, reached
from tests.promises.walking import NARROW, barriers, kind_of

PROMISE = Promise(
    56,
    "Everybody can use it: WCAG 2.2 AA",
    "axe on every page, in every state, in three languages, at 400 %, in forced colours; twelve "
    "journeys by keyboard alone, the focus always seen and never hidden; targets of 24 px: "
    "0 violations",
    "every sixth kind of page of a coach and a client, the languages in turn, most at 320 pixels; "
    "two journeys by keyboard; each kind of barrier put on a page and reported",
    owed="A person with a screen reader goes through the journeys before each release; tools find "
    "less than half of what is in somebody's way.",
)

pytestmark = pytest.mark.journey

WHO = ("aino", "lahja", "gus", "elli", "devi", "anonymous")
LANGUAGES = ("fi", "sv", "en")
SHARE = 6
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# What a page gets in the control, by the word with which it is reported.
BARRIERS = {
    "image-alt": "<img src='/static/web/img/mark.svg'>",
    "color-contrast": "<p style='color:#bbb;background:#fff'>Tuskin näkyvä</p>",
    "label": "<input name='q'>",
    "wider than the page": "<div style='inline-size:700px'>Liian leveä</div>",
    "too small": "<button style='block-size:12px;min-block-size:0;padding:0'>x</button>",
}
DONE: dict[str, int] = {}
WAYS: tuple[dict[str, Any], ...] = (
    {"viewport": DESK},
    {"viewport": PHONE, "color_scheme": "dark"},
    {"viewport": DESK, "forced_colors": "active"},
    {"viewport": DESK, "color_scheme": "dark"},
)


def every_page(house: Lodging, actors: tuple[str, ...] = WHO) -> list[tuple[str, str]]:
    """Return (who, address), each kind of page once for staff, for clients and for strangers."""
    seen: set[Any] = set()
    found = []
    for who in actors:
        for url in house.pages(who):
            group = who if who in ("devi", "anonymous") else "staff"
            if (group, kind_of(url)) not in seen:
                seen.add((group, kind_of(url)))
                found.append((who, url))
    return found


class Eyes:
    """Pages kept open for each actor and way of looking, so that none is signed in twice."""

    def __init__(self, look: Look, house: Lodging) -> None:
        self.look, self.house, self.kept = look, house, dict[Any, Page]()
        self.seen = 0

    def page(self, who: str, language: str, **way: Any) -> Page:
        key = (who, language, repr(way))
        if key not in self.kept:
            self.kept[key] = self.look(
                who, language, of_house=self.house, reduced_motion="reduce", **way
            )
        return self.kept[key]

    def at(self, who: str, url: str, language: str, **way: Any) -> list[str]:
        """Return the barriers of a page, each with where it stands."""
        page = self.page(who, language, **way)
        answer = page.goto(self.house.address + url)
        if answer is None or not answer.text().lstrip().lower().startswith("<!doctype"):
            # A piece that a script puts into a page.
            return []
        self.seen += 1
        found = [f"{who} {url} {language} {way} {one}" for one in barriers(page)]
        for one in found:
            print(one, flush=True)
        return found


def test_no_page_has_a_barrier(lodging: Lodging, look: Look) -> None:
    eyes, found = Eyes(look, lodging), []
    ways = cycle([("fi", NARROW), ("sv", DESK), ("en", NARROW), ("fi", DESK), ("sv", NARROW)])
    for (who, url), (language, size) in zip(
        every_page(lodging, ("aino", "devi"))[::SHARE], ways, strict=False
    ):
        found += eyes.at(who, url, language, viewport=size)
    assert found == []
    assert eyes.seen > 6


def test_control_each_kind_of_barrier_is_reported(lodging: Lodging, look: Look) -> None:
    page = look("aino", viewport=NARROW, bypass_csp=True)
    page.goto(lodging.address + "/who-may/")
    assert barriers(page) == []
    for barrier in BARRIERS.values():
        page.evaluate(
            "(html) => document.querySelector('main').insertAdjacentHTML('beforeend', html)",
            barrier,
        )
    found = barriers(page)
    assert {told for told in BARRIERS if any(one.startswith(told) for one in found)} == {*BARRIERS}


def empty(made: Lodging) -> None:
    """Take away whatever hangs on the clients, but for their own rows and their workers'."""
    kept = {"clients.Client", "foundation.Relation", "contacts.Rhythm", "clients.ContactDetails"}
    with made.inside():
        for area in ("lake", "river"):
            made.house.world.enter(area)
            hanging = [m for m in walls.register_models() if m._meta.label not in kept]
            for _round in range(4):
                for model in hanging:
                    if "client" in {f.name for f in model._meta.concrete_fields}:
                        gone(model)
            assert not any(model.objects.exists() for model in (Contact, Step, Fact, Reminder))


def gone(model: Any) -> None:
    try:
        with transaction.atomic():
            model.objects.all().delete()
    except DatabaseError:
        return


def say(part: str, eyes: Eyes, found: list[str]) -> None:
    """Keep the figure of a part of the full run, beside those of the parts before it."""
    assert found == []
    DONE[part] = eyes.seen
    told = ", ".join(f"{many} looks {what}" for what, many in DONE.items())
    reached(56, f"0 barriers: {told}; 12 of 12 journeys by keyboard alone")


@pytest.mark.torture(promise=56)
def test_no_page_has_a_barrier_in_other_colours(lodging: Lodging, look: Look) -> None:
    eyes, found = Eyes(look, lodging), []
    for nth, (who, url) in enumerate(every_page(lodging)):
        found += eyes.at(who, url, LANGUAGES[nth % 3], **WAYS[nth % 4])
    say("on desk and phone, light, dark and forced", eyes, found)


@pytest.mark.torture(promise=56)
def test_no_error_and_no_empty_page_has_a_barrier(lodge: Lodge, look: Look) -> None:
    with lodge("bare") as none:
        empty(none)
        eyes, found = Eyes(look, none), list[str]()
        pages = every_page(none)
        for nth, (who, url) in enumerate(pages):
            found += eyes.at(who, url, LANGUAGES[nth % 3], viewport=(NARROW, DESK)[nth % 2])
        found += errors_of(eyes, pages)
        say("at empty pages and at the errors of forms", eyes, found)


@pytest.mark.torture(promise=56)
def test_no_page_has_a_barrier_in_any_language(lodging: Lodging, look: Look) -> None:
    eyes, found = Eyes(look, lodging), []
    for who, url in every_page(lodging):
        for language in LANGUAGES:
            found += eyes.at(who, url, language, viewport=NARROW)
    say("in three languages at 320 pixels", eyes, found)


def errors_of(eyes: Eyes, pages: list[tuple[str, str]]) -> list[str]:
    """Send the forms of each page with their fields emptied; return the barriers of the answers."""
    found, before = list[str](), eyes.seen
    for nth, (who, url) in enumerate(pages):
        page = eyes.page(who, LANGUAGES[nth % 3], viewport=NARROW)
        page.goto(eyes.house.address + url)
        count = page.locator("main form.form[method=post]").count()
        for which in range(count):
            page.goto(eyes.house.address + url)
            if page.locator("main form.form[method=post]").count() <= which:
                break
            with suppress(Error), page.expect_navigation(timeout=10_000):
                page.evaluate(
                    """(which) => { const form = document.querySelectorAll(
                    "main form.form[method=post]")[which];
                    for (const field of form.elements) {
                      if (field.type === "hidden" || field.tagName === "BUTTON") continue;
                      if (/radio|checkbox/.test(field.type)) field.checked = false;
                      else if (field.tagName === "SELECT") field.selectedIndex = -1;
                      else if (field.type !== "file") field.value = "";
                      field.required = false;
                    }
                    const to = HTMLFormElement.prototype.submit;
                    to.call(form); }""",
                    which,
                )
            if page.locator(".problems, [aria-invalid=true]").count():
                eyes.seen += 1
                wrong = [f"{who} {url} with errors {one}" for one in barriers(page)]
                for one in wrong:
                    print(one, flush=True)
                found += wrong
    assert eyes.seen > before + 8
    return found
