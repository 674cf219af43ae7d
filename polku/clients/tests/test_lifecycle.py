"""A record is closed, reopened, and ended by death; messages stop when they must."""

from datetime import date

import pytest

from polku.clients import lifecycle
from polku.clients.lifecycle import NotPossible
from polku.clients.models import Episode
from polku.clients.queries import visible
from polku.foundation import clock, outbox
from polku.foundation.models import AuditEntry, OutboxMessage
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
