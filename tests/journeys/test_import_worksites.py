"""A lead brings a coordinator's messy list of workplaces in through the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from polku.contacts.tests.driving import coach, engine  # noqa: F401
from polku.exchange.sheets.messy_worksites import messy_list_of_worksites
from polku.foundation import walls
from polku.placements.models import Opening
from tests.axe import barriers
from tests.journeys.test_import import number, work

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_messy_list_of_workplaces_comes_in_with_its_refused_rows_explained(
    world, live_server, coach, tmp_path  # noqa: F811
):  # fmt: skip
    messy = messy_list_of_worksites()
    file = tmp_path / "Työkokeilupaikat.xlsx"
    file.write_bytes(messy.data)
    page = coach("lahja")
    page.goto(f"{live_server.url}/import/")
    assert barriers(page) == []
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Upload and look at it").click()
    expect(page.locator("#id_kind")).to_have_value("worksites")
    assert page.get_by_text("Kärkölän kunta").first.is_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Try without changing anything").first.click()
    assert work(world) == "checked"
    expect(page.locator("h1")).to_have_text("This would be done", timeout=20_000)
    assert barriers(page) == []
    assert page.get_by_text("What is Outo Talo").first.is_visible()
    page.get_by_role("button", name="Import now").click()
    assert work(world) == "done"
    expect(page.locator("h1")).to_have_text("Imported", timeout=20_000)
    assert (number(page, "new ones"), number(page, "refused")) == (messy.rows - 4, 4)
    page.get_by_role("link", name="To the workplaces").click()
    assert page.get_by_text("Koulu").first.is_visible()
    with walls.inside(world.areas["lake"].id):
        assert Opening.objects.count() == messy.rows - 4
