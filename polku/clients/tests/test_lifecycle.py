"""A record is closed, reopened, and ended by death; messages stop when they must."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from polku.clients import lifecycle
from polku.clients.lifecycle import NotPossible
from polku.clients.models import Episode
from polku.clients.queries import visible
from polku.contacts import actions as contacts
from polku.contacts.models import Rhythm
from polku.foundation import clock, outbox
from polku.foundation.models import AuditEntry, OutboxMessage, Relation
from polku.foundation.permissions import Refused

DAY = date(2026, 11, 2)


def _message(viewer, client):
    return outbox.write(
        by=viewer, at=clock.now(), kind="test", subject="Aika", body="…", client_id=client.id
    )


def test_closing_keeps_reason_outcome_and_history(world):
    aino = world.enter_as("aino")
    client = lifecycle.close(
        world.clients["devi"], by=aino, at=clock.now(), on=DAY, reason="work", outcome="open_market"
    )
    assert client.closed_on == DAY
    again = lifecycle.reopen(
        client, by=aino, at=clock.now(), on=date(2026, 11, 20), referral="registered",
        registered_on=date(2026, 11, 20),
    )  # fmt: skip
    assert again.closed_on is None
    assert list(Episode.objects.order_by("opened_on").filter(client=client).values_list(
        "reason", flat=True)) == ["work", ""]  # fmt: skip


def test_a_record_closes_only_once(world):
    aino = world.enter_as("aino")
    lifecycle.close(
        world.clients["devi"], by=aino, at=clock.now(), on=DAY, reason="work", outcome="unknown"
    )
    with pytest.raises(NotPossible):
        lifecycle.close(
            world.clients["devi"], by=aino, at=clock.now(), on=DAY, reason="work", outcome="unknown"
        )


def test_death_stops_every_message_at_once(world, mailoutbox):
    aino = world.enter_as("aino")
    message = _message(aino, world.clients["devi"])
    lifecycle.record_death(world.clients["devi"], by=aino, at=clock.now(), on=DAY)
    message.refresh_from_db()
    assert message.status == "stopped"
    late = _message(aino, world.clients["devi"])
    assert outbox.send(aino.register_id, late.id) == "stopped"
    assert mailoutbox == []


def test_control_without_a_death_the_message_goes_out(world, mailoutbox):
    aino = world.enter_as("aino")
    message = _message(aino, world.clients["devi"])
    assert outbox.send(aino.register_id, message.id) == "sent"
    assert [m.to for m in mailoutbox] == [["devi@example.org"]]


def test_an_administrator_may_not_close(world):
    gus = world.enter_as("gus")
    with pytest.raises(Refused):
        lifecycle.close(
            world.clients["devi"], by=gus, at=clock.now(), on=DAY, reason="work", outcome="unknown"
        )


def test_each_turn_leaves_one_entry_without_values(world):
    aino = world.enter_as("aino")
    before = AuditEntry.objects.count()
    lifecycle.set_ban(world.clients["devi"], by=aino, at=clock.now(), reason="pyyntö")
    entries = AuditEntry.objects.order_by("id")[before:]
    assert [(e.action, e.client) for e in entries] == [
        ("clients.ban_set", world.clients["devi"].id)
    ]


def test_a_ban_hides_the_person_from_all_but_the_own_coach(world):
    aino = world.enter_as("aino")
    lahja = world.viewers["lahja"]
    devi = world.clients["devi"]
    assert visible(lahja).filter(pk=devi.pk).exists()
    lifecycle.set_ban(devi, by=aino, at=clock.now())
    assert not visible(lahja).filter(pk=devi.pk).exists()
    assert visible(aino).filter(pk=devi.pk).exists()
    assert OutboxMessage.objects.filter(status="waiting").count() == 0


def _stands(client):
    """Return what a death changes of a record, as it stands in the database."""
    client.refresh_from_db()
    rhythm = client.rhythm
    rhythm.refresh_from_db()
    episodes = Episode.objects.filter(client=client).order_by("opened_on")
    relations = Relation.objects.filter(client=client).order_by("id")
    return (
        (client.status, client.closed_on, client.died_on, client.opened_on),
        list(episodes.values("opened_on", "closed_on", "reason", "outcome", "note", "closed_by")),
        (rhythm.next_on, rhythm.interview_due_on, rhythm.discussion_due_on),
        list(relations.values("kind", "user", "team", "starts_at", "ends_at")),
    )


def test_a_death_that_was_none_leaves_the_record_as_it_was(world, mailoutbox):
    aino, devi = world.enter_as("aino"), world.clients["devi"]
    contacts.log(
        devi, by=aino, at=clock.now(), when=clock.now(), kind="call", reached=True,
        purpose="discussion", agreed="CV", next_on=date(2099, 1, 8), submission=uuid4(),
    )  # fmt: skip
    before, message = _stands(devi), _message(aino, devi)
    assert before[2][0] and before[2][2], "control: there is a rhythm to put back"
    lifecycle.record_death(devi, by=aino, at=clock.now(), on=DAY)
    assert _stands(devi) != before, "control: a death does change it"
    lifecycle.undo_death(devi, by=aino, at=clock.now(), reason="Toinen samanniminen")
    assert _stands(devi) == before
    message.refresh_from_db()
    assert message.status == "stopped"
    assert outbox.send(aino.register_id, message.id) == "gone" and mailoutbox == []
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.reason) == ("clients.death_undone", "Toinen samanniminen")


def test_a_date_that_no_contact_planned_comes_back_too(world):
    aino, devi = world.enter_as("aino"), world.clients["devi"]
    Rhythm.objects.filter(client=devi).update(next_on=date(2099, 1, 9), next_kind="visit")
    lifecycle.record_death(devi, by=aino, at=clock.now(), on=DAY)
    devi.rhythm.refresh_from_db()
    assert devi.rhythm.next_on is None, "control: the death takes it away"
    lifecycle.undo_death(devi, by=aino, at=clock.now(), reason="Erehdys")
    devi.rhythm.refresh_from_db()
    assert (devi.rhythm.next_on, devi.rhythm.next_kind) == (date(2099, 1, 9), "visit")


def test_a_date_that_was_given_up_before_the_death_does_not_come_back(world):
    aino, devi = world.enter_as("aino"), world.clients["devi"]
    Rhythm.objects.filter(client=devi).update(next_on=date(2099, 1, 9))
    Rhythm.objects.filter(client=devi).update(next_on=None)
    lifecycle.record_death(devi, by=aino, at=clock.now(), on=DAY)
    lifecycle.undo_death(devi, by=aino, at=clock.now(), reason="Erehdys")
    devi.rhythm.refresh_from_db()
    assert devi.rhythm.next_on is None


def test_nobody_dies_before_being_born_nor_long_before_the_record(world):
    aino, devi = world.enter_as("aino"), world.clients["devi"]
    devi.born = date(1990, 5, 17)
    devi.save(update_fields=["born"])
    with pytest.raises(NotPossible, match="died_before_born"):
        lifecycle.record_death(devi, by=aino, at=clock.now(), on=date(1990, 5, 16))
    with pytest.raises(NotPossible, match="died_long_before"):
        lifecycle.record_death(devi, by=aino, at=clock.now(), on=date(1990, 5, 17))
    lifecycle.record_death(devi, by=aino, at=clock.now(), on=devi.opened_on - timedelta(days=300))


def test_a_record_that_was_closed_before_the_death_stays_closed(world):
    aino, devi = world.enter_as("aino"), world.clients["devi"]
    lifecycle.close(devi, by=aino, at=clock.now(), on=DAY, reason="work", outcome="open_market")
    before = _stands(devi)
    lifecycle.record_death(devi, by=aino, at=clock.now(), on=date(2026, 11, 20))
    lifecycle.undo_death(devi, by=aino, at=clock.now(), reason="Erehdys")
    assert _stands(devi) == before


def test_only_a_death_is_taken_back_and_only_by_who_may_close(world):
    aino, devi = world.enter_as("aino"), world.clients["devi"]
    with pytest.raises(NotPossible):
        lifecycle.undo_death(devi, by=aino, at=clock.now(), reason="Erehdys")
    lifecycle.record_death(devi, by=aino, at=clock.now(), on=DAY)
    with pytest.raises(NotPossible):
        lifecycle.undo_death(devi, by=aino, at=clock.now(), reason=" ")
    with pytest.raises(Refused):
        lifecycle.undo_death(devi, by=world.enter_as("gus"), at=clock.now(), reason="Erehdys")
