"""What waits for the client: suggestions as questions, own tasks, and what was answered of late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polku.paths import wording
from polku.paths.queries import PlanNow, StepRow
from polku.web import dates

ANSWERED_OF_LATE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Question:
    """A suggestion or an own task. `kind` is "suggestion" or "task"."""

    id: UUID
    kind: str
    title: str
    when: str
    detail: str
    why: str
    instead: str
    version: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What the client has answered: it can be changed until the step begins."""

    id: UUID
    title: str
    said: str
    word: str
    version: int
    others: tuple[tuple[str, str], ...]


def questions(
    plan: PlanNow | None, steps: list[StepRow], today: date, *, banned: bool
) -> tuple[Question, ...]:
    """Return what waits for the client, suggestions first, the longest waiting first.

    Under a safety ban (`banned`) the words about a step, in which a place may stand, are left out.
    """
    goals = {goal["id"]: goal["text"] for goal in (plan.goals if plan else ())}
    found = []
    for step in steps:
        open_question = step.state in ("proposed", "planned") and not step.client_answer
        if open_question and step.turn == "client":
            kind = "suggestion"
        elif step.turn == "client" and step.state in ("now", "planned"):
            kind = "task"
        else:
            continue
        found.append((kind, step))
    found.sort(key=lambda pair: (pair[0] == "task", pair[1].turn_since or pair[1].created_at))
    return tuple(_question(kind, step, goals, steps, today, banned) for kind, step in found)


def _question(
    kind: str,
    step: StepRow,
    goals: dict[str, str],
    steps: list[StepRow],
    today: date,
    banned: bool,
) -> Question:
    goal = goals.get(str(step.goal_id), "")
    rivals = [
        other.title
        for other in steps
        if step.fork and other.fork == step.fork and other.id != step.id
        if other.state in ("proposed", "planned")
    ]
    return Question(
        id=step.id,
        kind=kind,
        title=step.title,
        when=wording.when(step, today),
        detail=_("Ask your coach for more.") if banned and step.detail else step.detail,
        why=_("It leads to your goal: %(goal)s.") % {"goal": goal.rstrip(".")} if goal else "",
        instead=", ".join(rivals),
        version=step.version,
    )


def answered(steps: list[StepRow], today: date) -> tuple[Answered, ...]:
    """Return what the client has answered of late and may still answer otherwise, newest first."""
    words = answer_words()
    fresh = [
        step
        for step in steps
        if step.client_answer
        and step.client_answered_at
        and step.state in ("planned", "proposed", "declined")
        and dates.day_of(step.client_answered_at) >= today - ANSWERED_OF_LATE
    ]
    fresh.sort(key=lambda step: step.client_answered_at or step.created_at, reverse=True)
    return tuple(
        Answered(
            id=step.id,
            title=step.title,
            said=_("You answered: %(answer)s") % {"answer": words[step.client_answer]},
            word=step.client_word,
            version=step.version,
            others=tuple(
                (value, word)
                for value, word in words.items()
                if value != step.client_answer and _may(step, value)
            ),
        )
        for step in fresh
    )


def _may(step: StepRow, answer: str) -> bool:
    return step.state != "declined" or answer == "yes"


def answer_words() -> dict[str, str]:
    """Return the three answers, as the client says them."""
    return {
        "yes": pgettext("answer", "Yes"),
        "not_now": pgettext("answer", "Not now"),
        "no": pgettext("answer", "No"),
    }
