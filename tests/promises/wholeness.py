"""Breaks an action after any of its statements, and tells what is left of it.

The state of the house is one digest for each table, asked of the database's own list of tables, so
that a table that no model knows (the queue of jobs, a history filled by triggers) counts too.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from django.db import OperationalError, connection

import polku
from polku.foundation import walls
from tests.promises import stirring


class State(dict[tuple[str, Any, Any], tuple[int, int]]):
    """{(table, register, guarded client): (rows, digest)}, and how much had been written then."""

    counts: stirring.Counts


# What is laid by migrations and read by everybody; nothing here writes it.
FIXED = {"django_content_type", "django_migrations", "foundation_municipality"}
# What a failed request leaves on purpose: the entry that says that it was refused.
KEPT = {"foundation_auditentry": "WHERE action NOT LIKE 'refused.%'"}

_TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
  AND has_table_privilege(oid, 'SELECT') ORDER BY 1
"""
_DIGEST = """SELECT '{table}', count(*), coalesce(sum(hashtextextended(t::text, 24)), 0)
FROM "{table}" t {where}"""


class Broken(OperationalError):
    """The fault that a test puts in: as if the connection had gone just then."""


class Watch:
    """Reads the digests of all tables, of these registers and of their guarded rows."""

    def __init__(self, world: Any, areas: Iterable[str] = ("lake", "river")) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_TABLES)
            self.tables = [name for (name,) in cursor.fetchall() if name not in FIXED]
        self._guarded = walls.guarded_tables()
        registers = [world.areas[name].id for name in areas]
        self._asked = [(None, None), *((one, None) for one in registers)]
        clients = [one for one in world.clients.values() if one.register_id in registers]
        self._asked += [(one.register_id, one.id) for one in clients]

    def state(self, since: State | None = None) -> State:
        """Return the digests as they stand in the test's transaction.

        Tables that were not written to `since` are not read again: of an earlier moment of this
        same transaction, which has not been taken back.
        """
        found = State(since or {})
        found.counts = stirring.counts()
        fresh = set(self.tables) if since is None else stirring.stirred(since.counts)
        with connection.cursor() as cursor:
            for register, guarded in self._asked:
                tables = [t for t in (self._guarded if guarded else self.tables) if t in fresh]
                if not tables:
                    continue
                walls.enter(register=register, guarded=guarded)
                cursor.execute(_sql(tables))
                for table, rows, digest in cursor.fetchall():
                    found[table, register, guarded] = rows, int(digest)
        walls.enter(register=None)
        return found

    def entries(self, after: int = 0) -> list[tuple[int, str]]:
        """Return (number, action) of the entries on record that came after a number."""
        found: list[tuple[int, str]] = []
        with connection.cursor() as cursor:
            for register in {register for register, _client in self._asked}:
                walls.enter(register=register)
                cursor.execute(
                    "SELECT id, action FROM foundation_auditentry WHERE id > %s", [after]
                )
                found += cursor.fetchall()
        walls.enter(register=None)
        return sorted(found)


def _sql(tables: list[str]) -> str:
    return " UNION ALL ".join(
        _DIGEST.format(table=table, where=KEPT.get(table, "")) for table in tables
    )


def changed(before: State, after: State) -> list[str]:
    """Return the names of the tables whose rows are not what they were."""
    both = before.keys() | after.keys()
    return sorted({place[0] for place in both if before.get(place) != after.get(place)})


class Statements:
    """Counts the statements of a block, and breaks after the nth; with `on`, after all later ones.

    A statement that ends a transaction (or a part of one) is broken before it is done, as one that
    did not get through; every other one after it was done.
    """

    def __init__(self, nth: int | None = None, *, on: bool = False) -> None:
        self.nth, self.on = nth, on
        self.said: list[str] = []
        self.broke = False

    def __call__(self, execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        self.said.append(str(sql))
        count = len(self.said)
        hit = self.nth is not None and (count == self.nth or (self.on and count > self.nth))
        if hit and not self._goes_back():
            if not str(sql).startswith("RELEASE"):
                # What the database refuses by itself (a time that is taken) needs no fault of ours.
                execute(sql, *rest)
            self.broke = True
            raise Broken("the connection went away")
        return execute(sql, *rest)

    def _goes_back(self) -> bool:
        """Return whether this is the way back; a connection that is gone the server rolls back."""
        last, before = ([""] + self.said)[-2:][::-1]
        ends = last.startswith("RELEASE") and before.startswith("ROLLBACK")
        return ends or last.startswith("ROLLBACK")


def actions() -> dict[CodeType, str]:
    """Return {code: name} of every action: a function that writes, `by` somebody, whole or not."""
    found = {}
    for module in pkgutil.walk_packages(polku.__path__, "polku."):
        parts = set(module.name.split("."))
        if parts & {"tests", "migrations", "demo", "launch", "testing", "__main__"}:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if getattr(value, "__module__", "") == module.name and _writes(value):
                where = module.name.removeprefix("polku.")
                found[inspect.unwrap(value).__code__] = f"{where}.{name}"
    return found


def _writes(value: Any) -> bool:
    if not inspect.isfunction(value) or not hasattr(value, "__wrapped__"):
        return False
    return "by" in inspect.signature(value).parameters


@contextmanager
def seeing(known: dict[CodeType, str]) -> Iterator[set[str]]:
    """Note which of the known functions are called inside the block."""
    met: set[str] = set()

    def note(frame: Any, event: str, _arg: Any) -> None:
        if event == "call" and frame.f_code in known:
            met.add(known[frame.f_code])

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield met
    finally:
        sys.setprofile(before)
