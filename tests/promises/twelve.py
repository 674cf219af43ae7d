"""Twelve journeys through a working day, told once for any pair of hands.

Each is a function of a Stage: the browser, the hands (a mouse, or a keyboard alone), and the small
world behind the server. The pages are in English, so that the words here are the msgids.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from polku.clients import actions as clients
from polku.clients.queries import mine
from polku.contacts.models import Appointment, Contact, Rhythm
from polku.exchange import working
from polku.exchange.models import ImportRun
from polku.foundation import clock, walls
from polku.foundation.models import OutboxMessage, RoleAssignment
from polku.foundation.testing import PASSWORD
from polku.foundation.tests.coming_in import app_code, give_second_step
from polku.foundation.viewer import for_role, system
from polku.paths import actions as paths
from polku.paths.models import Step
from polku.portal import access
from polku.teamwork import assignments
from tests.promises.walking import Mouse

WORDS = "Aamut sujuvat jo. Soitan kirjastoon maanantaina."
SHEET = "Asiakasnumero;Sukunimi;Etunimi\n1;Haapa;Eino\n2;Koivu;Veera\n"


@dataclass
class Stage:
    """What a journey needs. `come_in(who)` signs a worker in without the door."""

    page: Page
    hand: Mouse
    world: Any
    url: str
    settings: Any
    come_in: Callable[[str], None]
    script: bool = True

    @property
    def devi(self) -> Any:
        return self.world.clients["devi"]

    def go(self, path: str, who: str = "aino") -> None:
        self.come_in(who)
        self.page.goto(self.url + path)

    def button(self, name: str) -> Locator:
        return self.seen(self.page.get_by_role("button", name=name, exact=True))

    def link(self, name: str | re.Pattern[str]) -> Locator:
        exact = isinstance(name, str)
        return self.seen(self.page.get_by_role("link", name=name, exact=exact))

    def field(self, name: str) -> Locator:
        return self.seen(self.page.locator(f"[name={name}]"))

    def panel(self, link: Locator) -> None:
        """Follow a link that opens beside the page, where there is script."""
        self.hand.press(link)
        if self.script:
            self.page.locator("dialog[open] form").first.wait_for()

    def seen(self, found: Locator) -> Locator:
        """The one in the panel where a panel stands before the page, else the first."""
        panel = self.page.locator("dialog[open]")
        if panel.count():
            return found.and_(panel.locator("*")).locator("visible=true").first
        return found.locator("visible=true").first

    def inside(self, who: str = "aino") -> Any:
        viewer = self.world.viewers[who]
        return walls.inside(viewer.register_id, by=viewer)

    def steps(self, *titles: str) -> None:
        """A plan with a goal, and a step for each title, waiting for the client's answer."""
        by, now = self.world.viewers["aino"], clock.now()
        with self.inside():
            goal = paths.add_goal(self.devi, by=by, at=now, theme="work", text="Työ keittiössä")
            for title in titles:
                paths.add_step(self.devi, by=by, at=now, theme="work", goal=goal, title=title)


def sign_in(stage: Stage) -> None:
    """By password and second step."""
    stage.settings.SECOND_FACTOR_REQUIRED = True
    secret = give_second_step(stage.world.people["aino"])
    stage.page.goto(f"{stage.url}/sign-in/")
    stage.hand.write(stage.field("email"), "aino@example.org")
    stage.hand.write(stage.field("password"), PASSWORD)
    stage.hand.press(stage.button("Sign in"))
    expect(stage.page.locator("h1")).to_have_text("Second step")
    stage.hand.write(stage.field("code"), app_code(secret))
    stage.hand.press(stage.button("Come in"))
    expect(stage.page.locator("[aria-current=page]").first).to_have_text("My day")


def find(stage: Stage) -> None:
    """A client, by a part of the name with a typing error."""
    stage.go("/")
    stage.hand.write(stage.field("q"), "koivuen")
    stage.page.keyboard.press("Enter")
    stage.page.wait_for_url("**/search/**")
    stage.hand.press(stage.page.locator("main").get_by_role("link", name="Devi Koivunen"))
    expect(stage.page.locator("h1")).to_have_text("Devi Koivunen")


def log(stage: Stage) -> None:
    """A call, from the client's page."""
    stage.go(f"/clients/{stage.devi.id}/")
    stage.panel(stage.link(re.compile("^Log a contact")))
    stage.hand.write(stage.field("agreed"), WORDS)
    stage.hand.press(stage.button("Save"))
    expect(stage.page.get_by_text("Contact logged").first).to_be_visible()
    with stage.inside():
        assert Contact.objects.get().agreed == WORDS


def next_date(stage: Stage) -> None:
    """The day of the next contact, in the same form."""
    day = clock.today() + timedelta(days=20)
    stage.go(f"/clients/{stage.devi.id}/contacts/new/")
    stage.hand.write(stage.field("agreed"), WORDS)
    stage.hand.day(stage.field("next_on"), day)
    stage.hand.press(stage.button("Save"))
    expect(stage.page.get_by_text("Contact logged").first).to_be_visible()
    with stage.inside():
        assert Rhythm.objects.get(client=stage.devi).next_on == day


def book(stage: Stage) -> None:
    """One of the proposed times."""
    stage.go(f"/clients/{stage.devi.id}/")
    stage.panel(stage.link(re.compile("^Book a time")))
    proposed = stage.page.locator("section", has_text="Proposed times").locator("[name=pick]")
    stage.hand.press(stage.seen(proposed))
    expect(stage.field("time")).not_to_have_value("")
    stage.hand.press(stage.seen(stage.page.locator(".acts [name=save]")))
    expect(stage.page.locator(".toast.ok, .notice.ok").first).to_be_visible()
    with stage.inside():
        assert Appointment.objects.get().client_id == stage.devi.id


def edit(stage: Stage) -> None:
    """A step of the plan, in other words."""
    stage.steps("Kirjaston työkokeilu")
    stage.go(f"/clients/{stage.devi.id}/plan/")
    stage.panel(stage.seen(stage.page.locator(".plan-step").get_by_role("link", name="Change")))
    stage.hand.write(stage.field("title"), "Työkokeilu musiikkiosastolla")
    stage.hand.press(stage.button("Save"))
    expect(stage.page.locator(".plan-step h3")).to_have_text("Työkokeilu musiikkiosastolla")


def agree(stage: Stage) -> None:
    """A step, both looking at one screen; then the plan as it stands."""
    stage.steps("Kirjaston työkokeilu")
    stage.go(f"/clients/{stage.devi.id}/plan/")
    step = stage.page.locator(".plan-step")
    stage.hand.write(step.locator("textarea"), "Sopii hyvin")
    stage.hand.press(step.get_by_role("button", name="Yes", exact=True))
    expect(stage.page.locator(".toast.ok")).to_be_visible()
    stage.hand.press(stage.button("Agree the plan"))
    expect(stage.page.locator("#agree")).to_contain_text("All versions")
    with stage.inside():
        assert Step.objects.get().client_word == "Sopii hyvin"


def own_view(stage: Stage) -> None:
    """The client comes in by link and code, says yes to one thing and not now to another."""
    stage.steps("Kirjaston työkokeilu", "Hygieniapassi")
    with stage.inside():
        address, codes = access.make_letter(
            by=stage.world.viewers["aino"], client_id=stage.devi.id, at=clock.now()
        )
    stage.page.goto(stage.url + urlsplit(address).path)
    stage.hand.write(stage.field("code"), codes[0])
    stage.hand.press(stage.button("Come in"))
    for title, word in (("Kirjaston työkokeilu", "yes"), ("Hygieniapassi", "not_now")):
        ask = stage.page.locator("#turn .own-ask", has_text=title)
        stage.hand.press(ask.locator(f"button[value={word}]"))
        expect(stage.page.locator(".toast.ok").first).to_be_visible()
    with stage.inside():
        answers = dict(Step.objects.values_list("title", "client_answer"))
    assert answers == {"Kirjaston työkokeilu": "yes", "Hygieniapassi": "not_now"}


def hand_over(stage: Stage) -> None:
    """Three clients at once, from the list, with a note."""
    world, register = stage.world, stage.world.areas["lake"]
    with walls.inside(register.id):
        for first in ("Eino", "Veera"):
            one = clients.open_client(
                by=system(register.id), at=clock.now(), last_name="Haapa", first_names=first,
                registered_on=clock.today(), opened_on=clock.today(), municipality_id="316",
                details={},
            )  # fmt: skip
            assignments.begin(
                register_id=register.id, client_id=one.id, kind="own", at=clock.now(),
                user_id=world.people["aino"].id,
            )  # fmt: skip
    stage.go("/clients/")
    boxes = stage.page.locator("tbody [name=client]")
    expect(boxes).to_have_count(3)
    for nth in range(3):
        stage.hand.tick(boxes.nth(nth))
    stage.hand.press(stage.button("Hand over"))
    stage.hand.pick(stage.field("to"), "Bengt Esimerkki")
    stage.hand.write(stage.field("note"), WORDS)
    stage.hand.press(stage.seen(stage.page.locator("button[name=sure]")))
    expect(stage.page.locator(".toast.ok")).to_contain_text("3")
    bengt = RoleAssignment.objects.get(pk=world.viewers["bengt"].role_id)
    with walls.inside(register.id):
        assert mine(for_role(bengt)).count() == 4


def bring_in(stage: Stage) -> None:
    """A small sheet of people."""
    stage.go("/import/", "lahja")
    with stage.page.expect_file_chooser() as chooser:
        stage.hand.press(stage.field("file"))
    chooser.value.set_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    stage.hand.press(stage.button("Upload and look at it"))
    stage.hand.press(stage.button("Try without changing anything"))
    _work(stage)
    expect(stage.page.locator("h1")).to_have_text("This would be done", timeout=20_000)
    stage.hand.press(stage.button("Import now"))
    _work(stage)
    expect(stage.page.locator("h1")).to_have_text("Imported", timeout=20_000)
    expect(stage.page.locator(".figures")).to_contain_text("2")


def _work(stage: Stage) -> None:
    """What the job worker does; without script the page is then asked anew."""
    expect(stage.page.locator("h1")).to_have_text(re.compile("Trying the import|Importing"))
    register = stage.world.areas["lake"].id
    with walls.inside(register):
        run = ImportRun.objects.latest("created_at")
    working.do(register, run.id)
    if not stage.script:
        stage.hand.press(stage.link("Update"))


def invite(stage: Stage) -> None:
    """A new worker, by the administrator."""
    stage.go("/staff/", "gus")
    stage.hand.press(stage.link("Invite"))
    stage.hand.write(stage.field("email"), "uuno@example.org")
    stage.hand.write(stage.field("first_name"), "Uuno")
    stage.hand.write(stage.field("last_name"), "Uusi")
    stage.hand.pick(stage.field("team"), "Team lake")
    stage.hand.press(stage.button("Send the invitation"))
    expect(stage.page.get_by_text("on its way to uuno@example.org")).to_be_visible()
    with stage.inside("gus"):
        assert OutboxMessage.objects.filter(kind="invitation").count() == 1


def switch(stage: Stage) -> None:
    """To another role, and to Swedish."""
    world = stage.world
    with stage.inside("gus"):
        RoleAssignment.objects.create(
            user=world.people["aino"], organisation=world.areas["lake"].controller,
            register=world.areas["lake"], team=world.teams["lake"], role="lead",
            starts_at=clock.now() - timedelta(days=9),
        )  # fmt: skip
    stage.go("/")
    menu = stage.page.locator(".menu > summary")
    stage.hand.press(menu)
    stage.hand.press(stage.link("Change role or register"))
    stage.hand.press(stage.seen(stage.page.locator("main").get_by_role("button")))
    stage.page.wait_for_url(re.compile(r"/$|/team/$"))
    expect(stage.page.locator(".nav a", has_text="Team").first).to_be_attached()
    stage.hand.press(menu)
    stage.hand.press(stage.button("Svenska"))
    expect(stage.page.locator("html")).to_have_attribute("lang", "sv")


TWELVE = (
    sign_in, find, log, next_date, book, edit, agree, own_view, hand_over, bring_in, invite, switch,
)  # fmt: skip
