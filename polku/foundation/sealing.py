"""The chain over the audit record: each link binds an entry to all before it in its register.

Entries are written with their own keyed hash in the transaction that they tell of; the sealer
chains the committed ones afterwards, so that no view of a client waits for another. Verification
reads the chain and the tail that is not yet sealed, and the chain's end as `witness` noted it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from polku.foundation import audit, clock, crypto, turns, walls, witness
from polku.foundation.turns import Turn

log = logging.getLogger(__name__)

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
    """What is wrong with one entry or link: `entry` is its id, `what` one of the words below.

    "changed" and "twice" are about an entry, "missing" and "link" about a link of the chain; "cut"
    says that the chain's end is gone, and has no entry: 0.
    """

    entry: int
    what: str  # "changed" | "twice" | "missing" | "link" | "cut"


def seal(register: UUID | None, *, sweep: bool = False) -> int:
    """Chain the register's committed, unsealed entries; return how many. None is the house's own.

    Safe to run twice at once: the second waits, and finds nothing left.
    """
    with walls.inside(register), connection.cursor() as cursor:
        turns.take(Turn.SEALS, register)
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
            now = clock.now()
            link = _link(link, number, entry, bytes(mac), now)
            rows.append((register, number, entry, link, now))
        if rows:
            cursor.executemany(
                "INSERT INTO foundation_auditseal (register_id, number, entry, link, sealed_at) "
                "VALUES (%s, %s, %s, %s, %s)",
                rows,
            )
            _note(cursor, register, witness.Head(number, link))
        return len(rows)


def _note(cursor: Any, register: UUID | None, end: witness.Head) -> None:
    """Note the new end, unless the old one is gone: then that stays to be seen."""
    if _is_cut(cursor, register):
        log.error("The end of the audit record of %s is gone.", register or "the house")
        return
    transaction.on_commit(partial(witness.note, register, end), robust=True)


def _is_cut(cursor: Any, register: UUID | None) -> bool:
    noted = witness.head(register)
    if noted is None:
        return False
    cursor.execute(
        "SELECT link FROM foundation_auditseal "
        "WHERE register_id IS NOT DISTINCT FROM %s AND number = %s",
        [register, noted.number],
    )
    found = cursor.fetchone()
    return found is None or bytes(found[0]) != noted.link


def _link(before: bytes, number: int, entry: int, mac: bytes, at: datetime) -> bytes:
    told = f"|{number}|{entry}|{at.astimezone(UTC).isoformat()}|".encode()
    return crypto.keyed_hash("chain", before + told + mac)


def verify(register: UUID | None) -> list[Fault]:
    """Return every fault in the register's record: in its entries, its links, and its end."""
    with walls.inside(register), transaction.atomic(), connection.cursor() as cursor:
        cut = [Fault(0, "cut")] if _is_cut(cursor, register) else []
        # The links first: entries that come meanwhile are not chained yet.
        cursor.execute(
            "SELECT number, entry, link, sealed_at FROM foundation_auditseal "
            "WHERE register_id IS NOT DISTINCT FROM %s ORDER BY number",
            [register],
        )
        links = cursor.fetchall()
        cursor.execute(
            f"SELECT id, mac, {_COLUMNS} FROM foundation_auditentry "
            "WHERE register_id IS NOT DISTINCT FROM %s ORDER BY id",
            [register],
        )
        macs, faults = _entries(cursor.fetchall())
    return faults + _links(links, macs) + cut


def _entries(rows: list[tuple[Any, ...]]) -> tuple[dict[int, bytes], list[Fault]]:
    """Return {entry: its mac}, and what is wrong with the entries themselves."""
    macs: dict[int, bytes] = {}
    faults: list[Fault] = []
    seen: set[bytes] = set()
    for entry, mac, *values in rows:
        macs[entry] = bytes(mac)
        if crypto.keyed_hash("audit", audit.content(tuple(values))) != macs[entry]:
            faults.append(Fault(entry, "changed"))
        elif macs[entry] in seen:
            # Each tells of its own microsecond and request; a second one was copied by hand.
            faults.append(Fault(entry, "twice"))
        seen.add(macs[entry])
    return macs, faults


def _links(rows: list[tuple[Any, ...]], macs: dict[int, bytes]) -> list[Fault]:
    faults: list[Fault] = []
    before, expected = b"", 1
    for number, entry, link, at in rows:
        if entry not in macs:
            faults.append(Fault(entry, "missing"))
        elif number != expected or _link(before, number, entry, macs[entry], at) != bytes(link):
            faults.append(Fault(entry, "link"))
        before, expected = bytes(link), number + 1
    return faults
