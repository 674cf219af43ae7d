"""Reads of plans and steps: what waits for whom, and one client's whole path."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from polku.clients.queries import seen
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer
from polku.paths.models import Goal, Plan, PlanVersion, Step


class Waiting(NamedTuple):
    """A step that waits for the coach, or that the client has answered since they last met."""

    id: UUID
    client_id: UUID
    first_names: str
    call_name: str
    last_name: str
    title: str
    turn: str
    turn_since: datetime | None
    client_answer: str
    client_answered_at: datetime | None
    client_word: str
    due_on: date | None


@prepared
def _waiting(viewer: Viewer, *, news_since: datetime) -> QuerySet[Any, Any]:
    unheard = Q(client__rhythm__last_reached_at__isnull=True) | Q(
        client_answered_at__gt=F("client__rhythm__last_reached_at")
    )
    return (
        Step.objects.filter(
            Q(turn="coach") | (Q(client_answered_at__gte=news_since) & unheard),
            seen(viewer, own=True),
            client__closed_on__isnull=True,
        )
        .order_by("turn_since", "client_answered_at")
        .values_list(
            "id",
            "client_id",
            "client__first_names",
            "client__call_name",
            "client__last_name",
            "title",
            "turn",
            "turn_since",
            "client_answer",
            "client_answered_at",
            "client_word",
            "due_on",
        )[:100]
    )


def waiting_for_coach(viewer: Viewer, *, news_since: datetime) -> list[Waiting]:
    """Return the steps of the viewer's own clients whose turn is the coach's, oldest first.

    With them come the client's answers of late that no contact has followed yet.
    """
    return [Waiting._make(row) for row in _waiting(viewer, news_since=news_since)]


class PlanNow(NamedTuple):
    """A client's open plan with its goals (mappings of id, theme, text, reached_on, dropped_on).

    `number` counts the client's plans, `version` this plan's agreed versions; None before one.
    """

    id: UUID
    kind: str
    number: int
    started_on: date
    agreed_on: date | None
    review_on: date | None
    version: int | None
    goals: list[dict[str, Any]]


@prepared
def _plan(viewer: Viewer, *, client_id: UUID) -> QuerySet[Any, Any]:
    goals = Goal.objects.filter(plan=OuterRef("pk")).order_by("position")
    versions = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number")
    row = JSONObject(
        id="id", theme="theme", text="text", reached_on="reached_on", dropped_on="dropped_on"
    )
    return (
        Plan.objects.filter(
            client_id=client_id, register_id=viewer.register_id, closed_on__isnull=True
        )
        .annotate(
            the_goals=ArraySubquery(goals.annotate(row=row).values("row")),
            last=Subquery(versions.values("number")[:1]),
        )
        .values_list(
            "id", "kind", "number", "started_on", "agreed_on", "review_on", "last", "the_goals"
        )
    )


def plan_now(viewer: Viewer, *, client_id: UUID) -> PlanNow | None:
    """Return the open plan of a client whom the caller has found to be visible; None without."""
    found = _plan(viewer, client_id=client_id)
    if not found:
        return None
    *plain, goals = found[0]
    return PlanNow._make([*plain, [json.loads(goal) for goal in goals]])


class StepRow(NamedTuple):
    """One step of a client's path, of the open plan or an earlier one."""

    id: UUID
    plan_id: UUID
    goal_id: UUID | None
    theme: str
    kind: str
    title: str
    detail: str
    state: str
    fork: str
    starts_on: date | None
    ends_on: date | None
    when_text: str
    due_on: date | None
    turn: str
    turn_since: datetime | None
    coach_answer: str
    coach_answered_at: datetime | None
    client_answer: str
    client_answered_at: datetime | None
    client_word: str
    version: int
    created_at: datetime
    changed_at: datetime


@prepared
def _steps(viewer: Viewer, *, client_id: UUID) -> QuerySet[Any, Any]:
    return (
        Step.objects.filter(client_id=client_id, register_id=viewer.register_id)
        .order_by("position", "created_at")
        .values_list(*StepRow._fields)
    )


def steps(viewer: Viewer, *, client_id: UUID) -> list[StepRow]:
    """Return every step of a client whom the caller has found to be visible, in their order."""
    return [StepRow._make(row) for row in _steps(viewer, client_id=client_id)]


def turn_of_client() -> Subquery:
    """Return, for rows of clients, whose turn it is: of the step that has waited longest."""
    waiting = Step.objects.filter(client=OuterRef("pk")).exclude(turn="")
    return Subquery(waiting.order_by("turn_since").values("turn")[:1])


def has_turn(whose: str) -> Exists:
    """Return the condition, for rows of clients, that some step waits for this one."""
    return Exists(Step.objects.filter(client=OuterRef("pk"), turn=whose))
