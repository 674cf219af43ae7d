"""Sheets that go out: no text in them can act as a formula, and all of it comes back as it was.

What could run (live_text.py) is shown as text: in XLSX as a text cell with the program's own quote
mark, in CSV with an apostrophe before it, which `open_sheet` takes off again. Numbers and days stay
numbers and days.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from polku.exchange.sheets.live_text import could_run, defused, plain_number_or_phone

Value = str | int | float | bool | date | datetime | time | None

# What XML can't hold, or would change, is written the format's own way: _xHHHH_.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_HALVES = re.compile("[\ud800-\udfff]")
CELL_CHARS = 32_767
DAY, MOMENT, CLOCK = "d.m.yyyy", "d.m.yyyy h:mm", "h:mm"


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A heading, and the column's width in characters."""

    heading: str
    width: int = 16


def write_xlsx(
    rows: Iterable[Sequence[Value]], columns: Sequence[OutColumn], out: IO[bytes], title: str = "1"
) -> int:
    """Writes a workbook of one worksheet, streaming; returns the number of rows below the header.

    The header is bold and stays in view; days show as 1.2.2027. Texts over 32 767 characters, which
    no cell can hold, are cut with an ellipsis.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1")
    sheet.freeze_panes = "A2"
    for index, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    if columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
    sheet.append([_heading(sheet, column.heading) for column in columns])
    count = 0
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
        count += 1
    book.save(out)
    return count


def _heading(sheet: Any, text: str) -> Any:
    cell = _text_cell(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _xlsx_cell(sheet: Any, value: Value) -> Any:
    if isinstance(value, str):
        return _text_cell(sheet, value) if value else None
    if value is None or isinstance(value, bool | int | float):
        return value
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, datetime):
        cell.number_format = MOMENT
    elif isinstance(value, date):
        cell.number_format = DAY
    else:
        cell.number_format = CLOCK
    return cell


def _text_cell(sheet: Any, text: str) -> Any:
    if len(text) > CELL_CHARS:
        text = text[: CELL_CHARS - 1] + "…"
    cell = WriteOnlyCell(sheet, "")
    # Set past openpyxl, which would make a formula of a text that begins with =.
    cell._value = _NOT_IN_XML.sub(lambda sign: f"_x{ord(sign[0]):04X}_", _whole(text))
    cell.data_type = "s"
    cell.quotePrefix = could_run(text)
    if plain_number_or_phone(text):
        cell.number_format = "@"
    return cell


def _whole(text: str) -> str:
    return _HALVES.sub("\ufffd", text)


def csv_lines(rows: Iterable[Sequence[Value]], columns: Sequence[OutColumn]) -> Iterator[str]:
    """CSV as Finnish Excel opens it: a byte order mark, `;`, decimal comma, 1.2.2027, CRLF."""
    yield "\ufeff" + _csv_line([column.heading for column in columns])
    for row in rows:
        yield _csv_line(row)


def _csv_line(row: Sequence[Value]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([_csv_cell(v) for v in row])
    return line.getvalue()


def _csv_cell(value: Value) -> str:
    if isinstance(value, str):
        return defused(_whole(value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    if isinstance(value, datetime):
        return f"{value.day}.{value.month}.{value.year} {value:%H.%M}"
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    return f"{value:%H.%M}" if isinstance(value, time) else str(value)
