"""Many rows at once into a table: copied beside it, then let through the wall.

The site's role can't COPY into a table with row-level security, so a batch is copied into a
temporary table and inserted, or laid over what is there, with the register named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

_INSERT = sql.SQL("INSERT INTO {real} ({columns}) SELECT {columns} FROM {beside}")
_RENEW = sql.SQL(
    "UPDATE {real} AS r SET ({columns}) = ROW({theirs}) FROM {beside} b WHERE r.id = b.id"
)


def insert(rows: Sequence[models.Model]) -> int:
    """Insert complete rows of one model; return how many. Raises IntegrityError as ever."""
    if not rows:
        return 0
    takers = [_of_row(field) for field in rows[0]._meta.concrete_fields]
    return _through(type(rows[0]), _INSERT, ([take(row) for take in takers] for row in rows))


def insert_values(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> int:
    """Insert rows told by attribute name (`client_id`); what is missing takes its default."""
    if not rows:
        return 0
    takers = [_of_values(field) for field in model._meta.concrete_fields]
    return _through(model, _INSERT, ([take(row) for take in takers] for row in rows))


def renew(rows: Sequence[models.Model]) -> int:
    """Lay complete rows over those with the same id; return how many were there."""
    if not rows:
        return 0
    takers = [_of_row(field) for field in rows[0]._meta.concrete_fields]
    return _through(type(rows[0]), _RENEW, ([take(row) for take in takers] for row in rows))


def _through(model: type[models.Model], statement: sql.SQL, rows: Iterable[list[Any]]) -> int:
    meta = model._meta
    names = [sql.Identifier(str(field.column)) for field in meta.concrete_fields]
    parts = {
        "real": sql.Identifier(meta.db_table),
        "beside": sql.Identifier(f"import_{meta.db_table}"),
        "columns": sql.SQL(", ").join(names),
        "theirs": sql.SQL(", ").join(sql.SQL("b.{}").format(name) for name in names),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE IF NOT EXISTS {beside} (LIKE {real}) ON COMMIT DELETE ROWS"
            ).format(**parts)
        )
        cursor.execute(sql.SQL("DELETE FROM {beside}").format(**parts))
        into = sql.SQL("COPY {beside} ({columns}) FROM STDIN").format(**parts)
        # What COPY itself refuses comes out as Django's errors too.
        with connection.wrap_database_errors, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(statement.format(**parts))
        return int(cursor.rowcount)


def _of_row(field: Any) -> Callable[[Any], Any]:
    name = field.attname
    if isinstance(field, models.JSONField):
        return lambda row: Jsonb(getattr(row, name))
    return lambda row: getattr(row, name)


def _of_values(field: Any) -> Callable[[dict[str, Any]], Any]:
    name, default = field.attname, field.get_default
    if callable(field.default) and field.default is not models.NOT_PROVIDED:
        return lambda row: row[name] if name in row else default()
    missing = default()
    return lambda row: row.get(name, missing)
