"""A file from end to end: read through once, then batch by batch, each committed with its entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from queue import Empty, Queue
from threading import Event, Thread
from typing import Protocol
from uuid import UUID

from django.db import connection

from polku.exchange.imports.bookings import Bookings
from polku.exchange.imports.errand import Errand
from polku.exchange.imports.history import History
from polku.exchange.imports.people import Columns, People
from polku.exchange.imports.report import Report, Result, Told
from polku.exchange.sheets import Layout, ParsedRow, Problem, Sheet, Unreadable, parse_rows
from polku.exchange.sheets.fields import APPOINTMENTS, CONTACTS, PEOPLE
from polku.foundation import audit, walls
from polku.foundation.permissions import check

BATCH = 1_000
LOCK_CLASS = 715_518


class Busy(Exception):
    """Another import of this register is running."""


class Handler(Protocol):
    """What takes the rows of one kind of sheet."""

    shown: set[UUID]
    fields: set[str]

    def take(self, rows: Sequence[ParsedRow]) -> list[Result]: ...
    def recall(self, rows: Sequence[ParsedRow]) -> None: ...


HANDLERS: dict[str, Callable[[Errand, Columns], Handler]] = {
    PEOPLE: People,
    CONTACTS: History,
    APPOINTMENTS: Bookings,
}

# Called inside each batch's transaction: what is told of it, and the last line.
Step = Callable[[list[Told], int], None]


@contextmanager
def alone(register: UUID) -> Iterator[None]:
    """Keep other imports out of the register meanwhile. Raises Busy at once.

    The database lets go by itself when the connection dies with its process.
    """
    key = [LOCK_CLASS, str(register)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key)
        if not cursor.fetchone()[0]:
            raise Busy
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", key)


def read_through(sheet: Sheet, layout: Layout) -> int:
    """Return how many rows stand below the header. Raises Unreadable where the file breaks off:

    nothing has been changed then.
    """
    last = layout.header_lines[-1] if layout.header_lines else 0
    return sum(1 for row in sheet.rows() if row.line > last)


def refuse_unusable(layout: Layout) -> None:
    """Raise Unreadable, with the reason, for a layout by which nothing can be read."""
    for problem in layout.problems:
        if problem.severity == "refused":
            raise Unreadable(problem.code, line=problem.line, column=problem.column)


def columns_of(layout: Layout) -> Columns:
    """Return, by the sheet's field, the first column that holds it and its heading."""
    found: Columns = {}
    for column in layout.read:
        found.setdefault(column.field or "", (column.letter, column.heading))
    if "full_name" in found:
        found.setdefault("last_name", found["full_name"])
    return found


def about_file(sheet: Sheet, layout: Layout) -> list[Problem]:
    """Return what is to be said of the file and its headings."""
    return [*sheet.notes, *layout.problems]


def run(
    errand: Errand,
    sheet: Sheet,
    layout: Layout,
    *,
    report: Report,
    step: Step | None = None,
    after_line: int = 0,
    size: int = BATCH,
) -> Report:
    """Import the rows, or see what would come of them, and return the report.

    Each batch of `size` rows is one transaction that names the register, with one audit entry and
    whatever `step` adds. Rows up to `after_line` were imported before. Raises Refused, Unreadable.
    """
    check(errand.by, "exchange.import_clients")
    handler = HANDLERS[layout.kind](errand, columns_of(layout))
    rows = parse_rows(sheet, layout, errand.reading())
    for batch in _batches(rows, size):
        with walls.inside(errand.register.id, by=errand.by):
            done = [row for row in batch if row.line <= after_line]
            if done:
                handler.recall(done)
            ahead = [row for row in batch if row.line > after_line]
            if not ahead:
                continue
            told = report.take(handler.take(ahead))
            audit.record(
                errand.by,
                "exchange.check_batch" if errand.dry else "exchange.import_batch",
                shown=sorted(handler.shown),
                fields=handler.fields,
                reason=errand.reason,
            )
            if step is not None:
                step(told, ahead[-1].line)
    return report


def _batches(rows: Iterator[ParsedRow], size: int) -> Iterator[list[ParsedRow]]:
    """Yield the rows in batches, the next ones read while the database works on the last."""
    ready: Queue[list[ParsedRow] | BaseException | None] = Queue(maxsize=2)
    given_up = Event()

    def read() -> None:
        try:
            while not given_up.is_set():
                batch = list(islice(rows, size))
                ready.put(batch or None)
                if not batch:
                    return
        except BaseException as error:  # It comes out where the rows are taken.
            ready.put(error)

    reader = Thread(target=read, name="rows", daemon=True)
    reader.start()
    try:
        while (batch := ready.get()) is not None:
            if isinstance(batch, BaseException):
                raise batch
            yield batch
    finally:
        given_up.set()
        while reader.is_alive():
            with suppress(Empty):
                ready.get(timeout=0.05)
        reader.join()
