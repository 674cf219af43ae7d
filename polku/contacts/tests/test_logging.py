"""A contact is logged once, moves the rhythm, and stops the clock only when someone was reached."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from polku.contacts import actions
from polku.contacts.models import Contact, Rhythm
from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.foundation.permissions import Refused

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=clock.HELSINKI)


def _log(world, name="aino", **more):
    settings = {"when": NOON, "kind": "call", "purpose": "coaching"} | more
    return actions.log(world.clients["devi"], by=world.enter_as(name), at=clock.now(), **settings)


def _rhythm(world):
    return Rhythm.objects.get(client=world.clients["devi"])


def test_an_attempt_is_counted_and_stops_no_clock(world):
    due = (world.enter_as("aino"), _rhythm(world).interview_due_on)[1]
    _log(world, reached=False)
    _log(world, reached=False, when=NOON + timedelta(hours=3))
    rhythm = _rhythm(world)
    assert (rhythm.attempts, rhythm.first_contact_at) == (2, None)
    assert rhythm.interview_due_on == due is not None
    assert rhythm.initial_interview_on is None


def test_reaching_someone_starts_the_count_anew(world):
    _log(world, reached=False)
    _log(world, purpose="initial", when=NOON + timedelta(days=1))
    rhythm = _rhythm(world)
    assert (rhythm.attempts, rhythm.initial_interview_on) == (0, date(2026, 11, 19))
    assert rhythm.discussion_due_on == date(2027, 2, 19)


def test_the_same_submission_twice_is_one_contact(world):
    key = uuid4()
    first = _log(world, submission=key, agreed="Soitan maanantaina.")
    second = _log(world, submission=key, agreed="Soitan maanantaina.")
    assert first.pk == second.pk
    assert Contact.objects.count() == 1


def test_control_without_a_submission_two_clicks_are_two_contacts(world):
    _log(world)
    _log(world)
    assert Contact.objects.count() == 2


def test_correcting_brings_the_rhythm_up_to_date(world):
    contact = _log(world, purpose="initial")
    actions.change(contact, by=world.viewers["aino"], at=clock.now(), version=1, reached=False)
    rhythm = _rhythm(world)
    assert (rhythm.initial_interview_on, rhythm.attempts) == (None, 1)


def test_a_change_over_another_is_refused_with_what_stands_now(world):
    contact = _log(world, agreed="Yksi")
    actions.change(contact, by=world.viewers["aino"], at=clock.now(), version=1, agreed="Kaksi")
    with pytest.raises(actions.ChangedMeanwhile) as refused:
        actions.change(contact, by=world.viewers["aino"], at=clock.now(), version=1, agreed="Kolme")
    assert refused.value.theirs.agreed == "Kaksi"


def test_only_the_writer_corrects(world):
    contact = _log(world)
    with pytest.raises(Refused):
        actions.change(contact, by=world.viewers["lahja"], at=clock.now(), version=1, agreed="Muu")


@pytest.mark.parametrize("name", ["gus", "elli"])
def test_who_does_not_coach_does_not_log(world, name):
    with pytest.raises(Refused):
        _log(world, name)


def test_one_entry_tells_the_fields_and_no_values(world):
    _log(world, agreed="salainen sana")
    entry = AuditEntry.objects.filter(action="contacts.log").get()
    assert "agreed" in entry.fields
    assert "salainen" not in repr(entry.__dict__)
