"""Reads of the audit record: who looked at a client, who changed something, when and how.

Lists and searches keep one entry with the ids that they showed; those that showed a client are
found too (`listed`). Values are never here: the record holds ids, field names and reasons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from polku.foundation import clock
from polku.foundation.viewer import Viewer

# What a worker wrote as a reason stays inside, but for the purposes that the client may read.
TOLD_REASONS = ("clients.guarded_view",)


class Look(NamedTuple):
    """One entry about a client. `name` is None for the client and for the software itself.

    `role` is its code, '' where unknown; `listed` says that the client was one among others.
    """

    at: datetime
    kind: str
    name: str | None
    role: str
    action: str
    reason: str
    fields: list[str]
    listed: bool


_LOOKS = """
SELECT e.at, e.actor_kind, u.first_name || ' ' || u.last_name, coalesce(r.role, ''), e.action,
  CASE WHEN e.action = ANY (%(told)s) THEN e.reason ELSE '' END, e.fields, e.listed
FROM (
  (SELECT at, actor_kind, actor_user, role, action, reason, fields, false AS listed
   FROM foundation_auditentry
   WHERE register_id = %(register)s AND client = %(client)s AND at >= %(since)s AND at < %(until)s
   ORDER BY at DESC LIMIT %(count)s)
  UNION ALL
  SELECT at, actor_kind, actor_user, role, action, '', '{}', true
  FROM polku_shown_in_lists(%(client)s, %(since)s, %(until)s, %(count)s)
) e
LEFT JOIN foundation_user u ON u.id = e.actor_user
LEFT JOIN foundation_roleassignment r ON r.id = e.role
WHERE e.action NOT LIKE 'refused.%%' AND (%(own)s OR e.actor_kind <> 'client')
ORDER BY e.at DESC LIMIT %(count)s
"""
FIRST = datetime(2000, 1, 1, tzinfo=clock.HELSINKI)


def looks(
    viewer: Viewer,
    client_id: UUID,
    *,
    until: datetime,
    at_most: int,
    since: datetime = FIRST,
    own: bool = False,
) -> list[Look]:
    """Return the looks at a client and the changes, latest first; one statement.

    The caller has found the client to be visible. `own` leaves the client's own doings in.
    """
    given = {
        "register": viewer.register_id,
        "client": client_id,
        "since": since,
        "until": until,
        "count": at_most,
        "own": own,
        "told": list(TOLD_REASONS),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS, given)
        return [Look._make(row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Doing:
    """What one person did on one day, by the words for it: each with its moments, latest first."""

    by: Look
    did: tuple[tuple[Look, tuple[datetime, ...]], ...]


def by_day(
    found: Iterable[Look], *, same: Any = lambda look: look.action
) -> list[tuple[date, list[Doing]]]:
    """Return the looks by day and person, both latest first; `same(look)` tells like from like."""
    days: dict[date, dict[Any, dict[Any, list[Look]]]] = {}
    for look in found:
        people = days.setdefault(clock.local(look.at).date(), {})
        did = people.setdefault((look.kind, look.name, look.role), {})
        did.setdefault((same(look), look.reason), []).append(look)
    return [
        (
            day,
            [
                Doing(
                    next(iter(did.values()))[0],
                    tuple((those[0], tuple(one.at for one in those)) for those in did.values()),
                )
                for did in people.values()
            ],
        )
        for day, people in days.items()
    ]


def whole_days(found: list[Look], at_most: int) -> list[Look]:
    """Return the looks without the last day when the reading was cut there, unless it is all."""
    if len(found) < at_most:
        return found
    last = clock.local(found[-1].at).date()
    whole = [look for look in found if clock.local(look.at).date() != last]
    return whole or found
