"""An XLSX workbook: which sheet is the table, what is hidden, what the numbers mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from polku.exchange.sheets.problems import Severity, Unreadable
from polku.exchange.sheets.table import Cell, Limits, Row, Sheet, Source, column_index
from polku.exchange.sheets.xlsx_numbers import kind_of_format
from polku.exchange.sheets.xlsx_package import Attributes, Package, local
from polku.exchange.sheets.xlsx_rows import Book, Counts, stream_rows
from polku.exchange.sheets.xlsx_texts import SharedTexts, read_texts

_MERGE = re.compile(rb'mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_TAIL_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class _Tab:
    title: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Merge:
    """A merged block: rows from 1, columns from 0, both ends included."""

    top: int
    bottom: int
    left: int
    right: int


class XlsxReader:
    """Reads one worksheet of a workbook, as often as asked; the file is opened anew each time."""

    def __init__(self, source: Source, limits: Limits, title: str | None) -> None:
        self._source = source
        self._limits = limits
        self._wanted = title
        self._book: Book | None = None
        self._merges: list[_Merge] = []

    def describe(self, name: str) -> Sheet:
        """The sheet, with everything worth knowing that can be known before its rows are read."""
        package = Package(self._source, self._limits)
        try:
            package.refuse_doctypes()
            workbook = _workbook_part(package)
            tab, others = self._choose(_tabs(package, workbook))
            sheet = Sheet(name, "xlsx", self, title=tab.title)
            sheet.other_titles = tuple(other.title for other in others if not other.hidden)
            _note_contents(sheet, package, others)
            return sheet
        finally:
            package.close()

    def _choose(self, tabs: list[_Tab]) -> tuple[_Tab, list[_Tab]]:
        if self._wanted is not None:
            chosen = next((tab for tab in tabs if tab.title == self._wanted), None)
            if chosen is None:
                raise Unreadable("no_such_worksheet", title=self._wanted[:40])
        else:
            chosen = next((tab for tab in tabs if not tab.hidden), None)
            if chosen is None:
                raise Unreadable("no_visible_worksheet")
        return chosen, [tab for tab in tabs if tab is not chosen]

    def _prepared(self, package: Package, workbook: str, part: str) -> tuple[Book, list[_Merge]]:
        """Texts, styles and merged blocks, read once however often the rows are."""
        if self._book is None:
            self._merges = _merges(package, part, self._limits)
            self._book = _book(package, workbook, self._limits)
        return replace(self._book, counts=Counts()), self._merges

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        package = Package(self._source, self._limits)
        try:
            package.refuse_doctypes()
            workbook = _workbook_part(package)
            tab, _ = self._choose(_tabs(package, workbook))
            book, merges = self._prepared(package, workbook, tab.part)
            chunks = _counted(package, tab.part, sheet)
            prefix = _prefix(package.root(tab.part)[0])
            rows = stream_rows(book, prefix, chunks)
            yield from _filled_down(rows, merges, sheet)
            _note_counts(sheet, book.counts)
        finally:
            package.close()


def _prefix(tag: str) -> str:
    return tag[: -len(local(tag))]


def _workbook_part(package: Package) -> str:
    for kind, part in package.relations("").values():
        if kind == "officeDocument":
            if part.endswith(".bin"):
                raise Unreadable("binary_workbook")
            if package.has(part):
                return part
    if package.has("xl/workbook.xml"):
        return "xl/workbook.xml"
    raise Unreadable("not_a_sheet")


def _tabs(package: Package, workbook: str) -> list[_Tab]:
    relations = package.relations(workbook)
    tabs = []
    for tag, at in package.elements(workbook):
        if tag != "sheet":
            continue
        identity = next((value for key, value in at.items() if local(key) == "id"), "")
        kind, part = relations.get(identity, ("", ""))
        if kind == "worksheet" and package.has(part):
            tabs.append(_Tab(at.get("name", ""), part, at.get("state", "visible") != "visible"))
    if not tabs:
        raise Unreadable("no_visible_worksheet")
    return tabs


def _book(package: Package, workbook: str, limits: Limits) -> Book:
    texts, kinds = SharedTexts(limits), list[str]()
    for kind, part in package.relations(workbook).values():
        if kind == "sharedStrings" and package.has(part):
            texts = read_texts(package, part, limits)
        elif kind == "styles" and package.has(part):
            kinds = _style_kinds(package.elements(part))
    properties = (at for tag, at in package.elements(workbook) if tag == "workbookPr")
    from_1904 = any(at.get("date1904") in ("1", "true", "on") for at in properties)
    return Book(texts, kinds, from_1904, limits)


def _style_kinds(elements: list[tuple[str, Attributes]]) -> list[str]:
    """Kind by style number. The cell formats are the `xf` under `cellXfs`, not those before it."""
    codes: dict[int, str] = {}
    kinds: list[str] = []
    inside = ""
    for tag, at in elements:
        if tag in ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            inside = tag
        elif tag == "numFmt" and not inside:
            codes[_whole(at.get("numFmtId"))] = at.get("formatCode", "")
        elif tag == "xf" and inside == "cellXfs":
            number = _whole(at.get("numFmtId"))
            kinds.append(kind_of_format(number, codes.get(number)))
    return kinds


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _counted(package: Package, part: str, sheet: Sheet) -> Iterator[bytes]:
    whole, seen = max(package.size(part), 1), 0
    for chunk in package.chunks(part):
        seen += len(chunk)
        sheet.position = min(seen / whole, 1.0)
        yield chunk


def _merges(package: Package, part: str, limits: Limits) -> list[_Merge]:
    """Merged blocks of more than one row. They stand after the data, so the part is passed once
    before its rows are read: unpacking is a tenth of the work. It also proves the part whole."""
    tail = b""
    found = False
    for chunk in package.chunks(part, 1 << 20):
        tail = tail[:_TAIL_BYTES] + chunk if found else tail[-40:] + chunk
        if not found and (place := tail.find(b"mergeCells")) >= 0:
            tail, found = tail[place:], True
    merges = []
    for left, top, right, bottom in _MERGE.findall(tail if found else b""):
        first, last = int(top), int(bottom)
        if first < last:
            sides = column_index(left.decode()), column_index(right.decode())
            merges.append(_Merge(first, last, *sides))
    return sorted(merges[: limits.merges], key=lambda merge: merge.top)


def _filled_down(rows: Iterator[Row], merges: list[_Merge], sheet: Sheet) -> Iterator[Row]:
    """Puts the value of a block merged downwards into the rows that it covers.

    The office means "the same for all these"; the file keeps the value in the first row alone.
    """
    if not merges:
        yield from rows
        return
    waiting = list(reversed(merges))
    active: list[tuple[_Merge, Cell]] = []
    filled = 0
    for row in rows:
        active = [pair for pair in active if pair[0].bottom >= row.line]
        cells = list(row.cells)
        for merge, value in active:
            if value is not None and (merge.left >= len(cells) or cells[merge.left] is None):
                cells.extend([None] * (merge.left + 1 - len(cells)))
                cells[merge.left] = value
                filled += 1
        while waiting and waiting[-1].top <= row.line:
            merge = waiting.pop()
            value = row.cells[merge.left] if merge.left < len(row.cells) else None
            if merge.top == row.line and len(active) < 1_000:
                active.append((merge, value))
        yield row._replace(cells=tuple(cells))
    if filled:
        sheet.note("merged_cells", count=filled)


def _note_contents(sheet: Sheet, package: Package, others: list[_Tab]) -> None:
    hidden = [tab.title for tab in others if tab.hidden]
    if hidden:
        sheet.note("hidden_worksheets", Severity.DOUBTFUL, titles=", ".join(hidden)[:200])
    if sheet.other_titles:
        sheet.note("other_worksheets", titles=", ".join(sheet.other_titles)[:200])
    names = [name.lower() for name in package.names]
    if any(name.endswith("vbaproject.bin") for name in names):
        sheet.note("macros_ignored")
    if any("externallinks/" in name for name in names):
        sheet.note("outside_links_ignored")


def _note_counts(sheet: Sheet, counts: Counts) -> None:
    if counts.formulas:
        sheet.note("formulas_by_value", count=counts.formulas)
    if counts.hidden_rows:
        sheet.note("hidden_rows", Severity.DOUBTFUL, count=counts.hidden_rows)
