"""Reads that Django words once and PostgreSQL answers many times.

Wording `visible(viewer)` takes Django several milliseconds, many times what the database needs to
answer. So a hot read is worded once for each shape (the role, whether there is a team, how a list
is sorted) with stand-ins for what changes from asking to asking, and the SQL is kept. The rule
who sees whom stays in one place: there is no second, hand-written version of it.

PostgreSQL keeps it too: reading such a statement, with every table's walls, and planning it takes
longer than answering it, so each connection has it done once.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, update_wrapper
from typing import Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from psycopg.types.datetime import TimestamptzLoader

from polku.foundation.viewer import Viewer

_VIEWER = ("register_id", "user_id", "client_id", "team_id", "organisation_id", "at")
_OF_VIEWER = tuple((name, f"viewer.{name}") for name in _VIEWER)
MOST_SHAPES = 300
_FIRST_MOMENT = datetime(1, 1, 2, tzinfo=UTC)
_FIRST_DAY = date(2, 1, 1)


class Said(str):
    """Text that somebody typed: filled in at each call, where other text makes a shape."""

    __slots__ = ()


class NotPrepared(TypeError):
    """A read holds a day, a moment or an id that did not come in as an argument."""


@dataclass(frozen=True)
class _Kept:
    """SQL with, for each parameter, the name of what fills it, or None for a fixed value."""

    sql: str
    params: tuple[tuple[str | None, Any], ...]

    def filled(self, given: dict[str, Any]) -> list[Any]:
        return [fixed if name is None else given[name] for name, fixed in self.params]


class Prepared:
    """A read `build(viewer, **arguments)` that returns a values_list; calling it gives the rows.

    Ids, days, moments and Said text among the arguments are filled in at each call; every other
    argument (and whether an id is None) makes a shape of its own. The rows are plain tuples as the
    database gives them: JSON columns come as text.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self._kept: dict[tuple[Any, ...], _Kept] = {}
        update_wrapper(self, build)

    def __call__(self, viewer: Viewer, **arguments: Any) -> list[tuple[Any, ...]]:
        given: dict[str, Any] = {}
        of_shape: list[Any] = [viewer.kind, viewer.role]
        for name, filled in _OF_VIEWER:
            value = given[filled] = getattr(viewer, name)
            of_shape.append(value is None)
        for name, value in arguments.items():
            if _fills(value):
                given[name] = value
                of_shape.append(name)
            else:
                of_shape.append((name, value))
        shape = tuple(of_shape)
        kept = self._kept.get(shape)
        if kept is None:
            # Pages of a list are shapes too: somebody may turn a great many.
            if len(self._kept) >= MOST_SHAPES:
                self._kept.clear()
            kept = self._kept[shape] = self._word(viewer, arguments)
        with cursor(_Numbered) as asking:
            asking.execute(kept.sql, kept.filled(given))
            return asking.fetchall()

    def _word(self, viewer: Viewer, arguments: dict[str, Any]) -> _Kept:
        numbers = itertools.count(1)
        names: dict[Any, str] = {}
        standing = dict(arguments)
        for name, value in arguments.items():
            if _fills(value):
                standing[name] = _stand_in(value, numbers)
                names[standing[name]] = name
        changed = {}
        for name in _VIEWER:
            value = getattr(viewer, name)
            if value is not None:
                changed[name] = _stand_in(value, numbers)
                names[changed[name]] = f"viewer.{name}"
        queryset = self.build(replace(viewer, **changed), **standing)
        sql, params = queryset.query.sql_with_params()
        return _Kept(sql, tuple(self._named(params, names)))

    def _named(self, params: Any, names: dict[Any, str]) -> Iterator[tuple[str | None, Any]]:
        for value in params:
            hashable = isinstance(value, (str, int, UUID, date, datetime))
            name = names.get(value) if hashable else None
            if name is None and _fills(value):
                raise NotPrepared(f"{self.build.__qualname__} holds {value!r} of its own")
            yield name, None if name else value


class _Cursor(psycopg.Cursor[Any]):
    """Has its statements kept ready by the server from the first time on."""

    def execute(self, query: Any, params: Any = None, **rest: Any) -> Any:
        return super().execute(query, params, prepare=True, **rest)


class _Numbered(psycopg.RawCursor[Any]):
    """The same for Django's SQL: psycopg would look for the places of a long one at each call."""

    def execute(self, query: Any, params: Any = None, **rest: Any) -> Any:
        return super().execute(_numbered(query), params, prepare=True, **rest)


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> bytes:
    """Return SQL with `$1`, `$2` … for each `%s`, and a percent sign for each `%%`."""
    numbers = itertools.count(1)
    found = {"%s": lambda: f"${next(numbers)}", "%%": lambda: "%"}
    return re.sub("%.", lambda place: found[place[0]](), sql).encode()


def cursor(kind: type[psycopg.Cursor[Any]] = _Cursor) -> Any:
    """Return a cursor like Django's, with what listens to statements, over one of ours.

    For the few statements of each page that are written by hand, too.
    """
    # Asked for once: each look at `connection` seeks it anew.
    database = connections[DEFAULT_DB_ALIAS]
    if database.connection is None:
        database.ensure_connection()
    if database.queries_logged:
        # Django logs the words that its own cursor made; ours sends none.
        return database.cursor()
    # Django has psycopg prepare nothing; its own cursors still don't.
    database.connection.prepare_threshold = 0
    own = kind(database.connection)
    # Django's loader is slow where hundreds of moments come; both give them in UTC.
    own.adapters.register_loader("timestamptz", TimestamptzLoader)
    return database._prepare_cursor(own)


def _fills(value: Any) -> bool:
    return isinstance(value, (UUID, date, Said))


def _stand_in(value: Any, numbers: Iterator[int]) -> Any:
    number = next(numbers)
    if isinstance(value, UUID):
        return UUID(int=number)
    if isinstance(value, Said):
        return Said(f"said {number} \ue000")
    if isinstance(value, datetime):
        return _FIRST_MOMENT + timedelta(microseconds=number)
    return _FIRST_DAY + timedelta(days=number)


prepared = Prepared
