"""Asking for a division, and asking again with what a person has chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from polku.clients.queries import seen as shown_to
from polku.foundation import audit, clock, jobs, walls
from polku.foundation.permissions import Refused, check
from polku.foundation.viewer import Viewer
from polku.teamwork.models import Division, DivisionProposal
from polku.teamwork.queries import coaches_of_team

State, Question = DivisionProposal.State, Division.Question
LONGEST = timedelta(days=400)
# What breaks each time is asked for anew by a person.
GIVEN_UP = timedelta(hours=1)


class NotAQuestion(ValueError):
    """A cover without somebody away and days, or of days that are over or too many."""


@transaction.atomic
def ask(
    *,
    by: Viewer,
    at: datetime,
    question: str,
    away_id: UUID | None = None,
    first_on: date | None = None,
    last_on: date | None = None,
    everybody: bool = False,
) -> Division:
    """Have the viewer's team divided afresh: what was left out before is asked about again."""
    check(by, "teamwork.divide")
    if by.team_id is None or question not in Question.values:
        raise NotAQuestion(question)
    about: dict[str, object] = {"away_id": None, "first_on": None}
    rest: dict[str, object] = {"asked_at": at, "asked_by_id": by.user_id}
    if question == Question.COVER:
        today = clock.local(at).date()
        if away_id not in dict(coaches_of_team(by)):
            raise Refused("Not a worker of your team.")
        if first_on is None or last_on is None or not (today <= last_on >= first_on):
            raise NotAQuestion("days")
        if last_on - first_on > LONGEST:
            raise NotAQuestion("too long")
        about = {"away_id": away_id, "first_on": first_on}
        rest |= {"last_on": last_on, "everybody": everybody}
    division, _made = Division.objects.update_or_create(
        register_id=by.register_id, team_id=by.team_id, question=question, **about, defaults=rest
    )
    midnight = clock.day_begins(clock.local(at).date())
    division.proposals.exclude(state=State.ACCEPTED, settled_at__gte=midnight).delete()
    defer(division.register_id, division.id)
    audit.record(by, "desk.divide", reason=question)
    return division


@transaction.atomic
def again(
    division: Division,
    *,
    by: Viewer,
    at: datetime,
    chosen: Mapping[tuple[UUID, int], UUID],
    left: set[tuple[UUID, int]],
) -> int:
    """Ask again with these choices, by (id, version as seen); return how many were changed.

    What is not as it was seen is left to the run, and so is a choice of somebody who is no coach of
    the team (any more): such an id comes from an old page, or from nowhere.
    """
    check(by, "teamwork.divide")
    team = dict(coaches_of_team(by))
    seen = {mark for mark, _version in [*chosen, *left]}
    rows = division.proposals.select_for_update(of=("self",)).filter(
        shown_to(by), pk__in=seen, state=State.PROPOSED
    )
    changed = []
    for row in rows.order_by("pk"):
        mark = row.id, row.version
        if mark in left:
            row.state = State.LEFT
        elif chosen.get(mark) in team and chosen[mark] != row.to_user_id:
            row.to_user_id, row.chosen = chosen[mark], True
        else:
            continue
        row.version += 1
        changed.append(row)
    DivisionProposal.objects.bulk_update(changed, ["state", "to_user", "chosen", "version"])
    Division.objects.filter(pk=division.pk).update(asked_at=at, asked_by=by.user_id)
    defer(division.register_id, division.id)
    audit.record(by, "desk.divide_again", fields=["to", "left"])
    return len(changed)


def defer(register_id: UUID, division_id: UUID) -> bool:
    """Have a division worked out by a job; False when one waits already."""
    # The job's module names every job of the desk; here only this one is wanted.
    from polku.desk.tasks import divide

    lock = f"divide {division_id}"
    return jobs.defer_once(divide, lock, register_id=register_id, division_id=division_id)


def resume(register_id: UUID, at: datetime) -> int:
    """Have those worked out whose worker has died, for an hour; return how many."""
    with walls.inside(register_id):
        silent = Division.objects.filter(
            jobs.lost(at, answered="planned_at"), asked_at__gt=at - GIVEN_UP
        )
        return sum(defer(register_id, one.id) for one in silent)
