"""Reads of the history of rows: what was changed about a client, by whom, from what to what."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from psycopg import sql

from polku.foundation import history
from polku.foundation.viewer import Viewer


class Change(NamedTuple):
    """One change of one row. `was` and `became` hold the columns that differ, by name.

    `name` is None for the client and for nameless software.
    """

    id: int
    at: datetime
    kind: str
    user_id: UUID | None
    name: str | None
    role: str
    source: str
    thing: UUID
    op: str
    was: dict[str, Any]
    became: dict[str, Any]


_CHANGES = """
SELECT c.id, c.at, c.actor_kind, c.actor_user,
  coalesce(u.first_name || ' ' || u.last_name, nullif(c.actor_name, '')), coalesce(r.role, ''),
  c.source, c.thing, c.op, c.was, c.became
FROM foundation_rowchange c
LEFT JOIN foundation_user u ON u.id = c.actor_user
LEFT JOIN foundation_roleassignment r ON r.id = c.role
WHERE c.register_id = %(register)s AND c.client = %(client)s AND c.source = ANY (%(sources)s)
  AND (%(before)s::bigint IS NULL OR c.id < %(before)s)
  AND (%(since)s::timestamptz IS NULL OR c.at >= %(since)s)
  AND (%(until)s::timestamptz IS NULL OR c.at < %(until)s)
ORDER BY c.id DESC LIMIT %(count)s
"""


def changes(
    viewer: Viewer,
    client_id: UUID,
    *,
    sources: list[str],
    at_most: int,
    before: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Change]:
    """Return the changes of a client's rows in these tables, latest first; one statement.

    The caller has found the client to be visible. Guarded columns come only where the transaction
    has opened the client's guarded rows.
    """
    given = {
        "register": viewer.register_id,
        "client": client_id,
        "sources": sources,
        "before": before,
        "since": since,
        "until": until,
        "count": at_most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, given)
        return [Change(*row[:9], _columns(row[9]), _columns(row[10])) for row in cursor.fetchall()]


def _columns(value: Any) -> dict[str, Any]:
    found = json.loads(value) if isinstance(value, str) else value
    return found or {}


def rows_now(things: dict[str, set[UUID]]) -> dict[UUID, dict[str, Any]]:
    """Return the rows as they stand, by id, of {table: ids}; one statement. The gone are absent."""
    tables = {m._meta.db_table for m in history.kept_models()} & things.keys()
    if not tables:
        return {}
    each = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT id, to_jsonb(t) FROM {} t WHERE id = ANY ({})").format(
            sql.Identifier(table), sql.Literal(sorted(things[table], key=str))
        )
        for table in sorted(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return {row_id: _columns(row) for row_id, row in cursor.fetchall()}
