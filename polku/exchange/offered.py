"""What may be imported: by whom, and by what it is brought in."""

from __future__ import annotations

from typing import Any

from polku.exchange.imports import run as of_people
from polku.exchange.imports.errand import Errand
from polku.exchange.imports.report import Report
from polku.exchange.sheets import Layout, Sheet
from polku.exchange.sheets.fields import CLIENT_KINDS, WORKSITES
from polku.exchange.worksites import run as of_worksites
from polku.foundation.permissions import can, check
from polku.foundation.viewer import Viewer

OF_PEOPLE, OF_WORKSITES = "exchange.import_clients", of_worksites.PERMISSION


def permission_of(kind: str) -> str:
    """Return the permission that a kind of sheet needs."""
    return OF_WORKSITES if kind == WORKSITES else OF_PEOPLE


def kinds_of(viewer: Viewer) -> tuple[str, ...]:
    """Return the kinds of sheet that the viewer may bring in; Refused is raised for none."""
    found = CLIENT_KINDS if can(viewer, OF_PEOPLE) else ()
    if can(viewer, OF_WORKSITES):
        found = (*found, WORKSITES)
    if not found:
        check(viewer, OF_PEOPLE)
    return found


def run(errand: Errand, sheet: Sheet, layout: Layout, *, report: Report, **more: Any) -> Report:
    """Import a sheet of any kind; see `imports.run.run`."""
    runner = of_worksites.run if layout.kind == WORKSITES else of_people.run
    return runner(errand, sheet, layout, report=report, **more)
