"""Promise 46: the record of looks and changes is only ever added to, and bending it is found out.

The site's roles are refused by the database. A superuser is not, so here one really bends the
record, in every way that the kinds below know, and the verification must notice each time.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from polku.foundation import audit, sealing, walls, witness
from polku.foundation.models import AuditEntry, AuditSeal
from polku.launch import for_tests
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

ENTRY, SEAL = "foundation_auditentry", "foundation_auditseal"
EACH, TORTURE = 2, 1000
# Numbers that only keep rows apart, and tell nothing.
WITHOUT_MEANING = {"foundation_auditseal.id"}

Change = tuple[str, list[Any]]
Kind = Callable[["Record", random.Random], list[Change]]


class Record:
    """A record of three chains with a tail, and a superuser who may do anything to it."""

    def __init__(self, world: Any, superuser: psycopg.Connection[Any]) -> None:
        self.superuser = superuser
        self.registers = [world.areas["lake"].id, world.areas["river"].id, None]
        lake, river = world.viewers["aino"], world.viewers["carita"]
        for number in range(24):
            self._look(lake if number % 4 else river, number, world)
        for register in self.registers:
            sealing.seal(register)
        for number in range(24, 32):
            self._look(lake if number % 4 else river, number, world)
        superuser.execute("SET session_replication_role = replica")
        for table in (ENTRY, SEAL):
            superuser.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
        # The verification is judged, not what the table itself refuses: a superuser drops that.
        unique = superuser.execute(
            "SELECT indexrelid::regclass::text, conname FROM pg_index "
            "LEFT JOIN pg_constraint ON conindid = indexrelid "
            "WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary",
            [SEAL],
        ).fetchall()
        for index, constraint in unique:
            superuser.execute(
                f"ALTER TABLE {SEAL} DROP CONSTRAINT {constraint}"
                if constraint
                else f"DROP INDEX {index}"
            )

    def _look(self, viewer: Any, number: int, world: Any) -> None:
        with walls.inside(viewer.register_id):
            client = world.clients["devi" if number % 4 else "foreign"].id
            audit.record(
                viewer, "test.look", client=client, shown=[client], fields=["born"],
                reason=f"nro {number}",
            )  # fmt: skip

    def rows(self, table: str, where: str = "true") -> list[dict[str, Any]]:
        with self.superuser.cursor(row_factory=psycopg.rows.dict_row) as cursor:
            return cursor.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY id").fetchall()

    def sealed(self, rng: random.Random) -> dict[str, Any]:
        return rng.choice(self.rows(ENTRY, f"id IN (SELECT entry FROM {SEAL})"))

    def tail(self, rng: random.Random) -> dict[str, Any]:
        return rng.choice(self.rows(ENTRY, f"id NOT IN (SELECT entry FROM {SEAL})"))

    def seal(self, rng: random.Random) -> dict[str, Any]:
        return rng.choice(self.rows(SEAL))

    def bend(self, changes: list[Change]) -> None:
        for statement, values in changes:
            assert self.superuser.execute(statement, values).rowcount > 0, statement

    def restore(self) -> None:
        for table in (ENTRY, SEAL):
            self.superuser.execute(f"DELETE FROM {table}")
            self.superuser.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")

    def faults(self) -> list[sealing.Fault]:
        return [fault for register in self.registers for fault in sealing.verify(register)]


@pytest.fixture
def superuser() -> Iterator[psycopg.Connection[Any]]:
    with for_tests.superuser(os.environ["POLKU_DB_NAME"]) as connection:
        yield connection


@pytest.fixture
def record(world: Any, superuser: Any, settings: Any, tmp_path: Path) -> Record:
    settings.AUDIT_HEADS = tmp_path / "audit"
    return Record(world, superuser)


def _other(value: Any, rng: random.Random, record: Record, column: str) -> Any:
    """Return another value of the same type: one bit, one letter, one microsecond off."""
    if column == "register_id":
        return rng.choice([r for r in record.registers if r != value])
    if isinstance(value, (bytes, memoryview)):
        bent = bytearray(value)
        bent[rng.randrange(len(bent))] ^= 1 << rng.randrange(8)
        return bytes(bent)
    if isinstance(value, UUID):
        return UUID(int=value.int ^ (1 << rng.randrange(128)))
    if isinstance(value, datetime):
        return value + timedelta(microseconds=rng.choice((-1, 1, 60_000_000)))
    if isinstance(value, int):
        return value + rng.choice((-1_000, 1_000))
    if isinstance(value, list):
        return rng.choice([[], [*value, value[0]], [_other(value[0], rng, record, "")]])
    if isinstance(value, str):
        at = rng.randrange(len(value) + 1)
        return value[:at] + rng.choice("xyz0") + value[at + rng.randrange(2) :]
    return uuid4()


def _flip(table: str, row: dict[str, Any], record: Record, rng: random.Random) -> list[Change]:
    tail = table == ENTRY and not record.rows(SEAL, f"entry = {row['id']}")
    # An entry that is not chained yet has no fixed number: it would only come later in the chain.
    skip = {"id"} if tail or f"{table}.id" in WITHOUT_MEANING else set()
    column = rng.choice([name for name in row if name not in skip])
    value = _other(row[column], rng, record, column)
    while value == row[column]:
        value = _other(row[column], rng, record, column)
    return [(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, row["id"]])]


def flip_sealed(record: Record, rng: random.Random) -> list[Change]:
    return _flip(ENTRY, record.sealed(rng), record, rng)


def flip_tail(record: Record, rng: random.Random) -> list[Change]:
    return _flip(ENTRY, record.tail(rng), record, rng)


def flip_link(record: Record, rng: random.Random) -> list[Change]:
    return _flip(SEAL, record.seal(rng), record, rng)


def delete_entry(record: Record, rng: random.Random) -> list[Change]:
    return [(f"DELETE FROM {ENTRY} WHERE id = %s", [record.sealed(rng)["id"]])]


def delete_link(record: Record, rng: random.Random) -> list[Change]:
    return [(f"DELETE FROM {SEAL} WHERE id = %s", [record.seal(rng)["id"]])]


def delete_both(record: Record, rng: random.Random) -> list[Change]:
    seal = record.seal(rng)
    return [
        (f"DELETE FROM {SEAL} WHERE id = %s", [seal["id"]]),
        (f"DELETE FROM {ENTRY} WHERE id = %s", [seal["entry"]]),
    ]


def delete_and_renumber(record: Record, rng: random.Random) -> list[Change]:
    seals = [s for s in record.rows(SEAL) if s["register_id"] == record.registers[0]]
    seal = rng.choice(seals[:-1])
    later = "register_id = %s AND number > %s"
    return [
        (f"DELETE FROM {SEAL} WHERE id = %s", [seal["id"]]),
        (f"DELETE FROM {ENTRY} WHERE id = %s", [seal["entry"]]),
        (
            f"UPDATE {SEAL} SET number = -number WHERE {later}",
            [seal["register_id"], seal["number"]],
        ),
        (f"UPDATE {SEAL} SET number = -number - 1 WHERE number < 0", []),
    ]


def cut_end(record: Record, rng: random.Random) -> list[Change]:
    """Take the last links with their entries, and all that came after."""
    seals = [s for s in record.rows(SEAL) if s["register_id"] == record.registers[0]]
    first = rng.choice(seals)
    return [
        (
            f"DELETE FROM {ENTRY} WHERE register_id = %s AND id >= %s",
            [first["register_id"], first["entry"]],
        ),
        (
            f"DELETE FROM {SEAL} WHERE register_id = %s AND number >= %s",
            [first["register_id"], first["number"]],
        ),
    ]


def cut_links(record: Record, rng: random.Random) -> list[Change]:
    """Take the chain's end alone, so that its entries look as if they waited to be chained."""
    return cut_end(record, rng)[1:]


def cut_and_go_on(record: Record, rng: random.Random) -> list[Change]:
    """Cut the end, and let the sealer chain on: with the tail's entries where others stood."""
    _entries, links = cut_end(record, rng)
    where = "register_id = %s AND id IN (SELECT entry FROM " + SEAL + ")"
    register, number = links[1]
    taken = (
        f"DELETE FROM {ENTRY} WHERE {where} AND id >= "
        f"(SELECT entry FROM {SEAL} WHERE register_id = %s AND number = %s)",
        [register, register, number],
    )
    record.bend([taken, links])
    sealing.seal(register, sweep=True)
    return []


def _swap(record: Record, table: str, one: Any, two: Any, columns: list[str]) -> list[Change]:
    listed, values = ", ".join(columns), ", ".join(["%s"] * len(columns))
    put = f"UPDATE {table} SET ({listed}) = ROW({values}) WHERE id = %s"
    return [
        (put, [*(two[c] for c in columns), one["id"]]),
        (put, [*(one[c] for c in columns), two["id"]]),
    ]


def _two(record: Record, table: str, rng: random.Random) -> list[dict[str, Any]]:
    where = f"register_id = '{record.registers[0]}'"
    if table == ENTRY:
        where += f" AND id IN (SELECT entry FROM {SEAL})"
    return rng.sample(record.rows(table, where), 2)


def swap_entries(record: Record, rng: random.Random) -> list[Change]:
    one, two = _two(record, ENTRY, rng)
    return _swap(record, ENTRY, one, two, [name for name in one if name != "id"])


def swap_links(record: Record, rng: random.Random) -> list[Change]:
    one, two = _two(record, SEAL, rng)
    return _swap(record, SEAL, one, two, ["link"])


def swap_reasons_in_tail(record: Record, rng: random.Random) -> list[Change]:
    tail = record.rows(ENTRY, f"id NOT IN (SELECT entry FROM {SEAL})")
    one, two = rng.sample(tail, 2)
    return _swap(record, ENTRY, one, two, ["reason"])


def copy_entry(record: Record, rng: random.Random) -> list[Change]:
    columns = ", ".join(f.column for f in AuditEntry._meta.concrete_fields if f.name != "id")
    put = f"INSERT INTO {ENTRY} ({columns}) SELECT {columns} FROM {ENTRY} WHERE id = %s"
    return [(put, [record.sealed(rng)["id"]])]


def rewrite_without_the_key(record: Record, rng: random.Random) -> list[Change]:
    """Change an entry and make all hashes anew, as far as that goes without the key."""
    victim = record.sealed(rng)
    changes: list[Change] = []
    mac = hashlib.sha256(f"{victim}".encode()).digest()
    changes.append(
        (f"UPDATE {ENTRY} SET reason = 'muu', mac = %s WHERE id = %s", [mac, victim["id"]])
    )
    link = b""
    for seal in record.rows(SEAL):
        if seal["register_id"] == victim["register_id"]:
            link = hashlib.sha256(link + f"{seal['number']}".encode()).digest()
            changes.append((f"UPDATE {SEAL} SET link = %s WHERE id = %s", [link, seal["id"]]))
    return changes


KINDS: tuple[Kind, ...] = (
    flip_sealed, flip_tail, flip_link, delete_entry, delete_link, delete_both, delete_and_renumber,
    cut_end, cut_links, cut_and_go_on, swap_entries, swap_links, swap_reasons_in_tail, copy_entry,
    rewrite_without_the_key,
)  # fmt: skip


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
