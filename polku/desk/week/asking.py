"""Having a week planned: by a press, after days away, each night. One transaction holds it all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from polku.contacts.models import TimeAway, WeekPlan, WeekProposal
from polku.contacts.weeks import deciding, hours
from polku.foundation import audit, clock, jobs, walls
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

WEEK = timedelta(days=7)
FRIDAY, NOON = 4, 12
WEEKS_AHEAD = 4


def planned_now(now: datetime) -> date:
    """Return the Monday of the week that is looked at now: from Friday noon on the next one."""
    local = clock.local(now)
    this = clock.monday_of(local.date())
    later = local.weekday() > FRIDAY or (local.weekday() == FRIDAY and local.hour >= NOON)
    return this + WEEK if later else this


@transaction.atomic
def ask(*, by: Viewer, at: datetime, monday: date) -> WeekPlan:
    """Have the worker's own week planned anew; what was proposed is kept where it can be."""
    check(by, "contacts.week")
    plan = _ask(by.register_id, by.user_id, monday, at)
    audit.record(by, "desk.week_ask", reason=monday.isoformat())
    return plan


@transaction.atomic
def keep_hours(*, by: Viewer, at: datetime, **given: object) -> None:
    """Keep the worker's own hours, and have what is planned by them planned anew."""
    hours.keep(by=by, at=at, **given)  # type: ignore[arg-type]
    _ask_planned(by, at, date.min, date.max)


@transaction.atomic
def go_away(*, by: Viewer, at: datetime, first_on: date, last_on: date, kind: str) -> TimeAway:
    """Write down days away, and have the planned weeks that they touch planned anew.

    What is booked stays booked: nothing moves unless a person moves it.
    """
    away = hours.go_away(by=by, at=at, first_on=first_on, last_on=last_on, kind=kind)
    _ask_planned(by, at, first_on, last_on)
    return away


@transaction.atomic
def come_back(away: TimeAway, *, by: Viewer, at: datetime) -> None:
    """Take days away back, and have the planned weeks that they touched planned anew."""
    hours.come_back(away, by=by, at=at)
    _ask_planned(by, at, away.first_on, away.last_on)


@transaction.atomic
def by_phone(row: WeekProposal, *, by: Viewer, at: datetime, phone: bool) -> WeekProposal:
    """Ask for a call instead of a meeting, and have the week planned anew with it."""
    kept = deciding.by_phone(row, by=by, at=at, phone=phone)
    _ask(by.register_id, by.user_id, row.monday, at)
    return kept


def ask_for(register_id: UUID, user_id: UUID, monday: date, at: datetime) -> WeekPlan:
    """Have a worker's week planned by the night's job, which defers nothing itself."""
    plan, _made = WeekPlan.objects.update_or_create(
        register_id=register_id, user_id=user_id, monday=monday, defaults={"asked_at": at}
    )
    return plan


def _ask_planned(by: Viewer, at: datetime, first: date, last: date) -> None:
    """Ask anew for every week that was planned, is not over, and has one of these days."""
    now = clock.monday_of(clock.local(at).date())
    for plan in WeekPlan.objects.filter(
        register_id=by.register_id, user_id=by.user_id, monday__gte=now
    ):
        if first <= plan.monday + WEEK - timedelta(days=1) and plan.monday <= last:
            _ask(by.register_id, by.user_id, plan.monday, at)


def _ask(register_id: UUID | None, user_id: UUID | None, monday: date, at: datetime) -> WeekPlan:
    assert register_id is not None and user_id is not None
    plan = ask_for(register_id, user_id, monday, at)
    defer(register_id, user_id, monday)
    return plan


def defer(register_id: UUID, user_id: UUID, monday: date) -> bool:
    """Have a week planned by a job; False when one waits already: it plans by what then stands."""
    # The job's module names every job of the desk; here only this one is wanted.
    from polku.desk.tasks import plan_week

    lock = f"week {user_id} {monday}"
    return jobs.defer_once(plan_week, lock, register_id=register_id, user_id=user_id, monday=monday)


def resume(register_id: UUID, at: datetime) -> int:
    """Have the weeks planned whose worker has died, until they are over; return how many."""
    with walls.inside(register_id):
        silent = WeekPlan.objects.filter(
            jobs.lost(at, answered="planned_at"),
            monday__gte=clock.monday_of(clock.local(at).date()),
        )
        return sum(defer(register_id, one.user_id, one.monday) for one in silent)
