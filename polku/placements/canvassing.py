"""Talks with hosts. The next one belongs to one person, so that nobody is asked by three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from polku.foundation import audit, clock, submissions
from polku.foundation.models import RoleAssignment, User
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements.models import HostContact, Supervisor, Worksite
from polku.placements.permissions import WORKERS

Result = HostContact.Result
# A worksite that a colleague has asked within so many days is left in peace. The house's own
# custom, not a rule of law.
PEACE_DAYS = 14
# What a talk says about the worksite's readiness; one that reached nobody says nothing.
READINESS = {
    Result.TALKED: Worksite.Readiness.TALKING,
    Result.THINKS: Worksite.Readiness.TALKING,
    Result.OFFERS: Worksite.Readiness.READY,
    Result.NOT_NOW: Worksite.Readiness.NOT_NOW,
    Result.REFUSES: Worksite.Readiness.NO,
}


class NoReason(ValueError):
    """A refusal is kept for learning, with its reason; it has none."""


@dataclass(frozen=True, slots=True)
class Peace:
    """Why to ask a colleague first: whose next talk it is and when, or who asked of late."""

    next_by: str = ""
    next_on: date | None = None
    asked_by: str = ""
    asked_on: date | None = None

    def __bool__(self) -> bool:
        return bool(self.next_by or self.asked_by)


def peace_of(viewer: Viewer, worksite_id: UUID) -> Peace:
    """Return what speaks for leaving a worksite to a colleague; empty when nothing does."""
    since = viewer.at - timedelta(days=PEACE_DAYS)
    rows = HostContact.objects.filter(register_id=viewer.register_id, worksite_id=worksite_id)
    coming = (
        _waiting(rows).exclude(next_by=viewer.user_id).select_related("next_by")
        .order_by("next_on").first()
    )  # fmt: skip
    asked = (
        rows.filter(at__gte=since).exclude(by=viewer.user_id).exclude(result=Result.NO_ANSWER)
        .select_related("by").order_by("-at").first()
    )  # fmt: skip
    return Peace(
        next_by=str(coming.next_by) if coming else "",
        next_on=coming.next_on if coming else None,
        asked_by=str(asked.by) if asked else "",
        asked_on=clock.local(asked.at).date() if asked else None,
    )


def _waiting(rows: QuerySet[HostContact]) -> QuerySet[HostContact]:
    return rows.filter(next_done_at__isnull=True, next_on__isnull=False)


def next_talks(viewer: Viewer, *, everybody: bool = False, most: int = 200) -> list[HostContact]:
    """Return the talks that are to come, the viewer's own or everybody's, the soonest first."""
    rows = _waiting(HostContact.objects.filter(register_id=viewer.register_id))
    rows = rows.filter(worksite__closed_on__isnull=True)
    if not everybody:
        rows = rows.filter(next_by=viewer.user_id)
    joined = rows.select_related(
        "worksite", "worksite__municipality", "supervisor", "next_by", "by"
    )
    return list(joined.order_by("next_on", "worksite__sort_key")[:most])


def workers(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Return who may take the next talk: workers of the register who write about places."""
    rows = (
        User.objects.filter(
            pk__in=RoleAssignment.objects.filter(register_id=viewer.register_id, role__in=WORKERS)
            .valid(viewer.at)
            .values("user_id"),
            is_active=True,
        )
        .order_by("last_name", "first_name")
        .values_list("id", "first_name", "last_name")
    )
    return [(pk, f"{first} {last}") for pk, first, last in rows]


@transaction.atomic
def log_talk(
    worksite: Worksite,
    *,
    by: Viewer,
    at: datetime,
    how: str,
    result: str,
    reason: str = "",
    note: str = "",
    supervisor: Supervisor | None = None,
    next_on: date | None = None,
    next_by: UUID | None = None,
    submission: UUID | None = None,
) -> HostContact:
    """Write down a talk with a worksite; the same submission twice is one.

    A next one replaces every other that waited here: it belongs to one person. Without it, only the
    viewer's own is done with. Raises NoReason for a refusal without a reason.
    """
    check(by, "placements.write")
    if result == Result.REFUSES and not reason:
        raise NoReason
    stored = Worksite.objects.select_for_update(of=("self",)).get(pk=worksite.pk)
    if submission is not None:
        same = HostContact.objects.filter(worksite=stored, submission=submission).first()
        if same is not None:
            return same
    waiting = _waiting(HostContact.objects.filter(worksite=stored))
    if next_on is None:
        waiting = waiting.filter(next_by=by.user_id)
    waiting.update(next_done_at=at)
    said_no = result in (Result.REFUSES, Result.NOT_NOW)
    talk = HostContact(
        register_id=stored.register_id,
        worksite=stored,
        supervisor=supervisor,
        at=at,
        by_id=by.user_id,
        how=how,
        result=result,
        reason=reason if said_no else "",
        note=note,
        next_on=next_on,
        next_by_id=(next_by or by.user_id) if next_on else None,
        submission=submission,
    )
    try:
        talk.save(force_insert=True)
    except IntegrityError as error:
        submissions.refuse(error)
        raise
    _remember(stored, result, at)
    audit.record(
        by, "placements.log_talk", fields=["result", "next_on"], reason=f"worksite={stored.pk}"
    )
    return talk


def _remember(worksite: Worksite, result: Any, at: datetime) -> None:
    readiness = READINESS.get(result)
    if readiness is None or readiness == worksite.readiness:
        _talked_with(worksite.pk, at)
        return
    worksite.readiness = readiness
    worksite.version += 1
    worksite.changed_at = at
    worksite.save(update_fields=["readiness", "version", "changed_at"])


def _talked_with(worksite_id: UUID, at: datetime) -> None:
    # What is kept of openings tells until when a no stands: it is read anew.
    Worksite.objects.filter(pk=worksite_id).update(changed_at=at)


@transaction.atomic
def leave_next(talk: HostContact, *, by: Viewer, at: datetime, left: bool = True) -> HostContact:
    """Say that a next talk is not needed ("I already have it"), or take that back."""
    check(by, "placements.write")
    stored = HostContact.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    stored.next_done_at = at if left else None
    stored.save(update_fields=["next_done_at"])
    _talked_with(stored.worksite_id, at)
    audit.record(
        by, "placements.leave_next_talk", fields=["next_on"], reason=f"worksite={talk.worksite_id}"
    )
    return stored


def talk(viewer: Viewer, worksite_id: UUID, talk_id: UUID) -> HostContact:
    """Return a talk with a worksite. Raises HostContact.DoesNotExist, foreign and absent alike."""
    return HostContact.objects.get(
        pk=talk_id, worksite_id=worksite_id, register_id=viewer.register_id
    )
