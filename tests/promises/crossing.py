"""Sees what the database hands out that is not the named register's, or not the named client's.

Of every row of every register the id is known, and the words planted in the texts of clients: each
answer to a statement is searched for them, and who is named in the transaction just then is asked.
Roles and accounts have no wall, as the door reads them before it names a register: what comes out
of their tables is left aside. A number or a day can't be told apart. What has no client of its
own (a workplace, an opening) is shut to a client's session whole; but a client's own row may name
it by its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from polku.foundation import walls
from tests.promises.house import AREA, House

MARK = "Merkki"
_MARKED = re.compile(rf"{MARK}({'|'.join(AREA)})")
_NAMED = b"SELECT current_setting('polku.register', true), current_setting('polku.client', true)"


def mark(name: str) -> str:
    """Return the word that stands in every text of this client."""
    return f"{MARK}{name}"


class Crossing:
    """Knows whose each row is; made once the house is furnished."""

    def __init__(self, house: House) -> None:
        # Whose a row is: its register, and its client, or the table that no client's session reads.
        self._ids: dict[UUID, tuple[str, str | int]] = {}
        self._tables = _oids()
        for area in house.world.areas.values():
            for model in walls.register_models():
                self._learn(model, area.id, [None, *house.world.clients.values()])
        walls.enter(register=None)
        self._open = _tables_without_walls()
        clients = house.world.clients.items()
        self._words = {name: (str(one.register_id), str(one.id)) for name, one in clients}

    def _learn(self, model: Any, register: UUID, guarded: list[Any]) -> None:
        column, table = model.client_column, self._tables[model._meta.db_table]
        for client in guarded if model._meta.db_table in walls.guarded_tables() else [None]:
            walls.enter(register=register, guarded=client.id if client else None)
            # Without walls, naming the register is not enough.
            rows = model.objects.filter(register_id=register).values_list("pk", column or "pk")
            for pk, whose in rows:
                self._ids[pk] = str(register), str(whose) if column else table

    @contextmanager
    def seen(self) -> Iterator[set[str]]:
        """Collect what is handed out inside the block although it is another's."""
        found: set[str] = set()
        real = psycopg.Cursor.execute

        def execute(cursor: Any, query: Any, params: Any = None, **more: Any) -> Any:
            done = real(cursor, query, params, **more)
            if cursor.description and cursor.rowcount > 0:
                columns = self._columns(cursor)
                whose = {one for table, column in columns for one in self._whose(column, table)}
                if whose and self._foreign(cursor, whose):
                    words = cursor._query.query.decode() if cursor._query else str(query)
                    found.add(words[:200])
            return done

        psycopg.Cursor.execute = execute  # type: ignore[method-assign]
        try:
            yield found
        finally:
            psycopg.Cursor.execute = real  # type: ignore[method-assign]

    def _columns(self, cursor: Any) -> Iterator[tuple[int, list[Any]]]:
        """Yield each column of an answer and its table (0: worked out), save of tables unwalled."""
        answer = cursor.pgresult
        tables = {n: answer.ftable(n) for n in range(answer.nfields)}
        kept = {n: table for n, table in tables.items() if table not in self._open}
        if kept:
            rows = cursor.fetchall()
            cursor.scroll(0, mode="absolute")
            yield from ((table, [row[n] for row in rows]) for n, table in kept.items())

    def _whose(self, values: Any, table: int) -> Iterator[tuple[str, str]]:
        for value in values:
            if isinstance(value, UUID):
                if value in self._ids:
                    register, whose = self._ids[value]
                    # "": any client's own row may name it; "shut": the row itself, or worked out.
                    yield (
                        register,
                        whose if isinstance(whose, str) else "shut" * (table in (0, whose)),
                    )
            elif isinstance(value, (list, tuple)):
                yield from self._whose(value, table)
            elif isinstance(value, (str, dict)):
                yield from (self._words[name] for name in _MARKED.findall(str(value)))

    @staticmethod
    def _foreign(cursor: Any, whose: set[tuple[str, str]]) -> bool:
        # Past what listens to statements.
        answer = cursor.connection.pgconn.exec_(_NAMED)
        register, client = ((answer.get_value(0, place) or b"").decode() for place in (0, 1))
        return any(r != register or (client and c and c != client) for r, c in whose)


def _oids() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, oid FROM pg_class WHERE relkind = 'r'")
        return dict(cursor.fetchall())


def _tables_without_walls() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_class WHERE relkind = 'r' AND NOT relrowsecurity")
        return {oid for (oid,) in cursor.fetchall()}


__all__ = ["MARK", "Crossing", "mark"]
