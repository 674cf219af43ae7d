"""The auditor's reads of the audit record. Everything here is ids, names of fields, and workers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

PERMISSION = "foundation.access_log"


class Entry(NamedTuple):
    """One entry of the record. `listed` is how many clients a list showed, 0 for none.

    `reason` comes only with the guarded view, whose purposes the client reads too.
    """

    id: int
    at: datetime
    kind: str
    name: str | None
    role: str
    action: str
    client: UUID | None
    listed: int
    fields: list[str]
    reason: str


_KINDS = {
    "pages": "e.client IS NOT NULL AND cardinality(e.fields) = 0",
    "changes": "cardinality(e.fields) > 0",
    "lists": "e.shown <> '{}'",
    "closed": "e.action IN ('clients.guarded_view', 'clients.identity')",
    "refused": "starts_with(e.action, 'refused.')",
    "log": "(starts_with(e.action, 'access_log.') OR e.action = 'clients.access_log')",
}
_ENTRIES = """
SELECT e.id, e.at, e.actor_kind, u.first_name || ' ' || u.last_name, coalesce(r.role, ''),
  e.action, e.client, cardinality(e.shown), e.fields,
  CASE WHEN e.action = 'clients.guarded_view' THEN e.reason ELSE '' END
FROM {rows} e
LEFT JOIN foundation_user u ON u.id = e.actor_user
LEFT JOIN foundation_roleassignment r ON r.id = e.role
WHERE {where}
ORDER BY e.at DESC, e.id DESC LIMIT %(count)s OFFSET %(first)s
"""
_ABOUT_ONE = """(
  SELECT * FROM foundation_auditentry
  WHERE register_id = %(register)s AND client = %(client)s AND at >= %(since)s AND at < %(until)s
  UNION ALL
  SELECT * FROM foundation_auditentry WHERE register_id = %(register)s AND id IN (
    SELECT id FROM polku_shown_in_lists(%(client)s, %(since)s, %(until)s, 100000))
)"""


def entries(
    viewer: Viewer,
    *,
    since: datetime,
    until: datetime,
    client: UUID | None = None,
    worker: UUID | None = None,
    kind: str = "",
    first: int = 0,
    at_most: int,
) -> list[Entry]:
    """Return the entries of a period, latest first; one statement. Raises Refused.

    About one client, the lists and searches that showed them are among these.
    """
    check(viewer, PERMISSION)
    where = ["e.register_id = %(register)s", "e.at >= %(since)s", "e.at < %(until)s"]
    if worker is not None:
        where.append("e.actor_user = %(worker)s")
    if kind in _KINDS:
        where.append(_KINDS[kind])
    given: dict[str, Any] = {
        "register": viewer.register_id,
        "since": since,
        "until": until,
        "client": client,
        "worker": worker,
        "first": first,
        "count": at_most,
    }
    rows = "foundation_auditentry" if client is None else _ABOUT_ONE
    # Words of the table above alone, never of the question.
    words = _ENTRIES.replace("{rows}", rows).replace("{where}", " AND ".join(where))
    with connection.cursor() as cursor:
        cursor.execute(words, given)
        return [Entry._make(row) for row in cursor.fetchall()]


class Person(NamedTuple):
    """What one person did with one client's data in a period: how many times each."""

    kind: str
    name: str | None
    role: str
    opened: int
    changed: int
    listed: int
    last: datetime


_IN_SHORT = """
SELECT e.actor_kind, u.first_name || ' ' || u.last_name, coalesce(r.role, ''),
  count(*) FILTER (WHERE e.client = %(client)s AND cardinality(e.fields) = 0),
  count(*) FILTER (WHERE e.client = %(client)s AND cardinality(e.fields) > 0),
  count(*) FILTER (WHERE e.client IS DISTINCT FROM %(client)s), max(e.at)
FROM {rows} e
LEFT JOIN foundation_user u ON u.id = e.actor_user
LEFT JOIN foundation_roleassignment r ON r.id = e.role
WHERE (%(worker)s::uuid IS NULL OR e.actor_user = %(worker)s)
GROUP BY 1, 2, 3 ORDER BY count(*) DESC, 2 LIMIT 100
"""


def in_short(
    viewer: Viewer, *, client: UUID, since: datetime, until: datetime, worker: UUID | None = None
) -> list[Person]:
    """Return who did what with a client's data, the most active first; one statement."""
    check(viewer, PERMISSION)
    given = {
        "register": viewer.register_id,
        "client": client,
        "since": since,
        "until": until,
        "worker": worker,
    }
    with connection.cursor() as cursor:
        cursor.execute(_IN_SHORT.replace("{rows}", _ABOUT_ONE), given)
        return [Person._make(row) for row in cursor.fetchall()]


def workers(viewer: Viewer) -> list[tuple[str, str]]:
    """Return (id, name) of everybody who has held a role in the register, by name."""
    check(viewer, PERMISSION)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, last_name || ', ' || first_name FROM foundation_user WHERE id IN "
            "(SELECT user_id FROM foundation_roleassignment WHERE register_id = %s) "
            "ORDER BY last_name, first_name",
            [viewer.register_id],
        )
        return [(str(key), str(name)) for key, name in cursor.fetchall()]
