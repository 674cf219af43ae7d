"""The demo coach's weeks: hours, own time, a training, and a date that no plan can meet.

Which contacts are proposed is worked out by the planner itself, as soon as the demo runs.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from polku.contacts.models import Appointment, OwnWeek, Rhythm, TimeAway, WeekProposal
from polku.contacts.states import LIVE
from polku.demo import setting
from polku.demo.household import Household
from polku.desk.week.asking import WEEK, ask_for, defer
from polku.foundation import clock, walls
from polku.foundation.models import Relation

HOURS = [[day, *pair] for day in range(5) for pair in (("08:30", "11:15"), ("12:00", "15:30"))]
FOCUS = [[0, "12:00", "13:00"], [3, "08:30", "09:15"]]
THURSDAY, FRIDAY = 3, 4


def lay(house: Household, now: datetime) -> None:
    """Write the first coach's hours and days away, raise one date, and have two weeks planned."""
    team = house.staff.get((setting.PAIJAT_HAME.slug, setting.KARKOLA.name))
    if team:
        _lay(house.registers[setting.PAIJAT_HAME.slug], team[0].user_id, now)


def _lay(register_id: UUID, coach_id: UUID, now: datetime) -> None:
    this = clock.monday_of(clock.local(now).date())
    own = {"register_id": register_id, "user_id": coach_id}
    with walls.inside(register_id):
        OwnWeek.objects.create(**own, hours=HOURS, focus=FOCUS, changed_at=now)
        following = this + WEEK
        TimeAway.objects.create(
            **own, kind=TimeAway.Kind.TRAINING, told_at=now - timedelta(days=20),
            first_on=_day(following + WEEK, THURSDAY), last_on=_day(following + WEEK, FRIDAY),
        )  # fmt: skip
        _raise(register_id, coach_id, this, now)
        for monday in (this, following):
            ask_for(register_id, coach_id, monday, now)
            defer(register_id, coach_id, monday)


def _raise(register_id: UUID, coach_id: UUID, monday: date, now: datetime) -> None:
    """Raise a date of the law of these two weeks that no plan meets: its time is booked too late,

    or the client is away until it has gone by.
    """
    own = Relation.objects.filter(
        client=OuterRef("client"), kind="own", user_id=coach_id, ends_at__isnull=True
    )
    ahead = Appointment.objects.filter(
        client=OuterRef("client"), status__in=LIVE, starts_at__gt=now
    ).order_by("starts_at")
    due = Rhythm.objects.filter(
        Exists(own), client__closed_on__isnull=True, client__safety_ban=False,
        first_contact_at__isnull=False,
        discussion_due_on__range=(clock.local(now).date(), _day(monday, 13)),
    ).annotate(ahead=Subquery(ahead.values("starts_at")[:1]))  # fmt: skip
    rows = list(due.order_by("discussion_due_on", "client__sort_key"))
    late = [one for one in rows if one.ahead and _on(one.ahead) > one.discussion_due_on]
    found = next(iter(late or [one for one in rows if one.ahead is None]), None)
    if found is None:
        return
    if not late:
        until = found.discussion_due_on + timedelta(days=2)
        Rhythm.objects.filter(pk=found.pk).update(away_until=until)
    WeekProposal.objects.create(
        register_id=register_id, user_id=coach_id, client_id=found.client_id,
        monday=clock.monday_of(found.discussion_due_on), state=WeekProposal.State.OMITTED,
        need=WeekProposal.Need.LAW, kind="visit", due_on=found.discussion_due_on,
        purpose="discussion", minutes=45, why={"why": "no_starts", "interview": False},
        raised_at=now - timedelta(minutes=40),
    )  # fmt: skip


def _on(at: datetime) -> date:
    return clock.local(at).date()


def _day(monday: date, number: int) -> date:
    return monday + timedelta(days=number)
