"""The history of changes of one client: by day, each with who, from what to what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from polku.desk.addresses import address
from polku.desk.record import values
from polku.desk.record.fields import PARTS, SILENT_WHEN_ADDED, field_word, thing_word
from polku.desk.record.words import op_word, role_word, who
from polku.foundation import clock
from polku.foundation.row_history import Change, changes, rows_now
from polku.foundation.viewer import Viewer
from polku.web import dates

A_PAGE = 80


@dataclass(frozen=True, slots=True)
class Cell:
    """One field: what was and what became of it. `closed` says that the values are not for you."""

    name: str
    was: str
    became: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that was added, changed or removed; `url` leads to it, '' where it has no page."""

    time: str
    who: str
    role: str
    did: str
    what: str
    about: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """One day, newest first."""

    day: str
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A page of it; `older` is where the next one begins, None at the end."""

    days: tuple[ChangeDay, ...]
    older: int | None


def history_page(
    viewer: Viewer, client_id: UUID, *, part: str, before: int | None, today: date
) -> History:
    """Return the changes before the one with this number; three statements at most."""
    sources = PARTS.get(part) or tuple(name for names in PARTS.values() for name in names)
    found = changes(viewer, client_id, sources=list(sources), at_most=A_PAGE, before=before)
    older = found[-1].id if len(found) == A_PAGE else None
    told = [one for one in found if not _silent(one)]
    things: dict[str, set[UUID]] = {}
    for one in told:
        if one.source in _TITLES:
            things.setdefault(one.source, set()).add(one.thing)
    rows = rows_now(things)
    names = values.names_in(told)
    by_day: dict[date, list[ChangeLine]] = {}
    for those in _together(told):
        line = _line(viewer, client_id, those, rows, names)
        if line is not None:
            by_day.setdefault(clock.local(those[0].at).date(), []).append(line)
    days = tuple(ChangeDay(_day(day, today), tuple(lines)) for day, lines in by_day.items())
    return History(days, older)


def _silent(one: Change) -> bool:
    return one.op == "added" and one.source in SILENT_WHEN_ADDED


def _together(found: Iterable[Change]) -> list[list[Change]]:
    """Put together what one deed changed in one row: guarded columns stand apart."""
    groups: dict[Any, list[Change]] = {}
    for one in found:
        groups.setdefault((one.at, one.user_id, one.source, one.thing, one.op), []).append(one)
    return list(groups.values())


def _day(day: date, today: date) -> str:
    text = dates.whole_weekday(day, today)
    return text[:1].upper() + text[1:]


def _line(
    viewer: Viewer,
    client_id: UUID,
    those: list[Change],
    rows: dict[UUID, dict[str, Any]],
    names: dict[str, str],
) -> ChangeLine | None:
    one = those[0]
    row = rows.get(one.thing) or one.was
    cells = tuple(_cells(viewer, those, row, names)) if one.op == "changed" else ()
    if one.op == "changed" and not cells:
        return None
    gone = one.op == "removed" or (one.source in _TITLES and one.thing not in rows)
    return ChangeLine(
        time=dates.clock_time(clock.local(one.at)),
        who=who(one.kind, one.name),
        role=role_word(one.role),
        did=op_word(one.op),
        what=_kind(one.source, row),
        about=_title(one.source, row, names),
        url="" if gone else _url(one, client_id),
        cells=cells,
    )


def _cells(
    viewer: Viewer, those: list[Change], row: dict[str, Any], names: dict[str, str]
) -> Iterable[Cell]:
    for one in those:
        for column in one.became:
            if not values.is_told(column):
                continue
            closed = _is_closed(viewer, column, row)
            yield Cell(
                field_word(column),
                "" if closed else values.shown(one.source, column, one.was[column], names),
                "" if closed else values.shown(one.source, column, one.became[column], names),
                closed,
            )


def _is_closed(viewer: Viewer, column: str, row: dict[str, Any]) -> bool:
    """A private note is its writer's own; of an identity code nothing is kept."""
    if column == "private_note":
        return str(row.get("worker_id")) != str(viewer.user_id)
    return column == "identity_index"


# Which column tells what a row is about, in tables of which a client has many rows.
_TITLES = {
    "clients_fact": "text",
    "clients_languageskill": "language",
    "clients_consent": "kind",
    "contacts_contact": "at",
    "contacts_appointment": "starts_at",
    "paths_goal": "text",
    "paths_step": "title",
    "foundation_relation": "kind",
}


def _kind(source: str, row: dict[str, Any]) -> str:
    if source == "clients_fact" and row.get("kind"):
        return values.shown(source, "kind", row["kind"], {})
    return thing_word(source)


def _title(source: str, row: dict[str, Any], names: dict[str, str]) -> str:
    column = _TITLES.get(source)
    if not column or not row.get(column):
        return ""
    return values.shown(source, column, row[column], names)


def _url(one: Change, client_id: UUID) -> str:
    pages = {
        "clients_client": ("client_edit", ()),
        "clients_contactdetails": ("client_details", ()),
        "clients_languageskill": ("client_facts", ()),
        "clients_fact": ("client_facts", ()),
        "clients_consent": ("client_consents", ()),
        "contacts_contact": ("contact_page", (one.thing,)),
        "contacts_rhythm": ("rhythm_edit", ()),
        "contacts_appointment": ("appointment_page", (one.thing,)),
        "paths_plan": ("client_plan", ()),
        "paths_goal": ("plan_goal", (one.thing,)),
        "paths_step": ("plan_step", (one.thing,)),
    }
    if one.source not in pages:
        return ""
    name, ids = pages[one.source]
    return address(name, client_id, *ids)
