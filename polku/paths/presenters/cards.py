"""A step and a goal as they stand in the plan session: words, tags, and what may be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.paths import states, stations, wording
from polku.paths.models import Step, Theme
from polku.paths.queries import StepRow
from polku.web import dates
from polku.web.parts.words import tag

NOTHING = mark_safe("")
OPEN = ("now", "proposed", "planned")
# Each theme with its colour and its shape, the same as on the path picture.
THEME = {
    "work": ("now", "work"),
    "learning": ("study", "book"),
    "health": ("ok", "heart"),
    "everyday": ("warn", "home"),
}
STATE = {"now": "now", "done": "ok", "proposed": "warn"}


@dataclass(frozen=True, slots=True)
class Act:
    """A button of a step: what it sends and what it is called."""

    do: str
    word: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step, ready to show. `asks`: the client has not said yes, so the question is open."""

    id: UUID
    title: str
    theme: str
    theme_tag: SafeString
    state: str
    state_tag: SafeString
    turn: str
    turn_tag: SafeString
    when: str
    said: str
    detail: str
    word: str
    instead: str
    asks: bool
    acts: tuple[Act, ...]
    more: tuple[Act, ...]
    do_url: str
    edit_url: str
    fork_url: str


def theme_tag(theme: str) -> SafeString:
    """Return a theme's tag."""
    kind, shape = THEME[theme]
    return tag(Theme(theme).label, kind, shape)


def step_card(step: StepRow, client_id: UUID, called: str, today: date, instead: str) -> StepCard:
    """Return one step's card. `instead` names the alternatives of its fork."""
    verbs = states.verbs_from(step.state)
    acts, more = _acts(step, verbs, called)
    return StepCard(
        id=step.id,
        title=step.title,
        theme=step.theme,
        theme_tag=theme_tag(step.theme),
        state=step.state,
        state_tag=_state_tag(step),
        turn=step.turn,
        turn_tag=_turn_tag(step, called),
        when=wording.when(step, today),
        said=said(step, called, today),
        detail=step.detail,
        word=step.client_word,
        instead=instead,
        asks=step.state in ("proposed", "planned") and step.client_answer != "yes",
        acts=acts,
        more=more,
        do_url=reverse("plan_step_do", args=[client_id, step.id]),
        edit_url=reverse("plan_step", args=[client_id, step.id]),
        fork_url=f"{reverse('plan_step_new', args=[client_id])}?instead={step.id}",
    )


def _state_tag(step: StepRow) -> SafeString:
    if step.state == "planned" and step.client_answer == "yes" and step.coach_answer == "yes":
        return tag(_("agreed"), "ok")
    return tag(Step.State(step.state).label, STATE.get(step.state, "neutral"))


def _turn_tag(step: StepRow, called: str) -> SafeString:
    if not step.turn:
        return NOTHING
    word = stations.turn_word(step, called)
    if step.turn == "coach":
        return tag(capfirst(word), "now", "turn")
    return tag(capfirst(word), "warn", "clock")


def said(step: StepRow, called: str, today: date) -> str:
    """Return who has agreed or declined, and when."""
    coach = _answer(step.coach_answer, step.coach_answered_at, str(_("The coach")), today)
    client = _answer(step.client_answer, step.client_answered_at, called, today)
    both = step.client_answer == "yes" and step.coach_answer == "yes"
    if both and step.client_answered_at and step.coach_answered_at:
        day = dates.day_of(step.client_answered_at)
        if day == dates.day_of(step.coach_answered_at):
            return _("Agreed together %(day)s") % {"day": dates.short(day, today)}
    if not client and step.state in OPEN:
        client = _("%(name)s has not answered yet") % {"name": called}
    return " · ".join(filter(None, (client, coach)))


def _answer(answer: str, at: datetime | None, who: str, today: date) -> str:
    if not answer or at is None:
        return ""
    words = {
        "yes": _("%(who)s: yes, %(day)s"),
        "not_now": _("%(who)s: not now, %(day)s"),
        "no": _("%(who)s: no, %(day)s"),
    }[answer]
    return words % {"who": who, "day": dates.short(dates.day_of(at), today)}


def _acts(step: StepRow, verbs: list[str], called: str) -> tuple[tuple[Act, ...], tuple[Act, ...]]:
    words = {
        "start": Act("start", _("Begins now"), "now"),
        "finish": Act("finish", _("Mark as done"), "check"),
        "drop": Act("drop", _("Leave out"), "close"),
        "propose": Act("propose", _("Ask again"), "message"),
        "take_up": Act("take_up", _("Take up again"), "undo"),
    }
    first = {
        "planned": ("start",) if step.client_answer == "yes" else ("propose",),
        "now": ("finish",),
        "done": ("take_up",),
        "dropped": ("propose",),
        "declined": ("propose",),
    }.get(step.state, ())
    acts = tuple(words[verb] for verb in first if verb in verbs)
    more = [words[verb] for verb in words if verb in verbs and verb not in first]
    if "decline" in verbs and step.coach_answer != "no":
        more.append(Act("coach_no", _("The coach says no"), "close"))
    if "agree" in verbs and step.coach_answer != "yes":
        more.append(Act("coach_yes", _("The coach agrees"), "check"))
    if step.client_answer == "yes" and "decline" in verbs:
        more.append(Act("not_now", _("%(name)s says: not now") % {"name": called}, "clock"))
        more.append(Act("no", _("%(name)s says: no") % {"name": called}, "close"))
    return acts, tuple(more)


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal with the open steps that serve it; without a text it holds steps without a goal."""

    id: str
    text: str
    theme: str
    theme_tag: SafeString
    state_tag: SafeString
    ended: bool
    steps: tuple[StepCard, ...]
    edit_url: str
    end_url: str


def goal_card(
    goal: dict[str, Any], client_id: UUID, steps: Iterable[StepCard], today: date
) -> GoalCard:
    """Return one goal's card."""
    reached, dropped = goal["reached_on"], goal["dropped_on"]
    state = NOTHING
    if reached:
        day = dates.short(date.fromisoformat(reached), today)
        state = tag(_("reached %(day)s") % {"day": day}, "ok")
    elif dropped:
        state = tag(_("left aside"))
    return GoalCard(
        id=goal["id"],
        text=goal["text"],
        theme=goal["theme"],
        theme_tag=theme_tag(goal["theme"]),
        state_tag=state,
        ended=bool(reached or dropped),
        steps=tuple(steps),
        edit_url=reverse("plan_goal", args=[client_id, goal["id"]]),
        end_url=reverse("plan_goal_end", args=[client_id, goal["id"]]),
    )
