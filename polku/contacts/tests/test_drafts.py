"""What is half-written is its author's alone, sealed, and not lost when the client goes."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection

from polku.clients import lifecycle
from polku.contacts import drafts
from polku.contacts.models import Contact, Draft
from polku.contacts.tests.conftest import told
from polku.foundation import clock
from polku.foundation.models import AuditEntry, Relation
from polku.teamwork import assignments

SENTENCE = "Hän haluaisi kokeilla kirjastoa ennen joulua."
ASYNC = {"X-Polku": "1"}


def panel(world, name="devi"):
    return f"/clients/{world.clients[name].id}/contacts/new/"


def ticket_on(page):
    return re.search(r'name="ticket" value="([^"]+)"', page)[1]


def opened(browser, world):
    return ticket_on(browser.get(panel(world)).content.decode())


def save(browser, ticket, words=SENTENCE, revision=0, **more):
    sent = {"ticket": ticket, "revision": revision, "fields": json.dumps([["agreed", words]])}
    return browser.post("/drafts/save/", sent | more, headers=ASYNC)


def give_to_bengt(world):
    world.enter("lake")
    relation = Relation.objects.get(client=world.clients["devi"], kind="own")
    relation.ends_at = clock.now()
    relation.save()
    assignments.begin(
        register_id=world.areas["lake"].id, client_id=world.clients["devi"].id, kind="own",
        user_id=world.people["bengt"].id, at=clock.now(),
    )  # fmt: skip


def test_a_draft_comes_back_to_its_author(world, signed_in):
    browser = signed_in("aino")
    answer = save(browser, opened(browser, world)).json()
    assert (answer["state"], answer["revision"], answer["sees"]) == ("saved", 1, True)
    assert SENTENCE in browser.get(panel(world)).content.decode()


def test_a_draft_lies_sealed(world, signed_in):
    browser = signed_in("aino")
    save(browser, opened(browser, world))
    world.enter("lake")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cipher FROM contacts_draft")
        assert b"kirjastoa" not in bytes(cursor.fetchone()[0])


def test_a_draft_moved_to_another_author_does_not_open(world, signed_in):
    browser = signed_in("aino")
    save(browser, opened(browser, world))
    world.enter("lake")
    Draft.objects.update(author=world.people["bengt"])
    with pytest.raises(Exception, match="does not open"):
        drafts.mine(world.viewers["bengt"], now=clock.now())


def test_a_colleague_sees_nothing_of_it(world, signed_in):
    aino, lahja = signed_in("aino"), signed_in("lahja")
    ticket = opened(aino, world)
    save(aino, ticket)
    assert SENTENCE not in lahja.get(panel(world)).content.decode()
    assert SENTENCE not in lahja.get("/drafts/").content.decode()
    assert save(lahja, ticket, "Toinen").status_code == 400


@pytest.mark.parametrize("name", ["gus", "elli"])
def test_who_does_not_coach_keeps_no_drafts(world, signed_in, name):
    browser = signed_in(name)
    assert browser.get("/drafts/").status_code == 403
    assert browser.get("/drafts/key/").status_code == 403


def test_an_older_tab_does_not_write_over_a_newer_one(world, signed_in):
    browser = signed_in("aino")
    ticket = opened(browser, world)
    save(browser, ticket, "Uudempi", revision=0)
    refused = save(browser, ticket, "Vanhempi", revision=0)
    assert refused.status_code == 409
    assert refused.json()["words"] == "Uudempi"
    assert "Uudempi" in browser.get(panel(world)).content.decode()
    assert save(browser, ticket, "Vanhempi", revision=0, anyway="1").json()["revision"] == 2


def test_when_the_client_goes_to_somebody_else_the_words_stay_with_their_author(world, signed_in):
    aino, bengt = signed_in("aino"), signed_in("bengt")
    ticket = opened(aino, world)
    save(aino, ticket)
    give_to_bengt(world)
    answer = save(aino, ticket, SENTENCE + " Ja vielä.", revision=1).json()
    assert (answer["state"], answer["sees"]) == ("saved", False)
    assert aino.get(panel(world)).status_code == 404
    page = aino.get("/drafts/").content.decode()
    assert SENTENCE in page
    assert "Koivunen" not in page
    assert SENTENCE not in bengt.get(panel(world)).content.decode()


def test_a_form_sent_after_the_client_went_is_refused_and_kept(world, signed_in):
    aino = signed_in("aino")
    ticket = opened(aino, world)
    give_to_bengt(world)
    answer = aino.post(panel(world), told(agreed=SENTENCE, ticket=ticket))
    assert answer.status_code == 403
    world.enter("lake")
    assert Contact.objects.count() == 0
    assert SENTENCE in aino.get("/drafts/").content.decode()


def test_a_ban_set_meanwhile_keeps_the_words_of_who_is_shut_out(world, signed_in):
    lahja = signed_in("lahja")
    ticket = opened(lahja, world)
    lifecycle.set_ban(world.clients["devi"], by=world.enter_as("aino"), at=clock.now())
    assert save(lahja, ticket).json()["sees"] is False
    page = lahja.get("/drafts/").content.decode()
    assert SENTENCE in page
    assert "Koivunen" not in page


def test_control_without_a_ticket_a_stranger_writes_nothing(world, signed_in):
    carita = signed_in("carita")
    assert save(carita, "made:up:ticket").status_code == 400
    assert carita.post(panel(world), told(ticket="made:up")).status_code == 404
    world.enter("lake")
    assert Draft.objects.count() == 0


def test_a_discarded_draft_can_be_taken_back(world, signed_in):
    browser = signed_in("aino")
    save(browser, opened(browser, world))
    world.enter("lake")
    draft = Draft.objects.get().id
    browser.post(f"/drafts/{draft}/discard/")
    assert SENTENCE not in browser.get(panel(world)).content.decode()
    browser.post(f"/drafts/{draft}/restore/")
    assert SENTENCE in browser.get(panel(world)).content.decode()


def test_only_the_author_discards(world, signed_in):
    browser = signed_in("aino")
    save(browser, opened(browser, world))
    world.enter("lake")
    draft = Draft.objects.get().id
    assert signed_in("lahja").post(f"/drafts/{draft}/discard/").status_code == 404


def test_after_fourteen_days_it_is_gone(world, signed_in):
    browser = signed_in("aino")
    save(browser, opened(browser, world))
    world.enter("lake")
    late = clock.now() + timedelta(days=14, minutes=1)
    assert drafts.find(
        world.viewers["aino"], world.clients["devi"].id, "contact", now=late
    ) is None  # fmt: skip
    assert drafts.sweep(late) == 1


def test_an_autosave_that_comes_after_the_form_raises_no_draft(world, signed_in):
    browser = signed_in("aino")
    ticket = opened(browser, world)
    sent = told(agreed=SENTENCE)
    browser.post(panel(world), sent)
    fields = json.dumps([["agreed", SENTENCE], ["submission", sent["submission"]]])
    late = browser.post(
        "/drafts/save/", {"ticket": ticket, "revision": 0, "fields": fields}, headers=ASYNC
    )
    assert late.json()["state"] == "sent"
    world.enter("lake")
    assert Draft.objects.count() == 0


def test_logging_the_contact_ends_the_draft(world, signed_in):
    browser = signed_in("aino")
    save(browser, opened(browser, world))
    browser.post(panel(world), told())
    world.enter("lake")
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("fields", ["", "{", "[1]", '[["a"]]', '[["a", 1]]', "[" * 1000, "null"])
def test_what_can_not_be_read_is_refused(world, signed_in, fields):
    browser = signed_in("aino")
    sent = {"ticket": opened(browser, world), "revision": 0, "fields": fields}
    assert browser.post("/drafts/save/", sent, headers=ASYNC).status_code == 400


def test_each_save_leaves_one_entry_without_a_word_of_it(world, signed_in):
    browser = signed_in("aino")
    ticket = opened(browser, world)
    world.enter("lake")
    before = AuditEntry.objects.count()
    save(browser, ticket)
    world.enter("lake")
    assert AuditEntry.objects.count() == before + 1
    assert "kirjastoa" not in repr([e.__dict__ for e in AuditEntry.objects.all()])


def test_two_workers_have_two_keys(world):
    aino, bengt = world.viewers["aino"], world.viewers["bengt"]
    assert drafts.buffer_key(aino) != drafts.buffer_key(bengt)
    assert drafts.buffer_key(aino) == drafts.buffer_key(aino)


def test_words_kept_in_the_moment_of_logging_do_not_swallow_the_next_ones(
    world, signed_in, monkeypatch
):
    browser = signed_in("aino")
    ticket = opened(browser, world)
    sent = told()
    assert browser.post(panel(world), sent).status_code == 302
    # Kept just before the contact was there to be seen.
    monkeypatch.setattr("polku.contacts.views.drafts.reading.was_sent", lambda *_: False)
    fields = [["agreed", SENTENCE], ["submission", str(sent["submission"])]]
    assert save(browser, ticket, fields=json.dumps(fields)).status_code == 200
    monkeypatch.undo()
    page = browser.get(panel(world)).content.decode()
    mark = re.search(r'name="submission" value="([^"]+)"', page)[1]
    assert SENTENCE in page
    assert mark != str(sent["submission"])
    assert browser.post(panel(world), told(submission=mark, agreed="Muuta.")).status_code == 302
    world.enter("lake")
    assert Contact.objects.filter(client=world.clients["devi"]).count() == 2
