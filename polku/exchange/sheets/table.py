"""The shape of what is read: sheets, rows, cells, and the limits that keep the house standing."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from polku.exchange.sheets.problems import Finding, Problem, Severity


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell without a value: `code` says why (messages.py), `text` is what stood there."""

    code: str
    text: str = ""


Cell = str | int | float | bool | date | datetime | time | Flaw | None


class Row(NamedTuple):
    """`line` as the office sees it, from 1. `cells` may be shorter than the header is wide.

    `hidden`: the sheet hides this row (a filter, usually). `flaws`: findings about the whole row.
    """

    line: int
    cells: tuple[Cell, ...]
    hidden: bool = False
    flaws: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, characters and counts. The defaults are far above a real office's sheet."""

    file_bytes: int = 200_000_000
    rows: int = 1_048_576
    columns: int = 16_384
    cell_chars: int = 100_000
    # All cells of a sheet, empty ones within a row included.
    cells: int = 64_000_000
    zip_entries: int = 2_000
    unpacked_bytes: int = 2_000_000_000
    # A part of an ordinary sheet packs 5 to 40 times smaller; a bomb 1 000 times.
    zip_ratio: int = 250
    ratio_from_bytes: int = 20_000_000
    # Everything but the sheets and their shared texts is small.
    small_part_bytes: int = 16_000_000
    # Packed in memory: see xlsx_texts.py.
    shared_text_bytes: int = 150_000_000
    merges: int = 50_000


DEFAULT_LIMITS = Limits()


class Source:
    """A file's bytes, in memory or on disk, that can be read from the start more than once."""

    def __init__(self, data: bytes | str | os.PathLike[str]) -> None:
        self._bytes = data if isinstance(data, bytes) else None
        self._path = None if isinstance(data, bytes) else Path(data)
        self.size = len(data) if isinstance(data, bytes) else Path(data).stat().st_size

    def open(self) -> BinaryIO:
        if self._bytes is not None:
            return io.BytesIO(self._bytes)
        assert self._path is not None
        return self._path.open("rb")

    def head(self, length: int) -> bytes:
        with self.open() as stream:
            return stream.read(length)


class Reads(Protocol):
    """What a kind of file knows how to do."""

    def rows(self, sheet: Sheet) -> Iterator[Row]: ...


@dataclass
class Sheet:
    """One table of one file. `rows()` streams it, from the start each time it is called.

    `form` is "xlsx" or "csv". `notes` are about the file as a whole; some are known only once the
    rows have been read. `position` goes from 0 to 1 while rows are being read.
    """

    name: str
    form: str
    reads: Reads
    title: str = ""
    encoding: str = ""
    delimiter: str = ""
    other_titles: tuple[str, ...] = ()
    notes: list[Problem] = field(default_factory=list)
    position: float = 0.0

    def rows(self) -> Iterator[Row]:
        self.position = 0.0
        yield from self.reads.rows(self)
        self.position = 1.0

    def note(self, code: str, severity: Severity = Severity.NOTE, **params: str | int) -> None:
        """Adds a note about the file, or renews it: reading twice says nothing twice."""
        self.notes[:] = [old for old in self.notes if old.code != code]
        self.notes.append(Problem(code, severity, params=params))


@cache
def letter(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA: the column as the office names it."""
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(name: str) -> int:
    """A -> 0, XFD -> 16383. Anything else than one to three letters is a ValueError."""
    if not (1 <= len(name) <= 3 and name.isascii() and name.isalpha()):
        raise ValueError(name)
    number = 0
    for sign in name.upper():
        number = number * 26 + ord(sign) - 64
    return number - 1
