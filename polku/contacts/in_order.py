"""The order in which those who write times wait for each other: one, so that none waits in a ring.

First the rooms of the register, where any is held; then workers and clients, by id; then the
client's own row, which a closing and a safety ban change; and only then an offer, an appointment.
Who locks a row first and asks for a turn after it may find the turn with somebody who waits for
that row: one of the two would get an error page. A turn ends with the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import UUID

from polku.clients.models import Client
from polku.foundation import prepared, turns, walls
from polku.foundation.turns import Turn
from polku.foundation.viewer import Viewer, system

# The rooms' turn is taken by who has one to lose: whoever holds none waits for no room.
_ROOMS = """
SELECT %s AS what, register_id::text AS whom FROM contacts_resourcebooking
WHERE appointment_id = ANY(%s) LIMIT 1
"""
_STANDS = "SELECT id, safety_ban, closed_on FROM {} WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"


def inside(by: Viewer | None, register_id: UUID) -> AbstractContextManager[Any]:
    """A client's own session sees no calendar of a room: there the software itself holds it."""
    if by is None or by.kind != "client":
        return nullcontext()
    return walls.inside(register_id, by=system(register_id))


def of_rooms(register_id: Any) -> None:
    """Wait for the turn to hold anything in this register: before any other turn."""
    turns.take(Turn.RESOURCES, register_id)


def take(
    workers: Iterable[UUID | None], clients: Iterable[UUID], *, held: Iterable[UUID] = ()
) -> None:
    """Wait for the turn to write times of these, and of the rooms that these appointments hold."""
    whom = [(Turn.WORKER_TIMES, one) for one in sorted({one for one in workers if one})]
    whom += [(Turn.CLIENT_TIMES, one) for one in sorted(set(clients))]
    turns.take_all(whom, first=_ROOMS, given=[int(Turn.RESOURCES), list(held)])


def stand(*clients: Client) -> None:
    """Hold these clients as they stand to the end, and tell the instances what has begun by now.

    A closing or a safety ban that is being written is waited for; one that comes later waits.
    """
    by_id = {one.id: one for one in clients}
    with prepared.cursor() as cursor:
        cursor.execute(_STANDS.format(Client._meta.db_table), [list(by_id)])
        for mark, ban, closed in cursor.fetchall():
            by_id[mark].safety_ban, by_id[mark].closed_on = ban, closed


def hold(clients: Iterable[UUID]) -> None:
    """Hold these clients' rows as they stand, where the instances are read after it."""
    with prepared.cursor() as cursor:
        cursor.execute(_STANDS.format(Client._meta.db_table), [list(clients)])
