"""Promises 12 and 13 in a real browser: payloads in every text, and every page looked at.

With the policy on nothing may be reported to it; with the policy off, where whatever got through
would run, nothing may run. The control serves one page as if its text had been marked safe.
"""

from __future__ import annotations

import html
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, Route

from polku.clients.models import ContactDetails
from polku.exchange import working
from polku.exchange.models import ImportRun
from polku.foundation import outbox, walls
from polku.foundation.models import OutboxMessage
from tests.promises import payloads
from tests.promises.browsing import Lodge, Lodging, Look
from tests.promises.house import AREA
from tests.promises.planting import Rotation, plant_clients, plant_others
from tests.promises.promise import reached
from tests.promises.sentinels import Sentinels
from tests.promises.watching import Watch

pytestmark = pytest.mark.journey

WRITERS = ("aino", "lahja", "gus", "elli", "carita", "devi", "anonymous")
# What makes a PDF do something, instead of showing something.
ACTIVE = (
    b"/JavaScript",
    b"/JS",
    b"/OpenAction",
    b"/AA",
    b"/Launch",
    b"/EmbeddedFile",
    b"/SubmitForm",
)
PANELS = 6
BARE = 5
OPENED = "at => document.querySelector('dialog.panel [data-panel-content]') || location.href !== at"


@pytest.fixture(scope="module")
def written(lodge: Lodge) -> Iterator[Lodging]:
    """A lodging of this module's own, with payloads in all of its texts."""
    with lodge("texts") as made:
        write(made, Rotation())
        yield made


def write(house: Lodging, rotation: Rotation) -> None:
    """Put the payloads of a round into the texts."""
    with house.inside():
        assert plant_clients(house.house, rotation) > 100
    assert plant_others(house, rotation) > 12


def crawl(house: Lodging, page: Page, urls: list[str]) -> Watch:
    """Visit the addresses."""
    watch = Watch(page)
    for url in urls:
        watch.visit(house.address + url)
    return watch


def marked_safe(route: Route) -> None:
    """Answer as a page would that takes a text for markup."""
    answer = route.fetch()
    route.fulfill(response=answer, body=html.unescape(answer.text()))


@pytest.mark.parametrize("actor", ["aino", "devi"])
def test_nothing_runs_and_nothing_is_reported(written: Lodging, look: Look, actor: str) -> None:
    watch = crawl(written, look(actor, of_house=written), written.pages(actor))
    assert watch.heard == []
    assert watch.visited > 3


def test_nothing_runs_where_the_policy_would_let_it(written: Lodging, look: Look) -> None:
    """The client page, the panels that open on it, and the names that a search offers."""
    page = look("aino", of_house=written, bypass_csp=True)
    watch = Watch(page)
    client = f"{written.address}/clients/{written.house.ids['devi']['client_id']}/"
    watch.visit(client)
    links = page.locator("a[data-panel]:visible").evaluate_all("all => all.map((one) => one.href)")
    panels = 0
    for href in list(dict.fromkeys(links))[:PANELS]:
        watch.visit(client)
        page.locator(f'a[data-panel][href$="{urlsplit(href).path}"]:visible').first.click()
        page.wait_for_function(OPENED, arg=client)
        watch.look()
        panels += page.locator("dialog.panel").count()
    assert panels > 3
    watch.visit(client)
    page.locator("[data-search]").fill("xss")
    page.wait_for_selector(".found-box [role=option]")
    watch.look()
    assert watch.heard == []


@pytest.mark.parametrize("bypass", [False, True], ids=["reported", "ran"])
def test_control_a_page_that_marks_text_safe_is_caught(
    written: Lodging, look: Look, bypass: bool
) -> None:
    page = look("aino", of_house=written, bypass_csp=bypass)
    page.route("**/facts/", marked_safe)
    client = written.house.ids["devi"]["client_id"]
    watch = crawl(written, page, [f"/clients/{client}/facts/"])
    assert watch.of("markup")
    assert watch.of("ran" if bypass else "policy")
    assert not watch.of("policy" if bypass else "ran")


def test_paper_mail_and_sheets_hold_text_alone(written: Lodging) -> None:
    for actor in ("aino", "devi"):
        files = written.files(actor)
        with written.inside(kept=False):
            for url in files:
                answer = written.house.ask(actor, url)
                if answer["Content-Type"] == "application/pdf":
                    assert [word for word in ACTIVE if word in answer.content] == [], url
        written.house.sign_out(actor)
    with written.inside(kept=False):
        for name, client in written.house.world.clients.items():
            written.house.world.enter(AREA[name])
            # As a form would have taken it, and as outbox.write writes a subject.
            ContactDetails.objects.filter(client=client).update(email="x@example.org")
            for one in list(OutboxMessage.objects.filter(client=client, status="waiting")):
                one.subject = " ".join(one.subject.split())
                one.save(update_fields=["subject"])
                outbox.send(client.register_id, one.id)
    assert mail.outbox
    for message in mail.outbox:
        assert message.content_subtype == "plain" and not getattr(message, "alternatives", ())
        assert "\n" not in message.subject


def sheet(texts: tuple[str, ...]) -> bytes:
    """A spreadsheet in whose headings and cells the payloads stand, and rows that are refused."""
    quoted = ['"{}"'.format(text.replace('"', '""')) for text in texts]
    head = ["Asiakasnumero", "Sukunimi", "Etunimet", "Hetu", *quoted]
    lines = [";".join(head)]
    for number, text in enumerate(quoted):
        lines.append(";".join([str(number), text, text, text, *quoted]))
    return "\r\n".join(lines).encode()


def test_a_sheet_of_payloads_is_shown_as_it_was_written(written: Lodging, look: Look) -> None:
    house = written.house
    with written.inside():
        answer = house.ask("lahja", "/import/", {"file": _file(sheet(payloads.SHORT))})
        assert answer.status_code == 302, answer.content.decode()
        url = answer.url
        page_url = written.address + url
    page = look("lahja", of_house=written)
    watch = Watch(page)
    watch.visit(page_url)
    for step in ("dry", ""):
        with written.inside():
            house.ask("lahja", f"{url}begin/", {"dry": "1"} if step else {"go": "1"})
            walls.enter(register=house.world.areas["lake"].id)
            run = ImportRun.objects.latest("created_at")
            working.do(house.world.areas["lake"].id, run.id)
        watch.visit(page_url)
    house.sign_out("lahja")
    with written.inside(kept=False):
        report = house.ask("lahja", f"{url}report.xlsx")
        assert report.status_code == 200
        with zipfile.ZipFile(io.BytesIO(report.content)) as book:
            parts = {name: book.read(name) for name in book.namelist()}
    house.sign_out("lahja")
    assert not [name for name in parts if "vba" in name.lower() or "external" in name.lower()]
    assert b"<f>" not in b"".join(parts.values())
    assert watch.heard == []


def _file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("people.csv", data)


def where_fields_stand(house: Lodging, actor: str) -> dict[str, set[str]]:
    """Return {address: the clients' fields that its page shows to the actor}."""
    found: dict[str, set[str]] = defaultdict(set)
    urls = house.pages(actor)
    with house.inside(kept=False):
        words = Sentinels(house.house)
        for url in urls:
            text = house.house.ask(actor, url).content.decode()
            found[url] = {f"{s.label}.{s.field}" for s in words.within(text)}
    house.house.sign_out(actor)
    return found


@pytest.mark.torture(promise=12)
def test_each_payload_in_each_field_on_each_page(lodge: Lodge, look: Look) -> None:
    """Round after round, until the shortest field has had each; each fifth without the policy too.

    (With it an attempt to run is reported; without it, it succeeds. Either is heard.)
    Gone to are, after the first round, the pages that show a field which has not had each yet.
    """
    rotation, visited, rounds, heard = Rotation(), 0, 0, []
    with lodge("rounds") as house:
        shows = {actor: where_fields_stand(house, actor) for actor in WRITERS}
        known = set().union(*(fields for pages in shows.values() for fields in pages.values()))
        write(house, rotation)
        while True:
            rounds += 1
            if not (waiting := known & rotation.waiting):
                break
            for actor in WRITERS:
                urls = [u for u, fields in shows[actor].items() if rounds == 1 or fields & waiting]
                for bypass in (False, True)[: 2 if rounds % BARE == 1 else 1]:
                    page = look(actor, of_house=house, bypass_csp=bypass)
                    watch = crawl(house, page, urls)
                    page.context.close()
                    visited, heard = visited + watch.visited, heard + watch.heard
            assert heard == []
            rotation.turn()
            write(house, rotation)
    figure = (
        f"{len(payloads.ALL)} payloads in each of {len(known)} fields of clients, and in the "
        f"{len(rotation.needs) - len(known)} others beside them; {rounds - 1} rounds, "
        f"{visited} pages in Chromium: 0 executions, 0 reports"
    )
    reached(12, figure)
    reached(13, f"{visited} pages of {len(WRITERS)} actors in Chromium: 0 reports")
