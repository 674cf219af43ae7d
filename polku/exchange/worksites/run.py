"""A list of worksites from end to end: batch by batch, each committed with its entry."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from polku.exchange.imports.errand import Errand
from polku.exchange.imports.report import Outcome, Report, Result
from polku.exchange.imports.run import BATCH, Step, columns_of
from polku.exchange.sheets import Layout, ParsedRow, Sheet, parse_rows
from polku.exchange.sheets.problems import Problem, Severity
from polku.exchange.worksites.deciding import Deciding
from polku.exchange.worksites.index import Hosts, Sites
from polku.exchange.worksites.wanted import Wanted, wanted
from polku.foundation import audit, walls
from polku.foundation.permissions import check
from polku.placements import importing
from polku.placements.importing import Changes

PERMISSION = "placements.import"
TRIES = 3


class Places:
    """Takes batches of rows of one file, in order. The register is named by the caller."""

    def __init__(self, errand: Errand, columns: dict[str, tuple[str, str]]) -> None:
        self.errand = errand
        self.columns = columns
        self.fields: set[str] = set()
        self._mind: Deciding | None = None

    def take(self, rows: Sequence[ParsedRow]) -> list[Result]:
        """Return what came of each row, in order; what it changes is written, but in a dry run."""
        for _ in range(TRIES):
            mind = self._deciding()
            before = dict(mind.said)
            results = self._decide(mind, rows)
            if self.errand.dry or not mind.changes:
                return results
            try:
                importing.write(mind.changes, by=self.errand.by)
            except importing.Stale:
                self._mind = None
                self._deciding().said = before
            else:
                return results
        return [_refused(row) for row in rows]

    def recall(self, rows: Sequence[ParsedRow]) -> None:
        """Remember what rows said that a run before this one has imported."""
        self._decide(self._deciding(), rows)
        said = self._deciding().said
        self._mind = None
        self._deciding().said = said

    def _deciding(self) -> Deciding:
        if self._mind is None:
            shelf = importing.shelf(self.errand.by)
            self._mind = Deciding(
                by=self.errand.by,
                day=self.errand.today,
                shelf=shelf,
                hosts=Hosts(shelf),
                sites=Sites(shelf),
                changes=Changes(self.errand.at),
            )
        return self._mind

    def _decide(self, mind: Deciding, rows: Sequence[ParsedRow]) -> list[Result]:
        mind.changes, mind.fields = Changes(self.errand.at), set()
        results: list[Result] = []
        wants: list[Wanted] = []
        for row in rows:
            if row.skipped or row.refused:
                word: Outcome = "skipped" if row.skipped else "refused"
                results.append(Result(row.line, word, row.problems))
            else:
                wants.append(wanted(row, self.columns, self.errand.look))
        # Rows that say most come first, so that what one finds does not hang on their order.
        for want in sorted(wants, key=_vague):
            outcome: Outcome = "refused" if want.refused else mind.take(want)
            results.append(Result(want.row.line, outcome, want.problems))
        self.fields = mind.fields
        return sorted(results, key=lambda result: result.line)


def _vague(want: Wanted) -> tuple[bool, bool, bool, bool, int]:
    """Ids before names, whole names before bare ones, addresses before none; then as they stand."""
    return (
        not want.number,
        not want.business_id,
        not (want.host and want.form),
        "street" not in want.place,
        want.row.line,
    )


def _refused(row: ParsedRow) -> Result:
    if row.skipped:
        return Result(row.line, "skipped", row.problems)
    problem = Problem("changed_meanwhile", Severity.REFUSED, row.line)
    return Result(row.line, "refused", [*row.problems, problem])


def run(
    errand: Errand,
    sheet: Sheet,
    layout: Layout,
    *,
    report: Report,
    step: Step | None = None,
    after_line: int = 0,
    size: int = BATCH,
) -> Report:
    """Import the rows, or see what would come of them, and return the report.

    As `imports.run.run` does for people: a batch is one transaction with one audit entry and
    whatever `step` adds. Raises Refused, Unreadable.
    """
    check(errand.by, PERMISSION)
    handler = Places(errand, columns_of(layout))
    rows = parse_rows(sheet, layout, errand.reading())
    while batch := list(islice(rows, size)):
        with walls.inside(errand.register.id, by=errand.by):
            done = [row for row in batch if row.line <= after_line]
            if done:
                handler.recall(done)
            ahead = [row for row in batch if row.line > after_line]
            if not ahead:
                continue
            told = report.take(handler.take(ahead))
            audit.record(
                errand.by,
                "exchange.check_batch" if errand.dry else "exchange.import_batch",
                fields=handler.fields,
                reason=errand.reason,
            )
            if step is not None:
                step(told, ahead[-1].line)
    return report
