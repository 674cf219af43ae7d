"""Reads of this room's own pages: one step, one goal, the versions that were agreed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from polku.clients.queries import seen
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer
from polku.paths.actions import step_content
from polku.paths.models import Goal, Plan, PlanVersion, Step
from polku.paths.queries import PlanNow, StepRow


class Version(NamedTuple):
    """The plan as it stood when both agreed. `content` is what `actions.content_of` made."""

    number: int
    agreed_on: date
    content: dict[str, Any]


@prepared
def _versions(viewer: Viewer, *, client_id: UUID, count: int) -> QuerySet[Any, Any]:
    return (
        PlanVersion.objects.filter(
            client_id=client_id, register_id=viewer.register_id, plan__closed_on__isnull=True
        )
        .order_by("-number")
        .values_list("number", "agreed_on", "content")[:count]
    )


def versions(viewer: Viewer, *, client_id: UUID, count: int = 30) -> list[Version]:
    """Return the open plan's versions, newest first, of a client found to be visible."""
    rows = _versions(viewer, client_id=client_id, count=count)
    return [
        Version(number, on, json.loads(content) if isinstance(content, str) else content)
        for number, on, content in rows
    ]


def step(viewer: Viewer, client_id: UUID, step_id: UUID) -> Step:
    """Return one step of a visible client. Raises Step.DoesNotExist, foreign and absent alike."""
    return (
        Step.objects.filter(seen(viewer, "client", only=client_id), pk=step_id)
        .select_related("client", "goal")
        .get()
    )


def goal(viewer: Viewer, client_id: UUID, goal_id: UUID) -> Goal:
    """Return one goal of a visible client. Raises Goal.DoesNotExist, foreign and absent alike."""
    return (
        Goal.objects.filter(seen(viewer, "client", only=client_id), pk=goal_id)
        .select_related("client")
        .get()
    )


def open_goals(client_id: UUID) -> QuerySet[Goal]:
    """Return the goals that a step may serve, of a client whom the caller has found visible."""
    return Goal.objects.filter(
        client_id=client_id, plan__closed_on__isnull=True, dropped_on__isnull=True
    ).order_by("position")


def ahead(client_id: UUID, *, but: UUID | None = None) -> QuerySet[Step]:
    """Return the steps ahead, to which another may be an alternative."""
    found = Step.objects.filter(client_id=client_id, state__in=("proposed", "planned"))
    return found.exclude(pk=but).order_by("position")


def rival(step: Step) -> UUID | None:
    """Return the first alternative of the step's fork that still lies ahead; None without one."""
    if not step.fork:
        return None
    rivals = ahead(step.client_id, but=step.id).filter(fork=step.fork)
    return rivals.values_list("id", flat=True).first()


def open_plan(client_id: UUID) -> Plan | None:
    """Return the open plan of a client whom the caller has found to be visible."""
    return Plan.objects.filter(client_id=client_id, closed_on__isnull=True).first()


def content_now(plan: PlanNow | None, steps: list[StepRow]) -> dict[str, Any]:
    """Return the plan as a version would keep it now, from rows that have been read already."""
    if plan is None:
        return {"goals": [], "steps": []}
    return {
        "goals": [
            {name: goal[name] for name in ("id", "theme", "text")}
            for goal in plan.goals
            if not goal["dropped_on"]
        ],
        "steps": [step_content(step) for step in steps if step.plan_id == plan.id],
    }
