"""A team lead in Finnish: a rule, new clients divided with notes, an absence covered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from polku.desk.division import running
from polku.desk.tests.dividing import away, client
from polku.foundation import clock, walls
from polku.foundation.models import Relation
from polku.teamwork.models import Division, HandOver
from tests.axe import barriers
from tests.journeys.test_a_placement import Come, come

__all__ = ["come"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def monday(world: Any) -> Any:
    """Two who wait for a coach, a promise of Bengt's, and Bengt away from the next Monday on."""
    today = clock.today()
    following = today + timedelta(days=7 - today.weekday())
    with walls.inside(world.areas["lake"].id):
        client(world, "Nuori", age=22)
        client(world, "Vanha", age=50)
        client(world, "Luvattu", coach="bengt", rhythm={"next_on": following})
        away(world, "bengt", following, following + timedelta(days=4))
    return following


def plans(world: Any) -> None:
    """Do what the planning worker does."""
    with walls.inside(world.areas["lake"].id):
        waiting = [one.id for one in Division.objects.all() if one.runs]
    for division in waiting:
        assert running.run(world.areas["lake"].id, division) == "planned"


def test_a_lead_divides_new_clients_and_covers_an_absence(
    world: Any, live_server: Any, come: Come, monday: Any
) -> None:
    page: Page = come("lahja")
    page.goto(f"{live_server.url}/team/")
    assert barriers(page) == []
    page.get_by_role("link", name="Asiakasjaon säännöt").click()
    page.locator(".rows li", has_text="Aino Esimerkki").get_by_role("link").click()
    page.get_by_label("Nuorempi kuin").fill("30")
    page.get_by_label("ehdottomia").check()
    assert barriers(page) == []
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("main")).to_contain_text("vain alle 30-vuotiaat")
    assert barriers(page) == []

    page.goto(f"{live_server.url}/team/")
    page.get_by_role("button", name="Ehdota valmentajat odottaville").click()
    here = page.url
    plans(world)
    page.goto(here)
    rows = page.locator(".proposals > li")
    expect(rows).to_have_count(2)
    young = rows.filter(has_text="Nuori Kuvitelma")
    expect(young).to_contain_text("valmentajan ikäryhmä: alle 30-vuotiaat")
    expect(rows.filter(has_text="Vanha Kuvitelma").locator("select")).to_contain_text("Bengt")
    assert barriers(page) == []
    young.get_by_placeholder("Viesti tästä asiakkaasta").fill("Soita iltapäivällä")
    rows.filter(has_text="Vanha Kuvitelma").get_by_role("checkbox").uncheck()
    with page.expect_navigation():
        page.get_by_role("button", name="Hyväksy valitut").click()
    expect(page.locator(".proposals > li")).to_have_count(1)
    with walls.inside(world.areas["lake"].id):
        handed = HandOver.objects.get()
        assert (handed.client.first_names, handed.to_user_id, handed.note) == (
            "Nuori", world.people["aino"].id, "Soita iltapäivällä",
        )  # fmt: skip

    page.goto(f"{live_server.url}/team/")
    page.locator("#away li", has_text="Bengt").get_by_role("button", name="Ehdota sijaiset").click()
    here = page.url
    plans(world)
    page.goto(here)
    row = page.locator(".proposals > li", has_text="Luvattu Kuvitelma")
    expect(row).to_contain_text("luvattu yhteydenotto")
    expect(row.locator("option:checked")).to_have_text("Aino Esimerkki")
    assert barriers(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Hyväksy valitut").click()
    with walls.inside(world.areas["lake"].id):
        cover = Relation.objects.get(kind="cover", client__first_names="Luvattu")
        own = Relation.objects.get(kind="own", client__first_names="Luvattu")
    assert cover.user_id != world.people["bengt"].id == own.user_id
    assert clock.local(cover.starts_at).date() == monday and own.ends_at is None

    coach: Page = come("aino")
    coach.goto(live_server.url)
    expect(coach.locator("main")).to_contain_text("Soita iltapäivällä")
