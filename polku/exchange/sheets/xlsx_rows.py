"""The rows of one worksheet, streamed: one pass through the XML, one row in memory at a time.

A whole-sheet reader would be simpler, but a million rows of fourteen cells take it over a gigabyte;
this takes the same few megabytes for any length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from polku.exchange.sheets.problems import Unreadable
from polku.exchange.sheets.table import Cell, Flaw, Limits, Row, column_index, letter
from polku.exchange.sheets.xlsx_numbers import moment, plain_number
from polku.exchange.sheets.xlsx_package import Attributes, feed, safe_parser
from polku.exchange.sheets.xlsx_texts import SharedTexts, unescape

DIGITS = "0123456789"


@dataclass
class Counts:
    """What was met on the way, for the notes about the file."""

    formulas: int = 0
    hidden_rows: int = 0


@dataclass
class Book:
    """What a worksheet needs of its workbook. `kinds`: style number -> kind of xlsx_numbers."""

    texts: SharedTexts
    kinds: list[str]
    from_1904: bool
    limits: Limits
    counts: Counts = field(default_factory=Counts)


class _Columns(dict[str, int]):
    """Letters -> index, remembered; what is no column letter counts as one too many."""

    def __missing__(self, letters: str) -> int:
        try:
            index = column_index(letters)
        except ValueError:
            index = 1 << 30
        if len(self) < 1 << 15:
            self[letters] = index
        return index


_COLUMNS = _Columns()


class _RowReader:
    """Handlers for expat. Finished rows gather in `ready` until the caller takes them."""

    def __init__(self, book: Book, prefix: str) -> None:
        self.book = book
        self.ready: list[Row] = []
        self._width, self._longest = book.limits.columns, book.limits.cell_chars
        self._kinds = {str(style): kind for style, kind in enumerate(book.kinds) if kind}
        self._reading = self._formula = self._hidden = False
        self._phonetic = self._line = self._column = self._cells_seen = 0
        self._raw: str | None = None
        self._kind: str | None = None
        self._style: str | None = None
        self._cells: list[Cell] = []
        self._by_type: dict[str, Callable[[str], Cell]] = {
            "s": self._shared,
            "b": lambda raw: raw.strip() in ("1", "true"),
            "str": unescape,
            "inlineStr": unescape,
            "e": lambda raw: Flaw("cell_error", raw[:20]),
            "d": _iso_moment,
        }
        self._c, self._v, self._t = prefix + "c", prefix + "v", prefix + "t"
        self._r, self._f, self._phon = prefix + "row", prefix + "f", prefix + "rPh"
        self._data = prefix + "sheetData"
        self.finished = False

    def start(self, tag: str, at: Attributes) -> None:
        if tag == self._c:
            self._start_cell(at)
        elif tag == self._v or tag == self._t:
            self._reading = not self._phonetic
            if self._raw is None:
                self._raw = ""
        elif tag == self._r:
            self._start_row(at)
        elif tag == self._f:
            self._formula = True
        elif tag == self._phon:
            self._phonetic += 1

    def _start_row(self, at: Attributes) -> None:
        try:
            self._line = int(at["r"]) if "r" in at else self._line + 1
        except ValueError:
            raise Unreadable("damaged_file") from None
        if not 1 <= self._line <= self.book.limits.rows:
            raise Unreadable("too_many_rows", limit=self.book.limits.rows)
        self._hidden = at.get("hidden", "0") in ("1", "true")
        self._column = -1
        self._cells = []

    def _start_cell(self, at: Attributes) -> None:
        reference = at.get("r")
        if reference is None:
            self._column += 1
        else:
            self._column = _COLUMNS[reference.rstrip(DIGITS)]
        if self._column >= self._width:
            raise Unreadable("too_many_columns", line=self._line, limit=self._width)
        self._kind = at.get("t")
        self._style = at.get("s")
        self._raw = None
        self._formula = False

    def chars(self, data: str) -> None:
        if self._reading and self._raw is not None:
            self._raw += data
            if len(self._raw) > self._longest:
                self._too_long()

    def end(self, tag: str) -> None:
        if tag == self._v or tag == self._t:
            self._reading = False
        elif tag == self._c:
            self._end_cell()
        elif tag == self._r:
            self._end_row()
        elif tag == self._phon:
            self._phonetic -= 1
        elif tag == self._data:
            self.finished = True

    def _end_cell(self) -> None:
        raw = self._raw
        if self._formula:
            self.book.counts.formulas += 1
        if raw is None:
            if not self._formula:
                return
            value: Cell = Flaw("formula_without_value")
        elif not raw:
            return
        elif self._kind is None or self._kind == "n":
            value = self._number(raw)
        else:
            value = self._by_type.get(self._kind, self._number)(raw)
        cells = self._cells
        gap = self._column - len(cells)
        if gap == 0:
            cells.append(value)
        elif gap > 0:
            cells.extend([None] * gap)
            cells.append(value)
        else:
            cells[self._column] = value

    def _end_row(self) -> None:
        if not self._cells:
            return
        self._cells_seen += len(self._cells)
        if self._cells_seen > self.book.limits.cells:
            raise Unreadable("too_many_cells", line=self._line, limit=self.book.limits.cells)
        if self._hidden:
            self.book.counts.hidden_rows += 1
        self.ready.append(Row(self._line, tuple(self._cells), self._hidden))
        self._cells = []

    def _number(self, raw: str) -> Cell:
        value = plain_number(raw)
        if self._style is None or isinstance(value, Flaw):
            return value
        kind = self._kinds.get(self._style)
        return moment(value, kind, self.book.from_1904) if kind else value

    def _shared(self, raw: str) -> Cell:
        try:
            value = self.book.texts.get(int(raw))
        except ValueError:
            return Flaw("cell_broken", raw[:20])
        if isinstance(value, Flaw) and value.code == "cell_too_long":
            self._too_long()
        return value

    def _too_long(self) -> None:
        raise Unreadable(
            "cell_too_long",
            line=self._line,
            column=letter(self._column) if self._column >= 0 else None,
            limit=self.book.limits.cell_chars,
        )


def _iso_moment(raw: str) -> Cell:
    try:
        value = datetime.fromisoformat(raw.strip().removesuffix("Z"))
    except ValueError:
        return Flaw("cell_broken", raw[:20])
    plain = value.replace(tzinfo=None)
    return plain.date() if len(raw.strip()) <= 10 else plain


def stream_rows(book: Book, prefix: str, chunks: Iterator[bytes]) -> Iterator[Row]:
    """Rows that hold anything, in the file's order. Stops at the end of the data."""
    reader = _RowReader(book, prefix)
    parser = safe_parser(reader.start)
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.chars
    for chunk in chunks:
        feed(parser, chunk)
        if reader.ready:
            ready, reader.ready = reader.ready, []
            yield from ready
        if reader.finished:
            return
    feed(parser, b"", last=True)
    yield from reader.ready
