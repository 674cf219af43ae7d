"""A lawyer reads a rule, tries it, and sees what is not verified; an administrator confirms it.

In a real browser, in Finnish: from the list to the rule, a question that lacks facts and one that
has them, a day of which no law is known. Then a value is changed: the coach's client has another
day, with the name of who decided it; and it is withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from polku.contacts.tests.driving import PHONE, let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

INTERVIEW = "Mihin mennessä alkuhaastattelu on pidettävä?"
SUBSIDY = "Paljonko palkkatukea työnantaja voi saada?"
SOURCE = "Laki 380/2023, 30 §, luettu Finlexistä"


@pytest.fixture
def come_in(browser: Browser, world: Any, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages in Finnish for a worker; any violation of the policy fails."""
    said: list[str] = []
    contexts = []

    def make(name: str, **options: Any) -> Page:
        context = browser.new_context(locale="fi-FI", reduced_motion="reduce", **options)
        contexts.append(context)
        let_in(context, live_server, world.people[name])
        page = context.new_page()
        page.on("console", lambda m: said.append(m.text) if "Content Sec" in m.text else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert said == []


def test_a_lawyer_reads_a_rule_and_tries_it(come_in, live_server):
    page = come_in("elli")
    page.goto(f"{live_server.url}/")
    page.locator(".menu, details").filter(has_text="Mitä laki sanoo").first.locator(
        "summary"
    ).first.click()
    page.get_by_role("link", name="Mitä laki sanoo").first.click()
    page.get_by_role("link", name=SUBSIDY).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(SUBSIDY)
    expect(page.locator("svg.times")).to_be_visible()
    expect(page.locator(".law-times > .now")).to_contain_text("vahvistamatta")
    expect(page.locator(".law-times a[href^=http]").first).to_have_text(re.compile("Lue lähde"))

    page.get_by_label("Mikä työnantaja on").select_option("company")
    page.get_by_label("Päivä, jota kysytään").fill("2026-03-02")
    page.get_by_role("button", name="Kysy").click()
    told = page.locator("#answer")
    expect(told).to_contain_text("Nämä tiedot puuttuvat")
    expect(told).to_contain_text("Mitä seuraisi")
    assert "host_kind=company" in page.url

    page.get_by_label("Onko työkyky alentunut").select_option("false")
    page.get_by_label("Palkka euroina kuukaudessa").fill("2000")
    page.get_by_label("Osuus täydestä työajasta").fill("1")
    page.get_by_role("button", name="Kysy").click()
    expect(told).to_contain_text("1000")
    expect(told).not_to_contain_text("puuttuvat")

    page.get_by_label("Päivä, jota kysytään").fill("2015-01-01")
    page.get_by_role("button", name="Kysy").click()
    expect(told).to_contain_text("Vastausta ei voi antaa")


def test_it_is_read_and_tried_on_a_phone_without_script(come_in, live_server):
    page = come_in("elli", java_script_enabled=False, viewport=PHONE)
    page.goto(f"{live_server.url}/law/initial_interview_due/")
    page.get_by_label("Päivä, jota kysytään").fill("2026-03-02")
    page.get_by_label("Päivä, jona työnhaku alkoi").fill("2026-03-02")
    page.get_by_role("button", name="Kysy").click()
    expect(page.locator("#answer")).to_contain_text("16.3.2026")


def test_what_an_administrator_decides_is_the_coachs_day_until_it_is_withdrawn(
    come_in, world, live_server
):
    gus, aino = come_in("gus"), come_in("aino")
    client = f"{live_server.url}/clients/{world.clients['devi'].id}/"

    gus.goto(f"{live_server.url}/law/")
    gus.get_by_role("link", name=INTERVIEW).click()
    gus.get_by_role("link", name="Vahvista tai muuta").first.click()
    gus.get_by_label("Työpäivää").fill("15")
    gus.get_by_role("button", name="Katso, mikä muuttuu").click()
    expect(gus.locator(".problems")).to_contain_text("Lähde")
    gus.get_by_label("Lähde", exact=True).fill(SOURCE)
    gus.get_by_role("button", name="Katso, mikä muuttuu").click()
    expect(gus.locator("#follows")).to_contain_text("saisi toisen vastauksen")
    gus.get_by_role("button", name="Ota käyttöön").click()
    expect(gus.locator("#history")).to_contain_text("Gus Esimerkki")

    aino.goto(client)
    by_law = aino.locator("#dates")
    by_law.get_by_text("Miksi?").click()
    by_law.get_by_role("link", name="Sääntö, tiedot ja päivät").click()
    expect(aino.locator("main")).to_contain_text("23.3.2026")
    expect(aino.locator("main")).to_contain_text(SOURCE)
    expect(aino.locator("main")).to_contain_text("Gus Esimerkki")
    expect(aino.locator("main")).to_contain_text("asiakkaan tiedot")

    gus.locator("#history").get_by_role("button", name="Peru").click()
    expect(gus.locator("#history")).to_contain_text("perunut Gus Esimerkki")
    aino.reload()
    expect(aino.locator("main")).to_contain_text("16.3.2026")
    expect(aino.locator("main")).not_to_contain_text(SOURCE)
