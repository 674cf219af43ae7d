"""Finding the header among an office's titles, and saying what each column is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from polku.exchange.sheets.fields import FIELDS, KINDS
from polku.exchange.sheets.headings import OTHERS, phrases, vocabulary
from polku.exchange.sheets.naming import Meaning, exact_meaning, meaning_of
from polku.exchange.sheets.problems import Problem, Severity, Unreadable, quoted
from polku.exchange.sheets.setting import fold
from polku.exchange.sheets.table import Cell, Row, Sheet, column_index, letter

# How far down the titles above a table may reach.
ROWS_LOOKED_AT = 40
# No office's sheet is wider; a monster of 16 384 columns is not worth guessing at.
GUESSED_COLUMNS = 400
# Headings that mean their second field where the first has a column of its own.
_SECOND_CHOICE = {fold(word): "service_language" for word in ("kieli", "språk", "language")}

EXACT, GUESSED, MAPPED = "exact", "guessed", "mapped"
UNKNOWN, AMBIGUOUS, DUPLICATE, IGNORED = "unknown", "ambiguous", "duplicate", "ignored"


@dataclass(frozen=True, slots=True)
class Column:
    """`index` from 0. `how` is one of the words above; `field` is None unless the column is read.

    `candidates`: the fields that an ambiguous heading may mean.
    """

    index: int
    heading: str
    field: str | None
    how: str
    candidates: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        return letter(self.index)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column is what. `header_lines` is empty when there is no header; data begin after it.

    `problems` are about the header; one that is refused means that nothing can be read before the
    user maps the columns (`usable` is then False).
    """

    kind: str
    header_lines: tuple[int, ...]
    columns: tuple[Column, ...]
    problems: tuple[Problem, ...]

    @property
    def usable(self) -> bool:
        return not any(problem.severity is Severity.REFUSED for problem in self.problems)

    @property
    def read(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field)

    @property
    def unread(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.field)


Mapping_ = Mapping[int | str, str | None]


def find_layout(
    sheet: Sheet,
    kind: str | None = None,
    *,
    mapping: Mapping_ | None = None,
    header_line: int | None = None,
    among: Sequence[str] = tuple(KINDS),
) -> Layout:
    """Finds the header within the first 40 rows and names the columns.

    `kind`: "people", "contacts", "appointments", "worksites", or None to find out which `among`
    these it is. `mapping`: column (letter, or index from 0) -> field, or None to leave the column
    unread; it overrides the headings. `header_line`: the office's row number of the header, 0 for a
    sheet that has none. Raises Unreadable for an empty sheet, ValueError for a mapping to no such
    field or column.
    """
    rows = list(islice(sheet.rows(), ROWS_LOOKED_AT))
    if not rows:
        raise Unreadable("empty_sheet")
    by_hand = _by_hand(mapping or {})
    kinds = [kind] if kind else list(among)
    headers = [_best_header(rows, one, header_line) for one in kinds]
    best = max(headers, key=lambda header: header.score)
    width = max(len(row.cells) for row in rows)
    enough = 2 if width > 2 or len(by_hand) > 1 else 1
    if best.score < enough and header_line is None:
        if not by_hand:
            return _no_header(best.kind, rows)
        best = _guess_by_shape(rows, best.kind, len(by_hand))
    return _name_columns(best, by_hand, _above(rows, best))


@dataclass(frozen=True, slots=True)
class _Header:
    kind: str
    lines: tuple[int, ...]
    headings: tuple[str, ...]
    score: float


def _by_hand(mapping: Mapping_) -> dict[int, str | None]:
    result: dict[int, str | None] = {}
    for place, name in mapping.items():
        if name and name not in FIELDS:
            raise ValueError(f"no such field: {name}")
        result[column_index(place) if isinstance(place, str) else place] = name or None
    return result


def _text(cell: Cell) -> str:
    return " ".join(cell.replace("-\n", "").split()) if isinstance(cell, str) else ""


def _score(headings: tuple[str, ...], kind: str) -> float:
    """Recognised headings; a field counts once, an unclear heading for less."""
    words = vocabulary(kind)
    fields: set[str] = set()
    unclear = 0
    for heading in headings:
        meaning = exact_meaning(heading, words)
        if len(meaning.fields) == 1:
            fields.add(meaning.fields[0])
        elif meaning.fields:
            unclear += 1
    return len(fields) + 0.3 * unclear


def _best_header(rows: list[Row], kind: str, line: int | None) -> _Header:
    """The best single row or pair of rows; on equal terms the upper and the single one."""
    best = _Header(kind, (), (), -1.0)
    if line == 0:
        return replace(best, score=0.0)
    for place, row in enumerate(rows):
        if line is not None and row.line != line:
            continue
        single = tuple(_text(cell) for cell in row.cells)
        candidates = [_Header(kind, (row.line,), single, _score(single, kind))]
        if place + 1 < len(rows) and rows[place + 1].line == row.line + 1:
            double = _joined(row, rows[place + 1], kind)
            # A pair must earn its second row, or data under a header would join it.
            score = _score(double, kind) - 0.5
            candidates.append(_Header(kind, (row.line, row.line + 1), double, score))
        best = max([best, *candidates], key=lambda header: header.score)
    if line is not None and not best.lines:
        return _Header(kind, (line,), (), 0.0)
    return best


def _joined(upper: Row, lower: Row, kind: str) -> tuple[str, ...]:
    """Headings of two rows, the upper one's groups spread over the columns that they span."""
    words = vocabulary(kind)
    headings: list[str] = []
    group = ""
    for index in range(max(len(upper.cells), len(lower.cells))):
        top = _text(upper.cells[index]) if index < len(upper.cells) else ""
        below = _text(lower.cells[index]) if index < len(lower.cells) else ""
        group = top or group
        if not below or below == top:
            headings.append(top)
            continue
        both = f"{group} {below}".strip()
        alone = exact_meaning(below, words).fields
        joint = exact_meaning(both, words).fields
        headings.append(both if len(joint) == 1 or (joint and not alone) else below)
    return tuple(headings)


def _guess_by_shape(rows: list[Row], kind: str, mapped: int) -> _Header:
    """For a sheet mapped by hand with headings that say nothing: the first full row of texts."""
    for row in rows:
        texts = [_text(cell) for cell in row.cells]
        full = [text for text in texts if text]
        if len(full) >= max(mapped, 2) and not any(sign.isdigit() for sign in "".join(full)):
            return _Header(kind, (row.line,), tuple(texts), 0.0)
    return _Header(kind, (), (), 0.0)


def _no_header(kind: str, rows: list[Row]) -> Layout:
    width = max(len(row.cells) for row in rows)
    columns = tuple(Column(index, "", None, UNKNOWN) for index in range(min(width, 200)))
    problem = Problem("header_missing", Severity.REFUSED, rows[0].line)
    return Layout(kind, (), columns, (problem,))


def _above(rows: list[Row], header: _Header) -> int:
    return sum(1 for row in rows if header.lines and row.line < header.lines[0])


def _name_columns(header: _Header, by_hand: dict[int, str | None], above: int) -> Layout:
    width = max([len(header.headings), *(index + 1 for index in by_hand)])
    words = vocabulary(header.kind)
    taken: dict[str, str] = {}
    meanings: dict[int, Meaning] = {}
    for index in range(width):
        heading = header.headings[index] if index < len(header.headings) else ""
        if index not in by_hand and heading:
            meanings[index] = (
                meaning_of(heading, words, OTHERS, phrases(header.kind))
                if index < GUESSED_COLUMNS
                else exact_meaning(heading, words)
            )
    for index, name in by_hand.items():
        if name:
            taken[name] = letter(index)
    columns: list[Column] = []
    problems: list[Problem] = []
    own = {m.fields[0] for m in meanings.values() if len(m.fields) == 1 and not m.shared}
    for index in range(width):
        heading = header.headings[index] if index < len(header.headings) else ""
        if index in by_hand:
            how = MAPPED if by_hand[index] else IGNORED
            columns.append(Column(index, heading, by_hand[index], how))
        elif heading:
            column = _column(index, heading, meanings[index], taken, own)
            columns.append(column)
            problems += _about(column, header.lines, taken)
    if above:
        problems.append(Problem("rows_above_header", Severity.NOTE, params={"count": above}))
    if not any(column.field for column in columns):
        line = header.lines[0] if header.lines else None
        problems.append(Problem("header_missing", Severity.REFUSED, line))
    return Layout(header.kind, header.lines, tuple(columns), tuple(problems))


def _column(
    index: int, heading: str, meaning: Meaning, taken: dict[str, str], own: set[str]
) -> Column:
    fields = meaning.fields
    if not fields:
        return Column(index, heading, None, UNKNOWN)
    second = _SECOND_CHOICE.get(fold(heading))
    if second and second not in own and _has_other(fields[0], taken, own, meaning):
        fields = (second,)
    open_fields = tuple(name for name in fields if name not in own and name not in taken)
    if len(fields) > 1:
        # What other columns already hold, an unclear heading does not mean.
        fields = open_fields or fields
    if len(fields) > 1:
        return Column(index, heading, None, AMBIGUOUS, fields)
    name = fields[0]
    if name in taken and not FIELDS[name].many:
        return Column(index, heading, None, DUPLICATE, (name,))
    taken.setdefault(name, letter(index))
    how = GUESSED if meaning.guessed else EXACT
    return Column(index, heading, name, how)


def _has_other(name: str, taken: dict[str, str], own: set[str], meaning: Meaning) -> bool:
    return name in taken or (name in own and meaning.shared)


def _about(column: Column, lines: tuple[int, ...], taken: dict[str, str]) -> list[Problem]:
    """What is to be said of a column that was not simply recognised."""
    params: dict[str, str | int] = {"heading": quoted(column.heading)}
    severity = Severity.DOUBTFUL
    if column.how == UNKNOWN:
        code, severity = "column_unknown", Severity.NOTE
    elif column.how == AMBIGUOUS:
        code = "column_ambiguous"
        params["first"], params["second"] = (FIELDS[n].label for n in column.candidates[:2])
    elif column.how == DUPLICATE:
        code = "column_duplicate"
        params["other"] = taken[column.candidates[0]]
    elif column.how == GUESSED:
        code = "column_guessed"
        params["field"] = FIELDS[column.field or ""].label
    else:
        return []
    line = lines[-1] if lines else None
    return [Problem(code, severity, line, column.letter, column.heading, params)]
