"""The statements of a page: how many, and whether any goes through a whole table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bench.asking import ask, handlers
from bench.seats import PAGES, Seat
from polku.foundation import walls
from polku.launch import LaunchError

# What only opens and closes transactions is left out.
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
# A coach's team has 2 500 clients; whoever looks at more rows of a large table has no good index.
LARGE, FEW = 20_000, 5_000

Asked = list[tuple[str, Any]]


@dataclass(frozen=True)
class Counts:
    """Statements of a page at one row, at two hundred, and as a coach with 250 clients."""

    one: int
    many: int
    usual: int


def counts(one: Seat, many: Seat, usual: Seat) -> dict[str, Counts]:
    """Return the statements of each page. One entry of the audit record is among them."""
    return {page: Counts(*(len(of(seat, page)) for seat in (one, many, usual))) for page in PAGES}


def of(seat: Seat, page: str) -> Asked:
    """Return the statements of a page, and check that its entry was written and committed."""
    site, address = handlers()["site"], seat.addresses[page][0]
    ask(site, address, seat.cookie)  # wording a read for the first time asks nothing
    before = _entries(seat.register_id)
    with _listening() as asked:
        answer = ask(site, address, seat.cookie)
    if not answer.status.startswith("200"):
        raise LaunchError(f"{page} ({address}) answered {answer.status}.")
    if _entries(seat.register_id) != before + 1:
        raise LaunchError(f"{page} did not leave one entry of the audit record.")
    return asked


def whole_tables(seat: Seat) -> dict[str, list[str]]:
    """Return for each page what its statements read too widely, as planned for polku_app.

    Each is run again under EXPLAIN ANALYZE inside the register's walls, and rolled back.
    """
    found = {page: [text for s in of(seat, page) for text in _wide(seat, *s)] for page in PAGES}
    return {page: sorted(set(texts)) for page, texts in found.items()}


def _entries(register_id: UUID) -> int:
    # The identity column's last value would also count what was rolled back.
    with walls.inside(register_id), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM foundation_auditentry")
        return int(cursor.fetchone()[0])


@contextmanager
def _listening() -> Iterator[Asked]:
    asked: Asked = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(NOT_COUNTED):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield asked


def _wide(seat: Seat, sql: str, params: Any) -> Iterator[str]:
    if not sql.lstrip().upper().startswith(("SELECT", "WITH")) or "set_config" in sql:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        walls.enter(register=seat.register_id)
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0]
        large = _large(cursor)
        transaction.set_rollback(True)
    plan = json.loads(plan) if isinstance(plan, str) else plan
    for node in _nodes(plan[0]["Plan"]):
        table = node.get("Relation Name", "")
        looked_at = _rows(node)
        if table in large and (node["Node Type"] == "Seq Scan" or looked_at > FEW):
            yield f"{node['Node Type']} of {table}: {looked_at} rows"


def _large(cursor: Any) -> set[str]:
    cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [LARGE])
    return {name for (name,) in cursor.fetchall()}


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _rows(node: dict[str, Any]) -> int:
    per_loop = sum(
        node.get(name, 0)
        for name in ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    )
    return int(per_loop * node.get("Actual Loops", 1))
