"""Many rows at once into a table: copied beside it, then let through the wall.

The site's role can't COPY into a table with row-level security, so a batch is copied into a
temporary table and inserted, or laid over what is there, with the register named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState
from psycopg import sql
from psycopg.types.json import Jsonb

_INSERT = sql.SQL("INSERT INTO {real} ({columns}) SELECT {columns} FROM {beside}")
_INSERT_NEW = sql.SQL(
    "INSERT INTO {real} (id, {columns}) SELECT gen_random_uuid(), {columns} FROM {beside}"
)
_INSERT_OF = sql.SQL(
    "INSERT INTO {real} (id, {columns}) SELECT gen_random_uuid(), {theirs} FROM {beside}"
)
_RENEW = sql.SQL(
    "UPDATE {real} AS r SET ({columns}) = ROW({theirs}) FROM {beside} b WHERE r.id = b.id"
)


Row = TypeVar("Row", bound=models.Model)


def row(model: type[Row], **values: Any) -> Row:
    """Return an unsaved row by attribute name (`client_id`), the rest as the fields' defaults say.

    What `model(**values)` does, at a fifth of its price: it counts at a hundred thousand.
    """
    constant, made = _defaults(model)
    new = model.__new__(model)
    state = new.__dict__
    state.update(constant)
    for name, make in made:
        if name not in values:
            state[name] = make()
    state.update(values)
    state["_state"] = ModelState()
    return new


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    constant: dict[str, Any] = {}
    made = []
    for field in model._meta.concrete_fields:
        if field.has_default() and callable(field.default):
            made.append((field.attname, field.get_default))
        else:
            constant[field.attname] = field.get_default()
    return constant, made


def insert(rows: Sequence[models.Model]) -> int:
    """Insert complete rows of one model; return how many. Raises IntegrityError as ever."""
    return _through(type(rows[0]), _INSERT, _values(rows)) if rows else 0


def insert_values(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> int:
    """Insert rows told by attribute name (`client_id`); what is missing takes its default.

    The database gives them their ids.
    """
    if not rows:
        return 0
    constant, made = _defaults(model)
    fields = _without_id(model)
    fresh = [pair for pair in made if pair[0] != model._meta.pk.attname]
    take = _taker(fields)
    whole = ({**constant, **{name: make() for name, make in fresh}, **row} for row in rows)
    return _through(model, _INSERT_NEW, map(take, whole), fields)


def insert_of(
    model: type[models.Model], source: type[models.Model], said: Mapping[str, Any]
) -> int:
    """Insert a row for each of the source's that was inserted last; return how many.

    `said` tells by attribute name a value, or with `sql.SQL` what is made of the source's columns;
    what is missing takes its default. The database gives the ids.
    """
    constant, _made = _defaults(model)
    fields = _without_id(model)
    theirs = [_expression(field, {**constant, **said}[field.attname]) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT_OF.format(
                real=sql.Identifier(model._meta.db_table),
                columns=sql.SQL(", ").join(sql.Identifier(str(f.column)) for f in fields),
                theirs=sql.SQL(", ").join(theirs),
                beside=_beside(source),
            )
        )
        return int(cursor.rowcount)


def renew(rows: Sequence[models.Model]) -> int:
    """Lay complete rows over those with the same id; return how many were there."""
    return _through(type(rows[0]), _RENEW, _values(rows)) if rows else 0


def _values(rows: Sequence[models.Model]) -> Iterable[Sequence[Any]]:
    return map(_taker(rows[0]._meta.concrete_fields), map(vars, rows))


def _taker(fields: Sequence[Any]) -> Callable[[dict[str, Any]], Sequence[Any]]:
    """Return what takes a row's values in the order of the columns."""
    take = itemgetter(*(field.attname for field in fields))
    boxed = [n for n, field in enumerate(fields) if isinstance(field, models.JSONField)]
    if not boxed:
        return take

    def with_json(row: dict[str, Any]) -> Sequence[Any]:
        values = list(take(row))
        for place in boxed:
            values[place] = Jsonb(values[place])
        return values

    return with_json


def _without_id(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _expression(field: Any, value: Any) -> sql.Composable:
    if isinstance(value, sql.Composable):
        return value
    return sql.SQL("{}::{}").format(sql.Literal(value), sql.SQL(field.db_type(connection)))


def _beside(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(f"import_{model._meta.db_table}")


def _through(
    model: type[models.Model],
    statement: sql.SQL,
    rows: Iterable[Sequence[Any]],
    fields: Sequence[Any] = (),
) -> int:
    meta = model._meta
    names = [sql.Identifier(str(field.column)) for field in fields or meta.concrete_fields]
    parts = {
        "real": sql.Identifier(meta.db_table),
        "beside": _beside(model),
        "columns": sql.SQL(", ").join(names),
        "theirs": sql.SQL(", ").join(sql.SQL("b.{}").format(name) for name in names),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            # Not (LIKE …): a row whose id the database gives has none yet.
            sql.SQL(
                "CREATE TEMPORARY TABLE IF NOT EXISTS {beside} ON COMMIT DELETE ROWS "
                "AS SELECT * FROM {real} WITH NO DATA"
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
