"""Caseloads by coach: heads, and the minutes a week that they are expected to take.

The minutes follow a table by situation, an assumption that the lead may change and that is shown
as one. A client is counted once, in the first situation that fits, and extra with an interpreter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, Value, When

from polku.clients.queries import seen
from polku.foundation import clock
from polku.foundation.access import in_force
from polku.foundation.models import Relation
from polku.foundation.viewer import Viewer
from polku.teamwork.models import MinutesAssumption
from polku.teamwork.queries import coaches_of_team

# Minutes a week until the lead changes them. Nobody measured them: they only start the talk.
ASSUMED = {"new": 60, "active": 25, "steady": 10, "in_service": 8, "interpreter": 10}
CLOSE_CONTACT_DAYS = 14
SERVED = ("00", "07", "08")
WORKING_WEEK = 1650  # minutes: five days of 5.5 hours with clients, the rest is other work
SOON_DAYS = 14


@dataclass(frozen=True)
class Caseload:
    """What one coach has: heads by situation, minutes a week, and what is at risk."""

    user_id: UUID | None
    name: str
    heads: int = 0
    minutes: int = 0
    by_situation: dict[str, int] = field(default_factory=dict)
    interpreters: int = 0
    waiting: int = 0
    late: int = 0
    due_soon: int = 0
    overdue: int = 0


def minutes_table(viewer: Viewer) -> dict[str, int]:
    """Return minutes a week by situation: the register's own where it has changed them."""
    changed = MinutesAssumption.objects.filter(register_id=viewer.register_id)
    return ASSUMED | dict(changed.values_list("situation", "minutes_a_week"))


def caseloads(viewer: Viewer, today: date, table: dict[str, int] | None = None) -> list[Caseload]:
    """Return the caseloads of the team's coaches by name, and of others who own its clients.

    Two statements, whatever the number of clients.
    """
    table = table or minutes_table(viewer)
    names = dict(coaches_of_team(viewer))
    found = {user_id: Caseload(user_id, name) for user_id, name in names.items()}
    for row in _counted(viewer, today):
        name = names.get(row["user_id"]) or f"{row['user__first_name']} {row['user__last_name']}"
        found[row["user_id"]] = _caseload(row, name, table)
    return sorted(found.values(), key=lambda one: one.name.split(" ")[-1])


def _counted(viewer: Viewer, today: date) -> list[dict[str, object]]:
    soon = today + timedelta(days=SOON_DAYS)
    late = Q(client__rhythm__last_reached_at__isnull=False) & Q(
        client__rhythm__last_reached_at__lt=clock.now()
        - F("client__rhythm__window_max_days") * timedelta(days=1)
    )
    due = "client__rhythm__discussion_due_on"
    own = Relation.objects.filter(
        in_force(viewer),
        seen(viewer, "client"),
        register_id=viewer.register_id,
        kind="own",
        client__closed_on__isnull=True,
    )
    return list(
        own.annotate(situation=situation("client__"))
        .values("user_id", "user__first_name", "user__last_name")
        .annotate(
            heads=Count("client"),
            new=Count("client", filter=Q(situation="new")),
            active=Count("client", filter=Q(situation="active")),
            steady=Count("client", filter=Q(situation="steady")),
            in_service=Count("client", filter=Q(situation="in_service")),
            interpreters=Count("client", filter=Q(client__interpreter=True)),
            late=Count("client", filter=late),
            due_soon=Count("client", filter=Q(**{f"{due}__gte": today, f"{due}__lte": soon})),
            overdue=Count("client", filter=Q(**{f"{due}__lt": today})),
        )
    )


def situation(prefix: str = "") -> Case:
    """Return, for rows that reach their client by a prefix, the first situation that fits."""
    return Case(
        When(**{f"{prefix}rhythm__first_contact_at__isnull": True}, then=Value("new")),
        When(**{f"{prefix}status__in": SERVED}, then=Value("in_service")),
        When(**{f"{prefix}rhythm__window_max_days__lte": CLOSE_CONTACT_DAYS}, then=Value("active")),
        default=Value("steady"),
        output_field=CharField(),
    )


def _caseload(row: dict[str, object], name: str, table: dict[str, int]) -> Caseload:
    counts = {name: int(str(row[name])) for name in ("new", "active", "steady", "in_service")}
    interpreters = int(str(row["interpreters"]))
    minutes = sum(table[situation] * heads for situation, heads in counts.items())
    return Caseload(
        user_id=row["user_id"],  # type: ignore[arg-type]
        name=name,
        heads=int(str(row["heads"])),
        minutes=minutes + table["interpreter"] * interpreters,
        by_situation=counts,
        interpreters=interpreters,
        waiting=counts["new"],
        late=int(str(row["late"])),
        due_soon=int(str(row["due_soon"])),
        overdue=int(str(row["overdue"])),
    )
