"""A service manager doubles the inflow in Finnish: asked, worked out by the job, read, shared."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from polku.foundation import walls
from polku.insight import working
from polku.insight.models import WhatIf
from polku.insight.tests.counting import manager, people
from tests.axe import barriers
from tests.journeys.test_a_placement import Come, come

__all__ = ["come"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def area(world: Any) -> Any:
    """A register of some 80 clients, two coaches, and a service manager."""
    with walls.inside(world.areas["lake"].id):
        people(world, 50)
        people(world, 30, coach="bengt")
        manager(world)
    return world


def work_out(world: Any) -> None:
    """Do what the worker of the queue does."""
    with walls.inside(world.areas["lake"].id):
        found = WhatIf.objects.get(answered_at__isnull=True)
    assert working.run(found.register_id, found.id) == "answered"


def figure(page: Page, question: str) -> Any:
    return page.locator("figure", has_text=question)


def test_a_manager_doubles_the_inflow(area: Any, live_server: Any, come: Come) -> None:
    page = come("maija")
    page.goto(live_server.url)
    page.get_by_role("link", name="Mitä jos?").first.click()
    expect(page.get_by_label("Avoimia asiakkuuksia")).to_have_value("82")
    expect(page.get_by_label("Valmentajia nyt")).to_have_value("2")
    assert barriers(page) == []

    # What can't be meant is answered kindly, and kept.
    page.get_by_label("Valmentajia, mitä jos").fill("0")
    page.get_by_role("button", name="Kaksinkertaista tulovirta").click()
    expect(page.get_by_text("Ilman valmentajaa vertailtavaa ei ole").first).to_be_visible()
    expect(page.get_by_label("Valmentajia, mitä jos")).to_have_value("0")
    assert barriers(page) == []

    page.get_by_label("Valmentajia, mitä jos").fill("2")
    page.get_by_role("button", name="Kaksinkertaista tulovirta").click()
    expect(page.get_by_role("status").first).to_contain_text("Odottaa vuoroaan")
    work_out(area)
    # The page looks by itself.
    expect(figure(page, "Kuinka monta asiakasta")).to_contain_text("enemmän", timeout=20_000)
    expect(page.locator(".pictures svg")).to_have_count(6)
    expect(page.get_by_text("sveitsiläisen kokeen").first).to_be_visible()
    assert barriers(page) == []
    with page.expect_download() as got:
        page.get_by_role("link", name="XLSX").click()
    assert got.value.suggested_filename == "polku-what-if.xlsx"

    # A colleague who may ask follows the address; a coach may not.
    address = page.url
    lead = come("lahja")
    lead.goto(address)
    expect(lead.locator(".pictures svg")).to_have_count(6)
    coach = come("aino")
    coach.goto(address)
    expect(coach.locator(".pictures")).to_have_count(0)
    expect(coach.get_by_text("Rooliisi ei kuulu tämä").first).to_be_visible()
