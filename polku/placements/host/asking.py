"""Asking hosts whether their openings still stand: by hand, and each day for those that are due."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, QuerySet

from polku.foundation import audit, clock, walls
from polku.foundation.models import OutboxMessage
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer, system
from polku.placements import refusing
from polku.placements.host import links
from polku.placements.models import HostLink, Opening, Supervisor, Worksite

# One question a worksite in this time, however many openings are due and however many ask.
QUIET_DAYS = 14
A_DAY = 200


class AskedLately(Exception):
    """The worksite was asked within the last days. `at` says when."""

    def __init__(self, at: datetime) -> None:
        super().__init__("asked lately")
        self.at = at


class NobodyToAsk(Exception):
    """Nobody at the worksite can be sent a link, neither by mail nor by text."""


def due(register_id: UUID, *, at: datetime) -> QuerySet[Opening]:
    """Return the openings that stand and whose time of confirmation has come.

    A workplace that takes nobody now is left in peace.
    """
    today = clock.local(at).date()
    last = ExpressionWrapper(F("confirmed_on") + F("confirm_every_days"), output_field=DateField())
    return (
        Opening.objects.filter(
            register_id=register_id,
            state=Opening.State.OPEN,
            worksite__closed_on__isnull=True,
        )
        .alias(due_on=last)
        .filter(due_on__lte=today)
        .exclude(worksite__in=refusing.within(register_id, today))
    )


@transaction.atomic
def ask(worksite: Worksite, *, by: Viewer, at: datetime) -> OutboxMessage:
    """Send the worksite's deciding person a link. Raises AskedLately, NobodyToAsk."""
    check(by, "placements.write")
    # Two who ask at once: the second finds that it was asked.
    Worksite.objects.select_for_update(of=("self",)).get(pk=worksite.pk)
    lately = _asked(worksite.id, since=at - timedelta(days=QUIET_DAYS)).first()
    if lately:
        raise AskedLately(lately.created_at)
    message = _ask(worksite.id, by=by, at=at)
    if message is None:
        raise NobodyToAsk
    audit.record(by, "placements.ask_host", fields=["confirmed_on"])
    return message


def ask_those_due(register_id: UUID, *, at: datetime) -> int:
    """Ask every worksite with an opening that is due and that was not asked lately; return how

    many. For the daily job; each worksite is its own transaction, so that one can't stop the rest.
    """
    with walls.inside(register_id):
        since = at - timedelta(days=QUIET_DAYS)
        asked = _asked(OuterRef("worksite_id"), since=since)
        found = list(
            due(register_id, at=at)
            .filter(~Exists(asked))
            .order_by("worksite_id")
            .values_list("worksite_id", flat=True)
            .distinct()[:A_DAY]
        )
    done = 0
    for one in found:
        with walls.inside(register_id):
            who = system(register_id)
            if _ask(one, by=who, at=at):
                audit.record(who, "placements.ask_host", fields=["confirmed_on"])
                done += 1
    return done


def _ask(worksite_id: UUID, *, by: Viewer, at: datetime) -> OutboxMessage | None:
    people = Supervisor.objects.filter(worksite_id=worksite_id, ended_on__isnull=True)
    chosen = links.first_reached(people.order_by("-decides", "name"))
    if chosen is None:
        return None
    return links.mail(chosen, by=by, at=at, purpose=HostLink.Purpose.CONFIRM)


def _asked(worksite: object, *, since: datetime) -> QuerySet[HostLink]:
    return HostLink.objects.filter(
        worksite=worksite, purpose=HostLink.Purpose.CONFIRM, created_at__gte=since
    ).order_by("-created_at")
