"""A client's own things are written down on pages; others' clients are not to be found."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from polku.clients import forms, views_turns
from polku.clients.models import Client, Consent, ContactDetails, Fact, LanguageSkill, StatusPeriod
from polku.foundation.models import Relation
from polku.rules.known.personal_identity_code import artificial_identity_code

NEW = {
    "last_name": "Åkerlund",
    "first_names": "Mikaela Sofia",
    "language": "sv",
    "service_language": "sv",
    "referral": "registered",
    "registered_on": "2026-11-02",
    "status": "02",
    "municipality": "316",
    "phone": "040 765 4321",
}


def _post(browser, name, *args, **data):
    return browser.post(reverse(name, args=args), data)


def test_opening_a_record_makes_one_the_own_coach_and_starts_the_clock(world, sign_in):
    code = artificial_identity_code(date(1988, 5, 4), 912)
    answer = _post(sign_in("aino"), "client_new", **NEW, identity_code=code)
    world.enter("lake")
    client = Client.objects.get(last_name="Åkerlund")
    assert answer.status_code == 302 and str(client.id) in answer["Location"]
    assert client.born == date(1988, 5, 4)
    assert client.rhythm.interview_due_on == date(2026, 11, 16)
    assert ContactDetails.objects.get(client=client).phone_digits == "358407654321"
    kinds = Relation.objects.filter(client=client).values_list("kind", flat=True)
    assert sorted(kinds) == ["own", "team"]


def test_the_same_identity_code_twice_is_refused_and_nothing_is_lost(world, sign_in):
    code = artificial_identity_code(date(1988, 5, 4), 912)
    browser = sign_in("aino")
    _post(browser, "client_new", **NEW, identity_code=code)
    answer = _post(browser, "client_new", **NEW | {"last_name": "Toinen"}, identity_code=code)
    assert answer.status_code == 422
    assert "Toinen" in answer.content.decode()
    world.enter("lake")
    assert Client.objects.filter(last_name="Toinen").count() == 0


@pytest.mark.parametrize("field", ["last_name", "registered_on", "status"])
def test_what_is_missing_is_said(world, sign_in, field):
    answer = _post(sign_in("aino"), "client_new", **NEW | {field: ""})
    assert answer.status_code == 422


PAGES = ["client_edit", "client_details", "client_facts", "client_consents", "client_turns"]


@pytest.mark.parametrize("page", PAGES)
def test_the_own_coach_opens_the_page(world, sign_in, page):
    assert sign_in("aino").get(reverse(page, args=[world.clients["devi"].id])).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_what_the_client_speaks_is_not_taken_for_the_languages_of_the_page(world, sign_in, page):
    world.enter("lake")
    devi = world.clients["devi"]
    LanguageSkill.objects.create(
        register_id=devi.register_id,
        client=devi,
        language="so",
        level="B1",
        told_on=date(2026, 3, 2),
    )
    text = sign_in("aino").get(reverse(page, args=[devi.id])).content.decode()
    assert re.findall(r'<button name="language" value="(\w+)"', text) == ["fi", "sv", "en"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["bengt", "carita", "gus", "elli"])
def test_for_everybody_else_the_client_does_not_exist(world, sign_in, page, name):
    answer = sign_in(name).get(reverse(page, args=[world.clients["devi"].id]))
    assert answer.status_code in (403, 404)
    assert "Koivunen" not in answer.content.decode()


def test_a_change_over_another_shows_what_stands_and_keeps_what_was_written(world, sign_in):
    devi = world.clients["devi"]
    browser = sign_in("aino")
    form = {
        "last_name": "Koivunen", "first_names": "Devi", "language": "fi",
        "service_language": "fi", "referral": "registered", "version": "1",
    }  # fmt: skip
    assert _post(browser, "client_edit", devi.id, **form | {"call_name": "Dee"}).status_code == 302
    late = _post(browser, "client_edit", devi.id, **form | {"call_name": "Vivi"})
    assert late.status_code == 409
    assert "Dee" in late.content.decode() and "Vivi" in late.content.decode()
    world.enter("lake")
    assert Client.objects.get(pk=devi.pk).call_name == "Dee"


def test_facts_are_added_ended_and_taken_back(world, sign_in):
    devi, browser = world.clients["devi"], sign_in("aino")
    _post(browser, "client_facts", devi.id, kind="strength", text="Tarkka käsistään",
          topic="skill", told_by="client")  # fmt: skip
    world.enter("lake")
    fact = Fact.objects.get()
    _post(browser, "client_fact_end", devi.id, fact.id)
    world.enter("lake")
    assert Fact.objects.get().ended_on is not None
    browser.post(reverse("client_fact_end", args=[devi.id, fact.id]) + "?undo=1")
    world.enter("lake")
    assert Fact.objects.get().ended_on is None


def test_a_consent_is_given_and_taken_back(world, sign_in):
    devi, browser = world.clients["devi"], sign_in("aino")
    _post(browser, "client_consents", devi.id, kind="email", how="spoken")
    world.enter("lake")
    _post(browser, "client_consent_withdraw", devi.id, Consent.objects.get().id)
    world.enter("lake")
    assert Consent.objects.get().withdrawn_at is not None


def test_a_new_status_ends_the_one_before(world, sign_in):
    devi = world.clients["devi"]
    _post(sign_in("aino"), "client_turn", devi.id, "status", status="07", on="2026-11-01")
    world.enter("lake")
    periods = StatusPeriod.objects.filter(client=devi).order_by("starts_on")
    assert [(p.status, p.ends_on) for p in periods] == [("02", date(2026, 10, 31)), ("07", None)]


def test_a_status_before_the_present_one_is_refused_in_words(world, sign_in):
    devi = world.clients["devi"]
    answer = _post(sign_in("aino"), "client_turn", devi.id, "status", status="07", on="2020-01-01")
    assert answer.status_code == 422


def test_under_a_ban_the_details_page_shows_nothing_of_them(world, sign_in):
    devi, browser = world.clients["devi"], sign_in("aino")
    _post(browser, "client_turn", devi.id, "ban", reason="Asiakkaan pyyntö")
    page = browser.get(reverse("client_details", args=[devi.id])).content.decode()
    assert "Rantatie" not in page and "1234567" not in page
    assert _post(browser, "client_details", devi.id, phone="045 111").status_code == 302
    world.enter("lake")
    from polku.foundation.walls import guarded_open

    with guarded_open(devi.id):
        details = ContactDetails.objects.get(client=devi)
    assert (details.phone, details.street) == ("045 111", "Rantatie 1")


@pytest.mark.parametrize(
    "turn", ["status", "move", "close", "reopen", "death", "undo-death", "ban", "end-ban"]
)
def test_every_turn_has_a_page(world, sign_in, turn):
    devi = world.clients["devi"]
    assert sign_in("aino").get(reverse("client_turn", args=[devi.id, turn])).status_code == 200


def test_saving_languages_without_a_choice_changes_nothing_and_says_so(world, sign_in):
    browser, devi = sign_in("aino"), world.clients["devi"]
    answer = browser.post(reverse("client_language", args=[devi.id]), {"level": "X"}, follow=True)
    assert "valitse ensin kieli" in answer.content.decode()
    world.enter("lake")
    assert not LanguageSkill.objects.filter(client=devi).exists()
    browser.post(reverse("client_language", args=[devi.id]), {"language": "so", "level": "X"})
    world.enter("lake")
    assert LanguageSkill.objects.get(client=devi).level == "X"


def test_nothing_of_a_closing_or_a_reopening_is_chosen_beforehand(world, sign_in):
    devi, browser = world.clients["devi"], sign_in("aino")
    answer = _post(browser, "client_turn", devi.id, "close", on="2026-11-02", reason="", outcome="")
    said = "Valitse yksi: mitään ei ole valittu valmiiksi."
    assert answer.status_code == 422 and said in answer.content.decode()
    for turn, fields in (("close", ("reason", "outcome")), ("reopen", ("referral",))):
        form = views_turns.TURNS[turn].form()
        assert [form[name].value() for name in fields] == [None] * len(fields)
        assert all(form.fields[name].choices[0][0] == "" for name in fields)
    world.enter("lake")
    assert Client.objects.get(pk=devi.pk).closed_on is None
    given = {"on": "2026-11-02", "reason": "own_wish", "outcome": "unknown"}
    assert _post(browser, "client_turn", devi.id, "close", **given).status_code == 302
    answer = _post(browser, "client_turn", devi.id, "reopen", on="2026-11-20",
                   registered_on="2026-11-20", referral="")  # fmt: skip
    assert answer.status_code == 422


def test_a_death_needs_a_day_that_was_chosen_and_a_tick(world, sign_in):
    devi, browser = world.clients["devi"], sign_in("aino")
    page = browser.get(reverse("client_turn", args=[devi.id, "death"])).content.decode()
    assert re.search(r'<input type="date" name="on"[^>]*>', page) and 'value="20' not in page
    for given in ({"on": "", "sure": "on"}, {"on": "2026-11-02"}):
        assert _post(browser, "client_turn", devi.id, "death", **given).status_code == 422
    world.enter("lake")
    assert Client.objects.get(pk=devi.pk).died_on is None
    given = {"on": "2026-11-02", "sure": "on"}
    assert _post(browser, "client_turn", devi.id, "death", **given).status_code == 302
    world.enter("lake")
    assert Client.objects.get(pk=devi.pk).died_on == date(2026, 11, 2)


def test_a_death_that_was_none_is_taken_back_and_the_page_says_what_stays_stopped(world, sign_in):
    devi, browser = world.clients["devi"], sign_in("aino")
    _post(browser, "client_turn", devi.id, "death", on="2026-11-02", sure="on")
    reopening = reverse("client_turn", args=[devi.id, "reopen"])
    page = browser.get(reopening).content.decode()
    assert 'name="referral"' not in page and "Asiakas on kuollut" in page
    mistake = reverse("client_turn", args=[devi.id, "undo-death"])
    assert mistake in browser.get(f"/clients/{devi.id}/").content.decode()
    page = browser.get(mistake).content.decode()
    assert "viestejä ei lähetetä myöhässä" in page
    assert browser.post(mistake, {"reason": ""}).status_code == 422
    answer = browser.post(mistake, {"reason": "Toinen samanniminen"}, follow=True)
    assert "Pysäytetyt viestit pysyvät pysäytettyinä" in answer.content.decode()
    world.enter("lake")
    stands = Client.objects.get(pk=devi.pk)
    assert (stands.died_on, stands.closed_on) == (None, None)


def test_a_language_is_removed_by_one_press_and_comes_back_by_undo(world, sign_in):
    browser, devi = sign_in("aino"), world.clients["devi"]
    page, address = (reverse(n, args=[devi.id]) for n in ("client_facts", "client_language"))
    browser.post(address, {"language": "so", "level": "B1"})
    assert 'name="remove"' in browser.get(page).content.decode()
    answer = browser.post(address, {"language": "so", "remove": "1"}, follow=True)
    assert "Somali poistettiin." in answer.content.decode()
    assert 'name="remove"' not in answer.content.decode()
    world.enter("lake")
    assert not LanguageSkill.objects.filter(client=devi).exists()
    (undo,) = re.findall(r'action="([^"]*undo=1[^"]*)"', answer.content.decode())
    browser.post(html.unescape(undo))
    world.enter("lake")
    assert LanguageSkill.objects.get(client=devi).level == "B1"
    assert browser.post(address, {"language": "ru", "remove": "1"}).status_code == 404


def test_no_level_of_a_language_is_chosen_beforehand(world, sign_in):
    browser, devi = sign_in("aino"), world.clients["devi"]
    browser.post(reverse("client_language", args=[devi.id]), {"language": "so", "level": ""})
    world.enter("lake")
    assert not LanguageSkill.objects.filter(client=devi).exists()
    assert forms.LanguageForm()["level"].value() is None
