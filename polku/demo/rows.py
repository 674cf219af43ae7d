"""Rows on their way into the database: gathered in memory, copied, then let through the wall.

The site's role can't COPY into a table with row-level security, so each batch is copied into a
temporary table and inserted from there with the register named, as imports do.

Where the demo's own cluster lets the owner of the tables do so, rows are laid quickly: without the
checks of keys, which hold by the making (a test asks each), and without row history, of which an
invented world has none before it begins. Walls, unique and exclusion constraints stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

from polku.foundation import walls

# Parents first: a foreign key is checked as the row goes in.
ORDER = (
    "foundation.Team",
    "clients.Client",
    "clients.ContactDetails",
    "clients.LanguageSkill",
    "clients.Fact",
    "clients.Consent",
    "clients.StatusPeriod",
    "clients.Episode",
    "clients.GuardedText",
    "foundation.Relation",
    "foundation.Recusal",
    "contacts.Contact",
    "contacts.Rhythm",
    "contacts.Appointment",
    "contacts.Reminder",
    "contacts.CopyTemplate",
    "paths.Plan",
    "paths.PlanVersion",
    "paths.Goal",
    "paths.Step",
    "placements.Host",
    "placements.Worksite",
    "placements.Supervisor",
    "placements.OrientationItem",
    "placements.Opening",
    "placements.SeatUse",
    "placements.HostContact",
    "placements.Placement",
    "placements.Signature",
    "placements.TermsChange",
    "placements.OrientationTick",
    "placements.Absence",
    "placements.Assessment",
    "placements.Outcome",
    "placements.Search",
    "placements.SearchWord",
    "teamwork.Agreement",
    "teamwork.HandOver",
    "teamwork.MinutesAssumption",
    "teamwork.NotificationSetting",
    "foundation.OutboxMessage",
    "portal.AccessCode",
)


# What their triggers do is wanted: whoever was foreseen is shut out, a team knows who is led.
WITH_TRIGGERS = frozenset({"clients_client", "foundation_relation"})
# PostgreSQL's own name for rows that were checked where they came from.
_QUICKLY = (
    "SELECT CASE WHEN has_parameter_privilege('session_replication_role', 'SET') "
    "THEN set_config('session_replication_role', %s, true) END"
)


def quickly(cursor: Any, *, on: bool = True) -> None:
    """Lay the rows of the rest of this transaction quickly, where we may; or no longer."""
    cursor.execute(_QUICKLY, ["replica" if on else "origin"])


class Rows:
    """The rows of one register, by model label. Missing values take the field's own default."""

    def __init__(self, register_id: UUID) -> None:
        self.register_id = register_id
        self.by_model: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def add(self, label: str, **values: Any) -> UUID:
        """Add a row (`id` and attribute names such as `client_id`) and return its id."""
        self.keep(label, values)
        found: UUID = values["id"]
        return found

    def keep(self, label: str, row: dict[str, Any]) -> None:
        """Add a row that may still be changed until the rows are loaded."""
        if label not in ORDER:
            raise KeyError(f"{label} has no place in the order of loading")
        self.by_model[label].append(row)

    def of(self, label: str) -> list[dict[str, Any]]:
        return self.by_model.get(label, [])

    def load(self) -> dict[str, int]:
        """Insert everything inside the register; return how many rows of each table."""
        done = {}
        with walls.inside(self.register_id):
            for label in ORDER:
                rows = self.by_model.get(label)
                if rows:
                    model = apps.get_model(label)
                    done[model._meta.db_table] = insert(model, self._complete(label, rows))
        return done

    def _complete(self, label: str, rows: list[dict[str, Any]]) -> Iterable[tuple[Any, ...]]:
        makers = [_maker(field) for field in apps.get_model(label)._meta.concrete_fields]
        for row in rows:
            row["register_id"] = self.register_id
            yield tuple(make(row) for make in makers)


def insert(model: type[models.Model], rows: Iterable[tuple[Any, ...]]) -> int:
    """Copy complete rows (all columns, in the model's order) through a temporary table."""
    table = model._meta.db_table
    columns = _columns(model)
    names = {"real": sql.Identifier(table), "copy": sql.Identifier(f"demo_{table}"), "c": columns}
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {copy} (LIKE {real}) ON COMMIT DROP").format(**names)
        )
        copy_in(cursor, model, f"demo_{table}", rows)
        quickly(cursor, on=table not in WITH_TRIGGERS)
        cursor.execute(sql.SQL("INSERT INTO {real} ({c}) SELECT {c} FROM {copy}").format(**names))
        count = cursor.rowcount
        quickly(cursor, on=False)
        cursor.execute(sql.SQL("DROP TABLE {copy}").format(**names))
    return int(count)


def copy_in(
    cursor: Any, model: type[models.Model], table: str, rows: Iterable[tuple[Any, ...]]
) -> None:
    """Copy complete rows of the model into a table of the same columns."""
    order = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), _columns(model))
    with cursor.copy(order) as copy:
        for row in rows:
            copy.write_row(row)


def fill_table(cursor: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Copy rows into a temporary table, all its columns in order."""
    with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
        for row in rows:
            copy.write_row(row)


def _columns(model: type[models.Model]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(f.column) for f in model._meta.concrete_fields)


def _maker(field: Any) -> Callable[[dict[str, Any]], Any]:
    name = field.attname
    if isinstance(field, models.JSONField):
        return lambda row: Jsonb(row[name] if name in row else field.get_default())
    if field.default is not models.NOT_PROVIDED and not callable(field.default):
        default = field.default
        return lambda row: row.get(name, default)
    return lambda row: row[name] if name in row else field.get_default()
