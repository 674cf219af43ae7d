"""A list of people becomes records: each person once, nothing overwritten, every refusal said."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest

from polku.clients import identity
from polku.clients.models import Client, ContactDetails, Episode, StatusPeriod
from polku.contacts.models import Contact, Rhythm
from polku.exchange.imports import loading
from polku.exchange.imports.tests.bringing import (
    CODE,
    HEADER,
    OTHER,
    bring,
    codes,
    counts,
    first,
    text,
    words,
)
from polku.exchange.sheets.messy import artificial_code, messy_office_sheet
from polku.foundation import clock, crypto
from polku.foundation.models import AuditEntry, EmploymentArea, Relation
from polku.foundation.permissions import Refused
from polku.foundation.viewer import system

AINO = f"77;Haapaoja;Veera Kaisa;{CODE};;040 123 4567;veera@example.org;Kärkölä"


def lake(world):
    world.enter("lake")
    return world.areas["lake"]


def the(world, last_name="Haapaoja"):
    lake(world)
    return Client.objects.get(last_name=last_name)


def test_a_row_becomes_what_a_record_opened_by_hand_is(world):
    from polku.clients import actions

    bring(world, text(AINO + ";1.10.2026", header=HEADER + ";Ilmoittautunut"))
    came = the(world)
    by_hand = actions.open_client(
        by=system(world.areas["lake"].id),
        at=came.created_at,
        last_name="Haapaoja",
        first_names="Veera Kaisa",
        registered_on=date(2026, 10, 1),
        opened_on=date(2026, 10, 1),
        identity_code=OTHER,
        office_number="78",
        born=came.born,
        municipality_id="316",
        details={
            "phone": "+358 40 123 4567",
            "phone_digits": "358401234567",
            "email": "veera@example.org",
        },
    )
    own = {"id", "identity_cipher", "identity_index", "office_number", "client"}
    pairs = [
        (Client.objects.get(pk=came.pk), Client.objects.get(pk=by_hand.pk)),
        *(
            (model.objects.get(client=came), model.objects.get(client=by_hand))
            for model in (ContactDetails, Episode, StatusPeriod, Rhythm)
        ),
    ]
    for ours, theirs in pairs:
        for column in ours._meta.concrete_fields:
            if column.name not in own:
                name = column.attname
                assert getattr(ours, name) == getattr(theirs, name), (type(ours), name)
    assert identity.read(came) == CODE
    assert came.identity_index == crypto.blind_index(came.register_id, CODE)


def test_the_same_file_twice_changes_nothing_the_second_time(world):
    sheet = messy_office_sheet(300, today=clock.today(), broken=18, twice=9)
    once = bring(world, sheet.data)
    lake(world)
    before = sorted(Client.objects.values_list("id", "version"))
    again = bring(world, sheet.data)
    lake(world)
    assert counts(again)["created"] == counts(again)["updated"] == 0
    assert sorted(Client.objects.values_list("id", "version")) == before
    assert counts(once)["created"] > 200
    assert counts(once)["refused"] == counts(again)["refused"]


def test_shuffled_rows_change_nothing_either(world):
    rows = [
        f"{n};Haapa{n};Eino;{artificial_code(date(1980, 1, 1), 900 + n)};;04000000{n:02};;Kärkölä"
        for n in range(60)
    ]
    bring(world, text(*rows))
    Random(5).shuffle(rows)
    again = bring(world, text(*rows), size=7)
    assert counts(again) == {"created": 0, "updated": 0, "unchanged": 60, "refused": 0}


def test_an_empty_cell_changes_nothing_and_a_full_one_does(world):
    bring(world, text(AINO))
    report = bring(world, text(f";;;{CODE};;;new@example.org;"))
    came = the(world)
    assert counts(report)["updated"] == 1
    assert came.office_number == "77"
    assert (came.details.phone, came.details.email) == ("+358 40 123 4567", "new@example.org")


def test_what_was_edited_by_hand_is_kept_and_told(world):
    bring(world, text(AINO))
    came = the(world)
    came.details.email = "by.hand@example.org"
    came.details.save()
    came.edited_by_hand = ["email"]
    came.save()
    report = bring(world, text(AINO))
    assert counts(report)["unchanged"] == 1
    told = first(report, "edited_by_hand")
    assert (told.line, told.column, told.outcome) == (2, "G", "doubtful")
    assert the(world).details.email == "by.hand@example.org"


def test_a_person_is_found_by_code_then_number_then_name_and_phone(world):
    bring(world, text(AINO))
    for row in (
        f";Haapaoja;Veera;{CODE};;;;",
        "77;Haapaoja;Veera;;;;;",
        ";HAAPAOJA;veera;;4.5.1990;+358401234567;;",
        ";Haapaoja;Veera;;4.5.1990;;VEERA@example.org;",
    ):
        report = bring(world, text(row))
        assert counts(report)["unchanged"] == 1, row
    report = bring(world, text(";Haapaoja;Veera;;4.5.1990;0409999999;;Kärkölä"))
    assert counts(report)["created"] == 1
    assert "likely_same_name" in codes(report)


def test_two_candidates_are_refused_and_both_named(world):
    bring(world, text(AINO, f"78;Suonpää;Onni;{OTHER};;;;Kärkölä"))
    report = bring(world, text(f"78;Haapaoja;Veera;{CODE};;;;"))
    assert counts(report)["refused"] == 1
    said = words(world, report)
    assert "Veera Haapaoja (77)" in said and "Onni Suonpää (78)" in said


def test_a_number_of_another_and_another_name_are_refused(world):
    bring(world, text(AINO))
    report = bring(world, text(f"77;Haapaoja;Veera;{OTHER};;;;", f";Summa;Pekka;{CODE};;;;"))
    assert codes(report) == {"number_of_another", "name_differs"}
    assert the(world).first_names == "Veera Kaisa"


def test_a_coach_is_found_as_offices_write_them(world):
    header = HEADER + ";Valmentaja"
    rows = [
        f"{n};Koe{n};Eeva;;{n + 1}.1.1990;;;Kärkölä;{coach}"
        for n, coach in enumerate(["Aino E.", "Esimerkki Aino", "aino@example.org", "Kukatahansa"])
    ]
    report = bring(world, text(*rows, header=header))
    lake(world)
    own = Relation.objects.filter(
        kind="own", user=world.people["aino"], client__last_name__startswith="Koe"
    )
    assert own.count() == 3
    told = first(report, "coach_unknown")
    assert (told.line, told.column, told.heading) == (5, "I", "Valmentaja")
    team = Relation.objects.filter(kind="team", client__last_name__startswith="Koe")
    assert {tie.team_id for tie in team} == {world.teams["lake"].id}
    assert team.count() == 4


def test_nobodys_coach_is_changed(world):
    header = HEADER + ";Valmentaja"
    row = "5;Koe;Eeva;;1.1.1990;;;Kärkölä;"
    bring(world, text(row + "Aino Esimerkki", header=header))
    report = bring(world, text(row + "Bengt Esimerkki", header=header))
    assert codes(report) == {"coach_differs"}
    lake(world)
    assert Relation.objects.get(client__last_name="Koe", kind="own").user == world.people["aino"]


def test_another_areas_people_are_refused_and_a_move_is_only_told(world):
    register = world.areas["lake"]
    register.area = EmploymentArea.objects.get(code="31")
    register.save()
    bring(world, text(AINO))
    report = bring(
        world,
        text(
            f"77;Haapaoja;Veera;{CODE};;;;Vantaa",
            "90;Outolampi;Esa;;1.2.1980;;;Vantaa",
            "91;Outolampi;Ulla;;1.2.1981;;;588",
            "92;Outolampi;Riku;;1.2.1982;;;Hollola",
        ),
    )
    assert counts(report) == {"created": 1, "updated": 0, "unchanged": 1, "refused": 2}
    outside, merged = first(report, "municipality_outside"), first(report, "municipality_unknown")
    assert (outside.line, outside.column) == (3, "H")
    assert (merged.line, merged.column) == (4, "H")
    assert "588" in words(world, report)
    assert first(report, "moved_outside").line == 2
    assert the(world).municipality_id == "316"


def test_closed_and_dead_people_are_refused_and_named(world):
    bring(world, text(AINO, f"78;Suonpää;Onni;{OTHER};;;;Kärkölä"))
    came, dead = the(world), the(world, "Suonpää")
    Client.objects.filter(pk=came.pk).update(closed_on=clock.today())
    Client.objects.filter(pk=dead.pk).update(closed_on=clock.today(), died_on=clock.today())
    report = bring(world, text(AINO, f"78;Suonpää;Onni;{OTHER};;;x@example.org;"))
    assert codes(report) == {"client_closed", "client_died"}
    assert the(world, "Suonpää").details.email == ""


def test_the_same_code_in_another_register_is_another_person(world):
    bring(world, text(AINO), area="river")
    bring(world, text(AINO.replace("veera@", "lake@")))
    world.enter("river")
    foreign = Client.objects.get(last_name="Haapaoja")
    assert foreign.details.email == "veera@example.org"
    assert the(world).id != foreign.id


def test_the_days_of_the_sheet_become_contacts_and_a_plan_once(world):
    today = clock.today()
    header = HEADER + ";Ilmoittautunut;Alkuhaastattelu;Viimeisin yhteydenotto;Seuraava yhteydenotto"
    ahead = date(today.year + 1, 1, 8)
    row = f"{AINO};1.9.2026;3.9.2026;10.9.2026;{ahead:%d.%m.%Y}"
    for _again in range(2):
        bring(world, text(row, header=header))
    came = the(world)
    assert [c.purpose for c in Contact.objects.filter(client=came).order_by("at")] == [
        "initial",
        "coaching",
    ]
    rhythm = Rhythm.objects.get(client=came)
    assert (rhythm.initial_interview_on, rhythm.next_on) == (date(2026, 9, 3), ahead)
    assert rhythm.discussion_due_on is not None


def test_a_dry_run_tells_what_the_import_does_and_does_nothing(world):
    sheet = messy_office_sheet(300, today=clock.today(), broken=18, twice=20, seed=3)
    lake(world)
    before = Client.objects.count()
    tried = bring(world, sheet.data, dry=True, size=50)
    lake(world)
    assert Client.objects.count() == before
    done = bring(world, sheet.data, size=50)
    assert counts(tried) == counts(done)
    assert Counter(row.code for row in tried.rows) == Counter(row.code for row in done.rows)


def test_a_row_that_the_register_refuses_leaves_the_others(world, monkeypatch):
    whole = loading.insert

    def insert(rows):
        if any(getattr(row, "last_name", "") == "Rikkinäinen" for row in rows):
            for row in rows:
                if row.last_name == "Rikkinäinen":
                    row.status = "too long"
        return whole(rows)

    monkeypatch.setattr(loading, "insert", insert)
    rows = [f"{n};Ehjä{n};Eeva;;1.1.199{n};;;Kärkölä" for n in range(3)]
    report = bring(world, text(rows[0], "9;Rikkinäinen;Esa;;1.2.1980;;;Kärkölä", *rows[1:]))
    assert counts(report) == {"created": 3, "updated": 0, "unchanged": 0, "refused": 1}
    assert first(report, "database_refused").line == 3
    lake(world)
    assert not Client.objects.filter(last_name="Rikkinäinen").exists()
    assert Relation.objects.filter(client__last_name__startswith="Ehjä", kind="team").count() == 3


def test_a_sheet_cut_anywhere_and_then_whole_ends_as_the_whole_alone(world):
    rows = [
        f"{n};Haapa{'abcdefgh'[n]}oja;Eino Onni;{artificial_code(date(1980, 2, 3), 920 + n)};;"
        f"04012345{n:02};eino{n}@example.org;Kärkölä"
        for n in range(8)
    ]
    whole = text(*rows)

    def state():
        lake(world)
        return sorted(
            Client.objects.filter(last_name__startswith="Haapa").values_list(
                "office_number",
                "last_name",
                "first_names",
                "details__phone",
                "details__email",
                "municipality_id",
                "born",
            )  # fmt: skip
        )

    bring(world, whole)
    expected = state()
    assert len(expected) == 8
    for end in range(len(HEADER) + 20, len(whole), 100):
        Client.objects.filter(last_name__startswith="Haapa").delete()
        bring(world, whole[:end])
        bring(world, whole)
        assert state() == expected, end


def test_each_batch_leaves_one_entry_with_the_people_and_no_name(world):
    rows = [f"{n};Haapa{n};Eeva;;{n + 1}.1.1990;;;Kärkölä" for n in range(5)]
    lake(world)
    before = AuditEntry.objects.count()
    bring(world, text(*rows), size=2)
    lake(world)
    made = list(AuditEntry.objects.order_by("id"))[before:]
    assert [entry.action for entry in made] == ["exchange.import_batch"] * 3
    ids = set(Client.objects.filter(last_name__startswith="Haapa").values_list("id", flat=True))
    assert {one for entry in made for one in entry.shown} == ids
    assert all("import " in entry.reason and "Haapa" not in entry.reason for entry in made)


def test_only_a_lead_or_the_software_imports(world):
    assert counts(bring(world, text(AINO), who="lahja"))["created"] == 1
    for who in ("aino", "gus", "elli"):
        with pytest.raises(Refused):
            bring(world, text(f"78;Suonpää;Onni;{OTHER};;;;Kärkölä"), who=who)
    lake(world)
    assert not Client.objects.filter(last_name="Suonpää").exists()


def test_every_refused_row_has_its_line_and_a_reason_in_words(world):
    sheet = messy_office_sheet(300, today=clock.today(), broken=27, twice=0)
    report = bring(world, sheet.data)
    refused = [row for row in report.rows if row.outcome == "refused"]
    assert len(refused) >= 27
    assert all(row.line for row in refused)
    found = Counter(row.code for row in refused)
    for code, number in sheet.refused.items():
        assert found[code] >= number - 2, code
    in_a_cell = [row for row in refused if row.code.startswith(("date_", "identity_", "munici"))]
    assert in_a_cell and all(row.column and row.heading for row in in_a_cell)
    assert "%(" not in words(world, report)
