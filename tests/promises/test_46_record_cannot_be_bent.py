"""Promise 46: the record of looks and changes is only ever added to, and bending it is found out.

The site's roles are refused by the database. A superuser is not, so here one really bends the
record, in every way that the kinds below know, and the verification must notice each time.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from polku.foundation import sealing, walls, witness
from polku.foundation.models import AuditEntry, AuditSeal
from polku.launch import for_tests
from tests.promises.bending import (
    ENTRY,
    KINDS,
    SEAL,
    Kind,
    Record,
    copy_entry,
    cut_and_go_on,
    cut_end,
    cut_links,
    delete_both,
    delete_entry,
    delete_link,
    flip_link,
    flip_tail,
    swap_links,
    swap_reasons_in_tail,
)
from tests.promises.promise import Promise, reached

PROMISE = Promise(
    46,
    "The record cannot be bent",
    "UPDATE, DELETE and TRUNCATE refused; 1,000 of 1,000 changes by a superuser found",
    "every statement by every role on both tables; each of 15 kinds of bending twice",
    "Rows deleted in the seconds before they are chained are not found by the chain (the worker "
    "chains every two seconds). Whoever holds the database, the installation's key and the file of "
    "the chains' ends can forge anything: that file belongs on another machine's back-up.",
)
pytestmark = pytest.mark.django_db(transaction=True)

EACH, TORTURE = 2, 1000


@pytest.fixture
def superuser() -> Iterator[psycopg.Connection[Any]]:
    with for_tests.superuser(os.environ["POLKU_DB_NAME"]) as connection:
        yield connection


@pytest.fixture
def record(world: Any, superuser: Any, settings: Any, tmp_path: Path) -> Record:
    settings.AUDIT_HEADS = tmp_path / "audit"
    return Record(world, superuser)


def unfound(record: Record, times: int, kinds: tuple[Kind, ...] = KINDS) -> list[str]:
    """Bend the record so many times, the kinds in turn; return the kinds that went unnoticed."""
    rng, missed = random.Random(46), []
    for number in range(times):
        kind = kinds[number % len(kinds)]
        record.bend(kind(record, rng))
        if not record.faults():
            missed.append(kind.__name__)
        record.restore()
    return missed


def test_each_way_of_bending_is_found(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    assert record.faults() == []
    assert unfound(record, EACH * len(KINDS)) == []
    assert record.faults() == [], "put back, the record is whole again"

    record.bend(cut_end(record, random.Random(1)))
    sealing.seal(record.registers[0], sweep=True)
    assert "cut" in {fault.what for fault in record.faults()}, "though the sealer went on"
    record.restore()

    # Controls: each part of the verification finds what the others do not.
    with monkeypatch.context() as off:
        look = sealing._entries
        off.setattr(sealing, "_entries", lambda rows: (look(rows)[0], []))
        none_found(record, flip_tail, swap_reasons_in_tail, copy_entry)
    with monkeypatch.context() as off:
        off.setattr(sealing, "_links", lambda rows, macs: [])
        none_found(record, flip_link, delete_link, delete_entry, delete_both, swap_links)
    with monkeypatch.context() as off:
        off.setattr(witness, "head", lambda register: None)
        none_found(record, cut_end, cut_links, cut_and_go_on)


def none_found(record: Record, *kinds: Kind) -> None:
    missed = unfound(record, EACH * len(kinds), kinds)
    assert set(missed) == {kind.__name__ for kind in kinds}


@pytest.mark.torture(promise=46)
def test_a_thousand_of_a_thousand_are_found(record: Record) -> None:
    assert unfound(record, TORTURE) == []
    assert record.faults() == []
    reached(46, f"{TORTURE} of {TORTURE} changes by a superuser found, of {len(KINDS)} kinds")


ROLES = ("polku_app", "polku_worker", "polku_search", "polku_backup", "polku_owner")
STATEMENTS = (
    "UPDATE {0} SET register_id = NULL",
    "UPDATE {0} SET id = id + 1 WHERE id = (SELECT min(id) FROM {0})",
    "DELETE FROM {0}",
    "DELETE FROM {0} WHERE id = (SELECT max(id) FROM {0})",
    "TRUNCATE {0}",
    "TRUNCATE {0} CASCADE",
    "INSERT INTO {0} SELECT * FROM {0} ON CONFLICT (id) DO UPDATE SET register_id = NULL",
    "MERGE INTO {0} t USING {0} s ON t.id = s.id WHEN MATCHED THEN DELETE",
)
# What would take the protection itself away. The owner of the tables can: it only migrates.
TAKING_AWAY = (
    "ALTER TABLE {0} DISABLE TRIGGER ALL",
    "ALTER TABLE {0} DISABLE ROW LEVEL SECURITY",
    "DROP TABLE {0}",
    "DROP TRIGGER only_added ON {0}",
    "CREATE POLICY loose ON {0} FOR UPDATE USING (true)",
    "CREATE RULE gone AS ON INSERT TO {0} DO INSTEAD NOTHING",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION polku_only_added() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RETURN NULL; END'",
)


def changed_by(record: Record, role: str, statement: str, *, first: tuple[str, ...] = ()) -> bool:
    """Return whether the role's statement went through and changed something. It is taken back."""
    superuser = record.superuser
    superuser.execute("SET session_replication_role = origin")
    before = record.rows(ENTRY), record.rows(SEAL)
    try:
        with superuser.transaction(force_rollback=True):
            for other in first:
                superuser.execute(other)
            register = [str(record.registers[0])]
            superuser.execute("SELECT set_config('polku.register', %s, true)", register)
            # As the role's own session is: without the superuser's right to come back.
            superuser.execute(f"SET LOCAL SESSION AUTHORIZATION {role}")
            superuser.execute(statement)
            superuser.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
            if statement in {text.format(t) for text in TAKING_AWAY for t in walls.APPEND_ONLY}:
                return True
            return (record.rows(ENTRY), record.rows(SEAL)) != before
    except psycopg.Error as refused:
        assert refused.sqlstate not in {"42601", "42P01", "42883"}, (statement, refused)
        return False


def test_no_role_of_the_site_changes_or_takes_an_entry(record: Record) -> None:
    assert {ENTRY, SEAL} <= set(walls.APPEND_ONLY)
    assert {AuditEntry._meta.db_table, AuditSeal._meta.db_table} == {ENTRY, SEAL}
    tried = [(r, text.format(t)) for r in ROLES for t in (ENTRY, SEAL) for text in STATEMENTS]
    tried += [
        (role, text.format(table))
        for role in ROLES
        if role != "polku_owner"
        for table in (ENTRY, SEAL)
        for text in TAKING_AWAY
    ]
    assert [one for one in tried if changed_by(record, *one)] == []

    # Control: without rights and trigger the site could; the trigger alone holds for the owner too.
    off = (
        f"GRANT ALL ON {ENTRY} TO polku_app",
        f"CREATE POLICY loose ON {ENTRY} USING (true)",
        f"ALTER TABLE {ENTRY} DISABLE TRIGGER USER",
    )
    for text in ("UPDATE {0} SET reason = 'x'", "DELETE FROM {0} WHERE reason <> ''"):
        assert changed_by(record, "polku_app", text.format(ENTRY), first=off)
        assert not changed_by(record, "polku_owner", text.format(ENTRY), first=off[:2])
