"""The audit record can't be bent without being found out."""

import pytest
from django.db import DatabaseError, connection, transaction

from polku.foundation import audit, sealing, witness


@pytest.fixture
def sealed(world):
    aino = world.enter_as("aino")
    for number in range(5):
        audit.record(aino, "test.look", client=world.clients["devi"].id, reason=f"nro {number}")
    sealing.seal(aino.register_id)
    audit.record(aino, "test.tail")
    return aino.register_id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_auditentry SET reason = 'x'",
        "DELETE FROM foundation_auditentry",
        "TRUNCATE foundation_auditentry",
        "UPDATE foundation_auditseal SET link = ''",
    ],
)
def test_the_site_can_only_add(sealed, statement):
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_untouched_record_is_whole(sealed):
    assert sealing.verify(sealed) == []


def test_sealing_twice_adds_nothing(sealed):
    assert sealing.seal(sealed) == 1, "the tail"
    assert sealing.seal(sealed) == 0


def test_a_foreign_entry_that_is_added_by_hand_is_found(sealed):
    """Whoever writes with SQL alone lacks the key, in the sealed part as in the tail."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_auditentry (register_id, at, actor_kind, action, shown, fields,"
            " reason, request, mac) VALUES (%s, now(), 'staff', 'forged', '{}', '{}', '', '', %s)",
            [sealed, b"\0" * 32],
        )
    assert [fault.what for fault in sealing.verify(sealed)] == ["changed"]


def test_the_end_of_the_chain_is_noted_outside_the_database(
    world, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.AUDIT_HEADS = tmp_path / "audit"
    aino = world.enter_as("aino")
    for _n in range(3):
        audit.record(aino, "test.look")
    with django_capture_on_commit_callbacks(execute=True):
        sealing.seal(aino.register_id)
    end = witness.head(aino.register_id)
    assert end.number >= 3
    assert sealing.verify(aino.register_id) == []
    # Control: the noted end is one that the chain does not hold.
    witness.note(aino.register_id, witness.Head(end.number + 1, b"x" * 32))
    assert [fault.what for fault in sealing.verify(aino.register_id)] == ["cut"]


def test_a_late_sealer_does_not_take_the_noted_end_back(settings, tmp_path, db):
    settings.AUDIT_HEADS = tmp_path / "audit"
    for number in (2, 1):
        witness.note(None, witness.Head(number, bytes([number] * 32)))
    assert witness.head(None) == witness.Head(2, bytes([2] * 32))
