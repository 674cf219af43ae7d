"""A lead brings an office's messy sheet of 5 000 people in through the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from polku.clients.models import Client
from polku.contacts.tests.driving import PHONE
from polku.exchange import working
from polku.exchange.models import ImportRun
from polku.exchange.sheets import find_layout, open_sheet
from polku.exchange.sheets.messy import messy_office_sheet
from polku.foundation import clock, walls
from polku.foundation.models import EmploymentArea, RoleAssignment, User
from tests.axe import barriers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PEOPLE = 5_000
# The coaches whom the sheet names, as it names them: Kaisa P., Jukka R., Outi V.
COACHES = (("Kaisa", "Peltokorpi"), ("Jukka", "Rantakari"), ("Outi", "Vuorikoski"))


def prepare(world):
    register = world.areas["lake"]
    register.area = EmploymentArea.objects.get(code="31")
    register.save()
    with walls.inside(register.id):
        for first, last in COACHES:
            user = User.objects.create(
                email=f"{first.lower()}@example.org", first_name=first, last_name=last,
                created_at=clock.now(),
            )  # fmt: skip
            RoleAssignment.objects.create(
                user=user, organisation=register.controller, register=register,
                team=world.teams["lake"], role="coach", starts_at=clock.now(),
            )  # fmt: skip


def work(world) -> str:
    """What the job worker does."""
    register = world.areas["lake"].id
    with walls.inside(register):
        run = ImportRun.objects.latest("created_at")
    return working.do(register, run.id)


def number(page, word: str) -> int:
    figure = page.locator(".figure", has_text=re.compile(rf"\d+\s*{word}$"))
    return int(figure.locator("b").inner_text())


def test_a_messy_sheet_of_5000_people_comes_in_with_its_refused_rows_explained(
    world, live_server, coach, tmp_path
):  # fmt: skip
    prepare(world)
    messy = messy_office_sheet(PEOPLE, today=clock.today())
    file = tmp_path / "Asiakkaat vanha.xlsx"
    file.write_bytes(messy.data)
    page = coach("lahja")
    page.goto(f"{live_server.url}/import/")
    assert barriers(page) == []
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Upload and look at it").click()
    expect(page.locator("h1")).to_have_text("What is in the columns?")
    assert page.get_by_text("Hidden worksheets were not read: Vanhat.").is_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Try without changing anything").first.click()
    expect(page.locator("h1")).to_have_text("Trying the import")
    assert barriers(page) == []
    assert work(world) == "checked"
    expect(page.locator("h1")).to_have_text("This would be done", timeout=20_000)
    assert barriers(page) == []
    tried = {word: number(page, word) for word in ("new ones", "updated", "unchanged", "refused")}
    page.get_by_role("button", name="Import now").click()
    expect(page.locator("h1")).to_have_text("Importing")
    assert work(world) == "done"
    expect(page.locator("h1")).to_have_text("Imported", timeout=20_000)
    done = {word: number(page, word) for word in tried}
    assert done == tried
    assert sum(done.values()) == messy.people
    broken = sum(messy.refused.values())
    assert broken <= done["refused"] <= broken + 40
    reasons = page.locator(".reasons li")
    assert reasons.count() >= len(messy.refused)
    page.get_by_text("The last character of the identity code").first.click()
    expect(page.locator("tbody tr")).to_have_count(messy.refused["identity_check_sign"])
    assert page.locator("tbody tr").first.get_by_text("Hetu").is_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="The rows as a spreadsheet").click()
    kept = open_sheet(waiting.value.path(), "report.xlsx")
    assert sum(1 for row in kept.rows() if "refused" in row.cells) >= done["refused"]
    assert find_layout(kept) is not None
    with walls.inside(world.areas["lake"].id):
        assert Client.objects.filter(office_number__startswith="2").count() == done["new ones"]


def test_the_page_works_without_script_and_on_a_phone(
    world, live_server, coach, tmp_path
):  # fmt: skip
    prepare(world)
    file = tmp_path / "people.csv"
    file.write_text("Asiakasnumero;Sukunimi;Etunimi\n1;Haapa;Eino\n2;;Veera\n", "utf-8")
    page = coach("lahja", viewport=PHONE, java_script_enabled=False)
    page.goto(f"{live_server.url}/import/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Upload and look at it").click()
    page.get_by_role("button", name="Try without changing anything").first.click()
    # The sheet does not tell when they registered: that is asked, once.
    expect(page.get_by_text("Write the day, or say that no one day suits all.")).to_be_visible()
    page.get_by_label("No one day suits all").check()
    page.get_by_role("button", name="Try without changing anything").first.click()
    work(world)
    page.get_by_role("link", name="Update").click()
    page.get_by_role("button", name="Import now").click()
    work(world)
    page.get_by_role("link", name="Update").click()
    expect(page.locator("h1")).to_have_text("Imported")
    assert (number(page, "new ones"), number(page, "refused")) == (1, 1)
    assert page.get_by_text("A new person needs both a last name and a first name.").count()
