"""An invented client's plan as rows: goals, steps, whose turn, and the versions agreed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from polku.demo import routine
from polku.demo.chance import Chance
from polku.demo.diary import moment, on_working_day
from polku.demo.laying import Course, Laid
from polku.demo.rows import Rows
from polku.rules.calendar import add_months

ANSWERED_SHARE = 0.15


def write_plan(
    rows: Rows,
    chance: Chance,
    client_id: UUID,
    path: Course,
    *,
    agreed: list[datetime],
    now: datetime,
    closed: date | None = None,
    turns: dict[str, float] | None = None,
) -> list[dict[str, Any]]:
    """Add the plan with everything in it; return the rows of its steps.

    `agreed` are the meetings in which both agreed to a version, the first one the plan's beginning;
    `turns` the odds of whose turn it is.
    """
    plan_id = chance.id()
    rows.add(
        "paths.Plan",
        id=plan_id,
        client_id=client_id,
        started_on=agreed[0].date(),
        agreed_on=agreed[-1].date(),
        review_on=None if closed else on_working_day(add_months(agreed[-1].date(), 3)),
        closed_on=closed,
        version=len(agreed) + 1,
        changed_at=agreed[-1],
    )
    goals = _goals(rows, chance, client_id, plan_id, path)
    steps = _steps(chance, client_id, plan_id, path, goals, agreed)
    if closed is None:
        _turn(chance, steps, path, now, turns or {})
    for step in steps:
        rows.keep("paths.Step", step)
    for number, at in enumerate(agreed, 1):
        rows.add(
            "paths.PlanVersion",
            id=chance.id(),
            client_id=client_id,
            plan_id=plan_id,
            number=number,
            agreed_on=at.date(),
            content=_content(path, goals, steps, at.date()),
        )
    return steps


def _goals(rows: Rows, chance: Chance, client_id: UUID, plan_id: UUID, path: Course) -> list[UUID]:
    return [
        rows.add(
            "paths.Goal",
            id=chance.id(),
            client_id=client_id,
            plan_id=plan_id,
            theme=goal.theme,
            text=goal.text,
            position=position,
            reached_on=reached,
            dropped_on=dropped,
        )
        for position, (goal, reached, dropped) in enumerate(path.goals)
    ]


def _steps(
    chance: Chance,
    client_id: UUID,
    plan_id: UUID,
    path: Course,
    goals: list[UUID],
    agreed: list[datetime],
) -> list[dict[str, Any]]:
    made = []
    for position, laid in enumerate(path.steps, 1):
        begun = laid.starts or agreed[-1].date()
        # What was agreed was said in the last meeting before it began.
        told = max((at for at in agreed if at.date() <= begun), default=agreed[0])
        row = {
            "id": chance.id(),
            "client_id": client_id,
            "plan_id": plan_id,
            "goal_id": goals[laid.goal] if laid.goal is not None else None,
            "theme": laid.theme,
            "kind": laid.kind,
            "title": laid.title,
            "state": laid.state,
            "fork": laid.fork,
            "starts_on": laid.starts,
            "ends_on": laid.ends,
            "when_text": laid.when,
            "coach_answer": "yes",
            "coach_answered_at": told,
            "position": position,
            "created_at": told,
            "changed_at": _changed(laid, told),
        }
        made.append(row | _client_answer(chance, laid, told))
    return made


def _changed(laid: Laid, told: datetime) -> datetime:
    if laid.ends and laid.state in ("done", "dropped"):
        return max(told, moment(on_working_day(laid.ends), 14 * 60))
    return told


def _client_answer(chance: Chance, laid: Laid, told: datetime) -> dict[str, Any]:
    """Return what the client answered: nothing yet to a proposal, a no to what was declined."""
    if laid.state == "proposed":
        return {}
    answer = "yes"
    if laid.state == "declined":
        answer = "no"
    elif laid.state == "planned" and chance.yes(0.08):
        answer = "not_now"
    word = "" if laid.state == "dropped" else chance.choice(routine.WORDS_OF_CLIENTS[answer])
    return {"client_answer": answer, "client_answered_at": told, "client_word": word}


def _turn(
    chance: Chance,
    steps: list[dict[str, Any]],
    path: Course,
    now: datetime,
    odds: dict[str, float],
) -> None:
    """Say whose turn it is: a proposal waits for the client, a step under way for who does it."""
    proposed = [row for row in steps if row["state"] == "proposed"]
    for row in proposed:
        if chance.yes(ANSWERED_SHARE):
            _answered(chance, row, now)
        else:
            row["turn"], row["turn_since"] = "client", _since(chance, row, now)
    whose = chance.of_weights(odds or {"": 1})
    under_way = [
        row
        for row, laid in zip(steps, path.steps, strict=True)
        if row["state"] == "now" and whose in _could_be(laid)
    ]
    if proposed or not whose or not under_way:
        return
    row = under_way[-1]
    row["turn"], row["turn_since"] = whose, _since(chance, row, now)
    if whose in ("client", "coach"):
        row["due_on"] = on_working_day(now.date() + timedelta(days=chance.randint(-3, 18)))


def _could_be(laid: Laid) -> tuple[str, ...]:
    """Return whose turn it could be with a step under way."""
    if laid.great:
        return ("counterpart",) if laid.kind == "study" else ("host",)
    if laid.doer == "other":
        return ("counterpart",)
    return {"client": ("client",), "coach": ("coach",)}.get(laid.doer, ("client", "coach"))


def _answered(chance: Chance, row: dict[str, Any], now: datetime) -> None:
    """Let the client have said yes in the own view, an evening or two ago."""
    evening = moment(now.date() - timedelta(days=chance.randint(1, 2)), 18 * 60 + 25)
    at = max(evening, row["created_at"] + timedelta(hours=4))
    if at >= now:
        return
    word = chance.choice(routine.WORDS_OF_CLIENTS["yes"])
    row |= {
        "state": "planned",
        "client_answer": "yes",
        "client_answered_at": at,
        "client_word": word,
        "changed_at": at,
    }


def _since(chance: Chance, row: dict[str, Any], now: datetime) -> datetime:
    """Return since when it has been somebody's turn: some days or weeks, not before the plan."""
    day = on_working_day(now.date() - timedelta(days=chance.randint(2, 24)))
    return max(moment(min(day, now.date()), 13 * 60), row["created_at"])


def _content(
    path: Course, goals: list[UUID], steps: list[dict[str, Any]], day: date
) -> dict[str, Any]:
    """Return the plan as it stood on a day, in the shape that `paths.actions` keeps."""
    return {
        "goals": [
            {"id": str(id_), "theme": goal.theme, "text": goal.text}
            for id_, (goal, _, dropped) in zip(goals, path.goals, strict=True)
            if dropped is None or dropped > day
        ],
        "steps": [_as_it_stood(row, day) for row in steps if row["created_at"].date() <= day],
    }


def _as_it_stood(row: dict[str, Any], day: date) -> dict[str, Any]:
    state, starts, ends = row["state"], row["starts_on"], row["ends_on"]
    if state in ("done", "dropped") and (ends is None or ends > day):
        state, ends = "now", None
    if state == "now" and (starts is None or starts > day):
        state, starts = "planned", None
    return {
        "id": str(row["id"]),
        "goal": str(row["goal_id"]) if row["goal_id"] else None,
        "theme": row["theme"],
        "kind": row["kind"],
        "title": row["title"],
        "detail": row.get("detail", ""),
        "state": state,
        "starts_on": starts and starts.isoformat(),
        "ends_on": ends and ends.isoformat(),
        "client_answer": row.get("client_answer", ""),
        "coach_answer": row["coach_answer"],
    }
