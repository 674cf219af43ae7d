"""Bringing a small sheet into the small world's register, as somebody, and reading what came."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import uuid4

from polku.exchange.imports import errand as errands
from polku.exchange.imports import messages
from polku.exchange.imports import run as running
from polku.exchange.imports.report import Report, Told, of_file
from polku.exchange.sheets import find_layout, open_sheet
from polku.exchange.sheets.messy import artificial_code
from polku.foundation import walls
from polku.foundation.viewer import Viewer, system

HEADER = "Asiakasnumero;Sukunimi;Etunimet;Hetu;Syntymäaika;Puhelin;Sähköposti;Kotikunta"
BORN = date(1990, 5, 4)
CODE = artificial_code(BORN, 910)
OTHER = artificial_code(BORN, 911)


def text(*rows: str, header: str = HEADER) -> bytes:
    """A sheet as CSV."""
    return "\r\n".join([header, *rows, ""]).encode()


def bring(
    world: Any, data: bytes, *, who: str = "", area: str = "lake", dry: bool = False, **more: Any
) -> Report:
    """Import the sheet as the software, or as a worker of the world, and return the report."""
    register = world.areas[area]
    register.refresh_from_db()
    by = _fresh(world.viewers[who]) if who else system(register.id, name="Polku")
    sheet = open_sheet(data, "sheet")
    layout = find_layout(sheet)
    running.refuse_unusable(layout)
    running.read_through(sheet, layout)
    with walls.inside(register.id):
        errand = errands.prepare(
            register, by, source=uuid4(), digest=hashlib.sha256(data).hexdigest(), dry=dry
        )
    report = Report()
    report.tell(of_file(running.about_file(sheet, layout)))
    return running.run(errand, sheet, layout, report=report, **more)


def _fresh(viewer: Viewer) -> Viewer:
    """The viewer at the present moment: what was begun since the world was made is in force."""
    return Viewer(
        kind=viewer.kind, register_id=viewer.register_id, user_id=viewer.user_id,
        role_id=viewer.role_id, role=viewer.role, organisation_id=viewer.organisation_id,
        team_id=viewer.team_id, name=viewer.name, roles=viewer.roles,
    )  # fmt: skip


def counts(report: Report) -> dict[str, int]:
    """The four numbers."""
    return {word: report.counts[word] for word in ("created", "updated", "unchanged", "refused")}


def codes(report: Report) -> set[str]:
    """The codes of what is told."""
    return {row.code for row in report.rows}


def words(world: Any, report: Report, *, who: str = "", area: str = "lake") -> str:
    """All reasons in English, as the importer reads them."""
    register = world.areas[area]
    by = _fresh(world.viewers[who]) if who else system(register.id)
    with walls.inside(register.id):
        people = messages.named(by, report.rows)
    return "\n".join(messages.sentence(row, people) for row in report.rows)


def first(report: Report, code: str) -> Told:
    """The first line with this code."""
    return next(row for row in report.rows if row.code == code)
