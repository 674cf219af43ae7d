"""The chain over the audit record: each link binds an entry to all before it in its register.

Entries are written with their own keyed hash in the transaction that they tell of; the sealer
chains the committed ones afterwards, so that no view of a client waits for another. Verification
reads the chain and the tail that is not yet sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from polku.foundation import audit, clock, crypto, walls

BATCH = 5000
# Entries get their numbers before they commit, so that a slow transaction's entry may turn up
# behind ones already sealed: look back this far each time, and over everything in a sweep.
LOOK_BACK = 5000

_COLUMNS = (
    "register_id, at, actor_kind, actor_user, actor_client, role, action, client, shown, fields, "
    "reason, request"
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one entry or link: `entry` is its id, `what` one of the words below."""

    entry: int
    what: str  # "changed" | "missing" | "link"


def seal(register: UUID | None, *, sweep: bool = False) -> int:
    """Chain the register's committed, unsealed entries; return how many. None is the house's own.

    Safe to run twice at once: the second waits, and finds nothing left.
    """
    with walls.inside(register), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 4711))", [f"seal:{register}"]
        )
        cursor.execute(
            "SELECT number, entry, link FROM foundation_auditseal "
            "WHERE register_id IS NOT DISTINCT FROM %s ORDER BY number DESC LIMIT 1",
            [register],
        )
        number, last, link = cursor.fetchone() or (0, 0, b"")
        cursor.execute(
            "SELECT e.id, e.mac FROM foundation_auditentry e "
            "WHERE e.register_id IS NOT DISTINCT FROM %s AND e.id > %s "
            "AND NOT EXISTS (SELECT 1 FROM foundation_auditseal s WHERE s.entry = e.id) "
            "ORDER BY e.id LIMIT %s",
            [register, 0 if sweep else last - LOOK_BACK, BATCH],
        )
        rows = []
        link = bytes(link)
        for entry, mac in cursor.fetchall():
            number += 1
            link = _link(link, number, entry, bytes(mac))
            rows.append((register, number, entry, link, clock.now()))
        if rows:
            cursor.executemany(
                "INSERT INTO foundation_auditseal (register_id, number, entry, link, sealed_at) "
                "VALUES (%s, %s, %s, %s, %s)",
                rows,
            )
        return len(rows)


def _link(before: bytes, number: int, entry: int, mac: bytes) -> bytes:
    return crypto.keyed_hash("chain", before + f"|{number}|{entry}|".encode() + mac)


def verify(register: UUID | None) -> list[Fault]:
    """Return every fault in the register's record: changed or missing entries, broken links."""
    faults: list[Fault] = []
    with walls.inside(register), transaction.atomic(), connection.cursor() as cursor:
        macs: dict[int, bytes] = {}
        cursor.execute(
            f"SELECT id, mac, {_COLUMNS} FROM foundation_auditentry "
            "WHERE register_id IS NOT DISTINCT FROM %s ORDER BY id",
            [register],
        )
        for entry, mac, *values in cursor.fetchall():
            macs[entry] = bytes(mac)
            if crypto.keyed_hash("audit", audit.content(tuple(values))) != bytes(mac):
                faults.append(Fault(entry, "changed"))
        cursor.execute(
            "SELECT number, entry, link FROM foundation_auditseal "
            "WHERE register_id IS NOT DISTINCT FROM %s ORDER BY number",
            [register],
        )
        before, expected = b"", 1
        for number, entry, link in cursor.fetchall():
            if entry not in macs:
                faults.append(Fault(entry, "missing"))
            elif number != expected or _link(before, number, entry, macs[entry]) != bytes(link):
                faults.append(Fault(entry, "link"))
            before, expected = bytes(link), number + 1
    return faults
