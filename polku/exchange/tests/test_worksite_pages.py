"""The import page for worksites: who sees it, from the file to the report."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from polku.exchange import working
from polku.exchange.imports.tests.bringing import text as people
from polku.exchange.models import ImportRun
from polku.exchange.worksites.tests.bringing import KITCHEN, coordinator, text
from polku.foundation.viewer import for_role
from polku.placements.models import Opening

BAD = "Outo Talo;Talo;Tie 4;Lahti;Talonmies;työkokeilu;1"


@pytest.fixture
def browser(world: Any) -> Any:
    """A browser in which a coordinator is signed in."""
    role = coordinator(world)
    world.people["kosti"], world.viewers["kosti"] = role.user, for_role(role)
    return world.browser("kosti", headers={"accept-language": "en"})


def upload(browser: Any, data: bytes, name: str = "places.csv") -> Any:
    return browser.post("/import/", {"file": SimpleUploadedFile(name, data)})


def the_run(world: Any) -> ImportRun:
    world.enter("lake")
    return ImportRun.objects.latest("created_at")


def work(world: Any) -> str:
    ended = working.do(world.areas["lake"].id, the_run(world).id)
    world.enter("lake")
    return ended


def test_a_coordinator_from_the_file_to_the_report(world, browser):
    start = browser.get("/import/").content.decode()
    assert "How a workplace is found" in start and "How a person is found" not in start
    answer = upload(browser, text(KITCHEN, BAD))
    run = the_run(world)
    assert (run.kind, answer.url) == ("worksites", reverse("import_run", args=[run.id]))
    shown = browser.get(answer.url).content.decode()
    assert "Rantakoulu, Testilän kaupunki" in shown and "work trial" in shown
    names = ["host", "worksite", "address", "in_municipality", "title", "kinds", "seats"]
    columns = {f"column_{n}": name for n, name in enumerate(names)}
    sent = browser.post(
        reverse("import_columns", args=[run.id]), {"kind": "worksites", "then": "check", **columns}
    )
    assert sent.status_code == 302
    assert work(world) == "checked"
    assert Opening.objects.count() == 0
    report = browser.get(answer.url).content.decode()
    assert "Nothing has been changed yet" in report and "Outo Talo" in report
    browser.post(reverse("import_begin", args=[run.id]))
    assert work(world) == "done"
    assert Opening.objects.get().title == "Keittiöapulainen"
    done = browser.get(answer.url).content.decode()
    assert "To the workplaces" in done and "To the clients" not in done
    assert browser.get(reverse("import_report_file", args=[run.id])).status_code == 200
    assert the_run(world).counts["created"] == 1


def test_a_coordinator_may_not_bring_in_people(world, browser):
    upload(browser, people("77;Haapaoja;Veera;;;0401234567;;Kärkölä"))
    run = the_run(world)
    assert run.kind == "worksites"
    shown = browser.get(reverse("import_run", args=[run.id])).content.decode()
    assert 'value="people"' not in shown
    browser.post(reverse("import_columns", args=[run.id]), {"kind": "people", "then": "check"})
    assert the_run(world).kind == "worksites"


def test_a_lead_has_both_and_a_coach_none(world):
    lead = world.browser("lahja", headers={"accept-language": "en"})
    start = lead.get("/import/").content.decode()
    assert "How a workplace is found" in start and "How a person is found" in start
    upload(lead, text(KITCHEN))
    assert the_run(world).kind == "worksites"
    upload(lead, people("77;Haapaoja;Veera;;;0401234567;;Kärkölä"))
    assert the_run(world).kind == "people"
    assert world.browser("aino").get("/import/").status_code == 403


def test_a_client_list_in_another_role_stays_shut(world, browser):
    """Who is a lead too brought people in as a lead: as a coordinator their report is shut."""
    upload(browser, text(KITCHEN))
    run = the_run(world)
    run.kind = "people"
    run.save()
    assert browser.get(reverse("import_run", args=[run.id])).status_code == 403
    assert "places.csv" not in browser.get("/import/").content.decode()
