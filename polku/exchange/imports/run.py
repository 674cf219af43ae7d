"""A file from end to end: read through once, then batch by batch, each committed with its entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Protocol
from uuid import UUID

from polku.exchange.imports.bookings import Bookings
from polku.exchange.imports.errand import Errand
from polku.exchange.imports.history import History
from polku.exchange.imports.people import People
from polku.exchange.imports.report import Report, Result, Told
from polku.exchange.imports.wanted import Columns, Wanted, wants
from polku.exchange.sheets import Layout, Problem, Sheet, Unreadable, parse_rows
from polku.exchange.sheets.fields import APPOINTMENTS, CONTACTS, PEOPLE
from polku.foundation import audit, turns, walls
from polku.foundation.permissions import check
from polku.foundation.turns import Turn

BATCH = 1_000


class Busy(Exception):
    """Another import of this register is running."""


class Handler(Protocol):
    """What takes the rows of one kind of sheet.

    `take` calls `writing` when it has decided and the database has its longest work before it.
    """

    shown: set[UUID]
    fields: set[str]

    def take(self, rows: Sequence[Wanted], writing: Callable[[], None]) -> list[Result]: ...
    def recall(self, rows: Sequence[Wanted]) -> None: ...


HANDLERS: dict[str, Callable[[Errand], Handler]] = {
    PEOPLE: People,
    CONTACTS: History,
    APPOINTMENTS: Bookings,
}

# Called inside each batch's transaction: what is told of it, and the last line.
Step = Callable[[list[Told], int], None]


@contextmanager
def alone(register: UUID) -> Iterator[None]:
    """Keep other imports out of the register meanwhile. Raises Busy at once."""
    with turns.alone(Turn.IMPORTS, register) as ours:
        if not ours:
            raise Busy
        yield


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
    columns = columns_of(layout)
    handler = HANDLERS[layout.kind](errand)
    rows = wants(parse_rows(sheet, layout, errand.reading()), columns, errand.register.id)
    with Ahead(rows, size) as ahead:
        while batch := ahead.take():
            done = [want for want in batch if want.row.line <= after_line]
            fresh = batch[len(done) :]
            with walls.inside(errand.register.id, by=errand.by):
                if done:
                    handler.recall(done)
                if not fresh:
                    continue
                told = report.take(handler.take(fresh, ahead.begin))
                audit.record(
                    errand.by,
                    "exchange.check_batch" if errand.dry else "exchange.import_batch",
                    shown=sorted(handler.shown),
                    fields=handler.fields,
                    reason=errand.reason,
                )
                if step is not None:
                    step(told, fresh[-1].row.line)
    return report


class Ahead:
    """Takes rows in batches; the next batch is read while the database works on the last one.

    Begun any sooner, reading would only take its time from those who decide: two threads of
    Python share one processor.
    """

    def __init__(self, rows: Iterator[Wanted], size: int) -> None:
        self._rows = rows
        self._size = size
        self._reader = ThreadPoolExecutor(1, "rows")
        self._next: Future[list[Wanted]] | None = None

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *error: object) -> None:
        self._reader.shutdown()

    def begin(self) -> None:
        """Begin to read the next batch, unless that is done already."""
        if self._next is None:
            self._next = self._reader.submit(lambda: list(islice(self._rows, self._size)))

    def take(self) -> list[Wanted]:
        """Return the next batch, empty at the end. Raises what the reading raised."""
        self.begin()
        assert self._next is not None
        batch, self._next = self._next.result(), None
        return batch
