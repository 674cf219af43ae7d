"""Writes of plans, goals and steps. Coach and client answer item by item; nobody for the other."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from polku.clients.models import Client
from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.paths import notices, states
from polku.paths.models import Goal, Plan, PlanVersion, Step

STEP_FIELDS = [
    "theme",
    "kind",
    "title",
    "detail",
    "goal",
    "fork",
    "starts_on",
    "ends_on",
    "when_text",
    "due_on",
]
GOAL_FIELDS = ("theme", "text")
ANSWERS = {"yes": "agree", "not_now": "put_off", "no": "decline"}


def plan_of(client: Client, *, by: Viewer, at: datetime) -> Plan:
    """Return the client's open plan, begun now when there is none."""
    found = Plan.objects.filter(client=client, closed_on__isnull=True).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Plan.objects.create(
                register_id=client.register_id,
                client=client,
                number=Plan.objects.filter(client=client).count() + 1,
                started_on=clock.local(at).date(),
                changed_at=at,
            )
    except IntegrityError:
        return Plan.objects.get(client=client, closed_on__isnull=True)


def _next_position(rows: Any) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _only(fields: dict[str, Any], allowed: Any) -> None:
    unknown = fields.keys() - set(allowed)
    if unknown:
        raise TypeError(f"not a field of it: {', '.join(sorted(unknown))}")


@transaction.atomic
def add_goal(client: Client, *, by: Viewer, at: datetime, theme: str, text: str) -> Goal:
    """Add a goal under a theme to the client's plan."""
    check(by, "paths.write", client)
    plan = plan_of(client, by=by, at=at)
    goal = Goal.objects.create(
        register_id=client.register_id,
        client=client,
        plan=plan,
        theme=theme,
        text=text,
        position=_next_position(Goal.objects.filter(plan=plan)),
    )
    _touch(plan, at)
    audit.record(by, "paths.add_goal", client=client.id, fields=["theme", "text"])
    return goal


@transaction.atomic
def end_goal(goal: Goal, *, by: Viewer, at: datetime, reached: bool) -> Goal:
    """Mark a goal as reached or as left aside."""
    check(by, "paths.write", goal)
    goal = locked_goal(goal)
    today = clock.local(at).date()
    goal.reached_on, goal.dropped_on = (today, None) if reached else (None, today)
    goal.version += 1
    goal.save(update_fields=["reached_on", "dropped_on", "version"])
    audit.record(by, "paths.end_goal", client=goal.client_id, fields=["reached_on", "dropped_on"])
    return goal


def locked_goal(goal: Goal, *, version: int | None = None) -> Goal:
    """Return the goal as it stands, locked. With `version`, raises ChangedMeanwhile on another."""
    stored = Goal.objects.select_for_update(of=("self",)).select_related("client").get(pk=goal.pk)
    if version is not None and stored.version != version:
        raise ChangedMeanwhile(stored)
    return stored


@transaction.atomic
def add_step(
    client: Client, *, by: Viewer, at: datetime, propose: bool = True, **fields: Any
) -> Step:
    """Add a step. Proposed, it waits for the client's answer; else it is only planned.

    `fields` are those of STEP_FIELDS; theme and title are needed.
    """
    check(by, "paths.write", client)
    _only(fields, STEP_FIELDS)
    step = write_step(client, by=by, at=at, propose=propose, **fields)
    audit.record(by, "paths.add_step", client=client.id, fields=fields.keys())
    return step


def write_step(client: Client, *, by: Viewer, at: datetime, propose: bool, **fields: Any) -> Step:
    """Write a step, for an action that checks and leaves the entry."""
    plan = plan_of(client, by=by, at=at)
    step = Step(
        register_id=client.register_id,
        client=client,
        plan=plan,
        position=_next_position(Step.objects.filter(client=client)),
        created_at=at,
        changed_at=at,
        **fields,
    )
    step.coach_answer, step.coach_answered_at = Step.Answer.YES, at
    if propose:
        step.state = Step.State.PROPOSED
        _turn(step, Step.Turn.CLIENT, at)
    step.save(force_insert=True)
    _touch(plan, at)
    return step


@transaction.atomic
def change_step(step: Step, *, by: Viewer, at: datetime, version: int, **fields: Any) -> Step:
    """Change a step's content. What the client had agreed to is theirs to answer anew.

    Raises ChangedMeanwhile when `version` is no longer the last.
    """
    check(by, "paths.write", step)
    _only(fields, STEP_FIELDS)
    stored = _locked(step)
    if stored.version != version:
        raise ChangedMeanwhile(stored)
    content = {"title", "detail", "kind", "starts_on", "ends_on", "when_text"}
    changed = [name for name, value in fields.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, fields[name])
    if content & set(changed) and stored.client_answer and stored.state != Step.State.DONE:
        stored.client_answer, stored.client_answered_at, stored.client_word = "", None, ""
        if stored.state in (Step.State.PLANNED, Step.State.DECLINED):
            stored.state = Step.State.PROPOSED
        _turn(stored, Step.Turn.CLIENT, at)
    _save(stored, at)
    audit.record(by, "paths.change_step", client=stored.client_id, fields=changed)
    return stored


@transaction.atomic
def answer(
    step: Step,
    *,
    by: Viewer,
    at: datetime,
    answer: str,
    word: str = "",
    version: int | None = None,
) -> Step:
    """Answer a step as the client or as the coach: "yes", "not_now" or "no". Raises NotNow.

    A no has no consequence built in: the step stays on the path as declined, in the open. The
    client's same answer sent twice is one. With `version`, an answer to what has changed since it
    was read raises ChangedMeanwhile: it would be an answer to something else.
    """
    check(by, "paths.answer", step)
    stored = _locked(step)
    said = (stored.client_answer, stored.client_word)
    if by.kind == "client" and said == (answer, word[:200]):
        return stored
    if version is not None and stored.version != version:
        raise ChangedMeanwhile(stored)
    verb = ANSWERS[answer]
    state = states.after(verb, stored.state)
    if by.kind == "client":
        stored.client_answer, stored.client_answered_at = answer, at
        stored.client_word = word[:200]
        waits = answer != "yes" or not stored.coach_answer
        _turn(stored, Step.Turn.COACH if waits else Step.Turn.NOBODY, at)
    else:
        stored.coach_answer, stored.coach_answered_at = answer, at
        waits = answer == "yes" and not stored.client_answer
        _turn(stored, Step.Turn.CLIENT if waits else Step.Turn.NOBODY, at)
    agreed = stored.client_answer == "yes" and stored.coach_answer == "yes"
    stored.state = state if agreed or verb != "agree" else stored.state
    _save(stored, at)
    if by.kind == "client":
        notices.tell_coach(register_id=stored.register_id, client_id=stored.client_id, at=at)
    audit.record(
        by, f"paths.{verb}", client=stored.client_id, fields=["state", f"{by.kind}_answer"]
    )
    return stored


@transaction.atomic
def answer_for_client(step: Step, *, by: Viewer, at: datetime, answer: str, word: str = "") -> Step:
    """Write down what the client said in the room, at the coach's screen; the record tells so."""
    check(by, "paths.write", step)
    stored = _locked(step)
    stored.state = states.after(ANSWERS[answer], stored.state)
    stored.client_answer, stored.client_answered_at = answer, at
    stored.client_word = word[:200]
    if not stored.coach_answer:
        stored.coach_answer, stored.coach_answered_at = Step.Answer.YES, at
    _turn(stored, Step.Turn.NOBODY if answer == "yes" else Step.Turn.COACH, at)
    _save(stored, at)
    audit.record(
        by,
        "paths.answer_in_the_room",
        client=stored.client_id,
        fields=["state", "client_answer"],
    )
    return stored


@transaction.atomic
def go_on(step: Step, *, by: Viewer, at: datetime, verb: str) -> Step:
    """Start, finish, drop, propose again or take up a step again. Raises NotNow."""
    check(by, "paths.write", step)
    stored = _locked(step)
    stored.state = states.after(verb, stored.state)
    today = clock.local(at).date()
    if verb == "start":
        stored.starts_on = stored.starts_on or today
        _turn(stored, Step.Turn.NOBODY, at)
    elif verb in ("finish", "drop"):
        stored.ends_on = max(today, stored.starts_on or today)
        if verb == "finish":
            stored.starts_on = stored.starts_on or stored.ends_on
        _turn(stored, Step.Turn.NOBODY, at)
    elif verb == "propose":
        stored.client_answer, stored.client_answered_at, stored.client_word = "", None, ""
        _turn(stored, Step.Turn.CLIENT, at)
    elif verb == "take_up":
        stored.ends_on = None
    _save(stored, at)
    audit.record(by, f"paths.{verb}", client=stored.client_id, fields=["state"])
    return stored


@transaction.atomic
def give_turn(step: Step, *, by: Viewer, at: datetime, to: str) -> Step:
    """Say whose turn it is; an empty text means nobody's."""
    check(by, "paths.write", step)
    stored = _locked(step)
    _turn(stored, to, at)
    _save(stored, at)
    audit.record(by, "paths.give_turn", client=stored.client_id, fields=["turn"])
    return stored


@transaction.atomic
def agree_plan(plan: Plan, *, by: Viewer, at: datetime, review_on: date | None = None) -> Plan:
    """Keep the plan as it stands now as its next version. What is open stays open in it."""
    check(by, "paths.agree_plan", plan)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    today = clock.local(at).date()
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    PlanVersion.objects.create(
        register_id=plan.register_id,
        client_id=plan.client_id,
        plan=plan,
        number=last + 1,
        agreed_on=today,
        content=content_of(plan),
    )
    plan.agreed_on, plan.review_on = today, review_on
    _touch(plan, at, "agreed_on", "review_on")
    audit.record(by, "paths.agree_plan", client=plan.client_id, fields=["agreed_on", "review_on"])
    return plan


def content_of(plan: Plan) -> dict[str, Any]:
    """Return the plan's goals and steps as they stand, as kept in a version."""
    goals = Goal.objects.filter(plan=plan, dropped_on__isnull=True)
    return {
        "goals": [{"id": str(g.id), "theme": g.theme, "text": g.text} for g in goals],
        "steps": [step_content(step) for step in Step.objects.filter(plan=plan)],
    }


def step_content(step: Any) -> dict[str, Any]:
    """Return what a version keeps of a step (a Step, or a row of `queries.steps`)."""
    return {
        "id": str(step.id),
        "goal": str(step.goal_id) if step.goal_id else None,
        **{name: getattr(step, name) for name in ("theme", "kind", "title", "detail", "state")},
        "starts_on": step.starts_on and step.starts_on.isoformat(),
        "ends_on": step.ends_on and step.ends_on.isoformat(),
        "when_text": step.when_text,
        "client_answer": step.client_answer,
        "coach_answer": step.coach_answer,
    }


def _locked(step: Step) -> Step:
    return Step.objects.select_for_update(of=("self",)).get(pk=step.pk)


def _turn(step: Step, whose: Any, at: datetime) -> None:
    if step.turn != whose:
        step.turn, step.turn_since = whose, at if whose else None


def _save(step: Step, at: datetime) -> None:
    step.version += 1
    step.changed_at = at
    step.save()
    Plan.objects.filter(pk=step.plan_id).update(changed_at=at)


def _touch(plan: Plan, at: datetime, *fields: str) -> None:
    plan.version += 1
    plan.changed_at = at
    plan.save(update_fields=[*fields, "version", "changed_at"])
