"""The page of a division, put together from what is kept: nothing is worked out here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from polku.clients.queries import seen
from polku.contacts.queries.columns import NAMES
from polku.desk.addresses import client_page
from polku.desk.division import wording
from polku.desk.division.loads import Load, Row, loads_of
from polku.foundation import clock, jobs
from polku.foundation.viewer import Viewer
from polku.teamwork.models import Division, DivisionProposal
from polku.teamwork.queries import coaches_of_team
from polku.teamwork.rules.reads import Rule, rules
from polku.teamwork.rules.wording import town_names
from polku.web import people

State, Question = DivisionProposal.State, Division.Question


@dataclass(frozen=True, slots=True)
class Line:
    """One client of the page."""

    id: UUID
    mark: str
    name: str
    url: str
    age: str
    minutes: int
    from_name: str
    to: UUID | None
    to_name: str
    chosen: bool
    why: list[str]
    told: list[str]
    stays: str
    options: list[tuple[UUID, str]]


@dataclass(frozen=True)
class Shown:
    """Everything on the page."""

    division: Division
    title: str
    lead: str
    runs: bool
    silent: bool
    unsound: bool
    loads: list[Load]
    proposed: list[Line]
    impossible: list[Line]
    left: list[Line]
    accepted: list[Line]
    notes: list[str]
    clients: list[UUID]
    is_cover: bool


def division_of(viewer: Viewer, division_id: UUID) -> Division | None:
    """Return a division of the viewer's team."""
    return (
        Division.objects.filter(
            pk=division_id, register_id=viewer.register_id, team_id=viewer.team_id
        )
        .select_related("away")
        .first()
    )


def divisions_of(viewer: Viewer) -> list[Division]:
    """Return what has been asked for the viewer's team, the latest last."""
    found = Division.objects.filter(register_id=viewer.register_id, team_id=viewer.team_id)
    return list(found.order_by("asked_at"))


def rows_of(viewer: Viewer, division: Division) -> list[Row]:
    """Return the rows about clients whom the viewer may see. One statement."""
    found = (
        DivisionProposal.objects.filter(
            seen(viewer, one_each=True), division=division, client__closed_on__isnull=True
        )
        .order_by("to_user__last_name", "to_user_id", "client__sort_key")
        .values_list(
            "id", "client_id", *NAMES, "client__born", "state", "from_user_id", "to_user_id",
            "chosen", "minutes", "why", "version", "settled_at",
        )
    )  # fmt: skip
    return [Row._make(row) for row in found]


def show(viewer: Viewer, division: Division, now: datetime) -> Shown:
    """Return the page. Five statements, however many clients."""
    today = clock.local(now).date()
    rows = rows_of(viewer, division)
    names = dict(coaches_of_team(viewer))
    held = rules(viewer, list(names), today)
    towns = town_names()
    each = {state: [r for r in rows if r.state == state] for state in State.values}
    lines = {
        state: [_line(row, division, names, held, towns, today) for row in found]
        for state, found in each.items()
    }
    return Shown(
        division=division,
        title=wording.title(division),
        lead=wording.lead(division, len(each[State.PROPOSED])),
        runs=division.runs,
        silent=jobs.is_silent(division.asked_at, division.planned_at, now),
        unsound=bool(division.problem),
        loads=loads_of(division, rows, names, held, towns),
        proposed=lines[State.PROPOSED],
        impossible=lines[State.IMPOSSIBLE],
        left=lines[State.LEFT],
        accepted=lines[State.ACCEPTED],
        notes=wording.notes(division),
        clients=[row.client_id for row in rows],
        is_cover=division.question == Question.COVER,
    )


def _line(
    row: Row,
    division: Division,
    names: dict[UUID, str],
    held: dict[UUID, Rule],
    towns: dict[str, str],
    today: date,
) -> Line:
    return Line(
        id=row.id,
        mark=f"{row.id}.{row.version}",
        name=people.name(row),
        url=client_page(row.client_id),
        age=people.age(row.born, today),
        minutes=row.minutes,
        from_name=names.get(row.from_user, "") if row.from_user else "",
        to=row.to_user,
        to_name=names.get(row.to_user, "") if row.to_user else "",
        chosen=row.chosen,
        why=wording.why(row.why, held.get(row.to_user) if row.to_user else None, towns),
        told=wording.cant(row.why, names, room=row.to_user is None),
        stays=wording.stays(row.why),
        options=[
            (who, wording.option(name, row.why.get("cant", {}).get(str(who), "")))
            for who, name in names.items()
            if who not in (row.from_user, division.away_id)
            and row.why.get("cant", {}).get(str(who)) != "conflict"
        ],
    )
