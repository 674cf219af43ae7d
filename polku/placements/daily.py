"""What the software does with a register's placements each morning, each in its own transaction.

It frees promises that have run out, begins what all have agreed and whose day has come, ends what
has come to its last day, asks for assessments, and reminds. It decides nothing: whoever knows
better takes each of these back with one press.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce

from polku.clients.models import Client
from polku.foundation import audit, clock, walls
from polku.foundation.viewer import Viewer, system
from polku.placements import asking, notices, ports, running, seats, states
from polku.placements.models import Assessment, Placement
from polku.placements.terms import Party

S = Placement.State
# The first mail reminds three days after the due day, then as often again; never more than these.
REMIND_AFTER = timedelta(days=3)
REMINDERS = 2


def run(register_id: UUID, *, at: datetime) -> dict[str, int]:
    """Do the morning's work of one register; return how many of each were done."""
    today = clock.local(at).date()
    with walls.inside(register_id):
        freed = seats.let_go(at=at)
    return {
        "freed": freed,
        "begun": _each(register_id, _to_begin, today, at, running.start),
        "ended": _each(register_id, _to_end, today, at, running.end),
        "asked": _each(register_id, _to_ask, today, at, _ask),
        "reminded": _each(register_id, _to_remind, today, at, _remind),
    }


Act = Callable[..., object]


def _each(
    register_id: UUID, found: Callable[[date], Any], today: date, at: datetime, act: Act
) -> int:
    """Do one thing with all that is found, in the open and under each safety ban."""
    done = 0
    for hidden in _hidden(register_id):
        with walls.inside(register_id), _opened(hidden):
            ids = list(found(today).values_list("pk", flat=True))
        for one in ids:
            with walls.inside(register_id), _opened(hidden):
                row = found(today).filter(pk=one).first()
                if row is not None:
                    act(row, by=system(register_id), at=at)
                    done += 1
    return done


def _hidden(register_id: UUID) -> Iterator[UUID | None]:
    """Give None for what is in the open, then each client whose placements hide."""
    yield None
    with walls.inside(register_id):
        banned = list(
            Client.objects.filter(safety_ban=True, closed_on__isnull=True).values_list(
                "id", flat=True
            )
        )
    yield from banned


def _opened(hidden: UUID | None) -> Any:
    return nullcontext() if hidden is None else walls.guarded_open(hidden)


def _to_begin(today: date) -> Any:
    # What waits for the organiser was said not to have begun.
    agreed = Placement.objects.filter(state=S.AGREED, starts_on__lte=today)
    return agreed.exclude(turn=Party.ORGANISER)


def _to_end(today: date) -> Any:
    return Placement.objects.alias(last=Coalesce("ended_on", "ends_on")).filter(
        state=S.RUNNING, last__lt=today
    )


def _open_ones() -> Any:
    return Assessment.objects.filter(
        answered_at__isnull=True,
        stopped_at__isnull=True,
        placement__state__in=states.BEGAN,
        placement__client__closed_on__isnull=True,
    ).select_related("placement")


def _to_ask(today: date) -> Any:
    return _open_ones().filter(asked_at__isnull=True, due_on__lte=today + asking.BEFOREHAND)


def _to_remind(today: date) -> Any:
    wait = REMIND_AFTER * (F("reminded") + 1)
    tonight = clock.day_ends(today)
    # Whoever was asked late has as long as any other; nobody is asked and reminded in one morning.
    return (
        _open_ones()
        .filter(asked_at__lte=tonight - wait, reminded__lt=REMINDERS)
        .filter(due_on__lte=today - wait)
    )


def _ask(row: Assessment, *, by: Viewer, at: datetime) -> None:
    _tell(row, "assess", by, at)
    Assessment.objects.filter(pk=row.pk).update(asked_at=at)
    audit.record(by, "placements.ask_assessment", client=row.client_id, fields=["asked_at"])


def _remind(row: Assessment, *, by: Viewer, at: datetime) -> None:
    _tell(row, "remind", by, at)
    # Reminders whose mornings were missed are not caught up with: they are one.
    late = clock.local(at).date() - max(row.due_on, clock.local(row.asked_at).date())
    Assessment.objects.filter(pk=row.pk).update(reminded=min(REMINDERS, late // REMIND_AFTER))
    audit.record(by, "placements.remind_assessment", client=row.client_id, fields=["reminded"])


def _tell(row: Assessment, what: ports.What, by: Viewer, at: datetime) -> None:
    if row.party == Party.CLIENT:
        notices.tell_client(row.placement, by=by, at=at, what="assess")
    else:
        ports.tell_host(row.placement, what, at)
