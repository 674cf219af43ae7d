"""A coach's week in Finnish: proposed, taken, ill on Monday, the rest stays, the lead is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from polku.contacts.models import Appointment, WeekPlan, WeekProposal
from polku.desk.tests.planning import person
from polku.desk.week import running
from polku.foundation import clock, walls
from tests.axe import barriers
from tests.journeys.test_a_placement import Come, come

__all__ = ["come"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def monday(world: Any) -> Any:
    """Some clients of Aino's, and the Monday of the week after this one."""
    following = clock.monday_of(clock.today()) + timedelta(days=7)
    with walls.inside(world.areas["lake"].id):
        for number in range(6):
            person(world, f"Rytmi{number}", last=30 + number)
        person(world, "Laki", last=60, discussion_due_on=following)
    return following


def plans(world: Any) -> None:
    """Do what the planning worker does."""
    with walls.inside(world.areas["lake"].id):
        waiting = [(p.user_id, p.monday) for p in WeekPlan.objects.all() if p.runs]
    for user, monday in waiting:
        assert running.run(world.areas["lake"].id, user, monday) == "planned"


def test_a_coach_plans_a_week_falls_ill_and_the_lead_is_told(
    world: Any, live_server: Any, come: Come, monday: Any
) -> None:
    page: Page = come("aino")
    page.goto(live_server.url)
    page.get_by_role("navigation").get_by_role("link", name="Viikko").first.click()
    here = f"/week/?from={monday.isoformat()}"
    page.goto(live_server.url + here)
    page.get_by_role("button", name="Ehdota viikko").click()
    plans(world)
    page.goto(live_server.url + here)
    # The seven, and Devi, who is new.
    expect(page.locator(".offer")).to_have_count(8)
    expect(page.locator(".offer", has_text="Laki Kuvitelma")).to_contain_text("laki:")
    assert barriers(page) == []

    other = page.locator(".offer", has_text="Rytmi0 Kuvitelma")
    other.get_by_role("button", name="Ota").click()
    expect(page.locator(".offer")).to_have_count(7)
    with walls.inside(world.areas["lake"].id):
        booked = Appointment.objects.get(client__first_names="Rytmi0")
        before = dict(
            WeekProposal.objects.filter(state="proposed").values_list("client_id", "starts_at")
        )

    page.get_by_role("link", name="Työaikani ja poissaoloni").click()
    assert barriers(page) == []
    page.get_by_label("Ensimmäinen poissaolopäivä").fill(monday.isoformat())
    page.get_by_role("button", name="Merkitse poissaolo").click()
    plans(world)
    page.goto(live_server.url + here)
    with walls.inside(world.areas["lake"].id):
        again = Appointment.objects.get(pk=booked.pk)
        after = dict(WeekProposal.objects.values_list("client_id", "starts_at"))
    assert (again.starts_at, again.status) == (booked.starts_at, booked.status)
    stays = [c for c, at in before.items() if clock.local(at).date() != monday]
    assert [c for c in stays if after[c] != before[c]] == []

    assert barriers(page) == []
    alarm = page.locator(".alarm", has_text="Laki Kuvitelma")
    alarm.get_by_role("button", name="Kerro esihenkilölle").click()
    expect(page.locator(".alarm")).to_contain_text("kerrottu esihenkilölle")

    lead: Page = come("lahja")
    lead.goto(f"{live_server.url}/team/")
    raised = lead.locator("#raised")
    expect(raised).to_contain_text("Laki Kuvitelma")
    expect(raised).not_to_contain_text("sairaana")
    assert barriers(lead) == []
    raised.get_by_role("button", name="Hoidettu").click()
    expect(lead.locator("#raised")).to_have_count(0)
