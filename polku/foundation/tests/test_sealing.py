"""The audit record can't be bent without being found out."""

import pytest
from django.db import DatabaseError, connection, transaction

from polku.foundation import audit, sealing


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
