"""An import of the page, as its job does it: batch by batch, from where a dead worker left off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from polku.exchange import keeping, offered
from polku.exchange.imports import errand as errands
from polku.exchange.imports import run as running
from polku.exchange.imports.report import Report, Told, of_file
from polku.exchange.models import ImportPart, ImportRun
from polku.exchange.sheets import Layout, Sheet, Unreadable, find_layout, open_sheet
from polku.foundation import clock, walls
from polku.foundation.models import Register, RoleAssignment
from polku.foundation.permissions import Refused
from polku.foundation.viewer import Viewer, for_role

MOST_LINES = 50_000


class RoleEnded(Exception):
    """Who began the import has no role for it any more."""


def read(run: ImportRun, data: Any) -> tuple[Sheet, Layout]:
    """Return the sheet and its layout as chosen on the page. Raises Unreadable."""
    sheet = open_sheet(data, keeping.name_of(run))
    layout = find_layout(sheet, run.kind or None, mapping=run.mapping, header_line=run.header_line)
    return sheet, layout


def do(register_id: UUID, run_id: UUID) -> str:
    """Import, or try; return the state that the run ends in, or "busy" when it must wait.

    Safe to call again at any moment: what was committed is known by its last line.
    """
    try:
        with running.alone(register_id):
            run = _begin(register_id, run_id)
            if run is None:
                return "gone"
            try:
                return _do(run)
            except Unreadable as error:
                return _fail(run, {"code": error.code, "line": error.line, **_plain(error.params)})
            except (RoleEnded, Refused):
                return _fail(run, {"code": "role_ended"})
            except keeping.Gone:
                return _fail(run, {"code": "file_gone"})
    except running.Busy:
        return "busy"


def _plain(params: Any) -> dict[str, Any]:
    return {"params": dict(params)}


def _begin(register_id: UUID, run_id: UUID) -> ImportRun | None:
    with walls.inside(register_id):
        run = (
            ImportRun.objects.select_for_update(of=("self",))
            .filter(pk=run_id, state__in=("waiting", "running"))
            .first()
        )
        if run is None:
            return None
        run.state, run.changed_at = "running", clock.now()
        run.save(update_fields=["state", "changed_at"])
        return run


def _viewer(run: ImportRun) -> Viewer:
    role = (
        RoleAssignment.objects.valid(clock.now())
        .filter(pk=run.role_id, user__is_active=True)
        .select_related("user")
        .first()
    )
    if role is None:
        raise RoleEnded
    return for_role(role)


def _do(run: ImportRun) -> str:
    register = Register.objects.get(pk=run.register_id)
    with walls.inside(register.id):
        by = _viewer(run)
        errand = errands.prepare(
            register,
            by,
            source=run.id,
            digest=run.digest,
            dry=run.dry,
            registered_on=run.registered_on,
        )
    data = keeping.open_file(run)
    run.file_cipher = None
    sheet, layout = read(run, data)
    running.refuse_unusable(layout)
    total = running.read_through(sheet, layout)
    report = Report(limit=0)
    if run.dry:
        _clear(run)
    report.counts.update(run.counts)
    parts = _Parts(run, report, sum(part["lines"] for part in _lines(run)))
    if run.line_done == 0:
        parts.of_file(of_file(running.about_file(sheet, layout)), total)
    offered.run(errand, sheet, layout, report=report, step=parts.take, after_line=run.line_done)
    return _finish(run)


def _lines(run: ImportRun) -> list[dict[str, int]]:
    with walls.inside(run.register_id):
        return list(ImportPart.objects.filter(run=run).values("lines"))


def _clear(run: ImportRun) -> None:
    """A dry run begins anew: what it remembers of earlier rows is in its memory alone."""
    with walls.inside(run.register_id):
        ImportPart.objects.filter(run=run).delete()
    run.rows_done = run.line_done = 0
    run.counts = {}


class _Parts:
    """Writes what is told of each batch, and how far the import has come."""

    def __init__(self, run: ImportRun, report: Report, lines: int) -> None:
        self._run = run
        self._report = report
        self._room = MOST_LINES - lines

    def of_file(self, told: list[Told], total: int) -> None:
        """What is to be said before the first row."""
        with walls.inside(self._run.register_id):
            self._run.total = total
            self._keep(told, 0)
            self._save(0)

    def take(self, told: list[Told], line: int) -> None:
        """Called inside each batch's transaction."""
        if told:
            self._keep(told, line)
        self._save(line)

    def _keep(self, told: list[Told], line: int) -> None:
        kept, left_out = told[: max(0, self._room)], len(told) - max(0, self._room)
        if left_out > 0:
            self._report.counts["left_out"] += left_out
        if not kept:
            return
        self._room -= len(kept)
        ImportPart.objects.create(
            register_id=self._run.register_id,
            run=self._run,
            number=line,
            lines=len(kept),
            cipher=keeping.seal_lines(self._run, [one.plain() for one in kept]),
        )

    def _save(self, line: int) -> None:
        counts = self._report.counts
        self._run.counts = dict(counts)
        self._run.line_done = line
        words = ("created", "updated", "unchanged", "refused", "skipped")
        self._run.rows_done = sum(counts[word] for word in words)
        self._run.changed_at = clock.now()
        self._run.save(update_fields=["counts", "line_done", "rows_done", "total", "changed_at"])


def _finish(run: ImportRun) -> str:
    with walls.inside(run.register_id):
        run.state = "checked" if run.dry else "done"
        run.ended_at = run.changed_at = clock.now()
        fields = ["state", "ended_at", "changed_at"]
        if not run.dry:
            run.file_cipher = run.key_cipher = None
            fields += ["file_cipher", "key_cipher"]
        run.save(update_fields=fields)
    return str(run.state)


def _fail(run: ImportRun, problem: dict[str, Any]) -> str:
    with walls.inside(run.register_id):
        ImportRun.objects.filter(pk=run.pk).update(
            state="failed", problem=problem, ended_at=clock.now(), changed_at=clock.now()
        )
    return "failed"
