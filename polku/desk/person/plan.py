"""The plan: goals and steps in one list, themes as tags, whose turn, and who has agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.clients.person import Person
from polku.desk.my_day.rows import NOTHING
from polku.desk.person.drawn import StepLine, steps_drawn
from polku.desk.person.path import turn_word
from polku.paths import wording
from polku.paths.models import Plan, Step
from polku.paths.presenters.cards import theme_tag
from polku.paths.queries import PlanNow, StepRow
from polku.web import dates
from polku.web.parts.words import tag

OPEN = ("now", "proposed", "planned")


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with the steps that serve it; a line without a text holds steps without a goal."""

    text: str
    theme: SafeString
    state: SafeString
    steps: SafeString


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The plan's goals with what is open, and what is done or left, folded."""

    meta: str
    goals: tuple[GoalLine, ...]
    behind: SafeString
    behind_count: int


def plan_shown(
    plan: PlanNow | None, steps: list[StepRow], person: Person, today: date
) -> PlanShown:
    """Return the plan as one list."""
    open_steps = [step for step in steps if step.state in OPEN]
    behind = [step for step in steps if step.state not in OPEN]
    goals = []
    known = set()
    for goal in plan.goals if plan else ():
        known.add(goal["id"])
        of_goal = steps_drawn(
            step_line(step, person, today, shown=goal["theme"])
            for step in open_steps
            if step.goal_id and str(step.goal_id) == goal["id"]
        )
        goals.append(
            GoalLine(goal["text"], theme_tag(goal["theme"]), _goal_state(goal, today), of_goal)
        )
    loose = steps_drawn(
        step_line(step, person, today)
        for step in open_steps
        if not step.goal_id or str(step.goal_id) not in known
    )
    if loose:
        goals.append(GoalLine("", NOTHING, NOTHING, loose))
    done = sorted(behind, key=lambda step: step.changed_at, reverse=True)
    return PlanShown(
        _meta(plan, today),
        tuple(goals),
        behind=steps_drawn(step_line(step, person, today) for step in done),
        behind_count=len(done),
    )


def _meta(plan: PlanNow | None, today: date) -> str:
    if plan is None:
        return ""
    words = [str(Plan.Kind(plan.kind).label)]
    if plan.number > 1:
        words[0] = _("%(kind)s, the client's plan no. %(number)d") % {
            "kind": words[0],
            "number": plan.number,
        }
    if plan.version:
        words.append(_("version %(n)d") % {"n": plan.version})
    if plan.agreed_on:
        words.append(_("agreed %(day)s") % {"day": dates.short(plan.agreed_on, today)})
    else:
        words.append(_("not yet agreed as a whole"))
    if plan.review_on:
        words.append(_("looked at again %(day)s") % {"day": dates.short(plan.review_on, today)})
    return " · ".join(words)


def _goal_state(goal: dict[str, str | None], today: date) -> SafeString:
    if goal["reached_on"]:
        day = date.fromisoformat(goal["reached_on"])
        return tag(_("reached %(day)s") % {"day": dates.short(day, today)}, "ok")
    return tag(_("left aside")) if goal["dropped_on"] else NOTHING


def step_line(step: StepRow, person: Person, today: date, *, shown: str = "") -> StepLine:
    """Return one step's line; a theme that its goal has shown already is left out."""
    words = [wording.when(step, today), agreed_word(step, person, today)]
    if step.due_on and step.state in OPEN:
        words.append(_("by %(day)s") % {"day": dates.weekday(step.due_on, today)})
    return StepLine(
        id=step.id,
        theme=NOTHING if step.theme == shown else theme_tag(step.theme),
        title=step.title,
        meta=" · ".join(filter(None, words)),
        detail=step.detail,
        state=_state(step, person),
        word=step.client_word,
    )


def _state(step: StepRow, person: Person) -> SafeString:
    if step.turn:
        kind = "now" if step.turn == "coach" else "warn"
        return tag(turn_word(step, person), kind, "turn" if step.turn == "coach" else "clock")
    kinds = {"now": "now", "done": "ok", "dropped": "neutral", "declined": "neutral"}
    return tag(Step.State(step.state).label, kinds.get(step.state, "neutral"))


def agreed_word(step: StepRow, person: Person, today: date) -> str:
    """Return who has agreed: both together, one alone, or who has not answered yet."""
    client, coach = step.client_answer, step.coach_answer
    if client == "yes" and coach == "yes":
        return _("agreed together")
    if client == "no":
        return _("%(name)s said no") % {"name": person.called}
    if client == "not_now":
        return _("%(name)s said not now") % {"name": person.called}
    if client == "yes":
        return _("%(name)s has agreed, the coach not yet") % {"name": person.called}
    if coach == "yes":
        return _("%(name)s has not answered yet") % {"name": person.called}
    return ""
