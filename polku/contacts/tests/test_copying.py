"""The text for the national register: its order, its codes, what never goes into it."""

import re
from datetime import date, datetime

import pytest
from django.utils import translation

from polku.contacts import actions, copying, register_codes
from polku.contacts.models import Contact, CopyTemplate
from polku.foundation import clock

NOON = datetime(2026, 11, 18, 12, 5, tzinfo=clock.HELSINKI)


def contact(**more):
    values = {
        "at": NOON,
        "kind": "call",
        "purpose": "discussion",
        "initiative": "worker",
        "reached": True,
        "minutes": 20,
        "worker_name": "Aino Esimerkki",
        "agreed": "Jatketaan hakua.",
        "tasks": [{"text": "CV kuntoon", "due_on": "2026-12-01"}, {"text": "Soitto", "due_on": ""}],
        "next_on": date(2027, 1, 12),
        "private_note": "salainen sana",
        "what_works": "tämäkään ei",
    }
    return Contact(**(values | more))


def default(key="discussion", language="fi"):
    return copying.Words(key, language, copying.default_text(key, language), own=False)


def test_the_order_is_the_registers():
    text = copying.fill(default(), contact(), next_kind="call")
    assert text == (
        "18.11.2026 klo 12.05, 20 min\n"
        "Yhteydenottotapa: 29 työnhakukeskustelu, puhelin\n"
        "Aihe: työnhakukeskustelu\n"
        "Aloite: valmentaja\n"
        "\n"
        "Sovittu: Jatketaan hakua.\n"
        "Tehtävät:\n"
        "- CV kuntoon, viimeistään 1.12.2026\n"
        "- Soitto\n"
        "Seuraava yhteydenotto: 12.1.2027, puhelu"
    )


def test_it_is_in_swedish_for_who_is_served_in_swedish():
    assert copying.language_for("sv") == "sv"
    assert copying.language_for("en") == "fi"
    with translation.override("en"):
        assert "Överenskommet: Jatketaan" in copying.fill(default(language="sv"), contact())


def test_what_is_empty_leaves_no_line():
    text = copying.fill(default(), contact(tasks=[], next_on=None, minutes=None))
    assert "Tehtävät" not in text
    assert "Seuraava" not in text
    assert text.startswith("18.11.2026 klo 12.05\n")


def test_a_private_note_never_goes():
    for key in copying.KEYS:
        assert "salainen" not in copying.fill(default(key), contact())
    assert not {"private_note", "what_works", "scale"} & set(copying.PLACEHOLDERS)
    with pytest.raises(copying.BadTemplate) as bad:
        copying.check_template("{date} {agreed} {private_note}")
    assert bad.value.unknown == ["private_note"]


def test_a_template_without_day_or_agreed_matters_is_refused():
    with pytest.raises(copying.BadTemplate) as bad:
        copying.check_template("{kind}")
    assert bad.value.missing == ["date", "agreed"]


def test_braces_in_what_was_agreed_are_only_text():
    text = copying.fill(default(), contact(agreed="{worker} {private_note} {0}"))
    assert "Sovittu: {worker} {private_note} {0}" in text


@pytest.mark.parametrize(
    ("kind", "purpose", "initiative", "reached", "code"),
    [
        ("call", "coaching", "worker", True, "01"),
        ("call", "coaching", "worker", False, "02"),
        ("call", "initial", "worker", False, "02"),
        ("letter", "practical", "worker", True, "03"),
        ("sms", "coaching", "worker", False, "04"),
        ("email", "coaching", "worker", True, "05"),
        ("video", "coaching", "worker", True, "20"),
        ("visit", "initial", "worker", True, "21"),
        ("video", "initial", "worker", True, "22"),
        ("call", "initial", "client", True, "23"),
        ("walk_in", "complementary", "client", True, "24"),
        ("video", "discussion", "worker", True, "28"),
        ("call", "practical", "client", True, "31"),
        ("email", "practical", "client", True, "34"),
        ("visit", "coaching", "worker", True, "35"),
        ("walk_in", "coaching", "client", True, "36"),
        ("visit", "coaching", "worker", False, "95"),
        ("online", "practical", "worker", True, "97"),
    ],
)
def test_codes_are_the_registers(kind, purpose, initiative, reached, code):
    found = register_codes.code_of(
        kind=kind, purpose=purpose, initiative=initiative, reached=reached
    )
    assert found == code
    assert code in register_codes.LABELS


def _logged(world, **more):
    aino = world.enter_as("aino")
    settings = {"when": NOON, "kind": "call", "purpose": "coaching", "agreed": "Yksi"} | more
    return actions.log(world.clients["devi"], by=aino, at=clock.now(), **settings)


def page_of(contact):
    return f"/clients/{contact.client_id}/contacts/{contact.id}/"


def test_a_change_after_copying_is_told(world, signed_in):
    made = _logged(world)
    browser = signed_in("aino")
    seen = re.search(r'name="seen" value="(\w+)"', browser.get(page_of(made)).content.decode())[1]
    told = browser.post(page_of(made) + "copied/", {"seen": seen}, headers={"X-Polku": "1"}).json()
    assert told["state"] == "copied"
    aino = world.enter_as("aino")
    actions.change(made, by=aino, at=clock.now(), version=1, private_note="vain minulle")
    made.refresh_from_db()
    assert copying.state(made) == "copied"
    actions.change(made, by=aino, at=clock.now(), version=2, agreed="Kaksi")
    made.refresh_from_db()
    assert copying.state(made) == "changed"


def test_marking_can_be_taken_back(world, signed_in):
    made = _logged(world)
    browser = signed_in("aino")
    browser.post(page_of(made) + "copied/")
    browser.post(page_of(made) + "copied/?undo")
    world.enter("lake")
    made.refresh_from_db()
    assert (copying.state(made), made.copied_by_id) == ("", None)


def test_a_lead_words_the_text_and_goes_back_to_the_default(world, signed_in):
    lead = signed_in("lahja")
    url = "/texts/coaching/fi/"
    own = "OMA {date}\n{agreed}"
    assert "OMA" in lead.post(url, {"text": own, "look": "1"}).content.decode()
    world.enter("lake")
    assert not CopyTemplate.objects.exists()
    lead.post(url, {"text": own})
    made = _logged(world)
    assert "OMA 18.11.2026" in signed_in("aino").get(page_of(made)).content.decode()
    lead.post(url, {"text": own, "default": "1"})
    assert "OMA" not in signed_in("aino").get(page_of(made)).content.decode()


def test_a_wrong_placeholder_is_named_and_nothing_is_lost(world, signed_in):
    page = signed_in("lahja").post("/texts/coaching/fi/", {"text": "{date} {agreed} {hetu}"})
    assert page.status_code == 200
    assert "{hetu}" in page.content.decode()
    world.enter("lake")
    assert not CopyTemplate.objects.exists()


@pytest.mark.parametrize("name", ["aino", "gus", "elli"])
def test_only_leads_word_the_texts(world, signed_in, name):
    assert signed_in(name).get("/texts/").status_code == 403
    assert signed_in(name).post("/texts/coaching/fi/", {"text": "x"}).status_code == 403


def test_another_registers_lead_words_another_text(world, signed_in):
    signed_in("lahja").post("/texts/coaching/fi/", {"text": "OMA {date} {agreed}"})
    world.enter("river")
    assert not CopyTemplate.objects.exists()
