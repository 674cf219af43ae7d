"""Rows that are not about anybody: totals, headings repeated, remarks under or within a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polku.exchange.sheets.headers import Layout
from polku.exchange.sheets.problems import Finding, doubtful, note, quoted
from polku.exchange.sheets.setting import fold
from polku.exchange.sheets.table import Cell, Row

_TOTALS = re.compile(
    r"\s*(?:(?:asiakkaita|henkilöitä|rivejä|paikkoja|työpaikkoja|kohteita|klienter|personer|platser"
    r"|arbetsplatser|clients|people|rows|seats|places|worksites|kaikki|kaikkiaan)\s+)?"
    r"(?:yhteensä|yht\.?|summa|välisumma|loppusumma|lukumäärä|lkm\.?|sammanlagt|totalt|summa|antal"
    r"|delsumma|total|subtotal|grand total|sum|count|in all)"
    r"\s*(?::|=)?\s*[\d\s.,]*(?:kpl|hlöä?|henkilöä|asiakasta|st\.?|personer|clients|people)?\s*[:.]?\s*",
    re.IGNORECASE,
)
_UNIT = r"(?:kpl|hlöä?|henkilöä|asiakasta|riviä|st\.?|personer|klienter|people|clients|rows)"
_COUNT = re.compile(rf"[\d\s.,%€]+{_UNIT}?|{_UNIT}", re.IGNORECASE)
# Fields of which one alone may stand for a person.
Filled = Sequence[tuple[int, Cell]]
_COUNTS = (int, float, str)
_KEYS = frozenset(("identity_code",))


class Sieve:
    """Tells, for the rows of one layout, which are passed over and why."""

    def __init__(self, layout: Layout) -> None:
        self._fields = {column.index: column.field for column in layout.columns}
        self._headings = [
            (column.index, fold(column.heading)) for column in layout.columns if column.heading
        ]
        self._wide = len(layout.read) >= 3

    def reason(self, row: Row) -> Finding | None:
        """Why a row is passed over, or None for a row that is about somebody.

        A surname may be Summa: a totals row has, beside its word, nothing but numbers.
        """
        if self._repeats_header(row):
            return note("header_repeated")
        texts = _first_texts(row)
        if len(texts) > 1:
            return None
        filled: Filled = [pair for pair in enumerate(row.cells) if pair[1] not in (None, "")]
        if len(texts) == 1 and _TOTALS.fullmatch(texts[0][:200]) and not self._lone_name(filled):
            return note("totals_row", text=quoted(texts[0]))
        if not texts and len(filled) <= 2 and self._only_counts(filled):
            return note("count_row")
        lone = filled[0][1] if len(filled) == 1 else None
        if self._wide and isinstance(lone, str) and self._fields.get(filled[0][0]) not in _KEYS:
            return doubtful("stray_text", text=quoted(lone))
        return None

    def _lone_name(self, filled: Filled) -> bool:
        """Client 204, Summa: among the surnames, with a number of one's own, it is a name."""
        texts = {
            self._fields.get(index): isinstance(cell, str) and not _COUNT.fullmatch(cell)
            for index, cell in filled
        }
        return "client_number" in texts and bool(texts.get("last_name") or texts.get("full_name"))

    def _only_counts(self, filled: Filled) -> bool:
        """Numbers with nobody's name, code, or more than a number beside them."""
        if any(isinstance(cell, bool) or not isinstance(cell, _COUNTS) for _, cell in filled):
            return False
        fields = {self._fields.get(index) for index, _ in filled}
        return self._wide and not fields & (_KEYS | {"phone", "postal_code", "date"})

    def _repeats_header(self, row: Row) -> bool:
        same = compared = 0
        for index, heading in self._headings:
            cell = row.cells[index] if index < len(row.cells) else None
            if cell is None:
                continue
            compared += 1
            # Of a heading in two rows, the repeated one is often the lower half.
            if isinstance(cell, str) and len(cell) < 200 and _may_end(heading, cell):
                word = fold(cell)
                same += bool(word) and heading.endswith(word)
            if same == 0 and compared == 3:
                return False
        return same >= 2 and same >= 0.6 * compared


def _may_end(heading: str, cell: str) -> bool:
    """A plain letter or digit at a cell's end stays the last one when it is folded: nearly every
    cell is told from a heading by it."""
    last = cell[-1:]
    return not (last.isascii() and last.isalnum()) or heading.endswith(last.lower())


def _first_texts(row: Row) -> list[str]:
    """The row's texts that are no counts; two are enough to know that it is about somebody."""
    texts: list[str] = []
    for cell in row.cells:
        if isinstance(cell, str) and cell and not _COUNT.fullmatch(cell):
            texts.append(cell)
            if len(texts) == 2:
                break
    return texts
