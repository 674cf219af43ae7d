"""What came of each row: counts, and the rows that somebody should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from polku.exchange.sheets.problems import Params, Problem, Severity

Outcome = Literal["created", "updated", "unchanged", "refused", "skipped"]
COUNTED: tuple[Outcome, ...] = ("created", "updated", "unchanged", "refused")


@dataclass(slots=True)
class Result:
    """One row. `problems` are the reader's and the register's own, in their places."""

    line: int
    outcome: Outcome
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the report: a refused row's reason, or a doubt about a row or the file."""

    line: int | None
    column: str | None
    heading: str
    outcome: Literal["refused", "doubtful"]
    code: str
    params: Params

    @property
    def problem(self) -> Problem:
        severity = Severity.REFUSED if self.outcome == "refused" else Severity.DOUBTFUL
        return Problem(self.code, severity, self.line, self.column, self.heading, self.params)

    def plain(self) -> list[Any]:
        """As it is kept."""
        outcome = "r" if self.outcome == "refused" else "d"
        return [self.line, self.column, self.heading, outcome, self.code, dict(self.params)]


def told_of(values: list[Any]) -> Told:
    """Return what `plain` gave back as it was."""
    line, column, heading, outcome, code, params = values
    return Told(line, column, heading, "refused" if outcome == "r" else "doubtful", code, params)


def told(result: Result) -> list[Told]:
    """Return what is to be told of a row: of a refused one the reasons, else its doubts."""
    severe = Severity.REFUSED if result.outcome == "refused" else Severity.DOUBTFUL
    word: Literal["refused", "doubtful"] = "refused" if result.outcome == "refused" else "doubtful"
    return [_of(problem, word) for problem in result.problems if problem.severity is severe]


def of_file(problems: Iterable[Problem]) -> list[Told]:
    """Return the doubts about the file and its headings."""
    return [_of(p, "doubtful") for p in problems if p.severity is Severity.DOUBTFUL]


def _of(problem: Problem, word: Literal["refused", "doubtful"]) -> Told:
    return Told(problem.line, problem.column, problem.heading, word, problem.code, problem.params)


@dataclass(slots=True)
class Report:
    """The whole. `rows` hold at most `limit` lines, `left_out` counts the rest."""

    counts: Counter[str] = field(default_factory=Counter)
    rows: list[Told] = field(default_factory=list)
    limit: int | None = None
    left_out: int = 0

    def take(self, results: Iterable[Result]) -> list[Told]:
        """Count a batch; return what is to be told of it."""
        fresh: list[Told] = []
        for result in results:
            self.counts[result.outcome] += 1
            lines = told(result)
            if result.outcome != "refused" and lines:
                self.counts["doubtful"] += 1
            fresh += lines
        self.tell(fresh)
        return fresh

    def tell(self, fresh: list[Told]) -> None:
        """Add lines, as far as there is room."""
        room = len(fresh) if self.limit is None else max(0, self.limit - len(self.rows))
        self.rows += fresh[:room]
        self.left_out += max(0, len(fresh) - room)

    def as_json(self, say: Callable[[Told], str]) -> dict[str, Any]:
        """Return the report as machines read it (docs: commands and file formats)."""
        return {
            **{word: self.counts[word] for word in COUNTED},
            "rows": [
                {
                    "line": row.line,
                    "column": row.column,
                    "outcome": row.outcome,
                    "reason": say(row),
                }
                for row in self.rows
            ],
        }
