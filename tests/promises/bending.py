"""A record of looks and changes, and every way we know in which a superuser could bend it.

For promise 46. A kind of bending returns the statements that do it, to a row chosen by chance.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

from polku.foundation import audit, sealing, walls
from polku.foundation.models import AuditEntry

ENTRY, SEAL = "foundation_auditentry", "foundation_auditseal"
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
