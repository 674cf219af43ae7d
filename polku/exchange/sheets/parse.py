"""Rows -> values: one ParsedRow for each row below the header, its problems in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from polku.exchange.sheets.fields import FIELDS, PEOPLE, WORKSITES
from polku.exchange.sheets.headers import Column, Layout
from polku.exchange.sheets.problems import (
    Finding,
    Params,
    Problem,
    Severity,
    doubtful,
    refused,
)
from polku.exchange.sheets.setting import Setting
from polku.exchange.sheets.skipping import Sieve
from polku.exchange.sheets.table import Cell, Row, Sheet, letter
from polku.exchange.sheets.texts import Reading
from polku.exchange.sheets.trade import Said
from polku.exchange.sheets.values import read_value
from polku.exchange.sheets.words import occasion_of

CACHE = 8_192
# What is every row's own: keeping it would only crowd out what comes again.
_OWN = frozenset(["identity", "number", "phones", "email", "long_text"])
# A value that a reason quotes, hidden where the person has a safety ban.
HIDDEN = "•••"

# Who a row is about must be told by at least one of these.
_NAMING = ("identity_code", "client_number", "last_name")
# And which workplace, by one of these.
_PLACING = ("office_number", "worksite", "host")


@dataclass(slots=True)
class ParsedRow:
    """`line` as the office sees it. `fields`: field name -> value; an empty cell has no key.

    Types by field: identity_code IdentityCode; phone tuple[Phone, …]; birth_date, registered and
    other days date; time datetime.time; duration int minutes; municipality three-digit str;
    languages ISO 639 str; safety_ban bool; interpreter bool or language; all others str. full_name
    has been split into last_name and first_names. Of contacts and appointments, occasion says
    initial_interview, complementary or job_search_discussion where the subject does. Of worksites:
    kinds, demands, cards, supports, cuts trade.Said; language_level trade.Level; languages tuple;
    person contact_person.Person; seats and days int; hours two Decimals, least and most;
    coordinates float.

    `skipped`: not a person's row (totals, a heading repeated, a remark); its problem says why.
    """

    line: int
    fields: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    skipped: bool = False
    hidden: bool = False

    @property
    def refused(self) -> bool:
        return any(problem.severity is Severity.REFUSED for problem in self.problems)


def parse_rows(sheet: Sheet, layout: Layout, setting: Setting) -> Iterator[ParsedRow]:
    """Streams the rows below the header. Blank rows are passed over; every other row comes out.

    Raises Unreadable where the file breaks off in the middle; rows before that have come out.
    """
    last_header = layout.header_lines[-1] if layout.header_lines else 0
    reader = _Reader(layout, setting)
    for row in sheet.rows():
        if row.line > last_header and any(not _blank(cell) for cell in row.cells):
            yield reader.parsed(row)


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip(" \t\u00a0\u200b\ufeff"))


class _Reader:
    def __init__(self, layout: Layout, setting: Setting) -> None:
        self._layout = layout
        self._setting = setting
        self._sieve = Sieve(layout)
        self._columns = layout.read
        self._known = {column.index for column in layout.columns}
        self._width = 1 + max((column.index for column in layout.columns), default=-1)
        self._cache: dict[tuple[str, type, Cell], Reading] = {}

    def parsed(self, row: Row) -> ParsedRow:
        skip = self._sieve.reason(row)
        if skip is not None:
            problem = _placed(skip, row.line, None)
            return ParsedRow(row.line, {}, [problem], skipped=True, hidden=row.hidden)
        result = ParsedRow(row.line, {}, hidden=row.hidden)
        for finding in row.flaws:
            result.problems.append(_placed(finding, row.line, None))
        for column in self._columns:
            if column.index < len(row.cells):
                cell = row.cells[column.index]
                if cell is not None:
                    self._take(column, cell, result)
        self._look_beside(row, result)
        _finish(result, self._layout.kind)
        return result

    def _take(self, column: Column, cell: Cell, result: ParsedRow) -> None:
        name = column.field or ""
        reading = self._read(name, cell)
        for finding in reading.findings:
            result.problems.append(_placed(finding, result.line, column))
        if reading.value is not None:
            _put(result.fields, name, reading.value)

    def _read(self, name: str, cell: Cell) -> Reading:
        if FIELDS[name].reads in _OWN:
            return read_value(name, cell, self._setting)
        key = (name, type(cell), cell)
        known = self._cache.get(key)
        if known is None:
            known = read_value(name, cell, self._setting)
            if len(self._cache) < CACHE:
                self._cache[key] = known
        return known

    def _look_beside(self, row: Row, result: ParsedRow) -> None:
        """Cells outside the header's columns are named: nothing is dropped in silence."""
        if len(row.cells) <= self._width and len(self._known) == self._width:
            return
        outside = [
            index
            for index, cell in enumerate(row.cells)
            if index not in self._known and not _blank(cell)
        ]
        if outside:
            finding = doubtful("cells_outside_columns", count=len(outside))
            problem = _placed(finding, row.line, None)
            place = letter(outside[0])
            result.problems.append(
                Problem(finding.code, problem.severity, row.line, place, "", problem.params)
            )


def _placed(finding: Finding, line: int, column: Column | None) -> Problem:
    place = column.letter if column else None
    heading = column.heading if column else ""
    return Problem(finding.code, finding.severity, line, place, heading, finding.params)


def _put(fields: dict[str, Any], name: str, value: Any) -> None:
    """Keeps a value; several columns of one field add up, a split name fills what is empty."""
    if name in ("full_name", "full_name_first"):
        last, first = value
        fields.setdefault("last_name", last)
        if first:
            fields.setdefault("first_names", first)
    elif name == "time" and isinstance(value, tuple):
        fields["time"] = value[0]
        fields.setdefault("duration", value[1])
    elif name == "phone" and name in fields:
        fields[name] += tuple(phone for phone in value if phone not in fields[name])
    elif isinstance(value, Said) and name in fields:
        before = fields[name]
        rest = ", ".join(text for text in (before.rest, value.rest) if text)
        fields[name] = Said(tuple(dict.fromkeys(before.found + value.found)), rest)
    elif name in ("notes", "entry", "tasks") and name in fields:
        fields[name] = f"{fields[name]}\n{value}"
    elif name == "email":
        fields.setdefault(name, value)
    else:
        fields[name] = value


def _finish(result: ParsedRow, kind: str) -> None:
    """What only the row as a whole can tell."""
    fields = result.fields
    if kind == WORKSITES:
        if not any(name in fields for name in _PLACING) and not result.refused:
            result.problems.append(_placed(refused("worksite_missing"), result.line, None))
        return
    _number_for_name(fields)
    code, born = fields.get("identity_code"), fields.get("birth_date")
    if kind != PEOPLE and (occasion := occasion_of(fields.get("subject", ""))):
        fields["occasion"] = occasion
    if code is not None and born is not None and code.born != born:
        result.problems.append(_placed(refused("birth_date_differs"), result.line, None))
    elif code is not None:
        fields.setdefault("birth_date", code.born)
    if not any(name in fields for name in _NAMING) and not result.refused:
        result.problems.append(_placed(refused("nobody_named"), result.line, None))
    if kind != PEOPLE and "date" not in fields and not result.refused:
        result.problems.append(_placed(refused("day_missing"), result.line, None))
    if fields.get("safety_ban"):
        result.problems[:] = [_hushed(problem) for problem in result.problems]


def _number_for_name(fields: dict[str, Any]) -> None:
    """ "Asiakas" heads numbers in some sheets and names in others."""
    last = fields.get("last_name")
    if last and last.isdigit() and "client_number" not in fields:
        fields["client_number"] = fields.pop("last_name")


def _hushed(problem: Problem) -> Problem:
    """A reason that would quote a guarded cell of a person with a safety ban quotes nothing."""
    if not any(isinstance(value, str) for value in problem.params.values()):
        return problem
    params: Params = {
        key: HIDDEN if isinstance(value, str) and key not in ("given", "expected") else value
        for key, value in problem.params.items()
    }
    return Problem(
        problem.code, problem.severity, problem.line, problem.column, problem.heading, params
    )
