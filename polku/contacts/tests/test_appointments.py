"""A time is booked once, moved, cancelled and taken back; what is taken is said kindly."""

import re
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from polku.clients import careful, lifecycle
from polku.clients.models import Client
from polku.contacts import booking, reading, rhythm
from polku.contacts.models import Appointment, Reminder
from polku.foundation import clock
from polku.foundation.models import AuditEntry, OutboxMessage


def day(ahead=9):
    return rhythm.next_working_day(clock.today() + timedelta(days=ahead))


def sent(**more):
    return {
        "day": day().isoformat(),
        "time": "09:00",
        "minutes": "45",
        "kind": "visit",
        "purpose": "coaching",
        "place": "Kunnantalo",
        "language": "fi",
        "tell": "on",
        "submission": str(uuid4()),
        "save": "1",
        **more,
    }


def new(world, name="devi"):
    return f"/clients/{world.clients[name].id}/appointments/new/"


def one(booked, what=""):
    return f"/clients/{booked.client_id}/appointments/{booked.id}/{what}"


@pytest.fixture
def booked(world, signed_in):
    signed_in("aino").post(new(world), sent())
    world.enter("lake")
    return Appointment.objects.get()


def messages(world):
    world.enter("lake")
    return list(OutboxMessage.objects.order_by("created_at").values_list("kind", "status"))


def test_booking_writes_the_invitation(world, booked):
    assert booked.status == "confirmed"
    assert messages(world) == [("appointment_booked", "waiting")]
    assert "Kunnantalo" in OutboxMessage.objects.get().body


def test_looking_at_another_day_books_nothing_and_keeps_the_words(world, signed_in):
    page = signed_in("aino").post(new(world), sent(note="Ota CV mukaan.", look="1"))
    assert "Ota CV mukaan." in page.content.decode()
    world.enter("lake")
    assert not Appointment.objects.exists()


def test_picking_a_free_time_fills_it_in(world, signed_in):
    wanted = day(12)
    text = signed_in("aino").post(new(world), sent(pick=f"{wanted}T13:15")).content.decode()
    assert f'value="{wanted}"' in text
    assert 'value="13:15"' in text


def test_a_taken_time_is_said_kindly_with_others_and_nothing_lost(world, signed_in, booked):
    browser = signed_in("aino")
    page = browser.post(new(world), sent(time="09:30", note="Ota CV mukaan."))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Ota CV mukaan." in text
    assert len(set(re.findall(r'name="pick" value="([\dT:-]+)"', text))) >= 3
    assert f'value="{day()}T09:45"' in text
    world.enter("lake")
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(("wrong", "field"), [
    ({"time": "03:05"}, "time"), ({"time": "19:45"}, "time"), ({"day": "2027-12-26"}, "day"),
])  # fmt: skip
def test_a_time_that_looks_like_a_slip_is_asked_about_once(world, signed_in, wrong, field):
    browser = signed_in("aino")
    page = browser.post(new(world), sent(**wrong))
    assert list(page.context["form"].errors) == [field]
    world.enter("lake")
    assert not Appointment.objects.exists()
    assert browser.post(new(world), sent(**wrong, odd="on")).status_code == 302
    world.enter("lake")
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("gone", ["2020-01-02", "0001-01-01", "9999-12-31", "20-1-1"])
def test_a_day_that_cannot_be_is_told_at_its_field_and_nothing_is_lost(world, signed_in, gone):
    page = signed_in("aino").post(new(world), sent(day=gone, note="Ota CV mukaan."))
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["day"])
    assert "Ota CV mukaan." in page.content.decode()


@pytest.mark.parametrize("on", ["0027-01-01", "9999-12-31", "x", "\0"])
def test_a_day_in_the_address_that_nobody_means_is_passed_by(world, signed_in, on):
    assert signed_in("aino").get(new(world), {"on": on}).status_code == 200


def test_a_meeting_needs_a_place_and_a_call_does_not(world, signed_in):
    browser = signed_in("aino")
    page = browser.post(new(world), sent(place=""))
    assert list(page.context["form"].errors) == ["place"]
    assert browser.post(new(world), sent(place="", kind="call")).status_code == 302


def test_moving_tells_the_client(world, signed_in, booked):
    browser = signed_in("aino")
    answer = browser.post(one(booked, "move/"), sent(time="13:00", version="1"))
    assert answer.status_code == 302
    world.enter("lake")
    booked.refresh_from_db()
    assert clock.local(booked.starts_at).hour == 13
    assert messages(world)[-1][0] == "appointment_moved"


def test_changing_the_place_alone_sends_nothing(world, signed_in, booked):
    signed_in("aino").post(one(booked, "move/"), sent(place="Kirjasto", version="1"))
    assert [kind for kind, _status in messages(world)] == ["appointment_booked"]
    booked.refresh_from_db()
    assert booked.place == "Kirjasto"


def test_moving_what_was_moved_meanwhile_asks_first(world, signed_in, booked):
    browser = signed_in("aino")
    browser.post(one(booked, "move/"), sent(time="13:00", version="1"))
    page = browser.post(one(booked, "move/"), sent(time="14:00", version="1"))
    assert page.status_code == 200
    assert 'name="version" value="2"' in page.content.decode()
    world.enter("lake")
    booked.refresh_from_db()
    assert clock.local(booked.starts_at).hour == 13


def test_undoing_a_cancellation_holds_its_message_back(world, signed_in, booked):
    browser = signed_in("aino")
    browser.post(one(booked, "cancelled/"))
    assert messages(world)[-1] == ("appointment_cancelled", "waiting")
    browser.post(one(booked, "confirmed/") + "?undo")
    assert messages(world) == [
        ("appointment_booked", "waiting"), ("appointment_cancelled", "stopped"),
    ]  # fmt: skip
    booked.refresh_from_db()
    assert booked.status == "confirmed"


def test_undoing_after_the_message_went_tells_that_the_time_stands(world, signed_in, booked):
    browser = signed_in("aino")
    browser.post(one(booked, "cancelled/"))
    world.enter("lake")
    OutboxMessage.objects.filter(kind="appointment_cancelled").update(
        status="sent", sent_at=clock.now()
    )
    browser.post(one(booked, "confirmed/") + "?undo")
    assert messages(world)[-1][0] == "appointment_stands"


def test_a_cancelled_time_that_was_given_away_does_not_come_back(world, signed_in, booked):
    browser = signed_in("aino")
    browser.post(one(booked, "cancelled/"))
    browser.post(new(world), sent())
    browser.post(one(booked, "confirmed/") + "?undo")
    world.enter("lake")
    booked.refresh_from_db()
    assert booked.status == "cancelled"


def test_a_missed_time_says_on_whose_side_and_why(world, signed_in, booked):
    sent_form = {"missed_by": "client", "missed_reason": "Lapsi sairastui"}
    answer = signed_in("aino").post(one(booked, "missed/"), sent_form)
    assert answer["Location"] == new(world)
    world.enter("lake")
    booked.refresh_from_db()
    assert (booked.status, booked.missed_reason) == ("missed", "Lapsi sairastui")


def test_what_is_held_is_not_cancelled(world, signed_in, booked):
    world.enter("lake")
    Appointment.objects.update(status="held")
    signed_in("aino").post(one(booked, "cancelled/"))
    world.enter("lake")
    booked.refresh_from_db()
    assert booked.status == "held"


def test_under_a_ban_no_page_and_no_message_holds_the_place(world, signed_in):
    lifecycle.set_ban(world.clients["devi"], by=world.enter_as("aino"), at=clock.now())
    browser = signed_in("aino")
    given = sent(place="Salainen satama 3", note="Salainen satama 3")
    warned = browser.post(new(world), given).content.decode()
    kept = re.search(rf'name="{careful.KEEP}" value="(\w+)"', warned)
    browser.post(new(world), given | {careful.KEEP: kept[1]})
    world.enter("lake")
    booked = Appointment.objects.get()
    for url in (one(booked), one(booked, "move/"), new(world)):
        assert "satama" not in browser.get(url).content.decode().replace(booked.note, "")
    world.enter("lake")
    assert "satama" not in OutboxMessage.objects.get().body


@pytest.mark.parametrize(
    ("name", "status"), [("bengt", 404), ("carita", 404), ("gus", 403), ("elli", 403)]
)
def test_who_has_no_relation_does_nothing(world, signed_in, booked, name, status):
    browser = signed_in(name)
    for url in (new(world), one(booked), one(booked, "move/"), one(booked, "missed/")):
        assert browser.get(url).status_code == status
    assert browser.post(one(booked, "cancelled/")).status_code == status
    assert browser.post(new(world), sent()).status_code == status
    world.enter("lake")
    booked.refresh_from_db()
    assert booked.status == "confirmed"


def test_the_lead_may_move(signed_in, booked):
    assert signed_in("lahja").get(one(booked, "move/")).status_code == 200


def test_other_clients_are_not_named_on_the_day(world, signed_in, booked):
    from polku.teamwork import assignments

    world.enter("lake")
    assignments.begin(
        register_id=world.areas["lake"].id, client_id=world.clients["stranger"].id, kind="cover",
        user_id=world.people["aino"].id, at=clock.now(),
    )  # fmt: skip
    page = signed_in("aino").get(f"{new(world, 'stranger')}?on={day()}").content.decode()
    assert "9.00–9.45" in page
    assert "Koivunen" not in page


def test_every_request_leaves_one_entry(world, signed_in, booked):
    browser = signed_in("aino")
    steps = [
        lambda: browser.get(new(world)),
        lambda: browser.post(new(world), sent(look="1")),
        lambda: browser.get(one(booked)),
        lambda: browser.get(one(booked, "move/")),
        lambda: browser.post(one(booked, "move/"), sent(time="13:00", version="1")),
        lambda: browser.post(one(booked, "cancelled/")),
        lambda: browser.get(one(booked, "missed/")),
        lambda: browser.get("/drafts/"),
        lambda: browser.get("/drafts/key/"),
    ]
    for nth, step in enumerate(steps):
        world.enter("lake")
        before = AuditEntry.objects.count()
        step()
        world.enter("lake")
        assert AuditEntry.objects.count() == before + 1, nth


def test_a_reminder_is_made_done_and_put_back(world, signed_in):
    browser = signed_in("aino")
    form = {"text": "Soita", "on": day().isoformat(), "submission": str(uuid4())}
    url = f"/clients/{world.clients['devi'].id}/reminders/"
    browser.post(url + "new/", form)
    browser.post(url + "new/", form)
    world.enter("lake")
    made = Reminder.objects.get()
    browser.post(f"{url}{made.id}/done/", {"next": "/drafts/"})
    world.enter("lake")
    made.refresh_from_db()
    assert made.done_by_id == world.people["aino"].id
    browser.post(f"{url}{made.id}/undone/")
    world.enter("lake")
    made.refresh_from_db()
    assert made.done_at is None
    assert signed_in("lahja").post(f"{url}{made.id}/done/").status_code == 404


def test_a_reminder_leads_nowhere_else(world, signed_in):
    browser = signed_in("aino")
    form = {"text": "Soita", "on": day().isoformat(), "next": "https://evil.example/"}
    answer = browser.post(f"/clients/{world.clients['devi'].id}/reminders/new/", form)
    assert answer["Location"] == "/"


def test_the_mail_page_is_the_demos(world, signed_in, booked, settings):
    browser = signed_in("aino")
    assert browser.get("/mail/").status_code == 404
    settings.DEMO = True
    assert "Kunnantalo" in browser.get("/mail/").content.decode()
    assert "Kunnantalo" not in signed_in("bengt").get("/mail/").content.decode()
    assert "Kunnantalo" not in signed_in("carita").get("/mail/").content.decode()
    assert signed_in("elli").get("/mail/").status_code == 403


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_invitation_is_in_the_clients_language(world, language):
    aino = world.enter_as("aino")
    Client.objects.filter(pk=world.clients["devi"].pk).update(service_language=language)
    client = Client.objects.get(pk=world.clients["devi"].pk)
    starts = datetime(2026, 12, 1, 9, 0, tzinfo=clock.HELSINKI)
    with translation.override("en"):
        booking.book(
            client, by=aino, at=clock.now(), worker_id=aino.user_id, starts_at=starts,
            ends_at=starts + timedelta(minutes=45), place="Kirjasto",
        )  # fmt: skip
    body = OutboxMessage.objects.get().body
    day_name = {"fi": "tiistai", "sv": "tisdag", "en": "Tuesday"}[language]
    assert f"{day_name} 1.12.2026" in body.replace("Tisdag", "tisdag").replace("Tiistai", "tiistai")


def test_the_times_taken_are_the_workers_and_the_clients(world, booked):
    bengt = world.enter_as("bengt")
    always = (date(2020, 1, 1), date(2099, 1, 1))
    assert len(reading.busy(bengt, world.clients["devi"].id, *always)) == 1
    assert reading.busy(bengt, world.clients["stranger"].id, *always) == []
