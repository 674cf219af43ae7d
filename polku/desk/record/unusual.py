"""Looks worth asking about, first: facts, each with its reasons, and never a score.

| reason | what is true |
|---|---|
| not own | a coach opened a client with whom they had no relation of their own at that moment |
| night | between 22 and 6 |
| weekend | on a Saturday or Sunday |
| emergency | an emergency access was in force |
| own name | the client has the worker's own last name |

None of these is wrong by itself: the team's clients without a coach are open to the team, and
people work late. The auditor asks.
"""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat, ExtractHour, ExtractIsoWeekDay

from polku.clients.models import Client
from polku.foundation import clock, lasting
from polku.foundation.models import AuditEntry, Relation, RoleAssignment, User
from polku.foundation.permissions import check
from polku.foundation.record_reads import PERMISSION
from polku.foundation.viewer import Viewer

EARLIEST, LATEST, WEEKEND = 6, 22, 6
MOST_DAYS = 7
READ, SHOWN = 200, 20
FLAGS = ("not_own", "night", "on_weekend", "emergency", "own_name")
PERSONAL = ("own", "cover", "shared", "break_glass")


class Odd(NamedTuple):
    """Looks of one worker at one client on one day, with the reasons that hold."""

    at: datetime
    times: int
    name: str | None
    role: str
    client: UUID
    not_own: bool
    night: bool
    weekend: bool
    emergency: bool
    own_name: bool

    @property
    def reasons(self) -> int:
        return sum((self.not_own, self.night, self.weekend, self.emergency, self.own_name))


def unusual(
    viewer: Viewer,
    *,
    since: datetime,
    until: datetime,
    client: UUID | None = None,
    worker: UUID | None = None,
) -> list[Odd]:
    """Return the unusual looks of a period, those with most reasons first; one statement."""
    check(viewer, PERMISSION)
    rows = _looks(viewer, since, until)
    if client is not None:
        rows = rows.filter(client=client)
    if worker is not None:
        rows = rows.filter(actor_user=worker)
    any_of = reduce(or_, (Q(**{flag: True}) for flag in FLAGS))
    found = (
        rows.filter(any_of)
        .order_by("-at")
        .values_list("at", "actor_user", "who", "as_what", "client", *FLAGS)[:READ]
    )
    days: dict[Any, list[tuple[Any, ...]]] = {}
    for row in found:
        days.setdefault((clock.local(row[0]).date(), row[1], row[4]), []).append(row)
    odd = [_odd(those) for those in days.values()]
    odd.sort(key=lambda one: (-one.reasons, -one.at.timestamp()))
    return odd[:SHOWN]


def _odd(those: list[tuple[Any, ...]]) -> Odd:
    at, _user, name, role, client = those[0][:5]
    flags = (any(row[5 + n] for row in those) for n in range(len(FLAGS)))
    return Odd(at, len(those), name, role or "", client, *flags)


def _looks(viewer: Viewer, since: datetime, until: datetime) -> QuerySet[Any, Any]:
    theirs = Relation.objects.filter(
        lasting.at(OuterRef("at")),
        register_id=viewer.register_id,
        client_id=OuterRef("client"),
        user_id=OuterRef("actor_user"),
    )
    user = User.objects.filter(pk=OuterRef("actor_user"))
    named = user.annotate(name=Concat("first_name", Value(" "), "last_name")).values("name")
    role = RoleAssignment.objects.filter(pk=OuterRef("role")).values("role")
    same = Client.objects.filter(pk=OuterRef("client"), last_name__iexact=OuterRef("family"))
    at = {"tzinfo": clock.HELSINKI}
    return (
        AuditEntry.objects.filter(
            register_id=viewer.register_id,
            at__gte=since,
            at__lt=until,
            actor_kind="staff",
            client__isnull=False,
        )
        .exclude(action__startswith="access_log.")
        .annotate(
            hour=ExtractHour("at", **at),
            weekday=ExtractIsoWeekDay("at", **at),
            who=Subquery(named[:1]),
            family=Subquery(user.values("last_name")[:1]),
            as_what=Subquery(role[:1]),
        )
        .annotate(
            not_own=_true(Q(as_what="coach") & ~Exists(theirs.filter(kind__in=PERSONAL))),
            night=_true(Q(hour__lt=EARLIEST) | Q(hour__gte=LATEST)),
            on_weekend=_true(Q(weekday__gte=WEEKEND)),
            emergency=_true(Q(Exists(theirs.filter(kind="break_glass")))),
            own_name=_true(Q(Exists(same))),
        )
    )


def _true(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())
