"""A statement on unemployment security, in Finnish, each in their own browser.

The coach begins a matter and asks the client; the client answers on a phone, also where the network
dies on the way; the coach writes the statement, an official signs it, and the coach copies it and
notes that it was sent. The client then reads it and sees who was told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from polku.contacts.tests.driving import PHONE, let_in
from polku.foundation import clock, walls
from polku.portal import access
from polku.statements.models import Matter, Official
from tests.axe import barriers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Come = Callable[..., Page]
QUESTION = "Et tullut tapaamiseen. Mitä tapahtui?"
ANSWER = "Bussi jäi tulematta, ja puhelimesta loppui akku."


@pytest.fixture
def come(world: Any, live_server: Any, browser: Browser) -> Any:
    """Return a maker of browsers: a worker by name, or a stranger, on a desk or on a phone."""
    opened, said = [], []

    def make(who: str = "", *, phone: bool = False) -> Page:
        size = PHONE if phone else {"width": 1280, "height": 900}
        context = browser.new_context(locale="fi-FI", viewport=size, reduced_motion="reduce")
        opened.append(context)
        if who:
            let_in(context, live_server, world.people[who])
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield make
    for context in opened:
        context.close()
    assert said == []


def an_official(world: Any) -> None:
    lahja = world.viewers["lahja"]
    with walls.inside(lahja.register_id):
        Official.objects.create(
            register_id=lahja.register_id, user_id=lahja.user_id,
            organisation_id=lahja.organisation_id, starts_on=clock.today(),
        )  # fmt: skip


def test_a_statement_from_the_question_to_what_was_sent(
    world: Any, live_server: Any, come: Come
) -> None:
    an_official(world)
    at, devi = live_server.url, world.clients["devi"]
    coach = come("aino")
    the_coach_asks(coach, f"{at}/clients/{devi.id}/")
    phone = come(phone=True)
    the_client_comes_in(world, phone, at)
    the_client_answers(phone, at)
    the_coach_writes(coach)
    official = come("lahja")
    the_official_signs(official, at)
    the_coach_sends(coach)
    the_client_reads_it(phone, at)
    with walls.inside(devi.register_id):
        matter = Matter.objects.get()
        assert (matter.state, matter.sendings.get().to) == ("sent", "kela")


def the_coach_asks(page: Page, client: str) -> None:
    page.goto(client)
    page.locator("#statements").get_by_role("link", name="Aloita lausuntoasia").click()
    page.locator("#id_about").select_option(label="ei tullut tai ei vastannut määräajassa")
    assert barriers(page) == []
    page.get_by_role("button", name="Aloita").click()
    expect(page.locator("#laws")).to_contain_text("Näytetään, ei ratkaista")
    page.locator("#ask_question").fill(QUESTION)
    page.locator("#ask_due_on").fill((clock.today() + timedelta(days=7)).isoformat())
    with page.expect_navigation():
        page.get_by_role("button", name="Lähetä selvityspyyntö").click()
    expect(page.locator(".turn")).to_contain_text("Devin vuoro")
    assert barriers(page, opened=True) == []


def the_client_comes_in(world: Any, page: Page, at: str) -> None:
    by = world.viewers["aino"]
    with walls.inside(by.register_id, by=by):
        address, codes = access.make_letter(
            by=by, client_id=world.clients["devi"].id, at=clock.now()
        )
    page.goto(at + address[address.index("/c/") :])
    page.get_by_role("textbox").fill(codes[0])
    page.get_by_role("button", name="Kirjaudu").click()


def the_client_answers(page: Page, at: str) -> None:
    page.get_by_role("link", name="Lue kysymys ja vastaa").click()
    expect(page.locator("main")).to_contain_text(QUESTION)
    assert barriers(page) == []
    page.locator("#id_answer").fill(ANSWER)
    page.context.set_offline(True)
    page.get_by_role("button", name="Lähetä vastaukseni").click()
    expect(page.locator("[data-said=offline]").first).to_be_visible()
    expect(page.locator("#id_answer")).to_have_value(ANSWER)
    page.context.set_offline(False)
    with page.expect_navigation():
        page.get_by_role("button", name="Lähetä vastaukseni").click()
    expect(page.locator(".toast.ok")).to_be_visible()
    expect(page.locator("main")).to_contain_text(ANSWER)


def the_coach_writes(page: Page) -> None:
    page.reload()
    expect(page.locator("#ask")).to_contain_text(ANSWER)
    page.locator("#write input[name=facts]").first.check()
    page.locator("#write_text").fill("Asiakas ei tullut. Hän kertoi syyn.")
    page.locator("#write_basis").fill("380/2023, tarkistettu")
    with page.expect_navigation():
        page.get_by_role("button", name="Tallenna luonnos").click()
    expect(page.locator(".turn")).to_contain_text("Virkailijan vuoro")
    expect(page.get_by_role("button", name="allekirjoitan")).to_have_count(0)


def the_official_signs(page: Page, at: str) -> None:
    page.goto(f"{at}/statements/")
    assert barriers(page) == []
    page.locator("ul.rows a").first.click()
    expect(page.locator("#sign")).to_contain_text(ANSWER)
    assert barriers(page, opened=True) == []
    page.get_by_role("button", name="Olen lukenut tämän ja allekirjoitan").click()
    expect(page.locator(".toast.ok")).to_be_visible()


def the_coach_sends(page: Page) -> None:
    page.reload()
    expect(page.locator("#reg")).to_contain_text("380/2023, tarkistettu")
    page.get_by_role("button", name="Merkitse kopioiduksi").click()
    page.get_by_text("Merkitse lähetetyksi").click()
    page.get_by_label("Kela").check()
    page.get_by_role("button", name="Merkitse", exact=True).click()
    expect(page.locator("#sent")).to_contain_text("Kela, valtakunnallisen järjestelmän kautta")
    assert barriers(page, opened=True) == []


def the_client_reads_it(page: Page, at: str) -> None:
    page.goto(f"{at}/me/")
    page.get_by_role("link", name="Lue lausunto").click()
    expect(page.locator("main")).to_contain_text("Hän kertoi syyn")
    expect(page.locator("main")).to_contain_text("Kela")
    assert barriers(page) == []
