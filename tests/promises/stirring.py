"""Tells which tables a transaction has written to, so that only those have to be read anew.

PostgreSQL counts the rows that each table was given, and what was taken back again is counted too.
A table whose count has not moved since a moment therefore holds what it held then, as long as that
moment has not been taken back itself.
"""

from __future__ import annotations

from django.db import connection

Counts = dict[str, int]

_ASK = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"


def counts() -> Counts:
    """Return {table: how many rows were written to it so far in this transaction}."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK)
        return dict(cursor.fetchall())


def stirred(since: Counts) -> set[str]:
    """Return the tables that were written to since these counts."""
    return {table for table, count in counts().items() if since.get(table) != count}
