"""Reads of imports. A report is its importer's own: its reasons speak of people."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from polku.exchange import keeping
from polku.exchange.imports.report import Told, told_of
from polku.exchange.models import ImportPart, ImportRun
from polku.foundation.viewer import Viewer

WITHOUT_FILE = ("file_cipher",)


def mine(viewer: Viewer, kinds: Collection[str], *, at_most: int = 10) -> list[ImportRun]:
    """Return the viewer's own imports of these kinds, the newest first, without their files."""
    return list(
        ImportRun.objects.filter(
            register_id=viewer.register_id, user_id=viewer.user_id, kind__in=kinds
        )
        .defer(*WITHOUT_FILE)
        .order_by("-created_at")[:at_most]
    )


def get(viewer: Viewer, run_id: UUID, *, with_file: bool = False) -> ImportRun:
    """Return one of the viewer's own imports. Raises ImportRun.DoesNotExist for all others."""
    found = ImportRun.objects.filter(register_id=viewer.register_id, user_id=viewer.user_id)
    if not with_file:
        found = found.defer(*WITHOUT_FILE)
    return found.get(pk=run_id)


def lines(run: ImportRun) -> list[Told]:
    """Return what was told of the rows, in the file's order."""
    return [
        told_of(values)
        for part in ImportPart.objects.filter(run=run).order_by("number")
        for values in keeping.open_lines(run, part)
    ]
