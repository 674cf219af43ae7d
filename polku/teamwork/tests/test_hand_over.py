"""Clients are handed over all or none, with a note, and nothing is lost on the way."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from polku.clients.queries import visible
from polku.contacts import actions as contacts
from polku.contacts import booking
from polku.contacts.models import Appointment, Reminder
from polku.foundation import clock
from polku.foundation.models import AuditEntry, Recusal, Relation
from polku.foundation.permissions import Refused
from polku.teamwork import actions
from polku.teamwork.models import HandOver

NINE = datetime(2027, 1, 11, 9, 0, tzinfo=clock.HELSINKI)


def _hand(world, name="aino", to="bengt", clients=("devi",)):
    return actions.hand_over(
        [world.clients[c].id for c in clients], by=world.enter_as(name), at=clock.now(),
        to_user_id=world.people[to].id, note="Soittoaika iltapäivisin.",
    )  # fmt: skip


def test_the_next_coach_sees_the_client_and_the_former_does_not(world):
    _hand(world)
    assert visible(_now(world.viewers["bengt"])).filter(pk=world.clients["devi"].pk).exists()
    fresh = visible(_now(world.viewers["aino"]))
    assert not fresh.filter(pk=world.clients["devi"].pk).exists()


def _now(viewer):
    return replace(viewer, at=clock.now() + timedelta(seconds=1))


def test_the_note_waits_for_the_next_coach(world):
    _hand(world)
    assert HandOver.objects.get(to_user=world.people["bengt"]).note == "Soittoaika iltapäivisin."


def test_the_history_of_the_assignment_stays(world):
    _hand(world)
    owners = Relation.objects.filter(client=world.clients["devi"], kind="own").order_by("starts_at")
    assert [(r.user_id, r.ends_at is None) for r in owners] == [
        (world.people["aino"].id, False), (world.people["bengt"].id, True),
    ]  # fmt: skip


def test_appointments_and_reminders_go_along(world):
    aino = world.enter_as("aino")
    devi = world.clients["devi"]
    contacts.remind(devi, by=aino, at=clock.now(), on=NINE.date(), text="Soita")
    booking.book(
        devi, by=aino, at=clock.now(), worker_id=aino.user_id,
        starts_at=NINE, ends_at=NINE + timedelta(minutes=30),
    )  # fmt: skip
    _hand(world)
    bengt = world.people["bengt"].id
    assert Reminder.objects.get().worker_id == bengt
    assert Appointment.objects.get().worker_id == bengt


def test_a_coach_hands_over_only_own_clients_all_or_none(world):
    with pytest.raises(Refused):
        _hand(world, clients=("devi", "stranger"))
    assert HandOver.objects.count() == 0


def test_a_lead_hands_over_anyone_of_the_team(world):
    assert len(_hand(world, name="lahja", to="aino", clients=("devi", "stranger"))) == 2


def test_not_to_a_coach_of_another_register(world):
    with pytest.raises(actions.NotATarget):
        _hand(world, to="carita")


def test_not_to_a_worker_with_a_conflict_of_interest(world):
    world.enter("lake")
    Recusal.objects.create(
        register=world.areas["lake"], client=world.clients["devi"], user=world.people["bengt"],
        ground="relative", starts_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(actions.NotATarget):
        _hand(world)


def test_one_entry_lists_all_that_were_handed_over(world):
    _hand(world, name="lahja", to="aino", clients=("devi", "stranger"))
    entry = AuditEntry.objects.filter(action="teamwork.hand_over").get()
    assert set(entry.shown) == {world.clients["devi"].id, world.clients["stranger"].id}
