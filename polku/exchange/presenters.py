"""What the import pages show, as ready words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from polku.exchange import keeping
from polku.exchange.forms import KIND_WORDS, ColumnsForm
from polku.exchange.imports import errand as errands
from polku.exchange.imports import messages
from polku.exchange.imports.report import Told
from polku.exchange.models import ImportRun
from polku.exchange.sheets import Layout, ParsedRow, Problem, Sheet, parse_rows
from polku.exchange.sheets.fields import PEOPLE
from polku.exchange.sheets.headers import AMBIGUOUS, DUPLICATE, EXACT, GUESSED, IGNORED, MAPPED
from polku.exchange.sheets.messages import sentence
from polku.exchange.sheets.table import Cell, Flaw, letter
from polku.exchange.sheets.values import as_text
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.placements.terms import Kind

ROWS_SHOWN = 3
PEOPLE_SHOWN = 6
COLUMNS_SHOWN = 80
_CODE = re.compile(r"(\d{6})\s?[-+A-FU-Y–]\s?\d{3}[0-9A-Z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of the sheet: its letter, heading and first values, and the field to choose."""

    letter: str
    heading: str
    values: tuple[str, ...]
    choice: Any
    note: str
    note_kind: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """One of the first rows as it was read."""

    line: int
    who: str
    facts: str
    problems: tuple[str, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The file before anything is done with it."""

    columns: list[ColumnLine]
    rows: list[RowLine]
    warnings: list[str]
    usable: bool
    form: ColumnsForm
    left_out: int = 0
    asks_day: bool = False


@dataclass(frozen=True, slots=True)
class RunLine:
    """An import in the list of one's own."""

    id: UUID
    name: str
    kind: str
    when: str
    state: str
    state_kind: str
    counts: str


@dataclass(slots=True)
class Line:
    """A line of the report."""

    line: str
    column: str
    heading: str
    outcome: str
    tag: str
    reason: str
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one reason: how many, one of them in words, and where they are."""

    count: int
    example: str
    where: str
    url: str
    chosen: bool


def groups(by: Viewer, rows: list[Told], show: str, chosen: str) -> list[Group]:
    """Return the reasons of these rows, the commonest first."""
    found: dict[str, list[Told]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(row)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    examples = report_lines(by, [same[0] for _code, same in ordered])
    return [
        Group(
            len(same),
            line.reason,
            _("for example rows %s") % ", ".join(str(row.line) for row in same[:5] if row.line),
            f"?show={show}" if code == chosen else f"?show={show}&why={code}",
            code == chosen,
        )
        for (code, same), line in zip(ordered, examples, strict=True)
    ]


def preview(run: ImportRun, by: Viewer, sheet: Sheet, layout: Layout, form: Any) -> Preview:
    """Return what the page shows of a file: columns with their first values, and the first rows."""
    errand = errands.prepare(_register(by), by, source=run.id, digest=run.digest, dry=True)
    last = layout.header_lines[-1] if layout.header_lines else 0
    raw: list[tuple[Cell, ...]] = []
    for row in sheet.rows():
        if row.line > last and any(cell is not None for cell in row.cells):
            raw.append(row.cells)
        if len(raw) >= ROWS_SHOWN:
            break
    width = min(_width(layout, raw), COLUMNS_SHOWN)
    by_index = {column.index: column for column in layout.columns}
    columns = [
        ColumnLine(
            letter(index),
            by_index[index].heading if index in by_index else "",
            tuple(_shown(row[index]) for row in raw if index < len(row) and row[index] is not None),
            form[f"column_{index}"],
            *_how(by_index[index].how if index in by_index else ""),
        )
        for index in range(width)
    ]
    rows: list[RowLine] = []
    if layout.usable:
        for parsed in parse_rows(sheet, layout, errand.reading()):
            if not parsed.skipped:
                rows.append(row_line(parsed, errand.names))
            if len(rows) >= PEOPLE_SHOWN:
                break
    said: list[Problem] = [*sheet.notes, *layout.problems]
    warnings = [sentence(problem, gettext) for problem in said]
    more = _width(layout, raw) - width
    return Preview(columns, rows, warnings, layout.usable, form, more, asks_day(layout))


def asks_day(layout: Layout) -> bool:
    """Whether the sheet opens records and none of its columns tells when a client registered."""
    told = any(column.field == "registered" for column in layout.read)
    return layout.kind == PEOPLE and layout.usable and not told


def _register(by: Viewer) -> Any:
    return next(role.register for role in by.roles if role.id == by.role_id)


def _width(layout: Layout, raw: list[tuple[Cell, ...]]) -> int:
    return max(
        [column.index + 1 for column in layout.columns] + [len(cells) for cells in raw], default=0
    )


def column_count(sheet: Sheet, layout: Layout) -> int:
    """Return for how many columns the page asks."""
    raw: list[tuple[Cell, ...]] = []
    for row in sheet.rows():
        raw.append(row.cells)
        if len(raw) >= 40:
            break
    return min(_width(layout, raw), COLUMNS_SHOWN)


def _how(how: str) -> tuple[str, str]:
    return {
        EXACT: (_("recognised"), "ok"),
        MAPPED: (_("chosen by you"), "now"),
        GUESSED: (_("a guess: check it"), "warn"),
        AMBIGUOUS: (_("choose which it is"), "late"),
        DUPLICATE: (_("comes twice"), "warn"),
        IGNORED: (_("left out by you"), "neutral"),
    }.get(how, (_("not recognised"), "neutral"))


def _shown(cell: Cell) -> str:
    """A cell as the office sees it, short, and without the end of an identity code."""
    if isinstance(cell, Flaw):
        return cell.text or "?"
    text = " ".join(as_text(cell).split())
    text = _CODE.sub(r"\1•••••", text)
    return text if len(text) <= 40 else text[:39] + "…"


def row_line(parsed: ParsedRow, towns: dict[str, str]) -> RowLine:
    """Return one parsed row in words. `towns`: names of municipalities by code."""
    said = parsed.fields
    if said.keys() & {"worksite", "host", "office_number"}:
        return _worksite_line(parsed, towns)
    who = " ".join(str(said[k]) for k in ("last_name", "first_names") if k in said)
    facts = [
        towns.get(said[name], said[name]) if name == "municipality" else _short(said[name])
        for name in ("birth_date", "municipality", "date", "time", "registered", "coach", "mode")
        if name in said
    ]
    number = str(said.get("client_number", ""))
    name = who or number or "–"
    return RowLine(parsed.line, name, " · ".join(facts), _problems(parsed), parsed.refused)


def _worksite_line(parsed: ParsedRow, towns: dict[str, str]) -> RowLine:
    said = parsed.fields
    who = ", ".join(str(said[k]) for k in ("worksite", "unit", "host") if k in said)
    kinds = [str(Kind(kind).label) for kind in said["kinds"].found] if "kinds" in said else []
    facts = [
        said.get("title", ""),
        ", ".join(kinds),
        _("seats: %s") % said["seats"] if "seats" in said else "",
        said.get("address", ""),
        towns.get(said.get("in_municipality", ""), ""),
    ]
    return RowLine(
        parsed.line,
        who or str(said["office_number"]),
        " · ".join(fact for fact in facts if fact),
        _problems(parsed),
        parsed.refused,
    )


def _problems(parsed: ParsedRow) -> tuple[str, ...]:
    return tuple(
        sentence(problem, gettext) for problem in parsed.problems if problem.severity != "note"
    )


def _short(value: Any) -> str:
    if isinstance(value, time):
        return f"{value.hour}.{value.minute:02d}"
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    return str(value)


def moment(at: datetime) -> str:
    """Return a moment as it is written in Finland, or the English way on English pages."""
    local = clock.local(at)
    sign = ":" if get_language() == "en" else "."
    return f"{local.day}.{local.month}.{local.year} {local.hour}{sign}{local.minute:02d}"


STATE_TAGS = {
    "uploaded": "neutral",
    "waiting": "now",
    "running": "now",
    "checked": "study",
    "done": "ok",
    "failed": "late",
}


def run_line(run: ImportRun) -> RunLine:
    """Return one import for the list."""
    counts = run.counts
    summed = ""
    if run.state in ("checked", "done"):
        summed = _("%(created)s new, %(updated)s updated, %(refused)s refused") % {
            word: counts.get(word, 0) for word in ("created", "updated", "refused")
        }
    return RunLine(
        run.id,
        keeping.name_of(run),
        str(KIND_WORDS.get(run.kind, "")),
        moment(run.created_at),
        str(run.get_state_display()),
        STATE_TAGS[run.state],
        summed,
    )


def report_lines(by: Viewer, rows: list[Told]) -> list[Line]:
    """Return lines of a report in words, people named as far as the viewer may see them now."""
    people = messages.named(by, rows)
    return [
        Line(
            str(row.line or "–"),
            row.column or "",
            row.heading,
            _("refused") if row.outcome == "refused" else _("look at it"),
            "late" if row.outcome == "refused" else "warn",
            messages.sentence(row, people, gettext),
            row.code,
        )
        for row in rows
    ]


def failure(run: ImportRun) -> str:
    """Return why an import broke off, in words."""
    problem = run.problem or {}
    code = problem.get("code", "")
    if code == "role_ended":
        return _("Your role that the import was begun in has ended.")
    if code == "file_gone":
        return _("The file is no longer kept. Upload it again.")
    told = Told(problem.get("line"), None, "", "refused", code, problem.get("params", {}))
    return messages.sentence(told, {}, gettext)
