"""Rows that are not about anybody: totals, headings repeated, remarks under or within a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polku.exchange.sheets.headers import Layout
from polku.exchange.sheets.problems import Finding, doubtful, note, quoted
from polku.exchange.sheets.setting import fold
from polku.exchange.sheets.table import Cell, Row

_TOTALS = re.compile(
    r"\s*(?:(?:asiakkaita|henkilöitä|rivejä|klienter|personer|clients|people|rows|kaikki|kaikkiaan)\s+)?"
    r"(?:yhteensä|yht\.?|summa|välisumma|loppusumma|lukumäärä|lkm\.?|sammanlagt|totalt|summa|antal"
    r"|delsumma|total|subtotal|grand total|sum|count|in all)"
    r"\s*(?::|=)?\s*[\d\s.,]*(?:kpl|hlöä?|henkilöä|asiakasta|st\.?|personer|clients|people)?\s*[:.]?\s*",
    re.IGNORECASE,
)
_UNIT = r"(?:kpl|hlöä?|henkilöä|asiakasta|riviä|st\.?|personer|klienter|people|clients|rows)"
_COUNT = re.compile(rf"[\d\s.,%€]+{_UNIT}?|{_UNIT}", re.IGNORECASE)
# Fields of which one alone may stand for a person.
Filled = Sequence[tuple[int, Cell]]
_KEYS = frozenset(("identity_code",))


def reason_to_skip(row: Row, layout: Layout) -> Finding | None:
    """Why a row is passed over, or None for a row that is about somebody.

    A surname may be Summa: a totals row has, beside its word, nothing but numbers.
    """
    filled: Filled = [pair for pair in enumerate(row.cells) if pair[1] not in (None, "")]
    texts = [cell for _, cell in filled if isinstance(cell, str) and not _COUNT.fullmatch(cell)]
    if len(texts) <= 1:
        if texts and _TOTALS.fullmatch(texts[0]) and not _lone_name(filled, layout):
            return note("totals_row", text=quoted(texts[0]))
        if not texts and len(filled) <= 2 and _only_counts(filled, layout):
            return note("count_row")
    if len(texts) > 1 and _repeats_header(row, layout):
        return note("header_repeated")
    wide = len(layout.read) >= 3
    if wide and len(filled) == 1 and isinstance(filled[0][1], str) and not _is_key(filled, layout):
        return doubtful("stray_text", text=quoted(filled[0][1]))
    return None


def _field_of(index: int, layout: Layout) -> str | None:
    return next((column.field for column in layout.columns if column.index == index), None)


def _lone_name(filled: Filled, layout: Layout) -> bool:
    """Client 204, Summa: in the column of surnames, with a number of one's own, it is a name."""
    fields = {
        _field_of(index, layout): isinstance(cell, str) and not _COUNT.fullmatch(cell)
        for index, cell in filled
    }
    return "client_number" in fields and bool(fields.get("last_name") or fields.get("full_name"))


def _only_counts(filled: Filled, layout: Layout) -> bool:
    """Numbers with nobody's name, code, or more than a number beside them."""
    fields = {_field_of(index, layout) for index, _ in filled}
    if any(not isinstance(cell, int | float | str) or isinstance(cell, bool) for _, cell in filled):
        return False
    return len(layout.read) >= 3 and not fields & (_KEYS | {"phone", "postal_code", "date"})


def _is_key(filled: Filled, layout: Layout) -> bool:
    return _field_of(filled[0][0], layout) in _KEYS


def _repeats_header(row: Row, layout: Layout) -> bool:
    same = compared = 0
    for column in layout.columns:
        if not column.heading or column.index >= len(row.cells):
            continue
        cell = row.cells[column.index]
        if cell is None:
            continue
        compared += 1
        # Of a heading in two rows, the repeated one is often the lower half.
        if isinstance(cell, str) and fold(cell) and fold(column.heading).endswith(fold(cell)):
            same += 1
    return same >= 2 and same >= 0.6 * compared
