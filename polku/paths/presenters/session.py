"""The plan session as one page: the picture, goals with their steps, what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.clients.person import Person
from polku.contacts.models import Rhythm
from polku.contacts.wishes import Wish
from polku.paths import differences, stations
from polku.paths.models import Plan, Theme
from polku.paths.patterns import PATTERNS
from polku.paths.picture import Links
from polku.paths.presenters.cards import (
    OPEN,
    GoalCard,
    StepCard,
    goal_card,
    step_card,
    theme_tag,
)
from polku.paths.presenters.changes import ChangeLine, change_lines
from polku.paths.queries import PlanNow, StepRow
from polku.paths.reads import Version
from polku.web import dates


@dataclass(frozen=True, slots=True)
class Seed:
    """Something the client has told, from which a goal may grow."""

    text: str
    what: str
    goal_url: str


@dataclass(frozen=True, slots=True)
class WishCard:
    """How often the client wants to be met, as they told it in their own view."""

    pace: str
    text: str
    told: str


def wish_card(wish: Wish, today: date) -> WishCard | None:
    """Return the client's own wish; None when they have told none."""
    if wish.told_at is None:
        return None
    day = dates.short(dates.day_of(wish.told_at), today)
    pace = str(capfirst(Rhythm.Pace(wish.pace).label))
    return WishCard(pace, wish.text, _("told %(day)s") % {"day": day})


@dataclass(frozen=True, slots=True)
class PatternGroup:
    """Steps to begin from, under one theme."""

    theme: SafeString
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that the page shows."""

    client_id: UUID
    called: str
    name: str
    closed: bool
    about: str
    picture: SafeString
    goals: tuple[GoalCard, ...]
    loose: tuple[StepCard, ...]
    behind: tuple[StepCard, ...]
    past_goals: tuple[GoalCard, ...]
    begun: bool
    standing: tuple[str, ...]
    last: str
    changes: tuple[ChangeLine, ...]
    has_versions: bool
    review: str
    patterns: tuple[PatternGroup, ...]
    seeds: tuple[Seed, ...]


def session(
    person: Person,
    plan: PlanNow | None,
    steps: list[StepRow],
    versions: list[Version],
    content: dict[str, Any],
    today: date,
) -> Session:
    """Return the page of a plan. `content` is the plan as it would be kept now."""
    rivals = _rivals(steps)
    cards = {
        step.id: step_card(step, person.id, person.called, today, rivals.get(step.id, ""))
        for step in steps
    }
    open_steps = [step for step in steps if step.state in OPEN]
    goals = [
        goal_card(goal, person.id, _of_goal(goal["id"], open_steps, cards), today)
        for goal in (plan.goals if plan else ())
    ]
    known = {goal.id for goal in goals}
    shown = [goal for goal in goals if not goal.ended or goal.steps]
    changes = differences.between(versions[0].content, content) if versions else []
    past = sorted(
        (step for step in steps if step.state not in OPEN),
        key=lambda step: step.ends_on or dates.day_of(step.changed_at),
        reverse=True,
    )
    return Session(
        client_id=person.id,
        called=person.called,
        name=person.name,
        closed=person.closed_on is not None,
        about=_about(plan, today),
        picture=_picture(person, steps, today),
        goals=tuple(shown),
        loose=tuple(cards[s.id] for s in open_steps if str(s.goal_id) not in known),
        behind=tuple(cards[step.id] for step in past),
        past_goals=tuple(goal for goal in goals if goal.ended and not goal.steps),
        begun=bool(goals or steps),
        standing=_standing(open_steps, person.called),
        last=_last(versions, today),
        changes=tuple(change_lines(changes, person.called)),
        has_versions=bool(versions),
        review=_review(plan, today),
        patterns=_patterns(person.id),
        seeds=_seeds(person),
    )


def _of_goal(
    goal_id: str, steps: list[StepRow], cards: dict[UUID, StepCard]
) -> tuple[StepCard, ...]:
    return tuple(cards[step.id] for step in steps if str(step.goal_id) == goal_id)


def _rivals(steps: list[StepRow]) -> dict[UUID, str]:
    """Return, for each step of a fork, the titles of its alternatives."""
    ahead = [step for step in steps if step.fork and step.state in OPEN]
    found = {}
    for step in ahead:
        others = [o.title for o in ahead if o.fork == step.fork and o.id != step.id]
        if others:
            found[step.id] = ", ".join(others)
    return found


def _about(plan: PlanNow | None, today: date) -> str:
    if plan is None:
        return ""
    words = [str(capfirst(Plan.Kind(plan.kind).label))]
    if plan.agreed_on:
        words.append(_("agreed %(day)s") % {"day": dates.short(plan.agreed_on, today)})
    else:
        words.append(_("not yet agreed as a whole"))
    return " · ".join(words)


def _review(plan: PlanNow | None, today: date) -> str:
    if plan is None or plan.review_on is None:
        return ""
    day = dates.short(plan.review_on, today)
    if plan.review_on < today:
        return _("The plan was to be looked at again %(day)s.") % {"day": day}
    return _("The plan is looked at again %(day)s.") % {"day": day}


def _picture(person: Person, steps: list[StepRow], today: date) -> SafeString:
    stops = stations.stations(
        steps,
        today=today,
        turn=lambda step: stations.turn_word(step, person.called),
        leads=lambda step: f"#step-{step.id}",
    )
    links = Links(first_step=reverse("plan_step_new", args=[person.id]), all_steps="#behind")
    return stations.drawn(stops, today=today, own=False, links=links)


def _standing(steps: list[StepRow], called: str) -> tuple[str, ...]:
    """Return what is agreed and what is still open, for the one who agrees the whole."""
    agreed = sum(1 for s in steps if s.client_answer == "yes" and s.coach_answer == "yes")
    waits = sum(1 for s in steps if not s.client_answer)
    other = len(steps) - agreed - waits
    said = []
    if agreed:
        said.append(
            ngettext("%(n)d step agreed together", "%(n)d steps agreed together", agreed)
            % {"n": agreed}
        )
    if waits:
        said.append(
            ngettext("%(n)d waits for %(name)s", "%(n)d wait for %(name)s", waits)
            % {"n": waits, "name": called}
        )
    if other:
        said.append(
            ngettext("%(n)d not agreed by both", "%(n)d not agreed by both", other) % {"n": other}
        )
    return tuple(said)


def _last(versions: list[Version], today: date) -> str:
    if not versions:
        return ""
    return _("Version %(n)d, agreed %(day)s") % {
        "n": versions[0].number,
        "day": dates.short(versions[0].agreed_on, today),
    }


def _patterns(client_id: UUID) -> tuple[PatternGroup, ...]:
    new = reverse("plan_step_new", args=[client_id])
    return tuple(
        PatternGroup(
            theme_tag(theme),
            tuple(
                (str(one.title), f"{new}?pattern={one.key}")
                for one in PATTERNS
                if one.theme == theme
            ),
        )
        for theme in Theme.values
    )


def _seeds(person: Person) -> tuple[Seed, ...]:
    new = reverse("plan_goal_new", args=[person.id])
    words = {"wish": _("a wish"), "strength": _("a strength")}
    return tuple(
        Seed(fact["text"], words[fact["kind"]], f"{new}?fact={fact['id']}")
        for kind in words
        for fact in person.facts
        if fact["kind"] == kind and fact["ended_on"] is None
    )
