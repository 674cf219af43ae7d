"""Taking back: what a step was before it was touched, and putting it back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from polku.foundation import audit
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.paths.actions import locked_goal
from polku.paths.models import Goal, Plan, PlanVersion, Step

KEPT = (
    "theme",
    "kind",
    "title",
    "detail",
    "goal_id",
    "fork",
    "state",
    "starts_on",
    "ends_on",
    "when_text",
    "due_on",
    "turn",
    "turn_since",
    "coach_answer",
    "coach_answered_at",
    "client_answer",
    "client_answered_at",
    "client_word",
)
GOAL_KEPT = ("theme", "text", "reached_on", "dropped_on")


def as_it_is(row: Step | Goal) -> dict[str, Any]:
    """Return what has to be kept to put the row back, in values that JSON knows."""
    names = KEPT if isinstance(row, Step) else GOAL_KEPT
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _put(row: Any, before: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    for name in allowed:
        setattr(row, name, row._meta.get_field(name.removesuffix("_id")).to_python(before[name]))


@transaction.atomic
def put_back(
    step: Step, *, by: Viewer, at: datetime, version: int, before: Mapping[str, Any]
) -> Step:
    """Put a step back as it was. Raises ChangedMeanwhile when somebody has touched it since."""
    check(by, "paths.write", step)
    stored = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if stored.version != version:
        raise ChangedMeanwhile(stored)
    _put(stored, before, KEPT)
    stored.version += 1
    stored.changed_at = at
    stored.save()
    audit.record(by, "paths.undo", client=stored.client_id, fields=["step"])
    return stored


@transaction.atomic
def take_away(step: Step, *, by: Viewer, at: datetime, version: int) -> None:
    """Take away a step that was only just added. Raises ChangedMeanwhile when it has been used."""
    check(by, "paths.write", step)
    stored = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if stored.version != version or stored.client_answer:
        raise ChangedMeanwhile(stored)
    stored.delete()
    audit.record(by, "paths.undo", client=step.client_id, fields=["step"])


@transaction.atomic
def put_goal_back(
    goal: Goal, *, by: Viewer, at: datetime, version: int, before: Mapping[str, Any] | None
) -> None:
    """Put a goal back as it was; without a before it was just added, and goes.

    Raises ChangedMeanwhile when somebody has touched it since. Steps that have come to serve a
    goal that goes stay in the plan, without a goal.
    """
    check(by, "paths.write", goal)
    goal = locked_goal(goal, version=version)
    if before is None:
        goal.delete()
    else:
        _put(goal, before, GOAL_KEPT)
        goal.version += 1
        goal.save(update_fields=[*GOAL_KEPT, "version"])
    audit.record(by, "paths.undo", client=goal.client_id, fields=["goal"])


@transaction.atomic
def disagree(
    plan: Plan, *, by: Viewer, at: datetime, number: int, before: Mapping[str, str | None]
) -> Plan:
    """Take back the agreement that was just written down: its version goes, the days go back.

    Raises ChangedMeanwhile when a later version has been agreed.
    """
    check(by, "paths.agree_plan", plan)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    if last is None or last.number != number:
        raise ChangedMeanwhile(plan)
    last.delete()
    _put(plan, before, ("agreed_on", "review_on"))
    plan.version += 1
    plan.changed_at = at
    plan.save(update_fields=["agreed_on", "review_on", "version", "changed_at"])
    audit.record(by, "paths.undo", client=plan.client_id, fields=["agreed_on", "review_on"])
    return plan
