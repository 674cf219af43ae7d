"""Our streaming reader against another one (calamine), on sheets written by a third (openpyxl)."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from polku.exchange.sheets import open_sheet
from polku.exchange.sheets.messy import messy_office_sheet
from polku.exchange.sheets.tests.making import TODAY

CELL = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.text("aäö €<&>\"'_xé漢", min_size=1, max_size=12).filter(str.strip),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(
        lambda d: d.replace(microsecond=0)
    ),
    st.times().map(lambda t: t.replace(microsecond=0)).filter(lambda t: t > time(0)),
)


def ours(data: bytes) -> list[list[Any]]:
    return [list(row.cells) for row in open_sheet(data, "x").rows()]


def calamines(data: bytes) -> list[list[Any]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return [row for row in map(_trimmed, rows) if row]


def _trimmed(row: list[Any]) -> list[Any]:
    cells = [None if cell == "" else cell for cell in row]
    cells = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def same(one: Any, other: Any) -> bool:
    """Midnight may be a day or a moment; both say the same."""
    if isinstance(one, datetime) != isinstance(other, datetime):
        return str(one)[:10] == str(other)[:10]
    return bool(one == other)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=6))
def test_any_sheet_reads_as_calamine_reads_it(rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    book.active.append(["alku"] * 7)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    one, other = ours(out.getvalue()), calamines(out.getvalue())
    assert len(one) == len(other)
    for mine, theirs in zip(one, other, strict=True):
        assert len(mine) == len(theirs)
        assert all(map(same, mine, theirs)), (mine, theirs)


def test_the_messy_office_sheet_reads_as_calamine_reads_it() -> None:
    data = messy_office_sheet(300, today=TODAY, broken=20, twice=5).data
    one, other = ours(data), calamines(data)
    assert len(one) == len(other) > 300
    assert all(all(map(same, *pair)) for pair in zip(one, other, strict=True))
