"""A new user's day, in Finnish, on the demo's own world: what the product is for, in one sitting.

A coach comes in and sees who is new; a call is logged while the network drops; a step is agreed
with the client, who answers in the own view; the plan is printed; ten clients are handed over and
nothing of theirs is lost. Nothing of another register is found, and nothing of a stranger.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.db import models
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from polku.clients.models import Client
from polku.clients.queries import mine, visible
from polku.contacts.models import Contact
from polku.contacts.tests.driving import PHONE, Hand
from polku.demo import build as builder
from polku.demo import cast
from polku.foundation import clock, walls
from polku.foundation.models import RoleAssignment
from polku.foundation.testing import PASSWORD
from polku.foundation.viewer import Viewer, for_role
from polku.paths.models import Step
from polku.teamwork import assignments

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HANG_UP = 30.0
MOST_PRESSES = 4
HALF = "Kertoi, että aamut ovat jo helpompia. "
REST = "Sovittiin, että hän käy kirjastolla tiistaina ja soittaa sitten."
STEP = "Tutustumiskäynti kirjastoon"
WORD = "Sopii hyvin"
NOTE = "Aamut sopivat parhaiten. Kirjaston työkokeilusta on puhuttu, ei vielä sovittu."


@pytest.fixture
def said(browser: Browser) -> Iterator[list[str]]:
    """What the browser complains of; at the end it must be nothing."""
    heard: list[str] = []
    yield heard
    assert heard == []


def somebody(browser: Browser, said: list[str], **options: Any) -> Page:
    """Open a browser of one's own, in Finnish."""
    page = browser.new_context(locale="fi-FI", reduced_motion="reduce", **options).new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda m: said.append(m.text) if "Content Secur" in m.text else None)
    return page


def sign_in(page: Page, server: Any, role: RoleAssignment) -> None:
    page.goto(f"{server.url}/sign-in/")
    page.get_by_label("Sähköposti").fill(role.user.email)
    page.get_by_label("Salasana", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Kirjaudu", exact=True).click()
    expect(page.locator("[aria-current=page]").first).to_have_text("Oma päivä")


def rows_about(viewer: Viewer, ids: list[UUID]) -> Counter[str]:
    """Return how many rows each table keeps about these clients: what must not be lost."""
    found: Counter[str] = Counter()
    with walls.inside(viewer.register_id):
        for model in walls.register_models():
            if "client" in {f.name for f in model._meta.concrete_fields}:
                manager: models.Manager = model.objects
                found[model._meta.label] = manager.filter(client_id__in=ids).count()
    return found


def lost(before: Counter[str], after: Counter[str]) -> dict[str, tuple[int, int]]:
    """Return the tables that keep fewer rows than before."""
    return {name: (n, after[name]) for name, n in before.items() if after[name] < n}


def test_a_new_users_day(live_server: Any, browser: Browser, said: list[str]) -> None:
    builder.build(password=PASSWORD)
    role, colleague = cast.worker("coach", "316", 0), cast.worker("coach", "316", 2)
    viewer = for_role(role)
    page = somebody(browser, said, viewport={"width": 1280, "height": 900})
    sign_in(page, live_server, role)

    new = see_who_is_new(page, viewer)
    log_a_call_while_the_network_drops(page, viewer, new)
    client_id = agree_a_step(page, live_server, browser, said, viewer)
    print_the_plan(page, live_server, client_id)
    handed = hand_over_ten(page, live_server, role, colleague)
    find_nothing_of_others(page, live_server, viewer)

    theirs = somebody(browser, said, viewport=PHONE)
    sign_in(theirs, live_server, colleague)
    read_what_was_handed_over(theirs, live_server, handed)


def see_who_is_new(page: Page, viewer: Viewer) -> str:
    """Return the name of the newest client of whom My day tells, with how long there is."""
    card = page.locator("#new")
    expect(card.get_by_role("heading", name="Uudet asiakkaat")).to_be_visible()
    row = card.locator("li", has=page.locator("a.btn.main")).first
    expect(row).to_contain_text("työpäivää")
    name = row.locator(".who").inner_text()
    with walls.inside(viewer.register_id):
        assert name in {client.name for client in mine(viewer)}
    return name


def log_a_call_while_the_network_drops(page: Page, viewer: Viewer, name: str) -> None:
    """The text survives, is logged once, and the whole of it takes few presses."""
    hand = Hand(page)
    hand.click(f"#new li:has-text('{name}') a.btn")
    field = page.locator("dialog.panel [name=agreed]")
    expect(field).to_be_focused()
    hand.write(HALF)
    page.context.set_offline(True)
    hand.write(REST)
    hung_up = time.monotonic()
    hand.press("Control+Enter")
    expect(page.get_by_text("Ei tallennettu: yhteys puuttuu")).to_be_visible()
    expect(field).to_have_value(HALF + REST)
    page.context.set_offline(False)
    hand.press("Control+Enter")
    done = page.locator("dialog.panel [data-done]")
    expect(done).to_contain_text("Yhteydenotto kirjattu")
    # The button that closes the panel has the focus already.
    hand.press("Enter")
    page.wait_for_selector("dialog.panel", state="detached")
    seconds = time.monotonic() - hung_up
    with walls.inside(viewer.register_id):
        (logged,) = Contact.objects.filter(agreed=HALF + REST)
        assert (logged.client.name, logged.next_on is not None) == (name, True)
    expect(page.locator("#new")).not_to_contain_text(name)
    print(f"\nlogged: {hand.clicks} click, {hand.keys} keys, {seconds:.1f} s after hanging up")
    assert hand.all <= MOST_PRESSES
    assert seconds <= HANG_UP


def agree_a_step(
    page: Page, server: Any, browser: Browser, said: list[str], viewer: Viewer
) -> UUID:
    """The coach proposes on the plan, the client says yes in the own view, both then see it."""
    page.get_by_role("combobox", name="Etsi asiakas").fill("mirja leht")
    page.get_by_role("option", name="Mirja Lehtinen").or_(
        page.get_by_role("link", name="Mirja Lehtinen")
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mirja Lehtinen")
    client_id = UUID(urlsplit(page.url).path.split("/")[2])
    page.get_by_role("link", name="Asiakkaan oma näkymä: linkki ja koodit").click()
    page.get_by_role("button", name="Tee kirje").or_(
        page.get_by_role("button", name="Tee uusi linkki")
    ).first.click()
    link = urlsplit(page.locator(".letter .address").inner_text().strip()).path
    codes = page.locator(".letter .codes li").all_inner_texts()
    assert len(codes) == 10

    page.goto(f"{server.url}/clients/{client_id}/plan/")
    page.locator("[id^=quick-]").first.fill(STEP)
    page.keyboard.press("Enter")
    asked = page.locator(".plan-step", has_text=STEP).last
    expect(asked).to_contain_text("Mirjan vuoro")

    own = somebody(browser, said, viewport=PHONE)
    own.goto(server.url + link)
    own.get_by_role("textbox").fill(codes[0].strip())
    own.get_by_role("button", name="Kirjaudu").click()
    ask = own.locator(".own-ask", has_text=STEP)
    ask.get_by_role("textbox").fill(WORD)
    ask.get_by_role("button", name="Kyllä").click()
    expect(own.locator(".toast.ok")).to_be_visible()

    page.reload()
    agreed = page.locator(".plan-step", has_text=STEP).last
    expect(agreed).to_contain_text("Sovittu yhdessä")
    expect(agreed).to_contain_text(WORD)
    with walls.inside(viewer.register_id):
        step = Step.objects.get(title=STEP)
    assert (step.coach_answer, step.client_answer, step.client_word) == ("yes", "yes", WORD)
    return client_id


def print_the_plan(page: Page, server: Any, client_id: UUID) -> None:
    """The paper is a tagged PDF in Finnish, with the step that was just agreed."""
    href = page.get_by_role("link", name="Tulosta (PDF)").get_attribute("href")
    assert href == f"/clients/{client_id}/plan.pdf"
    answer = page.request.get(server.url + href)
    assert answer.headers["content-type"] == "application/pdf"
    paper = PdfReader(BytesIO(answer.body()))
    root = paper.root_object
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("fi")
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert STEP in text


def hand_over_ten(
    page: Page, server: Any, role: RoleAssignment, colleague: RoleAssignment
) -> dict[UUID, str]:
    """Ten go to a colleague with one note; every row about them is still there."""
    viewer = for_role(role)
    page.goto(f"{server.url}/clients/")
    chosen: dict[UUID, str] = {}
    for row in page.locator("tbody tr").all()[:10]:
        box = row.locator("[name=client]")
        box.check()
        chosen[UUID(box.get_attribute("value"))] = row.locator(".who").inner_text()
    expect(page.locator(".bulk")).to_contain_text("10")
    before = rows_about(viewer, list(chosen))
    page.locator(".bulk").get_by_role("button", name="Siirrä").click()
    page.get_by_label("Kenelle").select_option(str(colleague.user_id))
    page.locator("textarea[name=note]").fill(NOTE)
    page.locator("button[name=sure]").click()
    # Times at which the colleague has something else are shown before anything is done.
    expect(page.locator(".toast, input[name=stays]").first).to_be_attached()
    if page.locator("input[name=stays]").count():
        page.locator("button[name=sure]").click()
    expect(page.locator(".toast").first).to_contain_text("10")
    after = rows_about(viewer, list(chosen))
    assert before.total() > 100
    assert lost(before, after) == {}
    # What a viewer may see is judged at the moment of their request: these two ask now.
    with walls.inside(viewer.register_id):
        assert mine(for_role(colleague)).filter(pk__in=chosen).count() == 10
        assert mine(for_role(role)).filter(pk__in=chosen).count() == 0
    return chosen


def find_nothing_of_others(page: Page, server: Any, viewer: Viewer) -> None:
    """Whom the coach has no tie to is nobody, in the own register and in another."""
    abroad = cast.worker("coach", "19", 0)
    with walls.inside(viewer.register_id):
        ours = {client.name for client in visible(viewer)}
        stranger = Client.objects.exclude(pk__in=visible(viewer).values("pk")).exclude(
            last_name__in={name.split()[-1] for name in ours}
        )[0]
    with walls.inside(abroad.register_id):
        foreign = Client.objects.exclude(last_name__in={name.split()[-1] for name in ours})[0]
    for other in (stranger, foreign):
        nothing_of(page, server, other)
    page.goto(f"{server.url}/search/?q=Mirja Lehtinen")
    # Control: the same search finds one's own.
    expect(page.locator("main")).to_contain_text("Mirja Lehtinen")


def nothing_of(page: Page, server: Any, other: Client) -> None:
    """Neither the search nor any address tells of this person."""
    page.goto(f"{server.url}/search/?q={other.last_name}")
    expect(page.locator("main")).not_to_contain_text(other.name)
    for part in ("", "plan/", "contacts/new/", "plan.pdf", "log/"):
        answer = page.request.get(f"{server.url}/clients/{other.id}/{part}")
        assert answer.status == 404, part
        assert other.last_name not in answer.text()


def read_what_was_handed_over(page: Page, server: Any, handed: dict[UUID, str]) -> None:
    """The colleague's own day tells of it; the note and the history stand on the client's page."""
    expect(page.locator("#waiting")).to_contain_text("siirretty sinulle")
    client_id, name = next(iter(handed.items()))
    page.goto(f"{server.url}/clients/{client_id}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator("#hand-over")).to_contain_text(NOTE)
    page.locator("#hand-over").get_by_role("button", name="Olen lukenut").click()
    expect(page.locator("#hand-over").get_by_role("button")).to_have_count(0)


def test_control_a_client_with_a_tie_is_noticed(
    world: Any, live_server: Any, browser: Browser, said: list[str]
) -> None:
    """The search for a stranger finds nothing; with a tie between the two it does."""
    aino, stranger = world.viewers["aino"], world.clients["stranger"]
    page = somebody(browser, said)
    sign_in(page, live_server, RoleAssignment.objects.get(pk=aino.role_id))
    nothing_of(page, live_server, stranger)
    with walls.inside(stranger.register_id, by=aino):
        assignments.begin(
            register_id=stranger.register_id, client_id=stranger.id, kind="shared",
            user_id=aino.user_id, at=clock.now() - timedelta(minutes=1),
        )  # fmt: skip
    with pytest.raises(AssertionError):
        nothing_of(page, live_server, stranger)


def test_control_a_lost_row_is_noticed() -> None:
    before = Counter({"contacts.Contact": 40, "clients.Fact": 3})
    assert lost(before, before + Counter({"teamwork.HandOver": 10})) == {}
    assert lost(before, before - Counter({"clients.Fact": 1})) == {"clients.Fact": (3, 2)}
