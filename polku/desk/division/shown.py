"""The page of a division, put together from what is kept: nothing is worked out here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from polku.clients.queries import seen
from polku.contacts.queries.columns import NAMES
from polku.desk.addresses import client_page
from polku.desk.division import wording
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.teamwork.models import Division, DivisionProposal
from polku.teamwork.queries import coaches_of_team
from polku.teamwork.rules.reads import Rule, rules
from polku.teamwork.rules.wording import town_names, words
from polku.web import people

State, Question = DivisionProposal.State, Division.Question
SILENT = timedelta(minutes=2)
WIDE = 160  # of the picture, in percent of a full caseload


class Row(NamedTuple):
    """A row of a division as the page reads it."""

    id: UUID
    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    born: date | None
    state: str
    from_user: UUID | None
    to_user: UUID | None
    chosen: bool
    minutes: int
    why: dict[str, Any]
    version: int
    settled_at: datetime | None


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


@dataclass(frozen=True, slots=True)
class Load:
    """A coach before and after, in heads and minutes a week; bars in percent of a full caseload."""

    name: str
    heads: int
    heads_after: int
    hours: float
    hours_after: float
    target: float
    before: int
    after: int
    none: bool
    words: list[str]

    @property
    def low(self) -> int:
        return min(self.before, self.after)

    @property
    def more(self) -> int:
        return max(0, self.after - self.before)

    @property
    def less(self) -> int:
        return max(0, self.before - self.after)

    @property
    def changes(self) -> bool:
        return self.heads != self.heads_after

    @property
    def over(self) -> bool:
        return self.hours_after > self.target


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
        silent=division.runs and now - division.asked_at > SILENT,
        unsound=bool(division.problem),
        loads=_loads(division, rows, names, held, towns),
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


def _loads(
    division: Division,
    rows: list[Row],
    names: dict[UUID, str],
    held: dict[UUID, Rule],
    towns: dict[str, str],
) -> list[Load]:
    """Return each coach before and after what is proposed, and accepted since it was."""
    heads, minutes = Counter[UUID](), Counter[UUID]()
    since = division.planned_at or division.asked_at
    for row in rows:
        fresh = row.state == State.ACCEPTED and row.settled_at and row.settled_at >= since
        if row.to_user is None or not (fresh or row.state == State.PROPOSED):
            continue
        heads[row.to_user] += 1
        minutes[row.to_user] += row.minutes
        if row.from_user is not None and division.question != Question.COVER:
            heads[row.from_user] -= 1
            minutes[row.from_user] -= row.minutes
    found = []
    for who, name in names.items():
        if str(who) not in division.record.get("loads", {}):
            continue
        count, before, target = division.record["loads"][str(who)]
        if not (count or target or heads[who]):
            continue  # a lead without clients
        after = before + minutes[who]
        found.append(
            Load(
                name=name,
                heads=count,
                heads_after=count + heads[who],
                hours=round(before / 60, 1),
                hours_after=round(after / 60, 1),
                target=round(target / 60, 1),
                before=_share(before, target),
                after=_share(after, target),
                none=not target,
                words=words(held[who], towns),
            )
        )
    return found


def _share(minutes: int, target: int) -> int:
    """Return minutes in percent of a full caseload, as far as the picture reaches."""
    if not target:
        return WIDE if minutes else 0
    return min(WIDE, round(100 * minutes / target))
