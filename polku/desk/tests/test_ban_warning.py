"""A note that tells where a client under a safety ban is, is warned about before it is kept."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import RequestFactory

from polku.clients import careful, lifecycle, ports
from polku.clients.models import Client, Consent, Episode, Fact
from polku.contacts import actions as contacts
from polku.contacts import rhythm
from polku.contacts.models import Appointment, Contact, Reminder
from polku.contacts.tests.conftest import told
from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.paths import actions as paths
from polku.paths.models import Goal, Step
from polku.placements import guarding
from polku.placements.client.forms import AbsenceForm
from polku.teamwork.models import HandOver

NUMBER = "Uusi numero on 045 765 4321."
WARNING = "Tämä näyttää kertovan osoitteen, numeron tai paikan."


@pytest.fixture
def devi(world: Any) -> Client:
    aino = world.enter_as("aino")
    return lifecycle.set_ban(world.clients["devi"], by=aino, at=clock.now(), reason="pyyntö")


def later() -> str:
    return rhythm.next_working_day(clock.today() + timedelta(days=9)).isoformat()


def booking(**more: str) -> dict[str, str]:
    start = {
        "day": later(), "time": "09:00", "minutes": "45", "kind": "call", "purpose": "coaching",
        "language": "fi", "submission": str(uuid4()), "save": "1",
    }  # fmt: skip
    return start | more


def person(**more: str) -> dict[str, str]:
    return {
        "last_name": "Koivunen", "first_names": "Devi", "language": "fi", "service_language": "fi",
        "referral": "registered", "version": str(Client.objects.get(last_name="Koivunen").version),
        **more,
    }  # fmt: skip


# What is posted where, with which field the words go in, and where they are then kept.
FORMS: dict[str, tuple[str, Callable[[str], dict[str, Any]], Callable[[], list[str]]]] = {
    "contact": ("contacts/new/", lambda t: told(agreed=t), lambda: said(Contact, "agreed")),
    "private": (
        "contacts/new/", lambda t: told(private_note=t), lambda: said(Contact, "private_note")
    ),
    "task": (
        "contacts/new/",
        lambda t: told(task_text=[t], task_due=[""]),
        lambda: [task["text"] for one in Contact.objects.all() for task in one.tasks],
    ),
    "its reminder": (
        "contacts/new/",
        lambda t: told(remind_text=t, remind_on=later()),
        lambda: said(Reminder, "text"),
    ),
    "reminder": (
        "reminders/new/", lambda t: {"text": t, "on": later()}, lambda: said(Reminder, "text")
    ),
    "appointment": (
        "appointments/new/", lambda t: booking(note=t), lambda: said(Appointment, "note")
    ),
    "goal": ("plan/goals/new/", lambda t: {"text": t, "theme": "work"}, lambda: said(Goal, "text")),
    "step": (
        "plan/steps/new/",
        lambda t: {"title": "CV", "detail": t, "theme": "work", "kind": "other"},
        lambda: said(Step, "detail"),
    ),
    "fact": (
        "facts/",
        lambda t: {"kind": "wish", "text": t, "topic": "other", "told_by": "client"},
        lambda: said(Fact, "text"),
    ),
    "consent": (
        "consents/",
        lambda t: {"kind": "share_plan", "how": "spoken", "concerns": t},
        lambda: said(Consent, "concerns"),
    ),
    "situation": ("edit/", lambda t: person(situation=t), lambda: said(Client, "situation")),
    "closing": (
        "turns/close/",
        lambda t: {
            "on": clock.today().isoformat(), "reason": "work", "outcome": "unknown", "note": t
        },
        lambda: said(Episode, "note"),
    ),
}  # fmt: skip


def said(model: Any, field: str) -> list[str]:
    return [text for text in model.objects.values_list(field, flat=True) if text]


def send(world: Any, browser: Any, name: str, text: str, **more: str) -> Any:
    where, data, _kept = FORMS[name]
    world.enter("lake")
    return browser.post(f"/clients/{world.clients['devi'].id}/{where}", data(text) | more)


def kept(world: Any, name: str) -> list[str]:
    world.enter("lake")
    return FORMS[name][2]()


def mark(page: Any) -> str:
    found = re.search(rf'name="{careful.KEEP}" value="(\w+)"', page.content.decode())
    assert found, "no way to keep it all the same"
    return found[1]


def last(world: Any) -> AuditEntry:
    world.enter("lake")
    return AuditEntry.objects.latest("id")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *((name, NUMBER) for name in FORMS),
        ("contact", "Asuu nyt rantatiellä"),
        ("fact", "Lähetä devi@example.org"),
    ],
)
def test_words_that_tell_are_asked_about_and_nothing_is_lost(
    world: Any, devi: Client, sign_in: Any, name: str, text: str
) -> None:
    browser = sign_in("aino")
    page = send(world, browser, name, text)
    assert page.status_code in (200, 422)
    shown = html.unescape(page.content.decode())
    assert WARNING in shown and text in shown and "turvakielto" in shown
    assert text not in kept(world, name)
    assert careful.WARNED in last(world).fields
    before = AuditEntry.objects.count()
    done = send(world, browser, name, text, **{careful.KEEP: mark(page)})
    assert done.status_code == 302 and text in kept(world, name)
    world.enter("lake")
    assert AuditEntry.objects.count() == before + 1, "one deed, one entry"
    assert careful.KEPT in last(world).fields


@pytest.mark.parametrize("name", ["contact", "step", "fact"])
def test_other_words_than_were_warned_about_are_asked_about_anew(
    world: Any, devi: Client, sign_in: Any, name: str
) -> None:
    browser = sign_in("aino")
    pressed = {careful.KEEP: mark(send(world, browser, name, NUMBER))}
    assert WARNING in send(world, browser, name, "Satamakatu 3", **pressed).content.decode()
    assert kept(world, name) == []


@pytest.mark.parametrize("name", FORMS)
def test_harmless_words_are_kept_at_once(world: Any, devi: Client, sign_in: Any, name: str) -> None:
    text = "Sovittu 24.11.2025 kello 12.30, 2 x 15 min"
    assert send(world, sign_in("aino"), name, text).status_code == 302
    assert text in kept(world, name) and careful.KEPT not in last(world).fields


@pytest.mark.parametrize("name", FORMS)
def test_control_without_a_ban_nobody_is_asked(world: Any, sign_in: Any, name: str) -> None:
    assert send(world, sign_in("aino"), name, NUMBER).status_code == 302
    assert NUMBER in kept(world, name)


def test_control_without_the_question_the_words_are_kept(
    world: Any, devi: Client, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(careful, "found_in", lambda text, known: False)
    assert send(world, sign_in("aino"), "contact", NUMBER).status_code == 302
    assert NUMBER in kept(world, "contact")


def test_the_warning_is_the_same_for_what_is_guarded_and_for_what_only_looks_so(
    world: Any, devi: Client, sign_in: Any
) -> None:
    browser = sign_in("aino")

    def without(text: str) -> str:
        page = html.unescape(send(world, browser, "fact", text).content.decode())
        return re.sub(r'[0-9a-f]{64}|value="[^"]*"', "", page.replace(text, ""))

    assert without("rantatiellä") == without("Satamakatu 3")


def test_the_panel_says_that_there_is_a_ban(world: Any, devi: Client, sign_in: Any) -> None:
    url = f"/clients/{devi.id}/contacts/new/"
    words = "Älä kirjoita muistiinpanoon osoitetta, numeroa tai paikkaa."
    assert words in sign_in("aino").get(url).content.decode()
    world.enter_as("aino")
    lifecycle.end_ban(devi, by=world.viewers["aino"], at=clock.now(), reason="päättynyt")
    assert words not in sign_in("aino").get(url).content.decode()


def test_a_step_in_one_line_and_an_answer_are_asked_about(
    world: Any, devi: Client, sign_in: Any
) -> None:
    browser, plan = sign_in("aino"), f"/clients/{devi.id}/plan/"
    page = browser.post(f"{plan}steps/quick/", {"title": "Soita 045 7654321", "theme": "work"})
    assert (
        WARNING in page.content.decode() and f'action="{plan}steps/new/"' in page.content.decode()
    )
    aino = world.enter_as("aino")
    assert not Step.objects.exists()
    step = paths.add_step(devi, by=aino, at=clock.now(), title="CV", theme="work", propose=True)
    page = browser.post(f"{plan}steps/{step.id}/do/", {"do": "yes", "word": NUMBER})
    assert WARNING in page.content.decode()
    world.enter("lake")
    assert Step.objects.get().client_answer == ""
    given = {"do": "yes", "word": NUMBER, careful.KEEP: mark(page)}
    assert browser.post(f"{plan}steps/{step.id}/do/", given).status_code == 302
    world.enter("lake")
    assert Step.objects.get().client_word == NUMBER


def test_a_hand_over_note_is_asked_about(world: Any, devi: Client, sign_in: Any) -> None:
    browser, to = sign_in("aino"), str(world.people["bengt"].id)
    given = {"client": [str(devi.id)], "next": "/clients/", "sure": "hand_over", "to": to}
    page = browser.post("/team/bulk/", given | {"note": NUMBER})
    assert page.status_code == 422 and WARNING in page.content.decode()
    world.enter("lake")
    assert not HandOver.objects.exists()
    assert browser.post("/team/bulk/", given | {"note": "Kesäloma"}).status_code == 302


def logged(world: Any, text: str) -> Contact:
    aino = world.enter_as("aino")
    return contacts.log(
        world.clients["devi"], by=aino, at=clock.now(), when=clock.now(), kind="call",
        purpose="coaching", reached=True, agreed=text, submission=uuid4(),
    )  # fmt: skip


def test_the_text_for_the_national_register_asks_once_more(
    world: Any, devi: Client, sign_in: Any
) -> None:
    contact, browser = logged(world, NUMBER), sign_in("aino")
    url = f"/clients/{devi.id}/contacts/{contact.id}/"
    page = browser.get(url)
    copied = 'id="reg"'
    assert copied not in page.content.decode()
    assert "Näytä teksti silti" in page.content.decode()
    shown = browser.post(f"{url}copied/", {careful.KEEP: mark(page)})
    assert copied in shown.content.decode()
    assert careful.KEPT in last(world).fields and last(world).client == devi.id
    world.enter("lake")
    assert Contact.objects.get().copied_at is None


def test_a_text_that_tells_nothing_is_ready_to_copy(world: Any, devi: Client, sign_in: Any) -> None:
    contact = logged(world, "Päivitetään CV 24.11.2025 kello 12.30")
    page = sign_in("aino").get(f"/clients/{devi.id}/contacts/{contact.id}/").content.decode()
    assert 'id="reg"' in page


def test_control_without_a_ban_the_text_is_ready_to_copy(world: Any, sign_in: Any) -> None:
    contact = logged(world, NUMBER)
    page = sign_in("aino").get(f"/clients/{contact.client_id}/contacts/{contact.id}/")
    assert 'id="reg"' in page.content.decode()


@pytest.mark.parametrize("where", ["guarded/", "placements/open/"])
def test_a_purpose_that_tells_it_does_not_get_into_the_log(
    world: Any, devi: Client, sign_in: Any, where: str
) -> None:
    browser, url = sign_in("aino"), f"/clients/{devi.id}/{where}"
    page = browser.post(url, {"purpose": NUMBER})
    assert page.status_code == 422
    assert "Kirjoita tarkoitus ilman osoitteita" in page.content.decode()
    world.enter("lake")
    assert not AuditEntry.objects.filter(reason__contains="045").exists()
    assert browser.post(url, {"purpose": "Soitan kello 12.30"}).status_code in (200, 302)


def test_what_is_said_of_a_placement_is_asked_about(
    world: Any, devi: Client, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A placement's own place may be named behind the guarded view; a number is asked about."""
    assert guarding.words in ports.guarded_words
    form = AbsenceForm({"on": "2026-11-02", "reason": "ill", "told_by": "client", "word": NUMBER})
    form.is_valid()
    request = RequestFactory().post("/")
    world.enter_as("aino")
    assert not careful.may_keep(form, request, devi, compared=False) and form.errors["word"]
    monkeypatch.setattr(ports, "guarded_words", [lambda client: ["Kahvila Toivo"]])
    named = AbsenceForm(form.data | {"word": "Kahvila Toivossa kaikki hyvin"})
    named.is_valid()
    assert careful.may_keep(named, request, devi, compared=False)
    assert not careful.may_keep(named, request, devi), "control: elsewhere the place is asked of"
