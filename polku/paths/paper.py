"""The plan on paper: a tagged PDF (pdf/ua-1) in the client's language of service.

It holds what was agreed and nothing of the workers' own notes. Under a safety ban it names no
place: the words about a step, in which one may stand, stay out too. `printing` makes the PDF.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.clients.person import Person
from polku.contacts import queries as contacts
from polku.contacts.queries import Around
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.paths import queries, reads, stations, wording
from polku.paths.models import Plan, Step, Theme
from polku.paths.picture import render_wide
from polku.paths.presenters.cards import OPEN, said
from polku.paths.queries import PlanNow, StepRow
from polku.paths.reads import Version
from polku.web import dates

# Drawn as for a page and made smaller: its words are then some 8 points high.
WIDTH = 920.0
BEHIND_SHOWN = 12
FILE_NAME = "polku-plan.pdf"


@dataclass(frozen=True, slots=True)
class PaperStep:
    """A step on paper."""

    title: str
    theme: str
    state: str
    state_word: str
    when: str
    turn: str
    said: str
    detail: str


@dataclass(frozen=True, slots=True)
class PaperGoal:
    """A goal with its open steps; without a text it holds steps without a goal."""

    text: str
    theme: str
    theme_word: str
    steps: tuple[PaperStep, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that stands on the paper, worded in the language that is on."""

    language: str
    title: str
    name: str
    coach: str
    office: str
    about: tuple[tuple[str, str], ...]
    picture: str
    picture_words: str
    goals: tuple[PaperGoal, ...]
    behind: tuple[PaperStep, ...]
    more_behind: int
    meeting: tuple[str, ...]
    printed: str


@dataclass(frozen=True, slots=True)
class Material:
    """What the paper is made of: rows that have been read in the viewer's name."""

    person: Person
    plan: PlanNow | None
    steps: list[StepRow]
    versions: list[Version]
    around: Around | None
    coach: str
    office: str


def read(viewer: Viewer, person: Person, *, coach: str, office: str, now: datetime) -> Material:
    """Read what the paper of a client found to be visible is made of."""
    return Material(
        person=person,
        plan=queries.plan_now(viewer, client_id=person.id),
        steps=queries.steps(viewer, client_id=person.id),
        versions=reads.versions(viewer, client_id=person.id, count=1),
        around=contacts.around(viewer, client_id=person.id, since=now),
        coach=coach,
        office=office,
    )


def pdf(material: Material, now: datetime) -> bytes:
    """Return the PDF, in the client's language of service."""
    with translation.override(material.person.service_language):
        html = render_to_string("paths/paper.html", {"paper": paper(material, now)})
    # Heavy: loaded with the first paper, so that a worker that prints none stays small.
    from polku.paths.printing import printed

    return printed(html)


def paper(material: Material, now: datetime) -> Paper:
    """Return what stands on the paper, in the language that is on."""
    today = clock.local(now).date()
    person, plan = material.person, material.plan
    open_steps = [step for step in material.steps if step.state in OPEN]
    past = [step for step in material.steps if step.state == Step.State.DONE]
    past.sort(key=lambda step: step.ends_on or dates.day_of(step.changed_at), reverse=True)
    picture, words = _picture(material, today)
    return Paper(
        language=dates.language(),
        title=str(Plan.Kind(plan.kind if plan else Plan.Kind.EMPLOYMENT).label).capitalize(),
        name=person.name,
        coach=material.coach,
        office="" if person.safety_ban else material.office,
        about=_about(material, today),
        picture=picture,
        picture_words=words,
        goals=_goals(material, open_steps, today),
        behind=tuple(_step(step, material, today) for step in past[:BEHIND_SHOWN]),
        more_behind=max(0, len(past) - BEHIND_SHOWN),
        meeting=_meeting(material.around, person.safety_ban, now),
        printed=dates.full(today),
    )


def _about(material: Material, today: date) -> tuple[tuple[str, str], ...]:
    plan, versions = material.plan, material.versions
    agreed = _("not yet agreed as a whole")
    if plan and plan.agreed_on:
        agreed = dates.full(plan.agreed_on)
    pairs = [(_("Agreed"), agreed)]
    if versions:
        pairs.append((_("Version"), str(versions[0].number)))
    if plan and plan.review_on:
        pairs.append((_("We look at it again"), dates.full(plan.review_on)))
    if material.coach:
        pairs.append((_("Personal coach"), material.coach))
    return tuple(pairs)


def _picture(material: Material, today: date) -> tuple[str, str]:
    """Return the picture as a data address, and the same in one sentence."""
    if not material.steps:
        return "", ""
    words = stations.words(dates.language())
    stops = stations.stations(
        material.steps,
        today=today,
        turn=lambda step: stations.turn_word(step, material.person.called),
        leads=lambda step: None,
    )
    drawn = render_wide(stops, words=words, today=today, width=WIDTH, standalone=True)
    said = ". ".join(step.title for step in material.steps)
    address = "data:image/svg+xml;base64," + b64encode(drawn.encode()).decode()
    return address, f"{words.title}: {said}."


def _goals(material: Material, steps: list[StepRow], today: date) -> tuple[PaperGoal, ...]:
    goals, known = [], set()
    for goal in material.plan.goals if material.plan else ():
        own = [step for step in steps if str(step.goal_id) == goal["id"]]
        known.add(goal["id"])
        if own or not (goal["reached_on"] or goal["dropped_on"]):
            goals.append(
                PaperGoal(
                    goal["text"],
                    goal["theme"],
                    str(capfirst(Theme(goal["theme"]).label)),
                    tuple(_step(step, material, today) for step in own),
                )
            )
    loose = tuple(_step(s, material, today) for s in steps if str(s.goal_id) not in known)
    if loose:
        goals.append(PaperGoal("", "", "", loose))
    return tuple(goals)


def _step(step: StepRow, material: Material, today: date) -> PaperStep:
    called = material.person.called
    agreed = step.client_answer == "yes" and step.coach_answer == "yes"
    word = _("agreed") if step.state == "planned" and agreed else Step.State(step.state).label
    return PaperStep(
        title=step.title,
        theme=step.theme,
        state=step.state,
        state_word=str(word),
        when=wording.when(step, today),
        turn=stations.turn_word(step, called),
        said=said(step, called, today) if step.state in OPEN else "",
        detail="" if material.person.safety_ban else step.detail,
    )


def _meeting(around: Around | None, banned: bool, now: datetime) -> tuple[str, ...]:
    """Return the next booked time in lines; empty for none. Under a ban it names no place."""
    for booked in around.appointments if around else ():
        starts = datetime.fromisoformat(booked["starts_at"])
        if booked["status"] not in ("proposed", "confirmed") or starts < now:
            continue
        day = dates.whole_weekday(dates.day_of(starts), clock.local(now).date())
        lines = [
            _("%(day)s at %(time)s")
            % {"day": day[:1].upper() + day[1:], "time": dates.clock_time(starts)}
        ]
        if booked["place"] and not banned:
            lines.append(booked["place"])
        if booked["interpreter"]:
            lines.append(_("With an interpreter"))
        return tuple(lines)
    return ()
