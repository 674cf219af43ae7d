"""A safety ban holds against an import: nothing is told, nothing is opened beside it."""

from __future__ import annotations

import pytest

from polku.clients import lifecycle
from polku.clients.models import Client, ContactDetails
from polku.contacts.models import Contact
from polku.exchange.imports.tests.bringing import CODE, HEADER, bring, codes, counts, text, words
from polku.foundation import clock, walls
from polku.foundation.models import Relation
from polku.foundation.viewer import system

ROW = f"77;Haapaoja;Veera;{CODE};;040 123 4567;veera@example.org;Kärkölä"
SECRETS = ("Haapaoja", "Veera", "123", "veera@", "Kärkölä", "77")


@pytest.fixture
def banned(world):
    """A client under a ban, whose own coach is Aino; the lead of the team is not a guardian."""
    bring(world, text(ROW + ";Aino Esimerkki", header=HEADER + ";Valmentaja"))
    world.enter("lake")
    client = Client.objects.get(last_name="Haapaoja")
    lifecycle.set_ban(client, by=system(client.register_id), at=clock.now())
    return client


@pytest.mark.parametrize(
    "row",
    [
        f";Haapaoja;Veera;{CODE};;0409999999;other@example.org;",
        "77;Haapaoja;Veera;;;0409999999;;",
        ";Haapaoja;Veera;;4.5.1990;0401234567;;Kärkölä",
        ";Haapaoja;Veera;;4.5.1990;0409999999;;Kärkölä",
    ],
)
def test_a_row_about_a_banned_person_tells_nothing_and_changes_nothing(world, banned, row):
    report = bring(world, text(row), who="lahja")
    assert counts(report) == {"created": 0, "updated": 0, "unchanged": 0, "refused": 1}
    assert codes(report) == {"not_yours"}
    said = words(world, report, who="lahja")
    assert not [secret for secret in SECRETS if secret in said]
    with walls.inside(banned.register_id), walls.guarded_open(banned.id):
        details = ContactDetails.objects.get(client=banned)
        assert (details.phone, details.email) == ("+358 40 123 4567", "veera@example.org")


def test_without_a_ban_the_same_rows_are_taken(world):
    """The control: what refuses them above is the ban."""
    bring(world, text(ROW), who="lahja")
    report = bring(world, text(f";Haapaoja;Veera;{CODE};;0409999999;;"), who="lahja")
    assert counts(report)["updated"] == 1


def test_the_refusal_is_the_same_as_for_another_teams_client(world, banned):
    world.enter("lake")
    Relation.objects.filter(client=world.clients["stranger"], kind="team").delete()
    Client.objects.filter(pk=world.clients["stranger"].pk).update(office_number="501")
    mine = bring(world, text("77;Haapaoja;Veera;;;;;"), who="lahja")
    other = bring(world, text("501;Lehtimäki;Stranger;;;;;"), who="lahja")
    assert words(world, mine, who="lahja") == words(world, other, who="lahja")


def test_the_own_coach_who_leads_brings_guarded_details_up_to_date(world, banned):
    world.enter("lake")
    Relation.objects.filter(client=banned, kind="own").update(user=world.people["lahja"])
    report = bring(world, text(f"77;Haapaoja;Veera;{CODE};;0409999999;;"), who="lahja")
    assert counts(report)["updated"] == 1
    world.enter("lake")
    assert not ContactDetails.objects.filter(client=banned).exists()
    with walls.guarded_open(banned.id):
        assert ContactDetails.objects.get(client=banned).phone == "+358 40 999 9999"
    assert Client.objects.get(pk=banned.pk).municipality_id is None


def test_a_ban_in_the_sheet_hides_the_details_at_once(world):
    header = HEADER + ";Valmentaja;Turvakielto"
    row = ROW + ";Aino Esimerkki;kyllä"
    report = bring(world, text(row, header=header), who="lahja")
    assert counts(report)["created"] == 1
    world.enter("lake")
    client = Client.objects.get(last_name="Haapaoja")
    assert client.safety_ban and client.municipality_id is None
    assert not ContactDetails.objects.filter(client=client).exists()
    with walls.guarded_open(client.id):
        assert ContactDetails.objects.get(client=client).municipality_id == "316"
    again = bring(world, text(row, header=header), who="lahja")
    assert codes(again) == {"not_yours"}


def test_a_banned_person_is_never_left_without_somebody_who_sees_them(world):
    header = HEADER + ";Turvakielto"
    refused = bring(world, text(ROW + ";kyllä", header=header))
    assert codes(refused) == {"ban_without_coach"}
    taken = bring(world, text(ROW + ";kyllä", header=header), who="lahja")
    assert "ban_to_importer" in codes(taken)
    world.enter("lake")
    own = Relation.objects.get(client__last_name="Haapaoja", kind="own")
    assert own.user == world.people["lahja"]
    again = bring(world, text(ROW + ";kyllä", header=header), who="lahja")
    assert counts(again)["unchanged"] == 1


def test_a_sheet_without_a_ban_does_not_end_one(world, banned):
    report = bring(world, text(ROW + ";ei", header=HEADER + ";Turvakielto"))
    assert "ban_stays" in codes(report)
    world.enter("lake")
    assert Client.objects.get(pk=banned.pk).safety_ban


def test_the_software_names_no_banned_person(world, banned):
    Client.objects.filter(pk=banned.pk).update(closed_on=clock.today())
    report = bring(world, text(ROW))
    assert codes(report) == {"client_closed"}
    assert "Haapaoja" not in words(world, report)


CONTACTS = "Asiakasnumero;Sukunimi;Etunimi;Päivä;Klo;Tapa;Kirjaus;Kirjaaja"
TELLING = "Asuu nyt osoitteessa Kuusikuja 4, Lahti"


def entered(world, words):
    """Bring a contact of the client, as the coach who leads; return what is told and kept."""
    world.enter("lake")
    Relation.objects.filter(client__last_name="Haapaoja", kind="own").update(
        user=world.people["lahja"]
    )
    row = f"77;Haapaoja;Veera;2.11.2026;9.00;puhelu;{words};Aino Esimerkki"
    report = bring(world, text(row, header=CONTACTS), who="lahja")
    world.enter("lake")
    return codes(report), Contact.objects.get(client__last_name="Haapaoja").agreed


def test_a_text_that_tells_where_a_banned_client_is_stays_in_the_sheet(world, banned):
    told, kept = entered(world, TELLING)
    assert "text_held_back" in told and kept == ""


def test_a_text_that_names_a_guarded_detail_stays_too_and_others_come_in(world, banned):
    with walls.inside(banned.register_id), walls.guarded_open(banned.id):
        ContactDetails.objects.filter(client=banned).update(town="Sysmä")
    told, kept = entered(world, "Viihtyy Sysmässä")
    assert "text_held_back" in told and kept == ""


def test_other_texts_of_a_banned_client_come_in(world, banned):
    told, kept = entered(world, "Sovittiin CV:n teosta")
    assert "text_held_back" not in told and kept == "Sovittiin CV:n teosta"


def test_control_without_a_ban_the_same_text_comes_in(world):
    bring(world, text(f"77;Haapaoja;Veera;{CODE};;;;"))
    told, kept = entered(world, TELLING)
    assert "text_held_back" not in told and kept == TELLING


def test_a_new_client_whose_row_sets_the_ban_keeps_no_telling_note(world):
    header = HEADER + ";Valmentaja;Turvakielto;Huomautukset"
    row = f"{ROW};Aino Esimerkki;kyllä;{TELLING}"
    report = bring(world, text(row, header=header), who="lahja")
    assert "text_held_back" in codes(report)
    world.enter("lake")
    assert Client.objects.get(last_name="Haapaoja").situation == ""
