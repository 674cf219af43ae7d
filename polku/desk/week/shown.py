"""The page of a week, put together from what is kept: no plan is made here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.contacts.models import WeekPlan, WeekProposal
from polku.contacts.queries import Booked, booked
from polku.contacts.weeks import hours, reads
from polku.contacts.weeks.hours import DAYS, Stretch
from polku.contacts.weeks.reads import Proposed
from polku.desk.week import grid, lines, wording
from polku.desk.week.asking import WEEK
from polku.desk.week.lines import Line
from polku.foundation import clock, jobs
from polku.foundation.viewer import Viewer
from polku.web import dates

State, Need = WeekProposal.State, WeekProposal.Need


@dataclass(frozen=True, slots=True)
class DayOf:
    """A day of the list, with the sentence that stands there when the worker is away."""

    word: str
    away: bool
    lines: list[Line]


@dataclass(frozen=True)
class Shown:
    """Everything on the page."""

    title: str
    monday: date
    before: date
    after: date
    is_now: bool
    plan: WeekPlan | None
    runs: bool
    silent: bool
    unsound: bool
    usual: bool
    grid: grid.Grid
    days: list[DayOf]
    proposals: list[Line]
    alarms: list[Line]
    omitted: list[Line]
    declined: list[Line]
    summary: str
    in_absence: list[Line]
    away: list[Any]
    clients: list[UUID] = field(default_factory=list)


def week(viewer: Viewer, monday: date, now: datetime) -> Shown:
    """Return a worker's own week. Five statements, however many clients."""
    today = clock.local(now).date()
    own = reads.own_week(viewer)
    away = reads.away(viewer, monday, monday + WEEK - timedelta(days=1))
    plan = reads.plan(viewer, monday)
    since = hours.start_of(monday, 0, 0) - timedelta(hours=hours.OPENS)
    times = [
        one for one in booked(viewer, since=since, until=since + WEEK) if one.status != "missed"
    ]
    rows = reads.proposals(viewer, monday) if plan is not None else []
    closed = hours.closed_days(monday, [(one.first_on, one.last_on) for one in away])
    met = {one.client_id for one in times if one.status in ("proposed", "confirmed")}
    proposed = [
        lines.proposal(r, closed, met, now, today) for r in rows if r.state == State.PROPOSED
    ]
    booked_lines = [lines.booked_time(one) for one in times]
    without = [r for r in rows if r.state == State.OMITTED]
    alarms = [lines.omitted(r, today) for r in without if lines.alarms(r)]
    others = [lines.omitted(r, today) for r in without if not lines.alarms(r)]
    declined = [lines.declined(r) for r in rows if r.state == State.DECLINED]
    starts = {one.id: one.starts_at for one in (*times, *rows) if one.starts_at is not None}
    days = _days(monday, closed, [*booked_lines, *proposed], starts)
    blocks = _things(
        monday, times, [(r, line) for r, line in _drawn(rows, proposed)], own, closed, today
    )
    runs = plan is not None and plan.runs
    return Shown(
        title=_("Week %(n)d") % {"n": monday.isocalendar().week},
        monday=monday,
        before=monday - WEEK,
        after=monday + WEEK,
        is_now=monday <= today < monday + WEEK,
        plan=plan,
        runs=runs,
        # The very first plan waits until kernels compile.
        silent=plan is not None and jobs.is_silent(plan.asked_at, plan.planned_at, now),
        unsound=plan is not None and bool(plan.problem),
        usual=own.usual,
        grid=grid.laid(monday, blocks, closed, today, _("away")),
        days=days,
        proposals=[line for line in proposed if not line.stale],
        alarms=alarms,
        omitted=others,
        declined=declined,
        summary=_summary(times, proposed, alarms, rows),
        in_absence=[
            line
            for line, one in zip(booked_lines, times, strict=True)
            if one.status in ("proposed", "confirmed")
            and one.ends_at > now
            and _day_number(monday, one) in closed
        ],
        away=away,
        clients=list(dict.fromkeys([*met, *(r.client_id for r in rows)])),
    )


def _day_number(monday: date, one: Booked) -> int:
    return (dates.day_of(one.starts_at) - monday).days


def _drawn(rows: list[Proposed], each: list[Line]) -> Iterator[tuple[Proposed, Line]]:
    of = {line.id: line for line in each}
    return ((row, of[row.id]) for row in rows if row.id in of and not of[row.id].stale)


def _days(
    monday: date, closed: set[int], each: list[Line], starts: dict[UUID, datetime]
) -> list[DayOf]:
    found = []
    for number in range(DAYS):
        on = monday + timedelta(days=number)
        of = [line for line in each if dates.day_of(starts[line.id]) == on]
        if of or number in closed:
            of.sort(key=lambda line: starts[line.id])
            found.append(DayOf(dates.whole_weekday(on, monday), number in closed, of))
    return found


def _things(
    monday: date,
    times: list[Booked],
    proposed: list[tuple[Proposed, Line]],
    own: hours.Own,
    closed: set[int],
    today: date,
) -> list[grid.Thing]:
    found = []
    for one in times:
        what = "waits" if one.status == "proposed" else "booked"
        line = lines.booked_time(one)
        for at in hours.slots_of(monday, one.starts_at, one.ends_at):
            found.append(grid.Thing(at, what, line.name, line.how, line.time, line.url))
    for row, line in proposed:
        assert row.starts_at is not None
        ends = row.starts_at + timedelta(minutes=row.minutes)
        what = "law" if line.law else "proposed"
        for at in hours.slots_of(monday, row.starts_at, ends):
            words = wording.in_short(row, today)
            found.append(grid.Thing(at, what, line.name, words, line.time, f"#p-{row.id}"))
    busy = {(t.at.day, slot) for t in found for slot in range(t.at.first, t.at.last)}
    for stretch in own.focus:
        if stretch.day not in closed:
            found += [grid.Thing(at, "focus", words=_("own time")) for at in _left(stretch, busy)]
    return found


def _left(stretch: Stretch, busy: set[tuple[int, int]]) -> list[Stretch]:
    """Return what of own time nothing is booked in."""
    found: list[Stretch] = []
    for slot in range(stretch.first, stretch.last):
        if (stretch.day, slot) in busy:
            continue
        if found and found[-1].last == slot:
            found[-1] = found[-1]._replace(last=slot + 1)
        else:
            found.append(Stretch(stretch.day, slot, slot + 1))
    return found


def _summary(
    times: list[Booked], proposed: list[Line], alarms: list[Line], rows: list[Proposed]
) -> str:
    fresh = sum(not line.stale for line in proposed)
    said = [
        ngettext("%(n)d booked", "%(n)d booked", len(times)) % {"n": len(times)},
        ngettext("%(n)d proposal", "%(n)d proposals", fresh) % {"n": fresh},
    ]
    if alarms:
        words = ngettext(
            "%(n)d date of the law does not fit", "%(n)d dates of the law do not fit", len(alarms)
        )
        said.append(words % {"n": len(alarms)})
    elif rows:
        said.append(_("all dates of the law fit"))
    return " · ".join(said)
