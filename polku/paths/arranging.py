"""Writes that arrange the plan: a goal's words, the order of steps, alternatives of one fork."""

from __future__ import annotations

from datetime import datetime
from secrets import token_hex

from django.db import transaction

from polku.foundation import audit
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.paths.actions import locked_goal
from polku.paths.models import Goal, Step

OPEN = ("now", "proposed", "planned")


@transaction.atomic
def change_goal(
    goal: Goal, *, by: Viewer, at: datetime, version: int, theme: str, text: str
) -> Goal:
    """Change a goal's theme and words.

    Raises ChangedMeanwhile when `version` is no longer the last.
    """
    check(by, "paths.write", goal)
    goal = locked_goal(goal, version=version)
    goal.theme, goal.text = theme, text
    goal.version += 1
    goal.save(update_fields=["theme", "text", "version"])
    audit.record(by, "paths.change_goal", client=goal.client_id, fields=["theme", "text"])
    return goal


@transaction.atomic
def take_up_goal(goal: Goal, *, by: Viewer, at: datetime) -> Goal:
    """Aim again at a goal that was reached or left aside."""
    check(by, "paths.write", goal)
    goal = locked_goal(goal)
    goal.reached_on = goal.dropped_on = None
    goal.version += 1
    goal.save(update_fields=["reached_on", "dropped_on", "version"])
    audit.record(by, "paths.take_up_goal", client=goal.client_id, fields=["reached_on"])
    return goal


@transaction.atomic
def move(step: Step, *, by: Viewer, at: datetime, up: bool) -> bool:
    """Change places with the open step before or after, among those of the same goal.

    Return whether there was one. The order is not part of what was agreed, so that no answer and
    no version changes.
    """
    check(by, "paths.write", step)
    rows = list(
        Step.objects.select_for_update(of=("self",))
        .filter(client_id=step.client_id)
        .order_by("position", "created_at")
    )
    peers = [row for row in rows if row.goal_id == step.goal_id and row.state in OPEN]
    here = next((n for n, row in enumerate(peers) if row.id == step.id), -2)
    there = here + (-1 if up else 1)
    found = here >= 0 and 0 <= there < len(peers)
    if found:
        one, other = rows.index(peers[here]), rows.index(peers[there])
        rows[one], rows[other] = rows[other], rows[one]
        _number(rows)
    audit.record(by, "paths.move", client=step.client_id, fields=["position"])
    return found


def _number(rows: list[Step]) -> None:
    for position, row in enumerate(rows, 1):
        if row.position != position:
            Step.objects.filter(pk=row.pk).update(position=position)


def fork_of(step: Step) -> str:
    """Return the fork that a new alternative to this step joins; made now when there is none."""
    if not step.fork:
        step.fork = f"f{token_hex(6)}"
        Step.objects.filter(pk=step.pk).update(fork=step.fork)
    return step.fork
