"""Rows of a delimited text file: quotes that close and quotes that don't, any delimiter."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from polku.exchange.sheets.csv_text import Lines, LineTooLong, detect
from polku.exchange.sheets.live_text import restored
from polku.exchange.sheets.problems import Finding, Severity, Unreadable, doubtful
from polku.exchange.sheets.table import Cell, Limits, Row, Sheet, Source, letter

HEAD = 1 << 16
SAMPLE_LINES = 200
SAMPLE_CHARS = 1_000_000
# Guessing the delimiter wrongly makes giant cells; only the real reading refuses them.
_UNLIMITED = Limits(cell_chars=1 << 40, columns=1 << 40, cells=1 << 40)
DELIMITERS = ";\t,|"
# Excel's own first line, which it does not show; the office's row 1 comes after it.
_SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)
# ="00123": what some programs write so that Excel keeps leading zeros.
_KEPT_AS_TEXT = re.compile(r'^="([^"]*)"$')
_UNBALANCED = (doubtful("unbalanced_quote"),)


class CsvReader:
    """Reads one text file, as often as asked."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        head = source.head(HEAD)
        self._encoding, self._skip = detect(head)
        self._whole = len(head) == source.size
        self._delimiter = ";"
        self._separator_line = False

    def describe(self, name: str) -> Sheet:
        with self._source.open() as stream:
            lines = Lines(stream, self._encoding, self._skip)
            sample = self._sample(lines)
            encoding = _name_of(self._encoding, lines)
        if not any(line.strip(" \t;,|\ufeff\x00") for line in sample):
            raise Unreadable("empty_file")
        named = _SEPARATOR_LINE.match(sample[0].strip())
        self._separator_line = named is not None
        self._delimiter = named[1] if named else likely_delimiter(sample)
        return Sheet(name, "csv", self, encoding=encoding, delimiter=self._delimiter)

    def _sample(self, lines: Lines) -> list[str]:
        sample: list[str] = []
        size = 0
        try:
            for line in islice(lines, SAMPLE_LINES):
                sample.append(line)
                size += len(line)
                if size > SAMPLE_CHARS:
                    break
            return sample
        except LineTooLong as error:
            self._delimiter = likely_delimiter(sample)
            raise self._too_long(len(sample) + 1, str(error)) from None

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        with self._source.open() as stream:
            lines = Lines(stream, self._encoding, self._skip)
            texts = iter(lines)
            if self._separator_line:
                next(texts, None)
            line = 0
            try:
                for line, cells, flaws in numbered(texts, self._delimiter, self._limits):
                    if line > self._limits.rows:
                        raise Unreadable("too_many_rows", limit=self._limits.rows)
                    sheet.position = min(lines.bytes_read / max(self._source.size, 1), 1.0)
                    if cells:
                        yield Row(line, cells, False, flaws)
            except LineTooLong as error:
                raise self._too_long(line + 1, str(error)) from None
            sheet.encoding = _name_of(self._encoding, lines)
            if lines.seen.utf8 and lines.seen.eight_bit:
                sheet.note("mixed_encoding", Severity.DOUBTFUL, count=lines.seen.eight_bit)

    def _too_long(self, line: int, start: str) -> Unreadable:
        """Names the first cell of a line that is longer than any cell may be."""
        limit = self._limits.cell_chars
        cells = start.split(self._delimiter)
        column = next((i for i, cell in enumerate(cells) if len(cell) > limit), len(cells))
        if column >= self._limits.columns:
            return Unreadable("too_many_columns", line=line, limit=self._limits.columns)
        return Unreadable("cell_too_long", line=line, column=letter(column), limit=limit)


def _name_of(encoding: str, lines: Lines) -> str:
    if encoding != "8-bit":
        return encoding
    return lines.seen.codec if lines.seen.eight_bit else "utf-8"


def likely_delimiter(sample: list[str]) -> str:
    """The sign that cuts most lines into the same number of cells; `;` when none cuts any."""
    best, best_score = ";", 0.0
    for sign in DELIMITERS:
        widths = [
            len(cells)
            for _, cells, _ in numbered(iter(sample), sign, _UNLIMITED, pad=True)
            if any(cell is not None for cell in cells)
        ]
        if not widths:
            continue
        common = max(set(widths), key=lambda width: (widths.count(width), width))
        if common < 2:
            continue
        score = widths.count(common) / len(widths) * (1 + min(common, 20) / 20)
        if score > best_score:
            best, best_score = sign, score
    return best


Numbered = tuple[int, tuple[Cell, ...], tuple[Finding, ...]]


def numbered(
    texts: Iterator[str], delimiter: str, limits: Limits, pad: bool = False
) -> Iterator[Numbered]:
    """Records with their row number (a record is a row, however many lines its cells hold).

    Trailing empty cells are cut, unless `pad`; a record of empty cells only comes as ().
    """
    returned: deque[str] = deque()
    number = cells_seen = 0
    while True:
        first = returned.popleft() if returned else next(texts, None)
        if first is None:
            return
        number += 1
        flaws: tuple[Finding, ...] = ()
        if '"' not in first:
            raw: list[str] = first.split(delimiter)
        else:
            raw, sound = _quoted_record(first, texts, returned, delimiter, limits, number)
            flaws = () if sound else _UNBALANCED
        if len(first) > limits.cell_chars or len(raw) > limits.columns or flaws:
            _check_sizes(raw, limits, number)
        cells = _cells(raw, keep_end=pad)
        cells_seen += len(cells)
        if cells_seen > limits.cells:
            raise Unreadable("too_many_cells", line=number, limit=limits.cells)
        yield number, cells, flaws


def _check_sizes(raw: list[str], limits: Limits, number: int) -> None:
    if len(raw) > limits.columns:
        raise Unreadable("too_many_columns", line=number, limit=limits.columns)
    for index, text in enumerate(raw):
        if len(text) > limits.cell_chars:
            raise Unreadable(
                "cell_too_long", line=number, column=letter(index), limit=limits.cell_chars
            )


def _cells(raw: list[str], keep_end: bool) -> tuple[Cell, ...]:
    cells: list[Cell] = [_cell(text) if text else None for text in raw]
    if not keep_end:
        while cells and cells[-1] is None:
            cells.pop()
    return tuple(cells)


def _cell(text: str) -> Cell:
    if text.isspace():
        return None
    if text[0] == "=" and (kept := _KEPT_AS_TEXT.match(text)):
        return kept[1] or None
    return restored(text) if text[0] == "'" else text


@cache
def _field(delimiter: str) -> re.Pattern[str]:
    sign = re.escape(delimiter)
    return re.compile(
        rf'[ ]*"([^"]*(?:""[^"]*)*)"[ ]*(?={sign}|\Z)|([^{sign}]*)(?={sign}|\Z)', re.DOTALL
    )


def _split(record: str, delimiter: str) -> list[str] | None:
    """Cells of a record whose quotes are sound, else None."""
    pattern = _field(delimiter)
    cells: list[str] = []
    position = 0
    while True:
        match = pattern.match(record, position)
        if match is None:
            return None
        quoted, plain = match[1], match[2]
        if quoted is not None:
            cells.append(quoted.replace('""', '"'))
        elif plain.lstrip(" ").startswith('"') or "\n" in plain:
            return None
        else:
            cells.append(plain)
        position = match.end()
        if position == len(record):
            return cells
        position += 1


def _quoted_record(
    first: str,
    texts: Iterator[str],
    returned: deque[str],
    delimiter: str,
    limits: Limits,
    number: int,
) -> tuple[list[str], bool]:
    """Cells, and whether the quotes were sound.

    A cell may hold line breaks inside its quotes. When the quote never closes, or closes in the
    middle of a later row, only this row is read as it stands; the rows after it are not swallowed.
    """
    whole = _split(first, delimiter)
    if whole is not None:
        return whole, True
    lines, length, odd = [first], len(first), first.count('"') % 2
    while odd and length <= limits.cell_chars + len(first):
        following = returned.popleft() if returned else next(texts, None)
        if following is None:
            break
        lines.append(following)
        length += len(following) + 1
        odd ^= following.count('"') % 2
    if not odd and len(lines) > 1:
        cells = _split("\n".join(lines), delimiter)
        if cells is not None:
            _check_sizes(cells, limits, number)
            return cells, True
    if length > limits.cell_chars and not _look_like_rows(lines, delimiter):
        column = first[: first.rfind('"')].count(delimiter)
        raise Unreadable(
            "cell_too_long", line=number, column=letter(column), limit=limits.cell_chars
        )
    returned.extendleft(reversed(lines[1:]))
    return [cell.strip().strip('"') for cell in first.split(delimiter)], False


def _look_like_rows(lines: Iterable[str], delimiter: str) -> bool:
    widths = [line.count(delimiter) for line in lines]
    return widths[0] > 0 and widths.count(widths[0]) > len(widths) / 2
