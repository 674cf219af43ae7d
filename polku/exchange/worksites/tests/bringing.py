"""Bringing a list of worksites into the small world's register, and reading what came."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

from stdnum.fi import ytunnus

from polku.exchange import offered
from polku.exchange.imports import errand as errands
from polku.exchange.imports import messages
from polku.exchange.imports import run as running
from polku.exchange.imports.report import Report, of_file
from polku.exchange.sheets import find_layout, open_sheet
from polku.exchange.sheets.fields import WORKSITES
from polku.foundation import clock, walls
from polku.foundation.models import RoleAssignment, User
from polku.foundation.viewer import Viewer, for_role, system
from polku.placements.models import Host, Opening, Supervisor, Worksite

HEADER = "Työnantaja;Työpaikka;Osoite;Kunta;Tehtävä;Työn laji;Paikkoja"
KITCHEN = "Testilän kaupunki;Rantakoulu;Koulutie 1;Kärkölä;Keittiöapulainen;työkokeilu;2"


def text(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    """A sheet as CSV."""
    return "\r\n".join([header, *rows, ""]).encode(encoding)


def made_up_id(number: int) -> str:
    """A business id whose check digit is right, of a range that has not been given out."""
    digits = f"{9_900_000 + number:07d}"
    found = next(f"{digits}{n}" for n in range(10) if ytunnus.is_valid(f"{digits}{n}"))
    return str(ytunnus.format(found))


def viewer_of(world: Any, who: str, area: str = "lake") -> Viewer:
    """The software, or a worker of the world; `coordinator` is made when asked for."""
    register = world.areas[area]
    if not who:
        return system(register.id, name="Polku")
    if who == "coordinator":
        return for_role(coordinator(world, area))
    known = world.viewers[who]
    return for_role(next(role for role in known.roles if role.id == known.role_id))


def coordinator(world: Any, area: str = "lake") -> RoleAssignment:
    """Make a coordinator of placements."""
    user = User.objects.create(
        email=f"kosti-{area}@example.org", first_name="Kosti", last_name="Koordinaattori",
        created_at=clock.now(),
    )  # fmt: skip
    register = world.areas[area]
    with walls.inside(register.id):
        return RoleAssignment.objects.create(
            user=user, organisation=register.controller, register=register,
            team=world.teams[area], role="coordinator", starts_at=clock.now() - timedelta(days=9),
        )  # fmt: skip


def bring(
    world: Any, data: bytes, *, who: str = "", area: str = "lake", dry: bool = False, **more: Any
) -> Report:
    """Import the sheet, and return the report."""
    register = world.areas[area]
    by = viewer_of(world, who, area)
    sheet = open_sheet(data, "sheet")
    layout = find_layout(sheet, WORKSITES, mapping=more.pop("mapping", None))
    running.refuse_unusable(layout)
    running.read_through(sheet, layout)
    with walls.inside(register.id):
        errand = errands.prepare(
            register, by, source=uuid4(), digest=hashlib.sha256(data).hexdigest(), dry=dry
        )
    report = Report()
    report.tell(of_file(running.about_file(sheet, layout)))
    offered.run(errand, sheet, layout, report=report, **more)
    world.enter(area)
    return report


def counts(report: Report) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, refused."""
    created, updated, unchanged, refused = (
        report.counts[word] for word in ("created", "updated", "unchanged", "refused")
    )
    return created, updated, unchanged, refused


def codes(report: Report) -> set[str]:
    """The codes of what is told."""
    return {row.code for row in report.rows}


def words(report: Report) -> str:
    """All reasons in English."""
    return "\n".join(messages.sentence(row, {}) for row in report.rows)


def everything() -> list[Any]:
    """All that an import may write in the register that is named, without ids and moments."""
    return sorted(
        (
            str(host.name), host.legal_form, host.business_id, worksite.name, worksite.unit,
            worksite.street, worksite.municipality_id, worksite.lat, worksite.lon,
            worksite.precision, worksite.phone, worksite.email, sorted(worksite.supports),
            worksite.note, worksite.readiness,
            sorted(Supervisor.objects.filter(worksite=worksite)
                   .values_list("name", "phone", "email")),
            sorted(
                (o.title, sorted(o.kinds), o.seats, str(o.hours_from), str(o.hours_to),
                 str(o.days_a_week), sorted(o.demands), sorted(o.cards), o.language,
                 o.language_level, o.host_asks, str(o.open_from), str(o.open_to),
                 o.supervisor.name if o.supervisor else "")
                for o in Opening.objects.filter(worksite=worksite).select_related("supervisor")
            ),
        )
        for host in Host.objects.all()
        for worksite in Worksite.objects.filter(host=host)
    )  # fmt: skip
