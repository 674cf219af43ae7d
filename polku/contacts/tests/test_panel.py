"""The panel logs a call in one press, with what follows from it, or nothing at all."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from polku.clients.models import Client
from polku.contacts import actions, booking, presenters, rhythm
from polku.contacts.models import Appointment, Contact, Reminder, Rhythm
from polku.contacts.tests.conftest import told
from polku.contacts.trying import next_kind
from polku.foundation import clock
from polku.foundation.models import AuditEntry, OutboxMessage
from polku.rules.calendar import add_working_days

NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
MOST = 12


def address(world, name="devi"):
    return f"/clients/{world.clients[name].id}/contacts/new/"


def entries(world):
    world.enter("lake")
    return AuditEntry.objects.count()


def free_day():
    """Return a working day a good week ahead."""
    return rhythm.next_working_day(clock.today() + timedelta(days=9))


def test_one_press_logs_what_was_said(world, signed_in):
    browser = signed_in("aino")
    before = entries(world)
    answer = browser.post(address(world), told(task_text=["CV"], task_due=["2026-12-31"]))
    assert answer.status_code == 302
    world.enter("lake")
    contact = Contact.objects.get()
    assert answer["Location"].endswith(f"/contacts/{contact.id}/")
    assert (contact.agreed, contact.minutes) == ("Soitan kirjastoon.", 6)
    assert contact.tasks == [{"text": "CV", "due_on": "2026-12-31"}]
    assert entries(world) == before + 1


def test_no_answer_is_an_attempt_with_the_next_try_suggested(world, signed_in):
    browser = signed_in("aino")
    page = browser.get(address(world) + "?reached=0").content.decode()
    tomorrow = add_working_days(clock.today(), 1).isoformat()
    assert f'value="{tomorrow}"' in page
    browser.post(address(world), told(reached="0", agreed="", next_on=tomorrow))
    world.enter("lake")
    row = Rhythm.objects.get(client=world.clients["devi"])
    assert (row.attempts, row.first_contact_at) == (1, None)
    assert row.next_on == date.fromisoformat(tomorrow)


def test_the_first_interview_is_suggested_until_it_is_held(world, signed_in):
    browser = signed_in("aino")
    with translation.override("fi"):
        assert '<option value="initial" selected>' in browser.get(address(world)).content.decode()
    browser.post(address(world), told(purpose="initial"))
    assert '<option value="coaching" selected>' in browser.get(address(world)).content.decode()


def test_a_booking_and_a_reminder_are_made_in_the_same_go(world, signed_in):
    browser = signed_in("aino")
    before = entries(world)
    day = free_day()
    sent = told(
        book_day=day.isoformat(), book_time="09:00", book_minutes="45", book_kind="visit",
        book_place="Kunnantalo", remind_on=day.isoformat(), remind_text="Ota esite mukaan",
    )  # fmt: skip
    browser.post(address(world), sent)
    world.enter("lake")
    booked = Appointment.objects.get()
    assert (booked.place, clock.local(booked.starts_at).hour) == ("Kunnantalo", 9)
    assert Reminder.objects.get().text == "Ota esite mukaan"
    assert OutboxMessage.objects.get().kind == "appointment_booked"
    assert entries(world) == before + 1


def test_a_taken_time_writes_nothing_and_offers_others(world, signed_in):
    day = free_day()
    starts = (
        clock.now()
        .astimezone(clock.HELSINKI)
        .replace(
            year=day.year, month=day.month, day=day.day, hour=9, minute=0, second=0, microsecond=0
        )
    )
    aino = world.enter_as("aino")
    booking.book(
        Client.objects.get(pk=world.clients["devi"].pk), by=aino, at=clock.now(),
        worker_id=aino.user_id, starts_at=starts, ends_at=starts + timedelta(minutes=45),
    )  # fmt: skip
    page = signed_in("aino").post(
        address(world), told(book_day=day.isoformat(), book_time="09:15", book_minutes="45")
    )
    assert page.status_code == 200
    text = page.content.decode()
    assert "Soitan kirjastoon." in text
    assert f'data-fill-time="{day.isoformat()}T09:45"' in text
    world.enter("lake")
    assert Contact.objects.count() == 0


def test_a_booked_time_is_held_by_logging_it(world, signed_in):
    aino = world.enter_as("aino")
    starts = clock.now() - timedelta(hours=1)
    booked = booking.book(
        Client.objects.get(pk=world.clients["devi"].pk), by=aino, at=clock.now(),
        worker_id=aino.user_id, starts_at=starts, ends_at=starts + timedelta(minutes=30),
        purpose="discussion",
    )  # fmt: skip
    browser = signed_in("aino")
    page = browser.get(f"{address(world)}?appointment={booked.id}").content.decode()
    assert '<option value="discussion" selected>' in page
    browser.post(address(world), told(kind="visit", appointment=str(booked.id)))
    world.enter("lake")
    booked.refresh_from_db()
    assert (booked.status, booked.contact_id) == ("held", Contact.objects.get().id)


def test_the_panel_shows_the_text_to_copy_at_once(world, signed_in):
    answer = signed_in("aino").post(address(world), told(), headers={"X-Polku-Panel": "1"})
    assert answer.status_code == 200
    assert "data-copied-url" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("day", "2099-01-01", "day"),
        ("kind", "telepathy", "kind"),
        ("minutes", "-3", "minutes"),
        ("next_on", "2020-01-01", "next_on"),
        ("book_time", "09:00", "book_day"),
        ("remind_text", "Muista", "remind_on"),
    ],
)
def test_bad_input_keeps_the_words_and_says_where(world, signed_in, field, value, problem):
    page = signed_in("aino").post(address(world), told(**{field: value})).content.decode()
    assert "Soitan kirjastoon." in page
    assert f'id="id_{problem}_error"' in page or f'href="#id_{problem}' in page
    world.enter("lake")
    assert Contact.objects.count() == 0


def test_a_task_with_a_day_but_no_text_is_asked_about(world, signed_in):
    sent = told(task_text=[""], task_due=["2026-12-31"])
    page = signed_in("aino").post(address(world), sent)
    assert page.status_code == 200
    world.enter("lake")
    assert Contact.objects.count() == 0


def test_the_panel_asks_few_things_of_the_database(world, signed_in):
    browser = signed_in("aino")
    browser.get(address(world))
    with CaptureQueriesContext(connection) as asked:
        browser.get(address(world))
    counted = [q["sql"] for q in asked if not q["sql"].startswith(NOT_COUNTED)]
    assert len(counted) <= MOST, "\n".join(counted)


@pytest.mark.parametrize("name", ["gus", "elli"])
def test_who_does_not_coach_gets_no_panel(world, signed_in, name):
    assert signed_in(name).get(address(world)).status_code == 403


@pytest.mark.parametrize("name", ["bengt", "carita"])
def test_a_client_of_another_coach_or_register_is_not_there(world, signed_in, name):
    browser = signed_in(name)
    foreign = browser.get(address(world))
    absent = browser.get("/clients/00000000-0000-4000-8000-000000000000/contacts/new/")
    assert foreign.status_code == absent.status_code == 404
    assert browser.post(address(world), told()).status_code == 404


def test_the_lead_of_the_team_may_log(world, signed_in):
    assert signed_in("lahja").get(address(world)).status_code == 200


def _tries(world, *kinds):
    world.enter("lake")
    client = Client.objects.get(pk=world.clients["devi"].id)
    for number, kind in enumerate(kinds):
        by = world.viewers["aino"]
        moment = clock.now() - timedelta(hours=9 - number)
        actions.log(
            client, by=by, at=moment, when=moment, kind=kind, purpose="coaching", reached=False
        )


@pytest.mark.parametrize(
    ("kinds", "after"),
    [((), "call"), (("call",), "sms"), (("call", "call", "sms"), "letter")],
)
def test_the_next_try_is_filled_in_as_my_day_will_advise(world, signed_in, kinds, after):
    _tries(world, *kinds)
    page = signed_in("aino").get(address(world) + "?reached=0").content.decode()
    how = page.split('name="next_kind"')[1].split("</select>")[0]
    assert f'<option value="{after}" selected>' in how
    assert f'data-kind-after-try="{after}"' in page
    _tries(world, "call")
    advised = next_kind(["call", *reversed(kinds)], len(kinds) + 1)
    assert advised == after


def test_tries_are_since_the_last_contact_only_when_there_was_one(world):
    today = clock.today()
    never = Rhythm(attempts=2)
    once = Rhythm(attempts=2, last_reached_at=clock.now())
    with translation.override("fi"):
        assert presenters.standing_words(never, today) == "Ei vielä tavoitettu, 2 yritystä"
        assert presenters.standing_words(once, today).endswith("2 yritystä sen jälkeen")


def test_the_reminder_says_the_name_once_on_a_page_and_in_the_panel(world, signed_in):
    here = f"/clients/{world.clients['devi'].id}/reminders/new/"
    for headers, count in (({}, 1), ({"X-Polku-Panel": "1"}, 2)):
        page = signed_in("aino").get(here, headers=headers).content.decode()
        assert page.split("<main", 1)[1].count("Koivunen") == count
