"""Turns: who writes what another could write at the same instant waits until that one is done.

Held to the end of the transaction, and given back where a savepoint is rolled back.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection

# What is written in turn: the seats of an opening; a client's wishes, skills and vetoes.
SEATS, WORDS = 715522, 715523


def take(what: int, of: UUID) -> None:
    """Wait for the turn to write this of that opening or client."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [what, str(of)])
