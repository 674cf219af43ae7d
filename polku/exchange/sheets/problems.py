"""What can be wrong, as facts: a code and parameters. Sentences live in messages.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Params = Mapping[str, str | int]

# What looks like an identity code is never quoted, whatever cell it strayed into.
_CODE = re.compile(r"\d{6}\s?[-+A-FU-Y\u2010-\u2015]?\s?\d{3}[0-9A-Z]", re.IGNORECASE)

# A reason quotes at most this much of a cell: enough to find it, too little to carry a record.
QUOTED_CHARS = 60


class Severity(StrEnum):
    """REFUSED: the row can't be taken. DOUBTFUL: the row is taken, but look at this cell (its value
    was left out, or was read in one of two ways). NOTE: something was put right or passed over."""

    REFUSED = "refused"
    DOUBTFUL = "doubtful"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found. `line` is the row number the office sees (from 1), `column` the letter."""

    code: str
    severity: Severity
    line: int | None = None
    column: str | None = None
    heading: str = ""
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that does not know its place yet: what a cell's reader returns."""

    code: str
    severity: Severity
    params: Params = field(default_factory=dict)


class Unreadable(Exception):
    """The file can't be read at all. The only exception that leaves this package.

    `code` and `params` as in Problem; `line` and `column` where the reading stopped, if known.
    """

    def __init__(
        self,
        code: str,
        *,
        line: int | None = None,
        column: str | None = None,
        **params: str | int,
    ) -> None:
        self.code = code
        self.line = line
        self.column = column
        self.params: Params = params
        super().__init__(code)

    @property
    def problem(self) -> Problem:
        """The same as a Problem, for reports."""
        return Problem(self.code, Severity.REFUSED, self.line, self.column, "", self.params)


def quoted(text: object) -> str:
    """A cell's text, short enough to stand in a reason."""
    string = _CODE.sub("••••••", " ".join(str(text).split()))
    return string if len(string) <= QUOTED_CHARS else string[: QUOTED_CHARS - 1] + "…"


def refused(code: str, **params: str | int) -> Finding:
    return Finding(code, Severity.REFUSED, params)


def doubtful(code: str, **params: str | int) -> Finding:
    return Finding(code, Severity.DOUBTFUL, params)


def note(code: str, **params: str | int) -> Finding:
    return Finding(code, Severity.NOTE, params)
