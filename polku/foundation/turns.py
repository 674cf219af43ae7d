"""Turns: who writes what another could write at the same instant waits until that one is done.

Every turn has its number here and nowhere else, so that no two rooms wait for each other by
mistake. Held to the end of the transaction, and given back where a savepoint is rolled back.

Who takes more than one takes them in the order in which they stand in `Turn`, or two who hold each
other's next would wait for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum, unique
from typing import Any
from uuid import UUID

from django.db import connection

from polku.foundation import prepared


@unique
class Turn(IntEnum):
    """What is written in turn, and whose: the number that the database knows it by."""

    IMPORTS = 715518  # a register's lists that are taken in
    RESOURCES = 715523  # a register's rooms and interpreters: one who books a week holds many
    WORKER_TIMES = 715520  # a worker's appointments
    CLIENT_TIMES = 715521  # a client's appointments
    SEATS = 715525  # an opening's seats
    WORDS = 715526  # a client's wishes, skills and vetoes
    QUESTIONS = 715524  # a register's what-ifs
    TRIES = 715527  # what a door counts in one bucket
    SEALS = 715528  # a register's chain of sealed entries; the house's own, of None


_IN_ORDER = """
SELECT pg_advisory_xact_lock(what, hashtext(whom))
FROM unnest(%s::int[], %s::text[]) AS turns (what, whom)
"""
_FIRST = "SELECT pg_advisory_xact_lock(what, hashtext(whom)) FROM ({}) AS first UNION ALL"


def take(what: Turn, of: UUID | bytes | None) -> None:
    """Wait for the turn to write this of that one."""
    with prepared.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", _key(what, of))


def take_all(
    of: Iterable[tuple[Turn, UUID]], *, first: str = "", given: Sequence[Any] = ()
) -> None:
    """Wait for several turns in one statement, in this order.

    `first` is SQL, with what is `given` to it, for rows (what, whom) that are waited for before.
    """
    keys = [_key(what, one) for what, one in of]
    with prepared.cursor() as cursor:
        cursor.execute(
            (_FIRST.format(first) if first else "") + _IN_ORDER,
            [*given, [what for what, _one in keys], [one for _what, one in keys]],
        )


@contextmanager
def alone(what: Turn, of: UUID) -> Iterator[bool]:
    """Hold the turn across transactions; says at once whether it is ours, and waits for nobody.

    The database lets go by itself when the connection dies with its process.
    """
    key = _key(what, of)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key)
        ours = cursor.fetchone()[0]
    try:
        yield ours
    finally:
        if ours and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", key)


def _key(what: Turn, of: UUID | bytes | None) -> list[int | str]:
    return [int(what), of.hex() if isinstance(of, bytes) else str(of)]
