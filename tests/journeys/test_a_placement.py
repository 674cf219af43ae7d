"""A placement from the opening to what comes after, in Finnish, each in their own browser.

The coordinator makes an opening, the coach finds it for a client, the client says yes on a phone,
the workplace reads the agreement by its own link, all accept it; it begins, the workplace and the
client tell how it has gone, the coach reads it, and what comes after is written down.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from polku.contacts.tests.driving import PHONE, let_in
from polku.foundation import clock, walls
from polku.foundation.models import OutboxMessage
from polku.placements import daily
from polku.placements.fitting import stock
from polku.placements.models import Outcome, Placement, Search, SearchWord
from polku.placements.tests.acting import make_coordinator
from polku.portal import access

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Come = Callable[..., Page]


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
        page.on("console", lambda m: said.append(m.text) if "Content Secur" in m.text else None)
        return page

    yield make
    for context in opened:
        context.close()
    assert said == []


def test_a_placement_lives_from_the_opening_to_what_comes_after(
    world: Any, live_server: Any, come: Come
) -> None:
    stock.forget()
    make_coordinator(world)
    looked_for(world)
    at = live_server.url
    devi = f"{at}/clients/{world.clients['devi'].id}"

    the_coordinator_makes_an_opening(come("konsta"), at)
    coach = come("aino")
    the_coach_suggests_it(coach, devi)
    client = come(phone=True)
    the_client_comes_in(world, client, at)
    client.locator(".own-ask", has_text="Keittiöapulainen").get_by_role(
        "button", name="Kyllä"
    ).click()
    expect(client.locator(".toast.ok")).to_be_visible()

    the_coach_writes_the_agreement(coach)
    client.goto(f"{at}/me/")
    client.get_by_role("button", name="Olen lukenut tämän ja hyväksyn sen").click()
    host = come(phone=True)
    the_workplace_accepts(world, host, at)
    the_coach_signs_and_begins(coach)

    to_its_last_day(world)
    the_workplace_tells_how_it_went(host, at)
    the_client_tells_how_it_went(client, at)
    the_coach_reads_and_writes_what_comes_after(world, coach)


def looked_for(world: Any) -> None:
    """Devi wishes for kitchen work and waits for a place."""
    row = {"register": world.areas["lake"], "client": world.clients["devi"]}
    with walls.inside(world.areas["lake"].id):
        Search.objects.create(
            **row, waiting_since=clock.today(), cards=["hygiene"], changed_at=clock.now()
        )
        SearchWord.objects.create(**row, kind="wish", work_code="9412", told_on=clock.today())


def the_coordinator_makes_an_opening(page: Page, at: str) -> None:
    page.goto(f"{at}/places/worksites/new/")
    page.locator("#id_name").fill("Pihlajapuiston päiväkoti")
    page.locator("#id_municipality").select_option(label="Kärkölä")
    page.locator("#id_host").fill("Testilän kunta")
    page.locator("#id_legal_form").select_option("municipality")
    page.locator("#id_person").fill("Saara Esihenkilö")
    page.locator("#id_person_email").fill("saara@example.org")
    page.get_by_role("button", name="Lisää työpaikka").click()
    page.get_by_role("link", name=re.compile("sijoitusmahdollisuus", re.I)).first.click()
    page.locator("#id_title").fill("Keittiöapulainen")
    page.get_by_label("Työkokeilu").check()
    page.locator("#id_work_code").select_option("9412")
    for name, value in (("hours_from", "4"), ("hours_to", "4"), ("days_a_week", "4")):
        page.locator(f"#id_{name}").fill(value)
    sent(page.locator("main form button[type=submit], main form .btn.main").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("Keittiöapulainen")


def the_coach_suggests_it(page: Page, devi: str) -> None:
    page.goto(f"{devi}/placements/new/")
    row = page.locator("li", has_text="Pihlajapuiston päiväkoti").first
    expect(row).to_contain_text("toive: keittiöapu")
    row.get_by_role("link", name="Ehdota").click()
    page.locator("#id_starts_on").fill(clock.today().isoformat())
    the_law_is_told_while_the_days_are_chosen(page)
    sent(page.get_by_role("button", name="Ehdota asiakkaalle"))
    expect(page.locator(".toast.ok")).to_contain_text("Ehdotettu")


def the_law_is_told_while_the_days_are_chosen(page: Page) -> None:
    card, last = page.locator("[data-laws]"), page.locator("#id_ends_on")
    stood = last.input_value()
    last.fill((clock.today() + timedelta(days=500)).isoformat())
    last.blur()
    expect(card).to_contain_text("Siitä, mitä lomakkeessa nyt on")
    expect(card).to_contain_text("Työkokeilu täällä voi kestää enintään")
    last.fill(stood)
    last.blur()
    expect(card).to_contain_text("Tälle työkokeilulle on aikaa")
    expect(card).not_to_contain_text("Työkokeilu täällä voi kestää enintään")


def the_client_comes_in(world: Any, page: Page, at: str) -> None:
    viewer = world.viewers["aino"]
    with walls.inside(viewer.register_id, by=viewer):
        address, codes = access.make_letter(
            by=viewer, client_id=world.clients["devi"].id, at=clock.now()
        )
    page.goto(at + re.sub(r"^https?://[^/]+", "", address))
    page.get_by_role("textbox").fill(codes[0])
    page.get_by_role("button", name="Kirjaudu").click()


def sent(button: Locator) -> None:
    """Press, and wait for the page that answers: a form of words asks the other end first."""
    with button.page.expect_navigation():
        button.click()


def the_coach_writes_the_agreement(page: Page) -> None:
    page.reload()
    form = page.locator("form[action$='/terms/']")
    form.locator("[name=ends_on]").fill((clock.today() + timedelta(days=60)).isoformat())
    sent(form.get_by_role("button", name="Kirjoita sopimus"))
    expect(page.locator("#sign")).to_contain_text("Asiakas")


def mailed_to_the_workplace(world: Any) -> str:
    """Return the way in that the last mail to the workplace tells."""
    with walls.inside(world.areas["lake"].id):
        body = OutboxMessage.objects.filter(host__isnull=False).latest("created_at").body
    found = re.search(r"/h/[\w-]+/", body)
    assert found
    return found[0]


def the_workplace_accepts(world: Any, page: Page, at: str) -> None:
    page.goto(at + mailed_to_the_workplace(world))
    page.get_by_role("button", name="Jatka").click()
    page.get_by_label("Olen lukenut sopimuksen").check()
    sent(page.get_by_role("button", name="Hyväksy sopimus"))
    expect(page.locator("main")).to_contain_text("Olet hyväksynyt sopimuksen")
    expect(page.locator("main")).not_to_contain_text("Koivunen")


def the_coach_signs_and_begins(page: Page) -> None:
    page.reload()
    page.locator("summary", has_text="Allekirjoita tai kirjaa").click()
    form = page.locator("form[action$='/sign/']")
    form.locator("[name=party]").select_option("organiser")
    form.locator("[name=how]").select_option("desk")
    form.locator("[name=name]").fill("Aino Esimerkki")
    sent(form.get_by_role("button").last)
    expect(page.locator("main")).to_contain_text("kaikkien sopima")
    sent(page.get_by_role("button", name="Alkoi"))
    expect(page.locator("main")).to_contain_text("käynnissä", ignore_case=True)
    expect(page.get_by_role("button", name="Päättyi ajallaan")).to_have_count(0)


def to_its_last_day(world: Any) -> None:
    """Let the weeks go by: today is the last day, and the morning's work is done."""
    today, register = clock.today(), world.areas["lake"].id
    with walls.inside(register):
        row = Placement.objects.get()
        row.starts_on, row.ends_on = today - timedelta(days=40), today
        row.save()
        row.assessments.filter(moment="mid").delete()
        row.assessments.update(due_on=today)
    daily.run(register, at=clock.now())


def answer_everything(form: Any) -> None:
    names = {one.get_attribute("name") for one in form.locator("input[type=radio]").all()}
    for name in sorted(names):
        form.locator(f"input[name={name}]").first.check(force=True)


def the_workplace_tells_how_it_went(page: Page, at: str) -> None:
    page.goto(f"{at}/host/placement/")
    expect(page.locator("main")).to_contain_text("Kuka on kuka ja keneltä voi kysyä")
    form = page.locator("form", has=page.get_by_role("button", name="Lähetä vastaukseni"))
    answer_everything(form)
    form.locator("textarea").first.fill("Muistutus tauoista auttoi.")
    sent(form.get_by_role("button", name="Lähetä vastaukseni"))
    expect(page.locator(".toast.ok, .notice.ok").first).to_be_visible()


def the_client_tells_how_it_went(page: Page, at: str) -> None:
    page.goto(f"{at}/me/")
    page.locator("a[href*='/assess/']").first.click()
    form = page.locator("main form").first
    answer_everything(form)
    sent(form.get_by_role("button").last)
    expect(page.locator(".toast.ok")).to_be_visible()


def the_coach_reads_and_writes_what_comes_after(world: Any, page: Page) -> None:
    page.reload()
    expect(page.locator("main")).to_contain_text("Muistutus tauoista auttoi.")
    page.locator("summary", has_text="Suunnittele jatko").click()
    form = page.locator("form[action$='/follow-on/']")
    form.locator("select").first.select_option("same_host")
    form.locator("textarea").first.fill("Palkkatuki samassa keittiössä tammikuusta")
    sent(form.get_by_role("button").last)
    sent(page.get_by_role("button", name="Päättyi ajallaan"))
    page.locator("summary", has_text="Kerro, missä asiakas on nyt").click()
    form = page.locator("form[action$='/outcome/']")
    form.locator("[name=what]").select_option("same_host")
    form.locator("[name=told_by]").select_option("client")
    sent(form.get_by_role("button").last)
    with walls.inside(world.areas["lake"].id):
        row = Placement.objects.get()
        assert (row.state, row.follow_on_kind) == ("ended", "same_host")
        assert row.follow_on == "Palkkatuki samassa keittiössä tammikuusta"
        assert Outcome.objects.filter(placement=row, when="end").exists()
