"""Taking the walls away, and counting what is read behind them, for tests of what they hold."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from polku.foundation import walls
from polku.launch import postgres


@contextmanager
def without_walls() -> Iterator[None]:
    """Connect as a superuser, for whom no policy holds. To be entered before the database is used.

    Nothing is committed: the test's own transaction begins inside.
    """
    settings = connection.settings_dict
    before = settings["USER"]
    connection.close()
    settings["USER"] = os.environ.get("POLKU_TEST_SUPERUSER", postgres.SUPERUSER)
    try:
        yield
    finally:
        connection.close()
        settings["USER"] = before


def walled_tables() -> set[str]:
    """Return every table that has walls, as the database says it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        return {name for (name,) in cursor.fetchall()}


@contextmanager
def naming(other: Any) -> Iterator[None]:
    """Name this register, or none, whatever is to be named: a job that got its register wrong."""
    enter, execute = walls.enter, psycopg.Connection.execute

    def lost(self: Any, query: Any, params: Any = None, **more: Any) -> Any:
        # Programs without Django name it by a statement of their own.
        if "set_config('polku.register'" in str(query):
            params = [str(other or "")]
        return execute(self, query, params, **more)

    with (
        _patched(walls, {"enter": lambda **_named: enter(register=other)}),
        _patched(psycopg.Connection, {"execute": lost}),
    ):
        yield


@contextmanager
def reading() -> Iterator[list[str]]:
    """Collect the statements by which a row of a walled table was read, once for each row.

    A count of nothing is no row.
    """
    named = re.compile(rb"\b(" + "|".join(sorted(walled_tables())).encode() + rb")\b")
    seen: list[str] = []

    def note(cursor: Any, rows: list[Any]) -> None:
        statement = cursor._query.query if cursor._query else b""
        # Asking whether a table is there reads none of it.
        if named.search(statement) and b"to_regclass(" not in statement:
            seen.extend(statement.decode() for row in rows if any(row))

    def spied(name: str) -> Callable[..., Any]:
        real = getattr(psycopg.Cursor, name)

        def spy(self: Any, *args: Any) -> Any:
            found = real(self, *args)
            note(self, [found] if name == "fetchone" and found else found or [])
            return found

        return spy

    with _patched(psycopg.Cursor, {n: spied(n) for n in ("fetchone", "fetchmany", "fetchall")}):
        yield seen


@contextmanager
def _patched(thing: Any, new: dict[str, Any]) -> Iterator[None]:
    before = {name: getattr(thing, name) for name in new}
    for name, value in new.items():
        setattr(thing, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(thing, name, value)
