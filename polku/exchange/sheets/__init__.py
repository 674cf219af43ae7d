"""Sheets as offices really have them: reading, understanding and writing, and nothing else.

Three steps, each pure and each usable alone:

    sheet = open_sheet(data_or_path, "asiakkaat.xlsx")       reader.py   bytes -> rows
    layout = find_layout(sheet)                              headers.py  rows -> what a column is
    for row in parse_rows(sheet, layout, setting): ...       parse.py    rows -> values and problems

What can't be read at all raises `Unreadable` and nothing else does; everything smaller is a
`Problem` with line, column, heading, code and parameters. `messages.sentence` turns a problem into
words. Going out, `defuse.py` writes sheets whose text can't act as a formula.
"""

from polku.exchange.sheets.headers import Layout, find_layout
from polku.exchange.sheets.parse import ParsedRow, parse_rows
from polku.exchange.sheets.problems import Problem, Severity, Unreadable
from polku.exchange.sheets.reader import open_sheet
from polku.exchange.sheets.setting import Setting
from polku.exchange.sheets.table import Row, Sheet

__all__ = [
    "Layout",
    "ParsedRow",
    "Problem",
    "Row",
    "Setting",
    "Severity",
    "Sheet",
    "Unreadable",
    "find_layout",
    "open_sheet",
    "parse_rows",
]
