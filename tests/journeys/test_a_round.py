"""A matching round in Finnish: begun, worked out by the job, looked through, sent by a person."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from polku.foundation import clock, walls
from polku.placements.fitting import stock
from polku.placements.models import Placement, Round
from polku.placements.round import solving
from polku.placements.tests.acting import make_coordinator
from polku.placements.tests.places import make_opening, make_worksite
from polku.placements.tests.rounds import more_people, waits
from tests.axe import barriers
from tests.journeys.test_a_placement import Come, come, the_client_comes_in

__all__ = ["come"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def waiting(world: Any) -> Any:
    """Devi wishes for the library, Ines takes what there is; a library and a kitchen are open."""
    stock.forget()
    make_coordinator(world)
    with walls.inside(world.areas["lake"].id):
        make_opening(
            world, worksite=make_worksite(world, name="Kirjasto"), title="Kirjastoapulainen",
            work_code="4411",
        )  # fmt: skip
        make_opening(world, worksite=make_worksite(world, name="Koulu"), title="Keittiöapulainen")
        more_people(world, "Ines")
        waits(world, world.clients["devi"], wishes=("4411",))
        waits(world, world.clients["ines"])
    return world


def work_out(world: Any) -> None:
    """Do what the worker of the queue does."""
    with walls.inside(world.areas["lake"].id):
        found = Round.objects.get()
    assert solving.run(found.register_id, found.id) == "solved"


def group(page: Page, title: str) -> Any:
    return page.locator(".group", has_text=title)


def moved_to(world: Any, page: Page, name: str, title: str) -> None:
    """Move a client by the page, which says that it is being worked out until it has been."""
    page.get_by_role("link", name=name).click()
    others = page.locator(".others li", has_text=title)
    others.get_by_role("button", name="Siirrä tähän").click()
    expect(page.get_by_role("status").first).to_contain_text("Lasketaan")
    work_out(world)
    expect(page.get_by_text("Lasketaan")).to_have_count(0, timeout=20_000)
    expect(group(page, title)).to_contain_text(name)
    expect(page.locator(".card-of.chosen")).to_be_in_viewport()


def test_a_round_from_those_who_wait_to_what_the_client_reads(
    waiting: Any, live_server: Any, come: Come
) -> None:
    page = come("konsta")
    page.goto(f"{live_server.url}/places/")
    page.get_by_role("link", name="Sijoituskierrokset").click()
    assert barriers(page) == []
    page.get_by_role("button", name="Aloita kierros").click()
    expect(page.get_by_role("status").first).to_contain_text("Lasketaan")
    work_out(waiting)
    # The page looks by itself.
    expect(group(page, "Kirjastoapulainen")).to_contain_text("Devi Koivunen", timeout=20_000)
    expect(group(page, "Kirjastoapulainen")).to_contain_text("oma toive")
    assert barriers(page) == []

    # Somebody is moved, and back: each time the page finds the answer by itself.
    moved_to(waiting, page, "Ines Testinen", "Kirjastoapulainen")
    expect(group(page, "Keittiöapulainen")).to_contain_text("Devi Koivunen")
    moved_to(waiting, page, "Ines Testinen", "Keittiöapulainen")
    expect(group(page, "Kirjastoapulainen")).to_contain_text("Devi Koivunen")

    page.get_by_role("link", name="Devi Koivunen").click()
    expect(page.locator("#chosen")).to_contain_text("Toive: kirjastotyö")
    page.get_by_role("button", name="Kiinnitä tämä").click()
    expect(group(page, "Kirjastoapulainen")).to_contain_text("kiinnitetty")
    assert barriers(page) == []

    page.get_by_role("link", name="Lähetä asiakkaille…").click()
    assert barriers(page) == []
    page.get_by_label("Ines Testinen").uncheck()
    page.get_by_role("button", name="Lähetä ehdotukset").click()
    expect(page.locator(".toast.ok")).to_contain_text("1 ehdotus lähti")

    client = come(phone=True)
    the_client_comes_in(waiting, client, live_server.url)
    ask = client.locator(".own-ask", has_text="Kirjastoapulainen")
    expect(ask).to_contain_text("Toive: kirjastotyö.")
    ask.get_by_text("Jos vastaat ei: miksi?").click()
    ask.locator("select").select_option("far")
    ask.get_by_role("button", name="Ei", exact=True).click()
    expect(client.locator(".toast.ok")).to_contain_text("Vastasit ei")
    with walls.inside(waiting.areas["lake"].id):
        (made,) = Placement.objects.all()
        assert (made.state, made.because) == ("declined", "far")
        assert made.starts_on > clock.today()
