"""Contacts and appointments of people who are there, once each, refused with a reason."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from polku.clients import lifecycle
from polku.clients.models import Client, GuardedText
from polku.contacts.models import Appointment, Contact, Rhythm
from polku.exchange.imports.tests.bringing import CODE, bring, codes, counts, first, text
from polku.foundation import clock, walls
from polku.foundation.models import OutboxMessage
from polku.foundation.viewer import system

PEOPLE = "Asiakasnumero;Sukunimi;Etunimet;Hetu;Kotikunta;Ilmoittautunut;Valmentaja"
CONTACTS = "Asiakasnumero;Sukunimi;Etunimi;Päivä;Klo;Tapa;Aihe;Kirjaus;Kirjaaja"
TIMES = "Asiakasnumero;Sukunimi;Etunimi;Päivämäärä;Kellonaika;Kesto;Paikka;Valmentaja"


def people(world):
    bring(
        world,
        text(
            f"77;Haapaoja;Veera;{CODE};Kärkölä;1.9.2026;Aino Esimerkki",
            "78;Suonpää;Onni;;Kärkölä;1.9.2026;Aino Esimerkki",
            header=PEOPLE,
        ),
    )
    world.enter("lake")


def veera(world):
    world.enter("lake")
    return Client.objects.get(last_name="Haapaoja")


def test_a_history_is_taken_once_in_any_order_and_moves_the_rhythm(world):
    people(world)
    rows = [
        "77;Haapaoja;Veera;12.10.2026;10.00;puhelu;;Puhuttiin työkokeilusta;Aino Esimerkki",
        "77;Haapaoja;Veera;3.9.2026;9.30;käynti;Alkuhaastattelu;Tehtiin suunnitelma;Kaisa P.",
        "77;Haapaoja;Veera;5.10.2026;;ei vastannut;;;",
        "77;Haapaoja;Veera;12.10.2026;10.00;puhelu;;Puhuttiin työkokeilusta;Aino Esimerkki",
    ]
    once = bring(world, text(*rows, header=CONTACTS))
    assert counts(once) == {"created": 3, "updated": 0, "unchanged": 1, "refused": 0}
    again = bring(world, text(*reversed(rows), header=CONTACTS))
    assert counts(again)["created"] == 0
    client = veera(world)
    held = list(Contact.objects.filter(client=client).order_by("at"))
    assert [(c.kind, c.purpose, c.reached) for c in held] == [
        ("visit", "initial", True),
        ("call", "coaching", False),
        ("call", "coaching", True),
    ]
    assert (held[0].worker_name, held[0].worker_id) == ("Kaisa P.", None)
    assert held[2].worker_id == world.people["aino"].id
    rhythm = Rhythm.objects.get(client=client)
    assert rhythm.initial_interview_on == date(2026, 9, 3)
    assert clock.local(rhythm.last_reached_at).date() == date(2026, 10, 12)
    assert rhythm.attempts == 0
    assert rhythm.discussion_due_on is not None


def test_a_contact_logged_by_hand_is_not_doubled_and_its_words_stay(world):
    people(world)
    client = veera(world)
    at = datetime.combine(date(2026, 10, 12), time(10), tzinfo=clock.HELSINKI)
    Contact.objects.create(
        register_id=client.register_id, client=client, at=at, kind="call", agreed="By hand",
        created_at=at, changed_at=at,
    )  # fmt: skip
    row = "77;Haapaoja;Veera;12.10.2026;10.00;puhelu;;Toisin;Aino Esimerkki"
    report = bring(world, text(row, header=CONTACTS))
    assert codes(report) == {"contact_differs"}
    assert counts(report)["unchanged"] == 1
    world.enter("lake")
    assert Contact.objects.get(client=client).agreed == "By hand"


def test_contacts_of_nobody_and_of_tomorrow_are_refused(world):
    people(world)
    tomorrow = clock.today() + timedelta(days=1)
    report = bring(
        world,
        text(
            "99;Tuntematon;Esa;12.10.2026;10.00;puhelu;;;",
            f"77;Haapaoja;Veera;{tomorrow:%d.%m.%Y};10.00;puhelu;;;",
            header=CONTACTS,
        ),
    )
    assert codes(report) == {"client_unknown", "contact_to_come"}
    told = first(report, "contact_to_come")
    assert (told.line, told.column) == (3, "D")
    world.enter("lake")
    assert not Client.objects.filter(last_name="Tuntematon").exists()


def coming(days=30):
    return f"{clock.today() + timedelta(days=days):%d.%m.%Y}"


def test_appointments_are_booked_once_and_nobody_is_written_to(world):
    people(world)
    rows = text(
        f"77;Haapaoja;Veera;{coming()};9.00;45 min;Kirjasto;Aino Esimerkki",
        f"78;Suonpää;Onni;{coming()};10.00;;;",
        header=TIMES,
    )
    assert counts(bring(world, rows))["created"] == 2
    assert counts(bring(world, rows)) == {
        "created": 0, "updated": 0, "unchanged": 2, "refused": 0,
    }  # fmt: skip
    world.enter("lake")
    booked = Appointment.objects.get(client=veera(world))
    assert (booked.place, booked.worker) == ("Kirjasto", world.people["aino"])
    assert booked.ends_at - booked.starts_at == timedelta(minutes=45)
    assert not OutboxMessage.objects.exists()


def test_a_taken_time_is_refused_in_a_dry_run_too(world):
    people(world)
    rows = text(
        f"77;Haapaoja;Veera;{coming()};9.00;60 min;;Aino Esimerkki",
        f"78;Suonpää;Onni;{coming()};9.30;60 min;;Aino Esimerkki",
        f"77;Haapaoja;Veera;{coming()};9.30;60 min;;Bengt Esimerkki",
        f"77;Haapaoja;Veera;{coming(-3)};9.30;60 min;;Aino Esimerkki",
        f"77;Haapaoja;Veera;{coming()};;60 min;;Aino Esimerkki",
        header=TIMES,
    )
    for dry in (True, False):
        report = bring(world, rows, dry=dry)
        assert counts(report)["created"] == 1
        assert [(row.line, row.code) for row in report.rows] == [
            (3, "worker_booked"),
            (4, "client_booked"),
            (5, "appointment_past"),
            (6, "time_missing"),
        ]
    world.enter("lake")
    assert Appointment.objects.count() == 1


def test_a_time_cancelled_by_hand_stays_cancelled(world):
    people(world)
    row = text(f"77;Haapaoja;Veera;{coming()};9.00;;;Aino Esimerkki", header=TIMES)
    bring(world, row)
    Appointment.objects.update(status="cancelled")
    report = bring(world, row)
    assert codes(report) == {"appointment_ended"}
    world.enter("lake")
    assert Appointment.objects.get().status == "cancelled"


def test_the_place_of_a_banned_persons_appointment_is_guarded(world):
    people(world)
    client = veera(world)
    lifecycle.set_ban(client, by=system(client.register_id), at=clock.now())
    row = f"77;Haapaoja;Veera;{coming()};9.00;;Turvatalo;Aino Esimerkki"
    bring(world, text(row, header=TIMES))
    world.enter("lake")
    booked = Appointment.objects.get(client=client)
    assert booked.place == ""
    with walls.guarded_open(client.id):
        assert GuardedText.objects.get(about=booked.id).text == "Turvatalo"
