"""All rows of all tables as they stand, to compare before and after."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection

from polku.foundation import walls
from tests.promises import stirring

# Tables that no page writes: the country's, laid by migrations.
FIXED = {
    "foundation_municipality", "foundation_employmentarea", "foundation_areamembership",
    "django_content_type", "django_migrations",
}  # fmt: skip
# What a refused or failed request rightly leaves: an entry that says so, a tried sign-in, and the
# session, which notes when it was last used. The numbers of entries go on in any case.
TRACES = {
    "foundation_auditentry", "foundation_auditseal", "foundation_signintry", "foundation_session",
    # The history of the rows that are compared here themselves.
    "foundation_rowchange",
}  # fmt: skip

# What is drawn by lot each time: a password's hash, the token of a link, a code by mail,
# the name of a fork.
_DRAWN = re.compile(
    r"^f[0-9a-f]{12}$|argon2\$\S+|^![\w]{40}$|(?<=/welcome/)[\w-]+|(?<=/c/)[\w-]+|\b\d{6}\b"
    r"|(?<=UID:)[\w-]+|(?<=/t/)[\w-]+/[\w-]+"
)


class Rows(dict[str, dict[str, dict[str, Any]]]):
    """{table: {key: {column: value}}}, and how much had been written when they were read."""

    counts: stirring.Counts


def rows(world: Any, *, without: set[str] = TRACES, since: Rows | None = None) -> Rows:
    """Return {table: {key: {column: value}}} of both registers, guarded rows too.

    Tables that were not written to `since` are not read again: of an earlier moment of this same
    transaction, which has not been taken back.
    """
    found = Rows(since or {})
    found.counts = stirring.counts()
    still = found.keys() - (stirring.stirred(since.counts) if since is not None else set())
    for table in found.keys() - still:
        del found[table]
    guarded = [None, *(client.id for client in world.clients.values())]
    with connection.cursor() as cursor:
        for area in world.areas.values():
            for client in guarded:
                walls.enter(register=area.id, guarded=client)
                tables = _tables(without) if client is None else _guarded()
                for table, key in [one for one in tables if one[0] not in still]:
                    cursor.execute(f'SELECT * FROM "{table}"')
                    names = [column.name for column in cursor.description]
                    kept = found.setdefault(table, {})
                    for values in cursor.fetchall():
                        row = dict(zip(names, values, strict=True))
                        kept[str(row[key])] = {name: _plain(v) for name, v in row.items()}
    walls.enter(register=None)
    return found


def _tables(without: set[str]) -> list[tuple[str, str]]:
    return [
        (model._meta.db_table, model._meta.pk.column)
        for model in apps.get_models()
        if model._meta.managed and model._meta.db_table not in FIXED | without
    ]


def _guarded() -> list[tuple[str, str]]:
    return [(table, "id") for table in walls.guarded_tables()]


def _plain(value: Any) -> Any:
    if isinstance(value, memoryview):
        return bytes(value)
    as_text = isinstance(value, (dict, list))
    return json.dumps(value, sort_keys=True, default=str) if as_text else value


def difference(before: Rows, after: Rows) -> list[tuple[str, str, str, Any]]:
    """Return (table, key, column, value now) of each cell that differs; a row gone has no column.

    A row that came has all its columns here.
    """
    found: list[tuple[str, str, str, Any]] = []
    for table in before.keys() | after.keys():
        old, new = before.get(table, {}), after.get(table, {})
        if old is new:
            continue
        found += [(table, key, "", None) for key in old.keys() - new.keys()]
        for key, row in new.items():
            was = old.get(key, {})
            found += [
                (table, key, column, value)
                for column, value in row.items()
                if column not in was or was[column] != value
            ]
    return sorted(found, key=str)


def alike(changes: list[tuple[str, str, str, Any]], known: Rows) -> list[tuple[str, ...]]:
    """Return changes without what differs from one run to the next: new ids, bytes, numbers."""
    keys = {key for table in known.values() for key in table}

    def said(value: Any) -> str:
        if isinstance(value, (UUID, str)) and _is_id(str(value)):
            return str(value) if str(value) in keys else "new id"
        if isinstance(value, bytes):
            return "bytes"
        if isinstance(value, str):
            return repr(_DRAWN.sub("drawn by lot", value))
        return value.isoformat() if isinstance(value, (date, datetime)) else repr(value)

    return sorted(
        (table, key if key in known.get(table, {}) else "new", column, said(value))
        for table, key, column, value in changes
    )


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


__all__ = ["Rows", "alike", "difference", "rows"]
