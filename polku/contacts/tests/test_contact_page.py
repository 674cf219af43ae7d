"""A contact is read by those related, its private note by its writer; corrections lose nothing."""

from datetime import datetime

import pytest

from polku.contacts import actions
from polku.contacts.models import Contact, Rhythm
from polku.contacts.tests.conftest import told
from polku.foundation import clock

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=clock.HELSINKI)


@pytest.fixture
def made(world):
    return actions.log(
        world.clients["devi"], by=world.enter_as("aino"), at=clock.now(), when=NOON, kind="call",
        purpose="coaching", agreed="Jatketaan hakua.", private_note="vain omiin silmiin",
    )  # fmt: skip


def page(contact, what=""):
    return f"/clients/{contact.client_id}/contacts/{contact.id}/{what}"


def correction(version, **more):
    local = {"day": "2026-11-18", "time": "12:00", "minutes": ""}
    return told(**local) | {"version": version} | more


def test_the_writer_reads_the_private_note(made, signed_in):
    assert "vain omiin silmiin" in signed_in("aino").get(page(made)).content.decode()


def test_the_lead_reads_the_contact_but_not_the_private_note(made, signed_in):
    text = signed_in("lahja").get(page(made)).content.decode()
    assert "Jatketaan hakua." in text
    assert "vain omiin silmiin" not in text


@pytest.mark.parametrize("what", ["", "change/"])
@pytest.mark.parametrize(
    ("name", "status"), [("bengt", 404), ("carita", 404), ("gus", 403), ("elli", 403)]
)
def test_who_has_no_relation_reads_nothing(made, signed_in, name, status, what):
    assert signed_in(name).get(page(made, what)).status_code == status
    assert signed_in(name).post(page(made, "copied/")).status_code == status


def test_a_contact_is_not_found_under_another_client(world, made, signed_in):
    wrong = f"/clients/{world.clients['stranger'].id}/contacts/{made.id}/"
    assert signed_in("aino").get(wrong).status_code == 404
    assert signed_in("bengt").get(wrong).status_code == 404


def test_only_the_writer_corrects(made, signed_in):
    lead = signed_in("lahja")
    assert lead.get(page(made, "change/")).status_code == 403
    assert lead.post(page(made, "change/"), correction(1)).status_code == 403


def test_a_correction_stands(world, made, signed_in):
    answer = signed_in("aino").post(page(made, "change/"), correction(1, agreed="Toisin."))
    assert answer.status_code == 302
    world.enter("lake")
    made.refresh_from_db()
    assert (made.agreed, made.version, made.at) == ("Toisin.", 2, NOON)


def test_two_corrections_at_once_show_both(world, made, signed_in):
    browser = signed_in("aino")
    browser.post(page(made, "change/"), correction(1, agreed="Ensimmäinen"))
    second = browser.post(page(made, "change/"), correction(1, agreed="Toinen"))
    text = second.content.decode()
    assert second.status_code == 200
    assert "Ensimmäinen" in text
    assert text.count("Toinen") >= 2
    assert 'name="version" value="2"' in text
    browser.post(page(made, "change/"), correction(2, agreed="Toinen"))
    world.enter("lake")
    assert Contact.objects.get().agreed == "Toinen"


def test_a_corrected_next_date_moves_the_plan(world, made, signed_in):
    signed_in("aino").post(page(made, "change/"), correction(1, next_on="2027-01-12"))
    world.enter("lake")
    assert Rhythm.objects.get(client=world.clients["devi"]).next_on.isoformat() == "2027-01-12"
