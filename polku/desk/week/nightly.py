"""The night's work: everybody's week is planned before the morning, and old proposals go."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from polku.contacts.models import TimeAway, WeekPlan, WeekProposal
from polku.desk.week import running
from polku.desk.week.asking import WEEK, ask_for
from polku.foundation import clock, walls
from polku.foundation.models import Relation
from polku.foundation.viewer import system
from polku.teamwork import notices
from polku.teamwork.models import Division

KEPT = timedelta(weeks=8)
AWAY_KEPT = timedelta(weeks=26)


def plan(register_id: UUID, *, at: datetime) -> int:
    """Plan this week and the next for each worker of a register who has clients; return how many.

    One transaction for each: a job that is killed and run again plans what is missing.
    """
    this = clock.monday_of(clock.local(at).date())
    with walls.inside(register_id, by=system(register_id)):
        own = set(
            Relation.objects.filter(kind="own", ends_at__isnull=True).values_list(
                "user_id", flat=True
            )
        )
        workers = [role.user_id for role in notices.roles(register_id, at) if role.user_id in own]
        for table in (WeekProposal, WeekPlan):
            table.objects.filter(monday__lt=this - KEPT).delete()
        Division.objects.filter(asked_at__lt=at - KEPT).delete()
        TimeAway.objects.filter(last_on__lt=this - AWAY_KEPT).delete()
    planned = 0
    for worker in workers:
        for monday in (this, this + WEEK):
            with walls.inside(register_id, by=system(register_id)):
                ask_for(register_id, worker, monday, at)
            planned += running.run(register_id, worker, monday) == "planned"
    return planned
