"""Steps that another room leads: a placement is a step of the plan too, and keeps it in tune.

What client and coach have agreed there is agreed here, so that nobody is asked twice.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from polku.clients.models import Client
from polku.foundation.viewer import Viewer
from polku.paths import actions
from polku.paths.models import Plan, Step

OPEN = (Step.State.PLANNED, Step.State.PROPOSED)


@transaction.atomic
def tune(
    client_id: UUID,
    *,
    by: Viewer,
    at: datetime,
    step_id: UUID | None,
    kind: str,
    theme: str,
    title: str,
    state: str,
    starts_on: date | None,
    ends_on: date | None,
    detail: str,
    take_up: bool,
    besides: Collection[UUID] = (),
) -> UUID:
    """Bring a step to `state`, agreed by both, and return its id.

    Without `step_id` a step is added; with `take_up` the first open one of the same kind is taken
    instead, so that a planned work trial becomes the one that was found. `besides` are steps that
    other placements lead; `detail` is where it is. For an action that checks and leaves the entry:
    what it did is one deed.
    """
    step = _led(client_id, step_id) if step_id else None
    if step is None and take_up:
        step = _open_one(client_id, kind, besides)
    step = step or _new(client_id, by=by, at=at, kind=kind, theme=theme, title=title)
    step.title, step.state = title, state
    step.starts_on, step.ends_on = starts_on, ends_on
    # A season in words and the place that was hoped for give way to what was agreed; the history
    # keeps them.
    step.detail = detail
    if starts_on is not None:
        step.when_text = ""
    if state in (Step.State.PLANNED, Step.State.NOW):
        _agree(step, at)
    step.turn, step.turn_since = Step.Turn.NOBODY, None
    step.version += 1
    step.changed_at = at
    step.save()
    Plan.objects.filter(pk=step.plan_id).update(changed_at=at)
    return step.id


def rename(step_id: UUID, *, title: str, detail: str) -> None:
    """Give a step other words, without asking anybody anew: nothing that was agreed changes."""
    same = {"title": title, "detail": detail}
    Step.objects.filter(pk=step_id).exclude(**same).update(**same)


def _steps(client_id: UUID) -> QuerySet[Step]:
    return Step.objects.select_for_update(of=("self",)).filter(client_id=client_id)


def _led(client_id: UUID, step_id: UUID) -> Step | None:
    return _steps(client_id).filter(pk=step_id).first()


def _open_one(client_id: UUID, kind: str, besides: Collection[UUID]) -> Step | None:
    found = _steps(client_id).filter(kind=kind, state__in=OPEN, plan__closed_on__isnull=True)
    return found.exclude(pk__in=besides).order_by("position").first()


def _new(client_id: UUID, *, by: Viewer, at: datetime, **fields: Any) -> Step:
    client = Client.objects.get(pk=client_id)
    return actions.write_step(client, by=by, at=at, propose=False, **fields)


def _agree(step: Step, at: datetime) -> None:
    if step.client_answer != "yes":
        step.client_answer, step.client_answered_at = "yes", at
    if step.coach_answer != "yes":
        step.coach_answer, step.coach_answered_at = "yes", at
